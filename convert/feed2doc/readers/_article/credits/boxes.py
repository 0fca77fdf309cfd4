"""Boxes below a text with the names of its author and requests, and the pictures of codes below those requests."""

from __future__ import annotations

from collections.abc import Sequence

from feed2doc import model as m
from feed2doc.readers._article.credits.roles import credit_of
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._blocks.counting import address_of
from feed2doc.readers._rules.lookup import Rules

# How many lines such a box has, and how long each may be.
_FEWEST, _MOST, _LONGEST = 3, 8, 200
_FIRST = frozenset({"byline", "author-bio", "original", "rights", "editor"})
_OTHERS = frozenset({"rights", "junk"})
# How many pictures may be below a request, as one of an account and one of its author.
_MOST_PICTURES = 2


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


def drop_codes(below: list[m.Block], lines: Sequence[str], rules: Rules, account: Account) -> None:
    """Leave out the pictures without captions that are all there is below lines that ask to scan a code or to follow an account."""
    figures = [each for each in below if isinstance(each, m.Figure)]
    if not 0 < len(figures) <= _MOST_PICTURES or any(each.caption for each in figures):
        return
    if len(figures) < sum(type(each) is not m.Rule for each in below):
        return
    if all(rules.words.find("code", line) is None for line in lines):
        return
    for figure in figures:
        account.remove(figure, "words: code", "picture of a code", text=address_of(figure))
    below.clear()


def without_codes(
    blocks: m.Blocks, emptied: Sequence[m.Block], lines: Sequence[str], rules: Rules, account: Account
) -> m.Blocks:
    """Return the blocks without such pictures at their end, below a line that a rule dropped.

    `emptied` are the blocks after which something was left out, `lines` the lines that were.
    """
    end = len(blocks)
    while end and type(blocks[end - 1]) in (m.Figure, m.Rule):
        end -= 1
    left = [at for at in range(max(end - 1, 0), len(blocks)) if any(each is blocks[at] for each in emptied)]
    if not end or not left:
        return blocks
    at = left[-1] + 1
    below = list(blocks[at:])
    drop_codes(below, lines[-1:], rules, account)
    return (*blocks[:at], *below)
