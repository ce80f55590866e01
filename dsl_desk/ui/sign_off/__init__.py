"""Judgement, conclusion, action, and the two signatures."""
