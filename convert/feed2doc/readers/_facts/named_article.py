"""The article that a page is about, among several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from msgspec import Struct

from feed2doc._text.urls import normalize_url
from feed2doc.readers._facts.facts import Facts
from feed2doc.readers._facts.title import headings_in, headlines_of, is_name_of_site, squeezed
from feed2doc.readers._html.container import articles_in, prose
from feed2doc.readers._html.parse import words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

# How many times longer than the first article one is that is the only article of its page.
_TIMES = 7 / 3


class _Titled(Struct, frozen=True):
    """An article with a headline of its own.

    `links` are the URLs of its headline and its permalinks, but that of the page. `has_url` says that one of them is that.
    """

    element: _Element
    level: str
    headline: str
    links: frozenset[str]
    has_url: bool
    size: int

    @property
    def is_whole(self) -> bool:
        """True if it has a page of its own or a headline of the first level, unlike a part of an article."""
        return bool(self.links) or self.level == "h1"


def named_article(page: _Element, facts: Facts) -> _Element | None:
    """Return the `article` that the title or the URL of a page names, among several with headlines of their own.

    If the page names none of those, it is the first of a river of posts, unless another one is much longer. Return None if there
    are not several articles, as in a page whose `article` elements are the parts of one, comments, or links to other articles.
    """
    articles = articles_in(page)
    if len(articles) < 2:
        return None
    url = facts.value("url")
    titled = [found for each in articles if (found := _titled(each, url)) is not None]
    headlines = headlines_of(page, facts)
    around = prose(next(page.iter("body"), page)) - sum(map(prose, articles))
    named = next((each for each in titled if each.headline in headlines), None)
    if named is None:
        outside = _headings_outside(page, articles)
        if any(squeezed(words_of(each)) in headlines for each in outside):
            return _below_headline(articles, titled, around)
        if any(each.tag == "h1" and words_of(each) and not is_name_of_site(each) for each in outside):
            return None
        linked = [each for each in titled if each.has_url]
        named = linked[0] if len(linked) == 1 else None  # the parts of a page may all have its URL
    chosen = named or next(iter(titled), None)
    if chosen is None or around > chosen.size:
        return None
    others = [each for each in titled if each is not chosen]
    if named is None:
        is_river = bool(others) and all(each.is_whole for each in others)
        return (
            chosen.element if is_river and max(each.size for each in others) <= _TIMES * chosen.size else None
        )
    return chosen.element if any(each.is_whole or each.level == chosen.level for each in others) else None


def _headings_outside(page: _Element, articles: list[_Element]) -> list[_Element]:
    inside = {heading for each in articles for heading in each.iter("h1", "h2", "h3")}
    return [each for each in headings_in(page) if each not in inside]


def _below_headline(articles: list[_Element], titled: list[_Titled], around: int) -> _Element | None:
    """Return the only article without a headline of its own, if the others are articles of other pages."""
    known = {each.element for each in titled}
    untitled = [each for each in articles if each not in known and prose(each) > around]
    if len(untitled) != 1 or not titled or not all(each.is_whole for each in titled):
        return None
    return untitled[0]


def _titled(article: _Element, url: str) -> _Titled | None:
    heading = next(headings_in(article), None)
    size = prose(article)
    if heading is None or heading.tag == "h3" or not size:
        return None
    own = normalize_url(url)
    links = frozenset(normalize_url(urljoin(url, href)) for href in _links(article, heading))
    words = squeezed(words_of(heading))
    return _Titled(article, heading.tag, words, links - {own, ""}, own != "" and own in links, size)


def _links(article: _Element, heading: _Element) -> Iterator[str]:
    """Yield the addresses of the links in and around the heading, and of permalinks."""
    around = heading.iterancestors("a")
    permalinks = (each for each in article.iter("a") if "bookmark" in (each.get("rel") or "").split())
    for link in (*heading.iter("a"), *around, *permalinks):
        href = (link.get("href") or "").strip()
        if href and "#" not in href:  # not a part of a page
            yield href
