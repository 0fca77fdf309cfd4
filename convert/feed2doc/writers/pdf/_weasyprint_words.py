"""Words in emphasis, links and spans that stay whole at the end of a line, for WeasyPrint 70.

A word that is longer than a line may be broken anywhere (`overflow-wrap: break-word`). WeasyPrint takes a text in an inline element
for the beginning of the line if no element that is not in another has ended on it, so that it would break any word there.
"""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure.boxes import InlineBox, TableBox, TextBox

from feed2doc._text.lazy_re import pattern

# Words of fewer letters fit into the lines of all pages, but not into those of all cells of tables.
_LONG_WORD = pattern("[^\\s\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]{21}")


def keep_words_whole(root: Any) -> None:
    """Let no short word in an inline element of this box be broken."""
    styles: dict[int, tuple[Any, Any]] = {}  # equal elements share one
    todo = [root]
    while todo:
        box = todo.pop()
        for child in box.children:
            if isinstance(child, TextBox):
                if isinstance(box, InlineBox) and not _LONG_WORD.search(child.text):
                    child.style = _whole(child.style, styles)
            elif not isinstance(child, TableBox) and hasattr(child, "children"):
                todo.append(child)


def _whole(style: Any, styles: dict[int, tuple[Any, Any]]) -> Any:
    """Return the copy of a style in which no word is broken. Both are kept, so that no other style has the same id."""
    if id(style) not in styles:
        copy = style.copy()
        copy["overflow_wrap"] = "normal"
        styles[id(style)] = style, copy
    return styles[id(style)][1]
