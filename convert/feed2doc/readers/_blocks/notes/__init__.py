"""Footnotes: references, and the notes to which they refer, linked or typed."""
