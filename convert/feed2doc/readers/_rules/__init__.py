"""Rules: their schema, which of them apply to an article, their selectors, and the words of the trade."""
