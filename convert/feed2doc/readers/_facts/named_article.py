"""The article that a page is about, among several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from msgspec import Struct

from feed2doc._text.urls import normalize_url
from feed2doc.readers._facts.facts import Facts
from feed2doc.readers._facts.title import headings_in, headlines_of, squeezed
from feed2doc.readers._html.container import articles_in, prose
from feed2doc.readers._html.parse import words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

# How many times longer than the first article one is that is the only article of its page.
_TIMES = 7 / 3
# The number of characters in which a headline may be another wording of one that the page states.
_SHORTEST = 10


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

    If the page names none of those, it is the first, unless another one is much longer. Return None if there are not several
    articles, as in a page whose `article` elements are the parts of one, comments, or links to other articles.
    """
    articles = articles_in(page)
    if len(articles) < 2:
        return None
    url = facts.value("url")
    titled = [found for each in articles if (found := _titled(each, url)) is not None]
    headlines, own = headlines_of(page, facts), normalize_url(url)
    around = prose(next(page.iter("body"), page)) - sum(map(prose, articles))
    named = next((each for each in titled if each.headline in headlines), None)
    if named is None and _is_headed(page, articles, headlines):
        return _below_headline(articles, titled, around)
    for is_named in (
        lambda each: own and own in each.links,
        lambda each: _is_wording(each.headline, headlines),
    ):
        named = named or next(filter(is_named, titled), None)
    chosen = named or next(iter(titled), None)
    if chosen is None or around > chosen.size:
        return None
    others = [each for each in titled if each is not chosen and (each.is_whole or each.level == chosen.level)]
    if named is None:
        others = [each for each in others if each.is_whole]
    if not others or (named is None and max(each.size for each in others) > _TIMES * chosen.size):
        return None
    return chosen.element


def _is_headed(page: _Element, articles: list[_Element], headlines: set[str]) -> bool:
    """Return True if a heading outside the articles is the headline of the page."""
    inside = {heading for each in articles for heading in each.iter("h1", "h2", "h3")}
    return any(squeezed(words_of(each)) in headlines for each in headings_in(page) if each not in inside)


def _below_headline(articles: list[_Element], titled: list[_Titled], around: int) -> _Element | None:
    """Return the only article without a headline of its own, if the others are articles of other pages."""
    known = {each.element for each in titled}
    untitled = [each for each in articles if each not in known and prose(each) > around]
    if len(untitled) != 1 or not titled or not all(each.is_whole for each in titled):
        return None
    return untitled[0]


def _is_wording(headline: str, headlines: set[str]) -> bool:
    """Return True if a headline is a longer or shorter wording of one that the page states."""
    return any(
        min(len(headline), len(stated)) >= _SHORTEST and (headline in stated or stated in headline)
        for stated in headlines
    )


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
        if href and not href.startswith("#"):
            yield href
