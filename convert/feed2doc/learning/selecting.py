"""The CSS selectors that select the same part of many articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from feed2doc._text.lazy_re import pattern
from feed2doc.learning.articles import Article
from feed2doc.readers._html.parse import words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_CLASS = pattern(r"[A-Za-z_-][\w-]{1,60}")
# Attributes that say what an element is. Their values are too varied, or are read by the generic rules.
_ATTRIBUTE = pattern(r"data-[a-z][a-z-]{2,40}|role|itemprop")
# Names that a program made up for one page: `css-1kq2x9`, `post-10482`.
_MADE_UP = pattern(r"\d{3,}|[a-z]\d[a-z\d]{3,}")
_NEVER = frozenset({"html", "body", "main", "article", "table", "tbody", "tr", "td", "br"})


class Selected(msgspec.Struct, frozen=True):
    """One element that a selector selects."""

    article: Article
    element: _Element
    text: str

    @property
    def key(self) -> str:
        """The text as compared with other articles."""
        return self.article.key(self.text)


def candidates(articles: Sequence[Article], fewest: int) -> Iterator[tuple[str, list[Selected]]]:
    """Yield the selectors of one class, id or attribute that occur in this many articles, with what they select.

    Elements that the rules drop already do not count.
    """
    found: dict[str, list[Selected]] = {}
    for article in articles:
        names = (name for name in article.index.names if name[0] in ".#[" and _is_usable(name))
        for name in sorted(names):
            rows = [e for e in article.index.named[name] if e.tag not in _NEVER and e not in article.dropped]
            found.setdefault(name, []).extend(Selected(article, e, words_of(e)) for e in rows)
    for name in sorted(found, key=lambda name: (".#[".index(name[0]), name)):
        if len({id(each.article) for each in found[name]}) >= fewest:
            yield name, found[name]


def _is_usable(name: str) -> bool:
    plain = name.strip(".#[]")
    known = _ATTRIBUTE if name[0] == "[" else _CLASS
    return known.fullmatch(plain) is not None and not _MADE_UP.search(plain)


def spread(selected: Sequence[Selected]) -> int:
    """Return the number of articles that the elements are in."""
    return len({id(each.article) for each in selected})


def quoted(value: str) -> str:
    """Return the value as a string of CSS."""
    return "'" + re.sub(r"(['\\])", r"\\\1", value) + "'"
