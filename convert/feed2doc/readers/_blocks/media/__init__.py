"""Pictures, embeds, cards, posts and drawings."""
