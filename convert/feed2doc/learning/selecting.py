"""The CSS selectors that select the same part of many articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from feed2doc._text.lazy_re import pattern
from feed2doc.learning.articles import Article
from feed2doc.readers.inspection import words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_CLASS = pattern(r"[A-Za-z_-][\w-]{1,60}")
# Attributes that state the role of an element. Their values are too varied, or are read by the generic rules.
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

    Elements that are dropped already do not count.
    """
    found: dict[str, list[Selected]] = {}
    for article in articles:
        names = (name for name in article.index.names if name[0] in ".#[" and _is_usable(name))
        for name in sorted(names):
            rows = [
                Selected(article, e, words_of(e)) for e in article.index.named[name] if _is_read(article, e)
            ]
            found.setdefault(name, []).extend(each for each in rows if article.has(each.element))
    for name in sorted(found, key=lambda name: (".#[".index(name[0]), name)):
        if len({id(each.article) for each in found[name]}) >= fewest:
            yield name, found[name]


def _is_read(article: Article, element: _Element) -> bool:
    return element.tag not in _NEVER and element not in article.dropped


def _is_usable(name: str) -> bool:
    plain = name.strip(".#[]")
    known = _ATTRIBUTE if name[0] == "[" else _CLASS
    return known.fullmatch(plain) is not None and not _MADE_UP.search(plain)


def spread(selected: Iterable[Selected]) -> int:
    """Return the number of articles that the elements are in."""
    return len({id(each.article) for each in selected})


def recurring(selected: Iterable[Selected]) -> set[str]:
    """Return the texts of elements in several articles."""
    found: dict[str, set[int]] = {}
    for each in selected:
        found.setdefault(each.key, set()).add(id(each.article))
    return {key for key, articles in found.items() if len(articles) > 1}


def is_at_picture(element: _Element) -> bool:
    """Return True if the element is in a small container with a picture."""
    parent = element.getparent()
    above = None if parent is None else parent.getparent()
    around = [each for each in (parent, above) if each is not None and each.tag not in _NEVER]
    return any(sum(1 for _ in each.iter("img")) == 1 for each in around)


def quoted(value: str) -> str:
    """Return the value as a string of CSS."""
    return "'" + re.sub(r"(['\\])", r"\\\1", value) + "'"
