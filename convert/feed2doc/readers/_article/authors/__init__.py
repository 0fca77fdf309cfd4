"""Who wrote an article: bylines, names without a label, and biographies."""
