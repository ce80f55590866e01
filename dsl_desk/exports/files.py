"""Files on a medium: written once, synced, read back past the page cache; each system's calls behind one function."""
