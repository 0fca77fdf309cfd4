"""Book covers, drawn from pictures and type on a page of 1600 x 2560 pixels.

The modes are listed here, so that they are known before any drawing code is loaded.
"""

MODES = ("auto", "lead", "text", "none")
"""The named cover modes; any other mode is the path of a picture."""


def is_wanted(mode: str, articles: int) -> bool:
    """Return True if a book with this many articles gets a cover; in "auto" mode, only a book of several articles does."""
    return mode != "none" and (mode != "auto" or articles > 1)
