"""Site rules: their schema, how they are found, and their selectors."""
