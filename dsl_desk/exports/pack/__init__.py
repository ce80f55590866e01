"""Evidence packs, format 1: values in, one sealed folder out, and the judge that needs no desk."""
