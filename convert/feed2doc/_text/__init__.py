"""Text functions independent of the model: patterns, URLs, widths, line breaking, characters."""
