"""The summary for governors: preview, what is withheld and why, release by two."""
