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
    if len(titled) < 2:
        return None
    around = prose(next(page.iter("body"), page)) - sum(map(prose, articles))
    headlines = headlines_of(page, facts)
    inside = {heading for each in articles for heading in each.iter("h1", "h2", "h3")}
    if any(squeezed(words_of(each)) in headlines for each in headings_in(page) if each not in inside):
        return None
    own = normalize_url(url)
    named = next(
        filter(
            None,
            (
                next((each for each in titled if each.headline in headlines), None),
                next((each for each in titled if own and own in each.links), None),
                next((each for each in titled if _is_wording(each.headline, headlines)), None),
            ),
        ),
        None,
    )
    chosen = named or titled[0]
    others = [each for each in titled if each is not chosen and (each.links or each.level == chosen.level)]
    if not others or around > chosen.size:
        return None
    if named is None and max(each.size for each in others) > _TIMES * chosen.size:
        return None
    return chosen.element


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
