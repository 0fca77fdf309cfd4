"""What languages have of their own: dates, labels, tags."""
