"""Portraits of the authors: pictures that lead to where their names lead."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from feed2doc.readers._html.parse import words_of_few

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.selectors import Index


def portraits_in(index: Index, names: Collection[str], url: str) -> dict[_Element, str]:
    """Return the links without words around a picture that lead to the page of one of these people, and the rule.

    `url` is the article's own, which may be the page of its author's only work.
    """
    found: dict[_Element, str] = {}
    links = index.named.get("a", ()) if names and "img" in index.names else ()
    pages = {link.get("href") for link in links if words_of_few(link) in names} - {None, "", url}
    for link in links if pages else ():
        is_picture = len(link) and next(link.iter("img"), None) is not None and not words_of_few(link)
        if is_picture and link.get("href") in pages:
            found[link] = "portrait of the author"
    return found
