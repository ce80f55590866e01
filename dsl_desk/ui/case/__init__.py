"""A case as a place: how it stands, what is next, what happened, and a page for each step of one person."""
