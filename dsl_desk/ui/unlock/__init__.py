"""Opening the desk: with a passphrase, and every other way on."""
