"""Numbered spans around every sentence and picture of a page, for Kobo's reader.

Reading positions, highlights and the number of pages left depend on these spans. Sources:
https://github.com/kobolabs/epub-spec and https://pkg.go.dev/github.com/pgaskin/kepubify/v4/kepub (which ends sentences
only at `. ! ?`, so that a Chinese paragraph is a single span).
"""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from feed2doc._text.lazy_re import pattern

_XHTML = "{http://www.w3.org/1999/xhtml}"
_CLASS = "koboSpan"
# Each of these elements starts a new paragraph in the numbering.
_PARAGRAPHS = frozenset(
    _XHTML + tag
    for tag in [
        "p",
        "ol",
        "ul",
        "dl",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "figure",
        "figcaption",
        "pre",
    ]
)
# Kobo's reader puts no spans into these; ruby text belongs to the base text below it.
_LEFT_ALONE = frozenset(
    (
        *(_XHTML + tag for tag in ["script", "style", "pre", "audio", "video", "rt", "rp"]),
        "{http://www.w3.org/2000/svg}svg",
        "{http://www.w3.org/1998/Math/MathML}math",
    )
)
_CLOSING = "»›」』】》〉〕）)\\]”’\"'"
# Sentence-ending punctuation with closing quotes and brackets. A sentence ends at full-width punctuation, and at that of
# other scripts only before a space, because the Latin full stop also occurs in numbers and names.
_STOP = pattern(
    rf"(?P<wide>[。．！？；…]+)?(?P<narrow>[.!?;؟۔।]+)?(?(wide)|(?(narrow)|\n))[{_CLOSING}]*(?P<space>\s*)"
)


def sentences(text: str) -> list[str]:
    """Return the text split after each sentence; the pieces joined are the text."""
    pieces, start = [], 0
    for stop in _STOP.finditer(text):
        if stop["narrow"] and not stop["wide"] and not stop["space"]:
            continue
        pieces.append(text[start : stop.end()])
        start = stop.end()
    return [*pieces, text[start:]] if start < len(text) else pieces


def with_spans(page: bytes) -> bytes:
    """Return the XHTML page with Kobo's spans and the two divs around its body; a page that has them is returned unchanged."""
    from lxml import etree

    root = etree.fromstring(page, etree.XMLParser(huge_tree=True))  # for elements deeper than 255 levels
    body = next(root.iter(f"{_XHTML}body"))
    if [child.get("id") for child in body] == ["book-columns"]:
        return page
    _Spans(etree).go_through(body)
    # They are in the page before they get its content: to move it into another one takes lxml as long as its square.
    outer = etree.SubElement(body, f"{_XHTML}div", id="book-columns")
    inner = etree.SubElement(outer, f"{_XHTML}div", id="book-inner")
    inner.text, body.text = body.text, None
    inner.extend(list(body)[:-1])
    written: bytes = etree.tostring(root.getroottree(), encoding="utf-8", xml_declaration=True)
    return written


class _Spans:
    """Counts paragraphs, and the spans in each, while walking through a page."""

    def __init__(self, etree: Any) -> None:
        self._etree = etree
        self._paragraph, self._segment, self._next = 0, 0, True

    def go_through(self, element: Any) -> None:
        """Put spans around the texts and pictures in this element. Pages nest as deeply as the model, at most 64 levels."""
        if element.tag in _PARAGRAPHS:
            self._next = True
        children = list(element)
        text, element.text = element.text, None
        self._put(element, None, next(iter(children), None), text)
        for child, following in zip_longest(children, children[1:]):
            tail, child.tail = child.tail, None
            before = child
            if child.tag == f"{_XHTML}img":
                before = self._wrap(child)
            elif child.tag not in _LEFT_ALONE and isinstance(child.tag, str):
                self.go_through(child)
            self._put(element, before, following, tail)

    def _put(self, parent: Any, before: Any, following: Any, text: str | None) -> None:
        """Insert the text between two children, of which each may be missing, one span per sentence."""
        if not text:
            return
        # lxml counts children from the first one, so they are not found by their numbers.
        for sentence in sentences(text) if text.strip() else (text,):
            if not sentence.strip():
                _space(parent, before, sentence)
                continue
            span = self._span()
            span.text = sentence
            if following is None:
                parent.append(span)
            else:
                following.addprevious(span)
            before = span

    def _wrap(self, image: Any) -> Any:
        """Put a span around a picture, which counts as a paragraph, and return it."""
        self._next = True
        span = self._span()
        image.getparent().replace(image, span)
        span.append(image)
        self._next = True
        return span

    def _span(self) -> Any:
        if self._next:
            self._paragraph, self._segment, self._next = self._paragraph + 1, 0, False
        self._segment += 1
        return self._etree.Element(
            f"{_XHTML}span", {"class": _CLASS, "id": f"kobo.{self._paragraph}.{self._segment}"}
        )


def _space(parent: Any, before: Any, text: str) -> None:
    """Add text that has no span after a child, or at the beginning."""
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text
