"""Covers of books, drawn: pictures and type on a page of 1600 x 2560 pixels.

Which there are stands here, to be known before anything that draws is loaded.
"""

MODES = ("auto", "lead", "text", "none")
"""The covers that have a name; any other is the path of a picture."""


def is_wanted(mode: str, articles: int) -> bool:
    """Whether a book of so many articles is to have a cover: by "auto" one of several has."""
    return mode != "none" and (mode != "auto" or articles > 1)
