"""Fonts: the font families for each language, the files that contain them, and the characters they have."""
