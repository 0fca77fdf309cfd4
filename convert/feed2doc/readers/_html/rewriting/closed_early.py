"""Headings and bold text around paragraphs, which libxml2 closes before the paragraph (`<h2><p>The quay</p></h2>`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._html.markup import REST_OF_TAG, in_markup, sub_in_markup

if TYPE_CHECKING:
    from lxml.etree import _Element

MAY_BE_CLOSED_EARLY = ("b", "h1", "h2", "h3", "h4", "h5", "h6")
"""The elements that libxml2 closes before a paragraph."""
_BOLD = pattern(in_markup(rb"(</?)b(?=[\s>])(" + REST_OF_TAG + rb")"), re.I)
_HEADING = pattern(
    in_markup(
        rb"(<(h[1-6])\b[^<>]{0,999}>)\s{0,99}<p\b[^<>]{0,999}>((?:[^<]|<(?!/?(?:p|h[1-6])\b)){0,2000}+)</p>\s{0,99}(?=</\2\s{0,9}>)"
    ),
    re.I,
)


def with_paragraphs_inside(data: bytes, root: _Element) -> bytes | None:
    """Return the HTML of a page with elements that stay around their paragraphs, or None if all do."""
    closed = {each.tag for each in root.iter(*MAY_BE_CLOSED_EARLY) if _is_closed_early(each)}
    if not closed:
        return None
    if "b" in closed:
        data = sub_in_markup(_BOLD, rb"\1strong\2", data)
    return sub_in_markup(_HEADING, rb"\1\3", data) if len(closed) > ("b" in closed) else data


def _is_closed_early(element: _Element) -> bool:
    """Return True if an element is empty and a paragraph follows it directly."""
    if len(element) or (element.text or "").strip() or (element.tail or "").strip():
        return False
    following = element.getnext()
    return following is not None and following.tag == "p"
