"""Parsing of HTML into an element tree, completely or not at all."""

from __future__ import annotations

import operator
import re
from itertools import islice
from typing import TYPE_CHECKING

from feed2doc._text.html_attributes import MAX_ATTRIBUTES, has_too_many_attributes
from feed2doc._text.lazy_re import pattern
from feed2doc._text.surrogates import joined_surrogates
from feed2doc._text.xml import xml_safe
from feed2doc.errors import LimitError
from feed2doc.readers._html.markup import REST_OF_TAG, in_markup, sub_in_markup
from feed2doc.readers._html.pictures.lazy import settle_pictures
from feed2doc.readers._html.players.elements import FRAME_IN_BASE64, show_encoded_frames
from feed2doc.readers._html.rewriting.aria_tables import SIGN as ARIA_TABLE
from feed2doc.readers._html.rewriting.aria_tables import settle_aria_tables
from feed2doc.readers._html.rewriting.closed_early import MAY_BE_CLOSED_EARLY, with_paragraphs_inside
from feed2doc.readers._html.rewriting.line_ends import settle_line_ends
from feed2doc.readers._html.rewriting.written_notes import SIGN as SIGN_OF_NOTE
from feed2doc.readers._html.rewriting.written_notes import with_note_elements

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_BYTES = 10 * 1024 * 1024
MAX_NODES = 200_000
MAX_DEPTH = 2_000
_FEW = 16
_tag_of = operator.attrgetter("tag")
# Some feeds lose the space between a tag name and its first attribute (`<divclass="...">`, `<imgsrc=`).
_JOINED = r"(div|img|span|section|figure|p|a|ul|li|iframe|video|audio)(class|id|style|src|href|data-[a-z-]+)"
# Most pages have no other elements than these.
_USUAL = frozenset(
    [
        "html",
        "body",
        "div",
        "section",
        "article",
        "header",
        "footer",
        "address",
        "figure",
        "figcaption",
        "p",
        "a",
        "b",
        "i",
        "strong",
        "em",
        "span",
        "small",
        "br",
        "hr",
        "img",
        "picture",
        "source",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "blockquote",
        "cite",
        "time",
        "table",
        "tbody",
        "tr",
        "td",
        "th",
        "sup",
        "sub",
        "iframe",
    ]
)
_LOST_SPACE = pattern(rf"\b{_JOINED}\b")
_LOST_SPACE_IN_TEXT = pattern(in_markup(f"<{_JOINED}(?==)(".encode() + REST_OF_TAG + b")"), re.I)
# Browsers read `image` as `img`, but not in SVG, where it has no `src`.
_IMAGE = pattern(in_markup(rb"<image(?=\s[^<>]{0,4000}?\bsrc\s*=)(" + REST_OF_TAG + rb")"), re.I)
# A page without these has no markup that scripts put into it later.
_SIGN_OF_PARKED = b" data-"
_PARKED = pattern(
    rb"<(?:div|figure|section)\b[^<>]{0,300}?\sdata-(?:src|content|html|embed-html|embed-code)="
)
# A page without any of these has no formulas in its markup.
_SIGNS_OF_FORMULAS = (
    b"math",
    b"mjx-",
    b"equation",
    b"codecogs",
    b"cht=tx",
    b"upmath",
    b"-formula",
    b'alt="$',
)
_SIGNS_OF_TEX = (b"katex", b"latex", b'"tex', b" tex", b"<tex", b"-tex")
# A page without any of these has no lists that Word wrote as paragraphs.
_SIGNS_OF_WORD = (b"mso-list", b"msolist")
# libxml2 drops everything after these tags, browsers move it into the body.
_END_OF_PAGE = pattern(rb"</(?:body|html)\s*>", re.I)
_END_OF_PAGE_IN_MARKUP = pattern(in_markup(rb"</(?:body|html)\s*>"), re.I)
# Sections that a feed has left around its HTML, but not those of scripts, of which only comments or TeX are aware.
_CDATA, _END_OF_CDATA = (
    pattern(in_markup(rb"(?<!//)(?<!// )(?<!/\*)(?<!/\* )(?<!%)(?<!% )<!\[CDATA\["), re.I),
    b"]]>",
)
_TAG = pattern(r"<[/!?]?[A-Za-z][^<>]*>")
_DATA_URL = pattern(r"data:image/[^\"'\s)]+")


def parse_html(text: str, name: str = "input") -> _Element:
    """Return the root element of HTML that may have characters that XML does not allow, as `parse_safe_html` does."""
    return parse_safe_html(xml_safe(text), name)


def parse_safe_html(text: str, name: str) -> _Element:
    """Return the root element (`html`) of an HTML page or fragment, without comments and processing instructions.

    Lazily loaded pictures have their real URLs in `src`.

    libxml2 silently drops text beyond a certain depth (255 levels, 2,048 with `huge_tree`). Only its error log shows it, so
    the log is checked. Raise LimitError beyond 10 MiB (not counting pictures in `data:` URLs), 200,000 elements or 2,000
    levels, or 1,000 attributes of an element of a long page; the message begins with `name`.
    """
    data = joined_surrogates(text).replace("\ufeff", "").encode()
    size = len(data)
    if size > MAX_BYTES and size - sum(len(m[0]) for m in _DATA_URL.finditer(text)) > MAX_BYTES:
        raise LimitError(f"{name}: the item is larger than {MAX_BYTES // 2**20} MiB")
    lowered = data.lower()
    data = _settled_data(data, lowered)
    elements, tags = _elements_of(data, name)  # kept, or lxml would create each one again below
    root = elements[0]
    if "script" in tags and FRAME_IN_BASE64.encode() in data:
        show_encoded_frames(root)
    if "template" in tags or (_SIGN_OF_PARKED in lowered and _PARKED.search(lowered)):
        from feed2doc.readers._html.parked import settle_parked

        settle_parked(root)
        _check_size(root, name)
        tags = {element.tag for element in root.iter()}
    settle_pictures(root, tags)
    settle_line_ends(root, text)
    _settle_markup(root, tags, lowered, name)
    return root


def _settled_data(data: bytes, lowered: bytes) -> bytes:
    """Return the HTML without what libxml2 would drop text for, and with the notes of a text format as elements."""
    if b"<![cdata[" in lowered:
        data = _without_cdata(data)
    if b"</body" in lowered or b"</html" in lowered:
        data = _without_end(data)
    if b"<image" in lowered:
        data = sub_in_markup(_IMAGE, rb"<img\1", data)
    return with_note_elements(data) if SIGN_OF_NOTE in data else data


def _elements_of(data: bytes, name: str) -> tuple[list[_Element], set[str]]:
    """Return all elements, the root first, and their tags. HTML in which spaces or end tags are lost is mended and parsed again."""
    elements = _parse(data, name)
    tags = {*map(_tag_of, elements)}
    if not tags <= _USUAL and _LOST_SPACE.search(" ".join(map(str, tags))):
        elements = _parse(sub_in_markup(_LOST_SPACE_IN_TEXT, rb"<\1 \2\3", data), name)
        tags = {*map(_tag_of, elements)}
    if not tags.isdisjoint(MAY_BE_CLOSED_EARLY):
        inside = with_paragraphs_inside(data, elements[0])
        if inside is not None:
            elements = _parse(inside, name)
            tags = {element.tag for element in elements}
    return elements, tags


def _settle_markup(root: _Element, tags: set[str], lowered: bytes, name: str) -> None:
    """Rewrite markup that means something else: lists of Word, tables by their roles, style sheets, formulas."""
    if b"mso" in lowered and any(map(lowered.__contains__, _SIGNS_OF_WORD)):
        from feed2doc.readers._html.rewriting.word_lists import settle_word_lists

        settle_word_lists(root)
    if ARIA_TABLE in lowered:
        settle_aria_tables(root)
    if "style" in tags:
        from feed2doc.readers._html.style_sheets import settle_style_sheets

        settle_style_sheets(root)
    signs = (*_SIGNS_OF_FORMULAS, *_SIGNS_OF_TEX) if b"tex" in lowered else _SIGNS_OF_FORMULAS
    if any(map(lowered.__contains__, signs)):
        from feed2doc.readers._html.rewriting.formulas import settle_formulas

        settle_formulas(root)
        if "script" in tags:
            _check_size(root, name)


def _without_end(data: bytes) -> bytes:
    """Return the HTML without the end tags of the page. Without quotation marks below the first, none is in an attribute."""
    first = _END_OF_PAGE.search(data)
    if first is None or (data.find(b'"', first.end()) < 0 and data.find(b"'", first.end()) < 0):
        return _END_OF_PAGE.sub(b"", data)
    return sub_in_markup(_END_OF_PAGE_IN_MARKUP, b"", data)


def _without_cdata(data: bytes) -> bytes:
    """Return the HTML with the elements in CDATA sections, which libxml2 drops. Sections of only text are not displayed."""
    parts: list[bytes] = []
    at = end = 0
    for found in _CDATA.finditer(data):
        if found["other"] is not None or found.start() < end:
            continue
        end = data.find(_END_OF_CDATA, found.end())
        if end < 0:
            return b"".join([*parts, data[at : found.start()], data[found.end() :]])
        inside = data[found.end() : end]
        if b"</" in inside:
            parts += [data[at : found.start()], inside]
            at = end + len(_END_OF_CDATA)
    return b"".join([*parts, data[at:]])


def _parse(data: bytes, name: str) -> list[_Element]:
    """Return the elements of a page in document order, the root first."""
    from lxml import etree

    if has_too_many_attributes(data):
        raise LimitError(
            f"{name}: the item's HTML has an element with more than {MAX_ATTRIBUTES:,} attributes"
        )
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(b"<html><body>" + data if b"<body" not in data else data, parser)
    if root is None:
        root = etree.fromstring("<html><body></body></html>", parser)
    elements = list(root.iter())
    if len(elements) > MAX_DEPTH:  # fewer cannot be nested too deeply
        # The log has a line for each of the mistakes in the page, and is read only if it may have this one.
        if any("Excessive depth" in entry.message for entry in parser.error_log):
            raise LimitError(f"{name}: the item's HTML is nested deeper than {MAX_DEPTH:,} levels")
        _check_size(root, name)
    return elements


def without_wrappers(root: _Element) -> _Element:
    """Return the root after removing bare `div`s around the whole text or around its beginning."""
    body = next(iter(root), None) if root.tag == "html" else root
    while body is not None and body.tag == "body" and len(body) and not (body.text or "").strip():
        first = body[0]
        if first.tag != "div" or first.attrib or (first.text or "").strip() or not len(first):
            break
        if len(body) > 1 and first[0].tag != "div":
            break
        children = list(first)
        children[-1].tail = (children[-1].tail or "") + (first.tail or "")
        body[:1] = children
    return root


def words_of(element: _Element) -> str:
    """Return all text inside an element, with white space collapsed."""
    return " ".join(raw_text_of(element).split())


def words_of_few(element: _Element) -> str:
    """Return the words of an element, or "" if many elements are in it, so that no text is read at each level of nesting."""
    return "" if next(islice(element.iter(), _FEW, None), None) is not None else words_of(element)


def has_more_than(element: _Element, count: int) -> bool:
    """Return True if an element has more than this many children; `len` would count all, for each child that asks."""
    return next(islice(element, count, None), None) is not None


def is_only_child(element: _Element) -> bool:
    """Return True if nothing else is in the element around this one, which `len` would count to the end."""
    return element.getprevious() is None and element.getnext() is None


def words_of_text(markup: str) -> str:
    """Return the text of markup that need not be well-formed, without tags and references, with white space collapsed."""
    import html

    text = _TAG.sub(" ", html.unescape(html.unescape(markup.replace("<![CDATA[", " ").replace("]]>", " "))))
    return " ".join(text.split())


def raw_text_of(element: _Element) -> str:
    """Return all text inside an element unchanged."""
    if not len(element):
        return element.text or ""
    from lxml.etree import tostring

    # This takes a third of the time of `itertext`, even of a link in a paragraph.
    return tostring(element, method="text", encoding="unicode", with_tail=False)


def title_of(element: _Element) -> str:
    """Return the title of a link or picture, with white space collapsed except newlines, which separate its lines.

    Source: https://html.spec.whatwg.org/#the-title-attribute
    """
    if not (title := element.get("title")):
        return ""
    lines = [" ".join(line.split()) for line in title.split("\n")]
    return "\n".join(lines) if any(lines) else ""


def _check_size(root: _Element, name: str) -> None:
    """Raise LimitError if the tree has too many elements or is too deep. This takes linear time and no recursion."""
    count = depth = 0
    row = [root]
    while row:
        count += len(row)
        depth += 1
        if count > MAX_NODES:
            raise LimitError(f"{name}: the item's HTML has more than {MAX_NODES:,} elements")
        if depth > MAX_DEPTH:
            raise LimitError(f"{name}: the item's HTML is nested deeper than {MAX_DEPTH:,} levels")
        row = [child for element in row for child in element]
