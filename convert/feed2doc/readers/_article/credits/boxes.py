"""Boxes below a text with the names of its author and requests."""

from __future__ import annotations

from collections.abc import Sequence

from feed2doc import model as m
from feed2doc.readers._article.credits.roles import credit_of
from feed2doc.readers._rules.lookup import Rules

# How many lines such a box has, and how long each may be.
_FEWEST, _MOST, _LONGEST = 3, 8, 200
_FIRST = frozenset({"byline", "author-bio", "original", "rights", "editor"})
_OTHERS = frozenset({"rights", "junk"})


def is_signed_box(lines: Sequence[m.Inlines], rules: Rules, byline: str) -> bool:
    """Return True for lines that begin with a credit, where half of them are ones or ask for something: `本文作者：林海 / 关于博主：… / 版权声明：…`.

    What is between them is about the author, too.
    """
    if not _FEWEST <= len(lines) <= _MOST or any(len(m.plain_text(line)) > _LONGEST for line in lines):
        return False
    if (first := credit_of(lines[0], rules, byline, set_apart=True)) not in _FIRST:
        return False
    roles = [first, *(credit_of(line, rules, byline, set_apart=True) for line in lines[1:])]
    return 2 * sum(role is not None for role in roles) >= len(roles) and not _OTHERS.isdisjoint(roles)
