"""Boxes around forms, and comments, that are the article: a page that is a form, an article in an element of the class
`newsletter`, a discussion.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from feed2doc._text.cjk import reading_length
from feed2doc.readers._blocks.counting import texts_in
from feed2doc.readers._blocks.elements import SILENT

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.selectors import Index

_ENDS = frozenset('.!?。！？…”"」』')
# How long a sentence is, and how long the sentences of a box are that no invitation has. Han characters count twice.
_SHORTEST_SENTENCE, _LONGEST_INVITATION = 20, 600
_FEWEST_SENTENCES = 2
_GENERIC = "generic: "
# How many boxes in each other are looked into.
_MOST_NESTED = 3
_NOT_TEXT = SILENT | {"label", "button", "small"}


def without_articles(
    dropped: dict[_Element, str], comments: Collection[_Element], index: Index
) -> dict[_Element, str]:
    """Return the dropped elements with their rules, without boxes around a form, and comments, that are the article.

    A box is the article if it has several sentences and the rest of the page has none; one around a form also if it has more
    text than an invitation to subscribe. What the rule of a site drops stays dropped.
    """
    if not dropped or not (comments or "input" in index.names):  # as in most articles
        return dropped
    for _ in range(_MOST_NESTED):
        boxes = [
            box
            for box in _outermost(index.root, dropped)
            if box in comments or dropped[box].startswith(_GENERIC)
        ]
        lengths = {
            box: sum(inside)
            for box in boxes
            if (box in comments or next(box.iter("input"), None) is not None)
            and len(inside := _sentences_in(box)) >= _FEWEST_SENTENCES
        }
        if not lengths:
            break
        is_all = not _sentences(_texts_around(dropped, index.root))
        articles = {
            box
            for box, length in lengths.items()
            if is_all or (length > _LONGEST_INVITATION and box not in comments)
        }
        if not articles:
            break
        dropped = {each: rule for each, rule in dropped.items() if each not in articles}
    return dropped


def _texts_around(dropped: Mapping[_Element, str], root: _Element) -> Iterator[str]:
    return (text for _, text in texts_in(root, lambda each: each in dropped or each.tag in _NOT_TEXT))


def _outermost(root: _Element, dropped: Mapping[_Element, str]) -> Iterator[_Element]:
    from lxml.etree import iterwalk

    walker = iterwalk(root, events=("start",))
    for _, each in walker:
        if each in dropped:
            walker.skip_subtree()
            yield each


def _sentences_in(box: _Element) -> list[int]:
    is_form = box.tag == "form"
    inside = texts_in(box, lambda each: each.tag in _NOT_TEXT or (each.tag == "form" and not is_form))
    return _sentences(text for _, text in inside)


def _sentences(texts: Iterable[str]) -> list[int]:
    """Return the lengths of the texts that end as a sentence does."""
    return [_length(text) for text in texts if is_sentence(text)]


def is_sentence(text: str) -> bool:
    """Return True if a text ends as a sentence does, and is not a few words."""
    return text.rstrip()[-1:] in _ENDS and _length(text) >= _SHORTEST_SENTENCE


def _length(text: str) -> int:
    text = text.strip()
    return reading_length(text)
