"""What boxes of WeasyPrint 70 are, and where they are on a page."""

from __future__ import annotations

from typing import Any


def end_of(box: Any) -> float:
    """Return where the last line or picture in the box ends."""
    while box.children and box.element_tag not in ("table", "figure"):
        box = box.children[-1]
    return float(box.position_y + box.margin_height())


def passes(box: Any) -> int:
    """Return below how many of the paragraphs that follow it a picture may be."""
    return int(box.element.get("data-past") or 0) if box.element_tag == "figure" else 0
