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
    """An article with a headline of its own. `links` are the URLs of its headline and its permalinks."""

    element: _Element
    level: str
    headline: str
    links: frozenset[str]
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
    if len(titled) < 2:
        return None
    inside = {heading for each in articles for heading in each.iter("h1", "h2", "h3")}
    headlines, own = headlines_of(page, facts), normalize_url(url)
    for heading in headings_in(page):
        if heading not in inside and _is_headline(heading, headlines):
            return None
    named = next((each for each in titled if each.headline in headlines), None)
    if named is None:
        linked = [each for each in titled if own and own in each.links]
        named = linked[0] if len(linked) == 1 else None  # the parts of a page may all have its URL
    chosen = named or titled[0]
    others = [each for each in titled if each is not chosen]
    level = "h1" if named is None else named.level
    apart = [each for each in others if each.links - {own} or each.level == level]
    around = prose(next(page.iter("body"), page)) - sum(map(prose, articles))
    if not apart or around > chosen.size:
        return None
    if named is None and (apart != others or max(each.size for each in others) > _TIMES * chosen.size):
        return None
    return chosen.element


def _is_headline(heading: _Element, headlines: set[str]) -> bool:
    """Return True if a heading around the articles is that of the page: it states its headline, or is an `h1` with words."""
    words = squeezed(words_of(heading))
    return (words in headlines or (heading.tag == "h1" and words != "")) and not is_name_of_site(heading)


def _titled(article: _Element, base: str) -> _Titled | None:
    heading = next(headings_in(article), None)
    size = prose(article)
    if heading is None or heading.tag == "h3" or not size:
        return None
    links = frozenset(filter(None, (normalize_url(urljoin(base, href)) for href in _links(article, heading))))
    return _Titled(article, heading.tag, squeezed(words_of(heading)), links, size)


def _links(article: _Element, heading: _Element) -> Iterator[str]:
    """Yield the addresses of the links in and around the heading, and of those that are permalinks."""
    around = heading.iterancestors("a")
    permalinks = (each for each in article.iter("a") if "bookmark" in (each.get("rel") or "").split())
    for link in (*heading.iter("a"), *around, *permalinks):
        href = (link.get("href") or "").strip()
        if href and "#" not in href:  # not a part of a page
            yield href
