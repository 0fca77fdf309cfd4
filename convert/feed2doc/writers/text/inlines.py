"""Inline nodes as plain text, and the page that numbers their links and notes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from msgspec import Struct

from feed2doc import model as m
from feed2doc._text.plain import clean
from feed2doc._text.powers import appended, lowered_after, raised_after, struck
from feed2doc._text.urls import is_same_page_link
from feed2doc.writers.text.options import PlainText


class TextPage(Struct):
    """The state of a page while it is written: its options, labels, links and notes."""

    options: PlainText
    words: Mapping[str, str]
    links: dict[str, int] = {}
    notes: list[m.Blocks] = []

    def mark(self, url: str) -> str:
        """Return the number of this URL in the list of links."""
        if not self.options.links:
            return ""
        return f"[{self.links.setdefault(url, len(self.links) + 1)}]"


def inlines_of(inlines: m.Inlines, page: TextPage) -> str:
    """Return inlines as text. Links and notes get their numbers on the page."""
    return _joined(m.without_silent_pictures(inlines), page)


def _joined(inlines: m.Inlines, page: TextPage) -> str:
    written = ""
    for node in inlines:
        written = appended(written, _after(written, node, page))
    return written


def _after(before: str, node: m.Inline, page: TextPage) -> str:
    """Return an inline as text after the text before it, on which raised and lowered text depends."""
    text = _inline(node, page)
    match node:
        case m.Sup() if not _has_marks(node):
            return raised_after(before, text)
        case m.Sub() if not _has_marks(node):
            return lowered_after(before, text)
        case m.Sup((m.Link(content, url),)) if not _has_marks(m.Sup(content)) and not is_same_page_link(url):
            words = _joined(content, page)  # the number of the link is not raised
            return raised_after(before, words) + text.removeprefix(words)
        case _:
            return text


def _has_marks(node: m.Sup | m.Sub) -> bool:
    """Return True if the text has numbers of links or notes in it."""
    return any(isinstance(each, m.Link | m.Note | m.LineBreak) for each in m.walk(node))


def _inline(node: m.Inline, page: TextPage) -> str:
    match node:
        case m.Text(value) | m.Code(value):
            return clean(value)
        case (
            m.Strong(content)
            | m.Emph(content)
            | m.Insert(content)
            | m.Highlight(content)
            | m.Quotation(content)
            | m.Abbreviation(content)
            | m.Sub(content)
            | m.Sup(content)
            | m.Span(content)
        ):
            return _joined(content, page)
        case m.Strike(content):
            return struck(_joined(content, page))
        case m.Link(content, url):
            text = _joined(content, page)
            return (
                clean(url) if text in ("", url) else text if is_same_page_link(url) else text + page.mark(url)
            )
        case m.InlineImage(image):
            return f"[{clean(image.alt)}]" if image.alt else ""
        case m.Math():
            return clean(node.words)
        case m.LineBreak():
            return "\n"
        case m.Ruby(base, text):
            return f"{_joined(base, page)}({clean(text)})"
        case m.Note(blocks):
            page.notes.append(blocks)
            return f"({len(page.notes)})"
        case _:
            assert_never(node)
