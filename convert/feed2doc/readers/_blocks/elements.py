"""The meaning of HTML elements in the model (https://html.spec.whatwg.org)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal, cast

from feed2doc._locale.tags import language_tag
from feed2doc._text.lazy_re import pattern
from feed2doc._text.urls import is_same_page_link
from feed2doc.env import Env
from feed2doc.model import Abbreviation, Emph, Highlight, Insert, Link, Span, Strike, Strong, Sub, Sup
from feed2doc.readers._blocks.inlines import Mark
from feed2doc.readers._blocks.media.letters import letter_of
from feed2doc.readers._blocks.styles import mark_of_style
from feed2doc.readers._html.parse import title_of, words_of
from feed2doc.readers._html.urls import resolve

if TYPE_CHECKING:
    from lxml.etree import _Element

# Elements that begin and end a line: https://html.spec.whatwg.org/#flow-content-3
BREAKING = frozenset(
    [
        "address",
        "article",
        "body",
        "center",
        "details",
        "dialog",
        "dir",
        "div",
        "fieldset",
        "footer",
        "form",
        "header",
        "hgroup",
        "html",
        "legend",
        "main",
        "nav",
        "optgroup",
        "option",
        "p",
        "search",
        "section",
        "summary",
    ]
)

# Elements whose content is not displayed.
SILENT = frozenset(
    [
        "canvas",
        "datalist",
        "frameset",
        "head",
        "meter",
        "noembed",
        "noframes",
        "noscript",
        "progress",
        "rp",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "title",
    ]
)

# Elements without content. libxml2 does not know all of them: what it puts inside one belongs after it
# (https://html.spec.whatwg.org/#void-elements).
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)

# Elements that show something other than text.
MEDIA = ("img", "svg", "video", "audio", "iframe", "embed", "object")

# Inline elements that are read as a whole, unless they were not closed and therefore contain blocks.
INLINE = frozenset({"ruby", "code", "kbd", "samp", "tt"})

MARKS: dict[str, Mark] = {
    "b": Strong,
    "strong": Strong,
    "i": Emph,
    "em": Emph,
    "cite": Emph,
    "dfn": Emph,
    "var": Emph,
    "ins": Insert,
    "mark": Highlight,
    "s": Strike,
    "del": Strike,
    "strike": Strike,
    "sub": Sub,
    "sup": Sup,
}

# Elements whose title says what they stand for.
_EXPLAINED = frozenset({"abbr", "acronym", "dfn"})
_ONLY_SCHEME = pattern(r"[A-Za-z][A-Za-z0-9+.-]*+:/*+")
_TIME = pattern(r"\d{4}-\d\d|\d{1,2}:\d\d")

_DIRECTIONS = ("ltr", "rtl", "auto")

# Elements that contain blocks, and the kind of open block that each begins.
FRAMES: dict[str, str] = {
    **{f"h{level}": "heading" for level in range(1, 7)},
    "figure": "figure",
    "figcaption": "caption",
    "caption": "caption",
    "ul": "ul",
    "menu": "ul",
    "ol": "ol",
    "li": "item",
    "blockquote": "quote",
    "aside": "aside",
    "dl": "dl",
    "dt": "term",
    "dd": "meaning",
    "table": "table",
    "tr": "row",
    "td": "cell",
    "th": "cell",
}


def link_of(element: _Element, base: str, env: Env) -> Mark | None:
    """Return the link of an `a` element, or None if it has no URL, an unsupported URL, or the URL of the page itself."""
    href = element.get("href")
    if href is None or (base and is_same_page_link(href)):
        return None  # a fragment of the article's page does not exist in a book
    url = resolve(href, base)
    if url is None or (url[-1:] in ":/" and _ONLY_SCHEME.fullmatch(url)):
        env.note("dropped", "link with an invalid or unsupported URL", rule="links", text=href)
        return None
    title = title_of(element)
    title = "" if title.startswith("Link: ") else title
    return lambda content: Link(content, url, title)


def mark_of(element: _Element, tag: str, *, is_styled: bool, in_language: bool) -> Mark | None:
    """Return the inline wrapper for this element. It is a new object each time, so that `close` can identify it.

    `is_styled` means that it has a `style` that counts, `in_language` that it states a language or a direction.
    """
    known = MARKS.get(tag)
    if tag in _EXPLAINED and (title := words_of_title(element)):
        return lambda content: Abbreviation(content, title)
    if is_styled and (known or not in_language or not element.get("lang")):
        return mark_of_style(element, known)
    if known is not None:
        return partial(known)
    return mark_of_language(element) if in_language else None


def mark_of_language(element: _Element) -> Mark | None:
    """Return the wrapper for the language or writing direction of this element, or None if it states neither."""
    lang, direction = language_tag(element.get("lang") or ""), element.get("dir")
    if (not lang and direction is None) or element.tag in ("html", "body"):
        return None
    way = (direction or "").lower()
    if not lang and way not in _DIRECTIONS:
        return None
    ways = cast('Literal["", "ltr", "rtl", "auto"]', way if way in _DIRECTIONS else "")
    return lambda content: Span(content, lang, ways)


def words_of_title(element: _Element) -> str:
    """Return what an abbreviation or a term means, or "" if its title says nothing new: a time, or the same words."""
    title = " ".join((element.get("title") or "").split())
    return "" if _TIME.match(title) or title == words_of(element) else title


def block_of(element: _Element | None) -> _Element | None:
    """Return the block-level element that this element belongs to: itself or its nearest such ancestor."""
    while element is not None and element.tag not in BREAKING and element.tag not in FRAMES:
        element = element.getparent()
    return element


def text_after(element: _Element) -> str:
    """Return the next text in the line of this element, in whatever inline element it is, or "" if there is none.

    A line break, a block or a picture ends the line.
    """
    each, inside = element, False
    while True:
        text = (each.text if inside and each.tag not in SILENT else "" if inside else each.tail) or ""
        if text.strip():
            return text
        if inside and not len(each):
            inside = False
            continue
        following = each[0] if inside else each.getnext()
        if following is not None:
            if _ends_line(following):
                return ""
            each, inside = following, True
            continue
        parent = each.getparent()
        if parent is None or _ends_line(parent):
            return ""
        each, inside = parent, False


def _ends_line(element: _Element) -> bool:
    tag = element.tag
    return tag in BREAKING or tag in FRAMES or tag in MEDIA or tag in ("br", "hr", "pre")


def first_block_in(element: _Element) -> _Element | None:
    """Return the first block, picture or embed in an element, which an unclosed inline element may have, or None."""
    return next(
        (
            each
            for each in element.iter()
            if each.tag in BREAKING or each.tag in FRAMES or (each.tag in MEDIA and not letter_of(each))
        ),
        None,
    )
