"""Made-up cases played through the real services: first sight, drill and end-to-end test (design section 12)."""
