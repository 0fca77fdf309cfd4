"""Styles of generated classes (`.c3 {font-weight: 700}`), which Google Docs, Word, Pages and calibre write for marks in a text."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._html.style import values_of

if TYPE_CHECKING:
    from lxml.etree import _Element

# A rule for one or several generated classes, of `span` elements or any.
_RULE = pattern(r"([^{}]{1,500})\{([^{}]{1,1000})\}")
_CLASS = pattern(r"\s*(?:span)?\.([A-Za-z]{1,10}[-_]?\d{1,4})\s*")
_LONGEST_SHEET = 200_000
# The properties that are marks, and the values that are not marks.
_MARKS = ("font-weight", "font-style", "text-decoration", "text-decoration-line", "vertical-align")
_PLAIN = frozenset({"normal", "400", "none", "baseline", "inherit", "initial", "underline"})


def settle_style_sheets(root: _Element) -> None:
    """Add the marks of generated classes to the `style` of the `span` elements that have these classes."""
    marks = _marks_of(root)
    if not marks:
        return
    for element in root.iter("span"):
        names = (element.get("class") or "").split()
        if stated := "".join(marks[name] for name in names if name in marks):
            element.set("style", f"{stated}{element.get('style') or ''}")


def _marks_of(root: _Element) -> dict[str, str]:
    """Return the declarations that are marks, by the name of the class."""
    marks: dict[str, str] = defaultdict(str)
    for sheet in root.iter("style"):
        text = sheet.text or ""
        for selectors, body in _RULE.findall(text) if len(text) <= _LONGEST_SHEET else ():
            classes = [_CLASS.fullmatch(each) for each in selectors.split(",")]
            if None in classes:
                continue
            values = values_of(body)
            said = "".join(
                f"{name}:{values[name]};" for name in _MARKS if values.get(name, "normal") not in _PLAIN
            )
            for found in classes if said else ():
                assert found is not None
                marks[found[1]] += said
    return marks
