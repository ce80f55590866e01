"""The place of registers: checks, changes, training, breaches and media, outside cases."""
