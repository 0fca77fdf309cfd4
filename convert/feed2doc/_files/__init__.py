"""Files: atomic saving, compression, file names and user folders."""
