"""Lines that list the tags of an article, which are stated elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._html.parse import words_of
from feed2doc.readers._rules.selectors import Index

if TYPE_CHECKING:
    from lxml.etree import _Element

# What is left of such a line without its links: a label, and what separates the tags.
_LABEL = pattern(r"\s*[^\s:：][^:：]{0,30}[:：][\s,，、;；·•|/#.]*")
_ROWS = frozenset({"p", "div", "footer"})


def tag_rows_in(index: Index, tags: Collection[str]) -> dict[_Element, str]:
    """Return the lines of a label and at least two links that are tags of the article: `Tags: ropes, tar`."""
    if len(tags) < 2:
        return {}
    known = {tag.casefold() for tag in tags}
    rows = {
        row: "a line of the article's tags"
        for link in index.named.get("a", ())
        if (row := link.getparent()) is not None and row.tag in _ROWS and row is not index.root
    }
    return {row: reason for row, reason in rows.items() if _lists(row, known)}


def _lists(row: _Element, tags: Collection[str]) -> bool:
    links, rest = 0, row.text or ""
    for child in row:
        if child.tag == "a":
            if words_of(child).lstrip("#").casefold() not in tags or len(child):
                return False
            links += 1
        elif len(child):
            return False
        else:
            rest += child.text or ""
        rest += child.tail or ""
    return links > 1 and _LABEL.fullmatch(rest) is not None
