"""The words of the trade: files of words by language, the patterns built from them, and those that apply to an article."""
