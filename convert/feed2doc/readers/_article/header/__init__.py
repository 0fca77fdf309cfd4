"""The header of an article: its byline and time in the lines above the text."""
