"""From the record to paper: each module turns entries into what one paper shows; nothing is decided here."""
