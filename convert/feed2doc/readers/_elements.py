"""What HTML's elements mean to a reader of the text (https://html.spec.whatwg.org)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc.model import Emph, Strike, Strong, Sub, Sup
from feed2doc.readers._inlines import Mark

if TYPE_CHECKING:
    from lxml.etree import _Element

# Elements that stand as lines of their own: https://html.spec.whatwg.org/#flow-content-3
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

# Elements with no words for a reader. Void ones (source, track, col, ...) are not among them: libxml2 does not know
# them all, and what follows one would be inside it (https://html.spec.whatwg.org/#void-elements).
SILENT = frozenset(
    [
        "canvas",
        "datalist",
        "frameset",
        "head",
        "meter",
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

# Elements of a line that are read whole, unless they were not closed and blocks stand in them.
INLINE = frozenset({"ruby", "code", "kbd", "samp", "tt"})

MARKS: dict[str, Mark] = {
    "b": Strong,
    "strong": Strong,
    "i": Emph,
    "em": Emph,
    "cite": Emph,
    "dfn": Emph,
    "var": Emph,
    "s": Strike,
    "del": Strike,
    "strike": Strike,
    "sub": Sub,
    "sup": Sup,
}

# Elements that hold blocks, and the kind of frame that each opens.
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


def block_of(element: _Element | None) -> _Element | None:
    """The element whose line this element stands in: itself, or the nearest around it that makes lines."""
    while element is not None and element.tag not in BREAKING and element.tag not in FRAMES:
        element = element.getparent()
    return element


def holds_blocks(element: _Element) -> bool:
    """Whether blocks or pictures stand in this element, as they do in one of a line's that was not closed."""
    return any(each.tag in BREAKING or each.tag in FRAMES or each.tag == "img" for each in element.iter())
