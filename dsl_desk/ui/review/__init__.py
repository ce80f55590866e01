"""The session of looking: sightings, exhibits, pauses, and its end by both."""
