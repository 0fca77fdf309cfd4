"""Text without the model: patterns, addresses, widths and lines, characters."""
