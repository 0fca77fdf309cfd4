"""What earlier runs produced, to skip what is up to date."""
