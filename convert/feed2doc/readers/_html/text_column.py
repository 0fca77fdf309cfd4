"""The column of a page that has its text, in pages in which no markup names the article, and the links around it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from feed2doc._text.urls import host_of
from feed2doc.readers._blocks.elements import SILENT
from feed2doc.readers._html.parse import words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

# The share of the words outside links that the column has, and that of links in what is left out around it.
_SHARE, _OF_LINKS = 0.7, 0.5
# A page with fewer words is not a column between others, and a list with fewer links may be part of the text.
_FEWEST_CHARACTERS, _FEWEST_LINKS = 600, 3
# What is part of the text, wherever it is, and elements in which the headline is.
_TEXT = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "header", "figure", "img", "p", "br", "hr"})
_HEADLINE = ("h1", "time", "article")


def around_text(body: _Element, url: str, is_named: Callable[[_Element], object]) -> list[_Element]:
    """Return the elements around the page's text whose name says so, or which have little else than links to the same site.

    The text is where most of the words outside links are. What is in the same element as the text is never left out.
    """
    found: list[_Element] = []
    words = _words_outside_links(body)
    least = max(_FEWEST_CHARACTERS, _SHARE * words[body])
    host = host_of(url) if url else ""
    column = body
    while inner := [each for each in column if words.get(each, 0) >= least]:
        if inner[0].tag in _TEXT:
            break
        others = (each for each in column if each is not inner[0] and isinstance(each.tag, str))
        found += (
            each
            for each in others
            if each.tag not in _TEXT
            and next(each.iter(*_HEADLINE), None) is None
            and (is_named(each) or _has_links_of_site(each, host))
        )
        column = inner[0]
    return found


def _words_outside_links(body: _Element) -> dict[_Element, int]:
    """Return the number of characters in each element, without spaces and without those in links."""
    words: dict[_Element, int] = {}
    for each in reversed(list(body.iter("*"))):  # what is in an element before the element
        own = 0 if each.tag in ("a", *SILENT) else words.get(each, 0) + _length(each.text)
        words[each] = own
        parent = each.getparent()
        if parent is not None:
            words[parent] = words.get(parent, 0) + own + _length(each.tail)
    return words


def _length(text: str | None) -> int:
    return sum(map(len, text.split())) if text else 0


def _has_links_of_site(element: _Element, host: str) -> bool:
    """Return True if half of the words are in links, and most of these lead to the same site."""
    links = [link for link in element.iter("a") if words_of(link)]
    words, linked = len(words_of(element)), sum(len(words_of(link)) for link in links)
    own = sum(_is_of_site(link.get("href") or "", host) for link in links)
    if 2 * own <= len(links) or linked < _OF_LINKS * words:
        return False
    return len(links) >= _FEWEST_LINKS or linked + len(links) >= words


def _is_of_site(href: str, host: str) -> bool:
    return "://" not in href or (bool(host) and host_of(href) == host)
