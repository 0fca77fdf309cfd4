"""Numbers and items of lists as XHTML."""

from __future__ import annotations

from feed2doc import model as m
from feed2doc._text.wrap import width_of
from feed2doc.writers._shared.list_markers import BALLOT_BOXES

# How much shorter the lines of items are, in letters.
_INDENT = 3


def list_item(value: str, done: bool | None, content: str, *, is_long: bool = False) -> str:
    """Return a list item. Its checkbox is in its first paragraph. One that is long may be alone on a page."""
    kinds = " ".join(["task"] * (done is not None) + ["long"] * is_long)
    start = f'<li{value} class="{kinds}">' if kinds else f"<li{value}>"
    if done is None:
        return f"{start}{content}</li>\n"
    box = f'<span class="checkbox">{BALLOT_BOXES[done]}</span> '
    first = "\n<p>" if content.startswith("\n<p>") else ""
    return f"{start}{first}{box}{content.removeprefix(first)}</li>\n"


def has_lines(item: m.Blocks, line_length: int) -> bool:
    """Return True if an item of a list certainly has two lines or more."""
    return len(item) > 1 or any(
        isinstance(block, m.Paragraph) and width_of(m.plain_text(block.content)) > line_length - _INDENT
        for block in item
    )


def numbers_of(node: m.OrderedList, for_weasyprint: bool) -> str:
    """Return the attributes of a numbered list."""
    kind = f' type="{node.numbering}"' if node.numbering != "1" else ""
    down = ' reversed="reversed"' if node.reversed else ""
    default = len(node.items) if node.reversed else 1
    start = f' start="{node.start}"' if node.start != default else ""
    if for_weasyprint and (start or down):  # WeasyPrint ignores `start` and `reversed`
        start += f' style="counter-reset: list-item {node.start - 1}"'
    return kind + down + start


def values_of(node: m.OrderedList, for_weasyprint: bool) -> list[str]:
    """Return the attribute with the number of each item, if it does not follow from the list."""
    numbers = m.item_numbers(node)
    if for_weasyprint and (node.values or node.reversed):  # WeasyPrint ignores `value`, too
        return [f' value="{n}" style="counter-set: list-item {n - 1}"' for n in numbers]
    return [f' value="{n}"' if node.values else "" for n in numbers]
