"""Home, and the list of cases."""
