"""Markup that an attribute or a script of a page has as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc._text.html_attributes import MAX_ATTRIBUTES, has_too_many_attributes
from feed2doc.errors import LimitError

if TYPE_CHECKING:
    from lxml.etree import _Element


def body_of(markup: str) -> _Element | None:
    """Return the `body` with this markup, without comments, or None if it has nothing.

    Its size is that of the page, so that whoever adds it to the page has the page counted again. Raise LimitError for
    an element with too many attributes.
    """
    from lxml import etree

    if has_too_many_attributes(markup.encode("utf-8", "replace")):
        raise LimitError(
            f"input: an element in an attribute or a script has more than {MAX_ATTRIBUTES:,} attributes"
        )
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(f"<html><body>{markup}", parser)
    return next(iter(root), None) if root is not None else None
