"""Markup that an attribute or a script of a page has as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


def body_of(markup: str) -> _Element | None:
    """Return the `body` with this markup, without comments, or None if it has nothing.

    Its size is that of the page, so that whoever adds it to the page has the page counted again.
    """
    from lxml import etree

    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(f"<html><body>{markup}", parser)
    return next(iter(root), None) if root is not None else None
