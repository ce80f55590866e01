"""Keeps the desk: SQLCipher records, sealed blob files and the keys to both."""
