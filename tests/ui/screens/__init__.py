"""Pictures of every screen of the program on a small made-up desk: `python -m tests.ui.screens OUT [scene…]`."""
