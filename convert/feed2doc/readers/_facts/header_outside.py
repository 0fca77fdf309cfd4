"""The header of an article that a page has above its `article` element: headline, summary, byline and time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from feed2doc.readers._article.times.parsing import parse_time
from feed2doc.readers._facts.facts import Facts
from feed2doc.readers._facts.title import (
    headings_in,
    headlines_of,
    is_name_of_site,
    squeezed,
    title_of_page,
)
from feed2doc.readers._html.moving import leave_tail
from feed2doc.readers._html.parse import words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

# A part with more text, or with one of these elements, is not one of a header.
_LONGEST = 1000
_OTHERS = ("nav", "form", "aside", "table", "iframe", "video", "audio")


def bring_header(article: _Element, page: _Element, facts: Facts) -> None:
    """Move the headline that a page has above its article, and what is between them, to the beginning of the article.

    The headline is the heading that the title or the metadata of the page repeat. If the article has one, nothing is
    moved, and only a time next to the author above it is used.
    """
    headlines = headlines_of(page, facts)
    heading = _headline_above(article, page, headlines, facts)
    if heading is None:
        return
    parts = _parts(heading, article)
    if any(squeezed(words_of(each)) in headlines for each in headings_in(article)):
        _add_time(parts, article, facts)
        return
    for at, part in enumerate(parts):
        leave_tail(part)
        article.insert(at, part)
    parts[-1].tail, article.text = article.text, None


def _add_time(parts: list[_Element], article: _Element, facts: Facts) -> None:
    """Add the time next to the author in a header above the article, if neither the page nor the article states one."""
    if facts.best("published") is not None or next(article.iter("time"), None) is not None:
        return
    times = (each for part in parts for box in part.iter("address") for each in box.iter("time"))
    for each in times:
        if (stated := each.get("datetime")) and parse_time(stated) is not None:
            facts.add("published", stated, "markup", "a time above the article", text=words_of(each))
            return


def _headline_above(article: _Element, page: _Element, headlines: set[str], facts: Facts) -> _Element | None:
    """Return the first heading above the article that is its headline, and not the name of the site, or None."""
    _, parts = title_of_page(page)
    longest = squeezed(max(parts, key=len, default=""))
    stated = {squeezed(fact.value) for fact in facts.all("headline")}
    for each in page.iter("article", "h1", "h2", "h3", article.tag):
        if each is article:
            return None
        words = squeezed(words_of(each)) if each.tag in ("h1", "h2", "h3") else ""
        if words in headlines and words in {longest, *stated} and not is_name_of_site(each):
            return each
    return None


def _parts(heading: _Element, article: _Element) -> list[_Element]:
    """Return the elements from the headline to the article: the largest one around the headline that may be a header."""
    around = {article, *article.iterancestors()}
    top: _Element = heading
    while (parent := top.getparent()) is not None and parent not in around and _may_be_header(parent):
        top = parent
    return list(_until(top, around))


def _until(top: _Element, around: set[_Element]) -> Iterator[_Element]:
    yield top
    for each in top.itersiblings():
        if each in around or not _may_be_header(each):
            return
        yield each


def _may_be_header(element: _Element) -> bool:
    return (
        element.tag not in _OTHERS
        and next(element.iter(*_OTHERS), None) is None
        and len(words_of(element)) <= _LONGEST
    )
