"""One module per thing people do; joins the domain to the store and the exports."""
