"""A new concern: whom it is about, the questions, then the words; one thing per page."""
