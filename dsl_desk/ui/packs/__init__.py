"""The packs that were made: found again, verified again, and who signed for them."""
