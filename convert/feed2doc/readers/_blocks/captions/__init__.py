"""Captions and photo credits next to pictures."""
