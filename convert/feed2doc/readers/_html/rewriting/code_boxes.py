"""Program text whose lines an editor wrote as elements outside a `pre`, which becomes one, and a `pre` that has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.selectors import Index

# Lines of CodeMirror 6, Monaco, Ace and others, and the box of those of CodeMirror 5.
_LINES = frozenset(
    [".cm-line", ".view-line", ".ace_line", ".code-line", ".code-block-line", "[data-slate-type]"]
)
_BOX = ".CodeMirror-code"
# Boxes of program text with a `br` at the end of each line: SmartEditor of Naver.
_SOURCES = frozenset([".__se_code_view", ".se-code-source"])
# A line without a sign of program text.
_HAN_LINE = pattern(r"[\u3400-\u9fff：，、。 \u3000]{2,60}")
_FEWEST = 2
# Elements that no program text has, as a `pre` has into which a part of a post was pasted.
_SECTIONS = ("section", "h1", "h2", "h3", "h4", "h5", "h6")


def settle_code_boxes(index: Index) -> None:
    """Turn the elements that have only lines of program text into `pre` elements, and a `pre` with words in Han characters, or with sections, into text."""
    for each in index.named.get("pre", ()):
        if not len(each):
            if _HAN_LINE.fullmatch((each.text or "").strip()):
                each.tag = "p"
        elif next(each.iter(*_SECTIONS), None) is not None and next(each.iter("code"), None) is None:
            each.tag = "div"
    found = dict.fromkeys(index.named.get(_BOX, ()))
    for name in _LINES & index.names:
        parents = (each.getparent() for each in index.named[name] if _is_line(each))
        found.update((each, None) for each in parents if each is not None)
    for name in _SOURCES & index.names:
        for each in index.named[name]:
            if (
                next(each.iterancestors("pre"), None) is None
                and next(each.iter("pre", "p", "table"), None) is None
            ):
                each.tag = "pre"
    for box in found:
        if next(box.iterancestors("pre"), None) is None and (_BOX[1:] in _classes(box) or _has_lines(box)):
            box.tag = "pre"


def _has_lines(box: _Element) -> bool:
    lines = list(box)
    if box.tag != "div" or len(lines) < _FEWEST or (box.text or "").strip():
        return False
    return all(_is_line(each) and not (each.tail or "").strip() for each in lines)


def _is_line(element: _Element) -> bool:
    if element.tag != "div":
        return False
    return element.get("data-slate-type") == "code-line" or any(
        f".{name}" in _LINES for name in _classes(element)
    )


def _classes(element: _Element) -> list[str]:
    return (element.get("class") or "").split()
