"""Keeping links inline, moving them to footnotes, or stripping them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec
from msgspec import Struct

from feed2doc._locale.tags import is_right_to_left
from feed2doc._text.urls import normalize_url
from feed2doc.model import Document, Figure, Inlines, Link, Note, Paragraph, Span, Text, plain_text
from feed2doc.transforms import Links


def with_links(document: Document, mode: Links, *, inside: Collection[str] = ()) -> Document:
    """Return the article with its links changed; links to URLs in `inside` (normalized), in the same book, are kept.

    "inline" keeps links. "footnote" adds a footnote with the URL to each, for paper and for readers that cannot follow
    links; links that show their own URL, or are already in a footnote, are kept. "strip" leaves only the link text.
    """
    if mode == "inline":
        return document
    changed = _Change(mode, frozenset(inside), is_right_to_left(document.language)).node(
        document, in_note=False
    )
    assert isinstance(changed, Document)
    return changed


class _Change(Struct, frozen=True):
    mode: Links
    inside: frozenset[str]
    right_to_left: bool

    def node(self, node: Any, *, in_note: bool) -> Any:
        """Return the node with its links changed."""
        if isinstance(node, tuple):
            return tuple(new for each in node for new in self._one(each, in_note=in_note))
        if not isinstance(node, msgspec.Struct):
            return node
        within = in_note or isinstance(node, Note)
        fields = {
            name: self.node(value, in_note=within)
            for name in node.__struct_fields__
            if isinstance(value := getattr(node, name), tuple | msgspec.Struct)
        }
        if isinstance(node, Figure) and node.url and normalize_url(node.url) not in self.inside:
            fields |= self._picture_link(node, fields.get("caption", ()))
        return msgspec.structs.replace(node, **fields)

    def _picture_link(self, figure: Figure, caption: Inlines) -> dict[str, Any]:
        """Return the changed fields of a linked picture: its URL moves to a footnote of the caption, or is removed."""
        if self.mode == "strip":
            return {"url": ""}
        if not figure.url.startswith("http"):
            return {}
        return {"url": "", "caption": (*caption, self._note(figure.url))}

    def _note(self, url: str, title: str = "") -> Note:
        address = Link((Text(url),), url, title)
        # In right-to-left text a URL would be reordered.
        return Note((Paragraph((Span((address,), dir="ltr"),) if self.right_to_left else (address,)),))

    def _one(self, node: Any, *, in_note: bool) -> tuple[Any, ...]:
        """Return the nodes that replace this node of a sequence."""
        if not isinstance(node, Link) or normalize_url(node.url) in self.inside:
            return (self.node(node, in_note=in_note),)
        if self.mode == "strip":
            content: Inlines = self.node(node.content, in_note=in_note)
            return content or (Text(node.url),)
        shown = plain_text(node.content).strip()
        if in_note or not node.url.startswith("http") or shown in ("", node.url):
            return (node,)
        return (*node.content, self._note(node.url, node.title))
