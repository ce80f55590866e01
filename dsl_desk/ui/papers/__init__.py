"""Papers in the window: seen exactly as they print, saved as PDF, printed by the desk itself."""
