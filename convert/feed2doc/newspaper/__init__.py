"""A newspaper from many articles: which of them tell the same story, and an edition of what fits the reader's time."""
