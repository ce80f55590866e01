"""The school's procedure as values: pure, without files, clock, database or window."""
