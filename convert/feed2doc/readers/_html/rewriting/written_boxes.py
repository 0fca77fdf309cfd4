"""Boxes that are quotations whose first line names a kind of note: `[!NOTE]`, as on GitHub and in Obsidian."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern

if TYPE_CHECKING:
    from feed2doc.readers._rules.selectors import Index

# https://docs.github.com/en/get-started/writing-on-github (alerts); https://help.obsidian.md/callouts.
_KIND = pattern(r"\s*(\[!([A-Za-z]{3,12})\][+-]?)[ \t]*([^\n]*)(\n?)\s*")


def settle_written_boxes(index: Index, leave: Callable[[str], object], gain: Callable[[str], object]) -> None:
    """Turn these quotations into boxes with a title: the rest of their first line, or else the kind of note.

    `leave` counts what is not read, and `gain` the name of the kind.
    """
    for quote in index.named.get("blockquote", ()):
        first = quote[0] if len(quote) and quote[0].tag == "p" and not (quote.text or "").strip() else quote
        if (found := _KIND.match(first.text or "")) is None:
            continue
        kind, rest, text = found[2], found[3].strip(), (first.text or "")[found.end() :]
        line_break = first[0] if not found[4] and len(first) and first[0].tag == "br" else None
        has_title = bool(rest) and (bool(found[4]) or line_break is not None)
        if line_break is not None:
            text = (line_break.tail or "").lstrip()
            line_break.tail = None
            first.remove(line_break)
        elif not has_title and rest:
            text = found[3] + text
        title = rest if has_title else kind.capitalize()
        leave(found[1])
        if not has_title:
            gain(title)
        first.text = text
        heading = quote.makeelement("h4")
        heading.text = title
        if first is quote:
            heading.tail, quote.text = quote.text, None
        quote.insert(0, heading)
        quote.tag = "aside"
