"""Program text whose lines an editor wrote as elements outside a `pre`, which becomes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.selectors import Index

# Lines of CodeMirror 6, Monaco, Ace and others, and the box of those of CodeMirror 5.
_LINES = frozenset(
    [".cm-line", ".view-line", ".ace_line", ".code-line", ".code-block-line", "[data-slate-type]"]
)
_BOX = ".CodeMirror-code"
_FEWEST = 2


def settle_code_boxes(index: Index) -> None:
    """Turn the elements that have only lines of program text into `pre` elements."""
    found = dict.fromkeys(index.named.get(_BOX, ()))
    for name in _LINES & index.names:
        parents = (each.getparent() for each in index.named[name] if _is_line(each))
        found.update((each, None) for each in parents if each is not None)
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
