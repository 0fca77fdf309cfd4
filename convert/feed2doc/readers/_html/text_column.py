"""The column of a page that has its text, in pages in which no markup names the article, and what is around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feed2doc._text.urls import host_of
from feed2doc.readers._blocks.elements import MEDIA, SILENT
from feed2doc.readers._html.parse import words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

# The share of the words outside links that the column has, and that of links in what is left out around it.
_SHARE, _OF_LINKS, _OF_NAMED = 0.7, 0.6, 0.3
# A page with fewer words is a column only between elements that are named, and a list with fewer links may be part of the text.
_FEWEST_CHARACTERS, _FEWEST_LINKS = 600, 3
# The longest text outside links in what is left out for its links, and in what is left out for its name.
_LONGEST_TEXT, _LONGEST_NAMED = 120, 400
# Elements of a text, and those in which the headline, authors or the time may be. An element with several of the first is the text.
_TEXT = frozenset(
    {"p", "ul", "ol", "dl", "pre", "blockquote", "table", "h2", "h3", "h4", "h5", "h6", "figure"}
)
_NEVER = _TEXT | {"h1", "header", "li", "dt", "dd", "summary", "th", "img", "br", "hr", "a", "span"}
_HEADER = ("h1", "h2", "time", "address", "article")
_KEPT = ("img", "picture", "table", "pre", *MEDIA)
_MOST_TEXTS = 1
# Addresses that lead to no other page of the site.
_NO_PAGE = ("#", "mailto:", "tel:", "doi:", "//")


def around_text(body: _Element, url: str, named: Callable[[_Element], str]) -> list[tuple[_Element, str]]:
    """Return the elements around the page's text that have little else than links to the same site, and the rule of each.

    The text is where most of the words outside links are. An element whose name says what it is (`named` returns the rule) may
    have fewer links; around a short text, only such elements are left out. Nothing within the element of the text is left out, and nothing with pictures, a headline or a note.
    """
    found: list[tuple[_Element, str]] = []
    lengths = _lengths_outside_links(body)
    is_short = lengths[body] < _FEWEST_CHARACTERS
    least = max(_SHARE * lengths[body], 0 if is_short else _FEWEST_CHARACTERS)
    host, targets = host_of(url) if url else "", _targets(body)
    column = body
    while inner := [each for each in column if lengths.get(each, 0) >= least]:
        if (inner[0].tag in _NEVER and inner[0].tag != "table") or sum(
            each.tag in _TEXT for each in column
        ) > _MOST_TEXTS:
            break
        names = set((inner[0].get("class") or "").split())
        for each in column:
            if each is inner[0] or not isinstance(each.tag, str) or not _may_go(each, names, targets):
                continue
            name = named(each)
            if (name or not is_short) and (rule := _rule_of(each, lengths.get(each, 0), host, name)):
                found.append((each, rule))
        column = inner[0]
    return found


def _may_go(element: _Element, names: set[str], targets: frozenset[str]) -> bool:
    """Return False for what may be part of the article, whatever its links are."""
    if element.tag in _NEVER or not names.isdisjoint((element.get("class") or "").split()):
        return False
    inside = list(element.iter("*"))
    return not any(each.tag in _HEADER or each.tag in _KEPT for each in inside) and targets.isdisjoint(
        each.get("id") or each.get("name") or "" for each in inside
    )


def _rule_of(element: _Element, length: int, host: str, named: str) -> str:
    """Return the rule by which an element goes: its name, if links or a form agree, or its links to the same site. Else "".

    `length` is that of the text outside links.
    """
    links = [said for link in element.iter("a") if (said := words_of(link))]
    linked, words = sum(map(len, links)), max(len(words_of(element)), 1)
    if named and length <= _LONGEST_NAMED:
        has_form = next(element.iter("form", "input", "textarea", "button"), None) is not None
        is_foot = "©" in words_of(element) and bool(links)
        return named if has_form or is_foot or linked >= _OF_NAMED * words else ""
    own = sum(_is_of_site(link.get("href") or "", host) for link in element.iter("a"))
    if length > _LONGEST_TEXT or linked < _OF_LINKS * words or len(links) < _FEWEST_LINKS:
        return ""
    return "html: links around the text" if 2 * own > len(links) else ""


def _lengths_outside_links(body: _Element) -> dict[_Element, int]:
    """Return the number of characters in each element, without spaces and without those in links."""
    lengths: dict[_Element, int] = {}
    for each in reversed(list(body.iter("*"))):  # what is in an element before the element
        own = 0 if each.tag == "a" or each.tag in SILENT else lengths.get(each, 0) + _length(each.text)
        lengths[each] = own
        parent = each.getparent()
        if parent is not None:
            lengths[parent] = lengths.get(parent, 0) + own + _length(each.tail)
    return lengths


def _length(text: str | None) -> int:
    return sum(map(len, text.split())) if text else 0


def _targets(body: _Element) -> frozenset[str]:
    """Return the names of the places to which links of the page lead, such as those of notes."""
    hrefs: Iterable[str] = (link.get("href") or "" for link in body.iter("a"))
    return frozenset(href[1:] for href in hrefs if href[:1] == "#" and len(href) > 1)


def _is_of_site(href: str, host: str) -> bool:
    if href.startswith(_NO_PAGE):
        return False
    return not urlsplit(href).netloc or (bool(host) and host_of(href) == host)
