"""Lines that only say which article this is: `The post … appeared first on …`, `Home > Harbour > The ferry is back`."""

from __future__ import annotations

from urllib.parse import urlsplit

from feed2doc import model as m
from feed2doc._text.urls import normalize_url
from feed2doc.readers._article.furniture.link_blocks import LONGEST_LABEL, links_in, text_of

_LONGEST_OWN_LABEL = 20
# The length of the words around the headline and the site's name, and how many links there are.
_LONGEST_AROUND, _MOST_LINKS = 160, 4
# The signs between the parts of the way to a page.
_ARROWS = ">›»＞→"


def names_article(block: m.Block, url: str, headline: str) -> bool:
    """Return True for a line at the end of an article that says no more than where the article is."""
    if not isinstance(block, m.Paragraph) or not url or not (links := list(links_in(block))):
        return False
    return (
        _is_own_link(block, links, url)
        or _names_article_and_site(block, links, url)
        or _names_headline_and_site(block, links, url, headline)
        or _is_link_to_start(block, links, url)
    )


def leads_to(link: m.Link, url: str) -> bool:
    """Return True if a link leads to the start of this page."""
    return "#" not in link.url and normalize_url(link.url) == normalize_url(url)


def is_way_to(line: m.Inlines, headline: str) -> bool:
    """Return True for the way from the home page to the article: links and arrows, at the end perhaps the headline."""
    links = list(links_in(m.Paragraph(line))) if line and type(line[0]) is m.Link else []
    if not links:
        return False
    rest = m.plain_text(line)
    for link in links:
        words = m.plain_text(link.content)
        before, found, rest = rest.partition(words)
        if not found or before.strip().strip(_ARROWS):
            return False
    arrow, name = rest.strip()[:1], rest.strip()[1:].strip()
    if arrow and arrow in _ARROWS:
        return _same(name, headline)
    return not arrow and len(links) > 1 and _are_apart_by_arrows(line)


def _are_apart_by_arrows(line: m.Inlines) -> bool:
    return all(
        type(node) is m.Link or m.plain_text((node,)).strip() in set(_ARROWS) for node in line
    ) and any(type(node) is not m.Link for node in line)


def _is_own_link(block: m.Paragraph, links: list[m.Link], url: str) -> bool:
    """Return True for a line that says no more than that it leads to the article itself: `Source`, `[link]`, `Comments: https://...`."""
    if len(links) != 1:
        return False
    link = links[0]
    text = m.plain_text(link.content).strip()
    label = m.plain_text(block.content).replace(text, "", 1).strip()
    return (
        normalize_url(link.url) == normalize_url(url)
        and (
            (not label and len(text) <= _LONGEST_OWN_LABEL)
            or text == link.url
            or (text.startswith("[") and text.endswith("]"))
        )
        and (not label or (len(label) <= _LONGEST_OWN_LABEL and label[-1] in ":："))
    )


def _names_article_and_site(block: m.Paragraph, links: list[m.Link], url: str) -> bool:
    """Return True for a short line with links to the article itself and to the start of its site, as feeds end with."""
    if len(links) != 2 or _around(block, links) > LONGEST_LABEL:
        return False
    own, site = (normalize_url(link.url) for link in links)
    return own == normalize_url(url) != site and bool(site) and own.startswith(site)


def _names_headline_and_site(block: m.Paragraph, links: list[m.Link], url: str, headline: str) -> bool:
    """Return True for a line with the headline, which leads to the article, and a link to the start of its site."""
    if not headline or not 2 <= len(links) <= _MOST_LINKS or _around(block, links) > _LONGEST_AROUND:
        return False
    here = normalize_url(url)
    own = [link for link in links if normalize_url(link.url) == here]
    return any(_same(m.plain_text(link.content), headline) for link in own) and any(
        (site := normalize_url(link.url)) != here and bool(site) and here.startswith(site) for link in links
    )


def _is_link_to_start(block: m.Paragraph, links: list[m.Link], url: str) -> bool:
    """Return True for a line that is nothing but a link to the start of the site, as feeds print its name below each entry."""
    if len(links) != 1 or any(
        map(str.isalnum, text_of(block).replace(m.plain_text(links[0].content), "", 1))
    ):
        return False
    to, here = urlsplit(links[0].url), urlsplit(url)
    return to.netloc == here.netloc and not to.query and to.path in ("", "/") and here.path not in ("", "/")


def _around(block: m.Paragraph, links: list[m.Link]) -> int:
    """Return how long the text is that is not a link."""
    return len(text_of(block)) - sum(len(m.plain_text(link.content)) for link in links)


def _same(name: str, headline: str) -> bool:
    return bool(name) and "".join(name.split()).casefold() == "".join(headline.split()).casefold()
