"""The element of a page that holds its article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._html.parse import words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_PAGE = pattern(r"<(?:!doctype|html|head|body)\b", re.I)
# The share of the text of the page that an article has, and that of one among several.
_SHARE, _SHARE_OF_MANY = 0.3, 0.7
# Elements of a page whose paragraphs are not those of its article.
_AROUND = ("nav", "aside", "footer", "form")
# Marks of an article in pages without the elements: https://microformats.org/wiki/h-entry,
# https://schema.org/Article and its kinds, https://www.w3.org/TR/wai-aria/#article
_CLASSES, _ROLES = frozenset({"hentry", "h-entry"}), frozenset({"article", "main"})
_TYPES = ("Article", "BlogPosting", "Report", "Review", "Recipe")


def is_page(text: str) -> bool:
    """Return True if this is the HTML of a whole page and not a fragment, which has nothing around its article."""
    return _PAGE.search(text) is not None


def article_in(page: _Element) -> _Element:
    """Return the `article` or else the `main` element that has most of the page's text, one marked as such, or else the body."""
    body: _Element = next(page.iter("body"), page)
    articles = articles_in(page)
    mains = list(page.iter("main"))
    found = _largest(articles, body)
    if found is None and len(mains) == 1:
        found = _first(mains, prose(body) * (_SHARE_OF_MANY if len(articles) > 1 else _SHARE))
    if found is None:
        found = _largest(list(_marked_in(body)), body)
    return body if found is None else found


def _largest(elements: list[_Element], body: _Element) -> _Element | None:
    """Return the element that has most of the page's paragraphs, or of the text of those elements if it has none."""
    is_one = len(elements) == 1
    least = prose(body) * (_SHARE if is_one else _SHARE_OF_MANY)
    if not least and not is_one:
        least = _SHARE_OF_MANY * sum(len(words_of(each)) for each in elements)
    return _first(elements, least)


def _first(elements: list[_Element], least: float) -> _Element | None:
    """Return the first element with so much text. That of an article without paragraphs is in other elements."""
    return next((each for each in elements if (prose(each) or len(words_of(each))) >= least), None)


def _marked_in(body: _Element) -> Iterator[_Element]:
    """Yield the elements that classes, types or roles mark as articles or the main part, and that are not in another one."""
    inside: set[_Element] = set()
    for each in body.iter():
        if each in inside or not isinstance(each.tag, str):
            continue
        if (
            each.get("role") in _ROLES
            or (each.get("itemtype") or "").endswith(_TYPES)
            or not _CLASSES.isdisjoint((each.get("class") or "").split())
        ):
            inside.update(each.iter())
            yield each


def articles_in(page: _Element) -> list[_Element]:
    """Return the `article` elements of a page that are not in another one."""
    return [each for each in page.iter("article") if next(each.iterancestors("article"), None) is None]


def prose(element: _Element) -> int:
    """Return the number of characters in the paragraphs of an element, without those of navigation and notes around it."""
    if next(element.iterancestors(*_AROUND), None) is not None:
        return 0
    apart: set[_Element] = set()
    for each in element.iter(*_AROUND):
        if each not in apart:
            apart.update(each.iter("p", *_AROUND))
    return sum(len(words_of(each)) for each in element.iter("p") if each not in apart)
