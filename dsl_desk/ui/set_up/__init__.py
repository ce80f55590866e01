"""The assistant that begins a desk: one decision a page, recording as soon as one person can sign in."""
