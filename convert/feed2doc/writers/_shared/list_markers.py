"""The markers of list items in formats that write them as text: numbers, bullets and checkboxes."""

from __future__ import annotations

from collections.abc import Mapping

from feed2doc import model as m

BALLOT_BOXES: Mapping[bool, str] = {True: "☑", False: "☐"}


def item_markers(node: m.BulletList | m.OrderedList, bullet: str, boxes: Mapping[bool, str]) -> list[str]:
    """Return the marker of each item. A checkbox follows a number, and replaces a bullet."""
    boxed = ["" if done is None else boxes[done] for done in node.tasks or (None,) * len(node.items)]
    if isinstance(node, m.BulletList):
        return [box or bullet for box in boxed]
    return [
        " ".join(filter(None, (f"{label}.", box)))
        for label, box in zip(m.item_labels(node), boxed, strict=True)
    ]
