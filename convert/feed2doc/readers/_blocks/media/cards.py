"""Cards that show another page: its title, a description, its publisher and its icon. They become one paragraph with one link."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from feed2doc import model as m
from feed2doc._decoding import decode
from feed2doc._text.lazy_re import pattern
from feed2doc.errors import Feed2docError
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._blocks.counting import texts_in
from feed2doc.readers._blocks.elements import BREAKING, FRAMES, MEDIA, SILENT
from feed2doc.readers._blocks.inlines import line_of_text
from feed2doc.readers._html.parse import is_only_child
from feed2doc.readers._html.urls import resolve

if TYPE_CHECKING:
    from lxml.etree import _Element

# Elements that a card does not contain. With one of these, it is content of its own.
_CONTENT = ("pre", "blockquote", "table", "ul", "ol", "dl", "iframe", "video", "audio", "object", "embed")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BOLD, _ITALIC = ("strong", "b"), ("em", "i")
_TITLED = pattern(r"(?<!sub)(?<!sub[_-])title|headline")
_PART = pattern(r"title|headline|desc|summary|excerpt|content|host|domain|site|url|source|meta|author|info")
# The keys of the JSON in an attribute, if a script draws the card (Substack, Tumblr, Embedly).
_URLS = ("url", "canonical_url", "base_url", "href", "link")
_DESCRIPTIONS = ("description", "truncated_body_text", "full_text", "hero_text", "caption")
_BETWEEN = " · "
_LONGEST = 1200


def card_of(
    element: _Element, base: str, account: Account, rule: str, dropped: Callable[[_Element], str]
) -> m.Paragraph | None:
    """Return the paragraph for a card, or None if the element has no link or more than a card has.

    `dropped` returns the rule that drops an element in the card, or "".
    """
    if next(element.iterdescendants(*_CONTENT), None) is not None:
        return None
    url = _url_of(element, base)
    lines = list(_lines_of(element, dropped)) if url else []
    if sum(len(text) for _, text in lines) > _LONGEST:
        return None
    if not lines:
        return _stated(element, base, account)
    for each in _parts(element, dropped):
        account.drop(each, dropped(each) or rule, "picture of a card", text=each.get("src") or "")
    title = next((n for n, (owner, _) in enumerate(lines) if _is_title(owner, element)), 0)
    (_, first), rest = lines[title], [text for n, (_, text) in enumerate(lines) if n != title]
    for text in (first, *rest):
        account.keep(text)
        account.gain(_BETWEEN * text.count(_BETWEEN))
    return _paragraph(first, url, rest)


def is_part_of_card(element: _Element) -> bool:
    """Return True if an element in a link is next to another part of a card, which only a style sheet sets apart."""
    before = element.getprevious()
    if before is None or before.tag != element.tag or before.tail:
        return False
    one, other = before.get("class") or "", element.get("class") or ""
    if one == other or not (_PART.search(one.lower()) and _PART.search(other.lower())):
        return False
    return next(element.iterancestors("a"), None) is not None


def _paragraph(title: str, url: str, lines: list[str]) -> m.Paragraph:
    rest = (node for line in lines for node in (m.LineBreak(), m.Text(line)))
    return m.Paragraph((m.Link((m.Text(title),), url), *rest))


def _url_of(element: _Element, base: str) -> str:
    """Return the URL of the page: that of the link in or around a heading, of the only link, or of the link around the card."""
    around = (element, *element.iterancestors("a"))
    links = [
        link for each in element.iter(*_HEADINGS) for link in (*each.iter("a"), *each.iterancestors("a"))
    ]
    hrefs = [link.get("href") for link in (*links, *element.iter("a"), *around)]
    hrefs += [element.get("data-onebox-src"), element.get("data-url")]
    return next((url for href in hrefs if href and (url := resolve(href, base) or "").startswith("http")), "")


def _parts(element: _Element, dropped: Callable[[_Element], str]) -> Iterator[_Element]:
    """Yield the outermost elements of a card that have no text of its own: pictures, drawings, styles, what a rule drops."""
    row = list(element)
    while row:
        each = row.pop()
        if each.tag in MEDIA or each.tag in SILENT or dropped(each):
            yield each
        else:
            row += each


def _lines_of(element: _Element, dropped: Callable[[_Element], str]) -> Iterator[tuple[_Element, str]]:
    """Yield the lines of text, each with the element in which it begins. Parts of a line are separated by a dot."""
    from lxml.etree import iterwalk

    line: list[tuple[_Element, str]] = []
    is_first = True
    walker = iterwalk(element, events=("start", "end"))
    for event, each in walker:
        is_start = event == "start"
        if is_start and each is not element and (each.tag in SILENT or each.tag in MEDIA or dropped(each)):
            walker.skip_subtree()
            continue
        is_block = each.tag in BREAKING or each.tag in FRAMES or each.tag == "br"
        ends = not is_start and [e for e, _ in line] == [each] and _ends_line(each, is_first=is_first)
        if (is_block or ends) and (shown := _joined(line)):
            yield line[0][0], shown
            line, is_first = [], False
        text = each.text if is_start else each.tail if each is not element else ""
        if text and (text.strip() or line):
            line.append((each if is_start else each.getparent(), text))
    if shown := _joined(line):
        yield line[0][0], shown


def _ends_line(element: _Element, *, is_first: bool) -> bool:
    """Return True if an inline is a line of its own: the title in bold, or a description with text right after its last sign."""
    if element.tag in _BOLD:
        return is_first
    return element.tag in _ITALIC and (element.tail or "")[:1].isalnum()


def _named(element: _Element) -> _Element:
    """Return the element with a class around one that has none, if nothing else is in it, or the element itself."""
    parent = element.getparent()
    if element.get("class") is not None or parent is None or parent.tag not in ("span", *_BOLD, *_ITALIC):
        return element
    return parent if is_only_child(element) and not (parent.text or "").strip() else element


def _joined(line: list[tuple[_Element, str]]) -> str:
    """Return the texts of a line, with a dot between those of two elements with classes of their own."""
    made = ""
    before: _Element | None = None
    for inner, text in line:
        owner = _named(inner)
        are_parts = before is not None and before is not owner and before.get("class") and owner.get("class")
        touch = not made[-1:].isspace() and not text[:1].isspace()
        is_next = before is not None and (before.tag == owner.tag or touch)
        if are_parts and is_next and made.strip() and text.strip():
            made = made.rstrip() + _BETWEEN + text.lstrip()
        else:
            made += text
        before = owner if text.strip() else before
    return line_of_text(made)


def _is_title(owner: _Element, card: _Element) -> bool:
    """Return True if this element is the title of the card, by its tag or class or that of an element around it."""
    each: _Element | None = owner
    while each is not None and each is not card:
        if each.tag in _HEADINGS or _TITLED.search((each.get("class") or "").lower()):
            return True
        each = each.getparent()
    return False


def _stated(element: _Element, base: str, account: Account) -> m.Paragraph | None:
    """Return the paragraph of a card without text whose attribute has what a script draws, or None."""
    if any(text.strip() for _, text in texts_in(element, lambda each: each.tag in SILENT)):
        return None
    for name, value in element.items():
        if not str(name).startswith("data") or not str(value).startswith("{"):
            continue
        data = _json(str(value))
        title, url = _text(data, ("title", "name")), resolve(_text(data, _URLS), base) or ""
        if title and url.startswith("http"):
            account.hide(element)
            description = _text(data, _DESCRIPTIONS)
            lines = [text for text in (description, _text(data, ("publication_name", "site_name"))) if text]
            for text in (title, *lines):
                account.gain(text)
                account.keep(text)
            return _paragraph(title, url, lines)
    return None


def _json(value: str) -> Mapping[str, Any]:
    try:
        found = decode(value.encode("utf-8", "replace"), dict[str, Any])
    except (msgspec.DecodeError, Feed2docError):
        return {}
    return found


def _text(data: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    return next(
        (line for key in keys if isinstance(v := data.get(key), str) and (line := line_of_text(v))), ""
    )
