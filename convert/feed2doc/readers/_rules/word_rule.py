"""A pattern that is built from the words of the trade, and parts that several of them have."""

from __future__ import annotations

from msgspec import Struct

SEPARATOR = r"\s*[：:/／｜|丨︱＝=・]\s*"
PERSON = "(?P<person>.{1,100}?)"


class WordRule(Struct, frozen=True, omit_defaults=True, array_like=True, gc=False):
    """A pattern built from words.

    It is only tried on texts that begin with one of `starts` (lower case) and contain one of `needs` and, in lower case, one of
    `also` and all of `parts`, if there are any, because compiling a pattern takes longer than reading a paragraph. `named`
    means that the group `person` must be a list of names, `weak` that the person must be an author of the article, or that a
    line of junk may be a sentence, and `exact` that letters must have the same case. `most` is the length of the longest text
    to try.
    """

    kind: str
    pattern: str
    role: str = ""
    starts: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    named: bool = False
    weak: bool = False
    exact: bool = False
    most: int = 600
    also: tuple[str, ...] = ()
