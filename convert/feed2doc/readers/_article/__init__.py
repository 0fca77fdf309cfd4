"""The conversion of a parsed page to an article: header, times, byline, credits, language, sections."""
