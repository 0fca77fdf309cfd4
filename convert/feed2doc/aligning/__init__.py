"""Paragraph alignment of an article and its translation, by all that a translation keeps; no model is needed."""
