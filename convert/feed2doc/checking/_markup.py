"""The text of HTML, XHTML and other XML: the text between the tags, without elements that are not text to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from feed2doc._text.html_attributes import MAX_ATTRIBUTES, has_too_many_attributes
from feed2doc.errors import LimitError, ReadError

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_ELEMENTS = 5_000_000
_SVG = ("http://www.w3.org/2000/svg", "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0")
_XHTML = "http://www.w3.org/1999/xhtml"
# Elements whose content is not text to read, and the alternative texts of pictures.
_UNREAD = frozenset(
    [
        *(name for tag in ("head", "script", "style", "template") for name in (tag, f"{{{_XHTML}}}{tag}")),
        *(f"{{{namespace}}}{tag}" for namespace in _SVG for tag in ("title", "desc")),
    ]
)

# The error for a prefix that is not declared.
_UNDECLARED = "Namespace prefix"
# OpenDocument puts notes where they are referenced; all other formats, and their readers, put them at the end.
_NOTE = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}note-body"


def text_of_html(data: bytes, name: str) -> str:
    """Return the text in the body of an HTML page. Raise ReadError, which names it, if the page is empty."""
    from lxml import etree, html

    _check_size(data, name)
    if has_too_many_attributes(data):
        raise LimitError(f"{name}: an element with more than {MAX_ATTRIBUTES:,} attributes")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        return text_of_tree(html.document_fromstring(data, parser=parser))
    except etree.ParserError as error:
        raise ReadError(f"{name}: empty page") from error


def text_of_xml(data: bytes, name: str) -> str:
    """Return the text of an XML document. Raise ReadError, which names it, if it is not well-formed."""
    return text_of_tree(tree_of(data, name))


def tree_of(data: bytes, name: str) -> _Element:
    """Return the root of an XML document. Raise ReadError, which names it, if it is not well-formed."""
    from lxml import etree

    _check_size(data, name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if str(error).startswith(_UNDECLARED):  # as pandoc's slides with formulas have
            lenient = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
            return etree.fromstring(data, lenient)
        raise ReadError(f"{name}: not well-formed XML: {error}") from error


def _check_size(data: bytes, name: str) -> None:
    """Raise LimitError, which names the file, if it has so many elements that they need more than a gigabyte."""
    if len(data) > MAX_ELEMENTS and data.count(b"<") - data.count(b"</") > MAX_ELEMENTS:
        raise LimitError(f"{name}: more than {MAX_ELEMENTS:,} elements")


def text_of_tree(root: _Element) -> str:
    """Return the text below this element, in order, with the white space as it is."""
    return "".join(_texts(root))


def _texts(root: _Element) -> Iterator[str]:
    from lxml import etree

    unread = noted = 0
    notes: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("start", "end"):
            step = 1 if event == "start" else -1
            unread += step if element.tag in _UNREAD else 0
            noted += step if element.tag == _NOTE else 0
        text = element.text if event == "start" else element.tail if element is not root else None
        if text and not unread:
            if noted:
                notes.append(text)
            else:
                yield text
    yield from notes
