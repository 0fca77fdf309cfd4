"""The element of a page that holds its article."""

from __future__ import annotations

import re
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


def is_page(text: str) -> bool:
    """Return True if this is the HTML of a whole page and not a fragment, which has nothing around its article."""
    return _PAGE.search(text) is not None


def article_in(page: _Element) -> _Element:
    """Return the `article` or else the `main` element that has most of the page's text, or else the body."""
    body: _Element = next(page.iter("body"), page)
    articles = articles_in(page)
    mains = list(page.iter("main"))
    if not articles and len(mains) != 1:
        return body
    least = prose(body) * (_SHARE_OF_MANY if len(articles) > 1 else _SHARE)
    for element in (*articles, *(mains if len(mains) == 1 else ())):
        # The text of an article without paragraphs is in other elements.
        if (prose(element) or len(words_of(element))) >= least:
            found: _Element = element
            return found
    return body


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
