"""Fonts: which families a language is set in, which files have them, which characters they have."""
