"""Values in, files out: evidence packs and papers."""
