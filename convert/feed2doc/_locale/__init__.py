"""Language-specific data: dates, labels, language tags."""
