"""Files: atomic saving, compression, names, the user's folders."""
