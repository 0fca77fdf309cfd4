"""Backgrounds that are pictures by their role and label: `<div role="img" aria-label="A gull" style="background: url(...)">`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._html.parse import words_of_few

if TYPE_CHECKING:
    from feed2doc.readers._rules.selectors import Index

_BACKGROUND = pattern(r"background(?:-image)?\s*:[^;]{0,200}?url\(\s*[\"']?([^\"')\s]{1,2000})")


def settle_backgrounds(index: Index) -> None:
    """Add an `img` to each element without words whose role is that of a picture, and whose background is one."""
    for element in index.named.get("[role]", ()):
        label = " ".join((element.get("aria-label") or "").split())
        if element.get("role") != "img" or not label or element.tag in ("img", "svg") or len(element):
            continue
        found = _BACKGROUND.search(element.get("style") or "")
        if found is not None and not words_of_few(element):
            element.append(element.makeelement("img", {"src": found[1], "alt": label}))
