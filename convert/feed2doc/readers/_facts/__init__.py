"""The facts about an article (headline, authors, times, ...) that its sources state, and their order of precedence."""
