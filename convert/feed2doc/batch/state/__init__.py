"""Records of earlier runs, used to skip what is up to date."""
