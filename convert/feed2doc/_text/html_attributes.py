"""HTML elements with very many attributes, which would take hours to parse.

libxml2 appends each attribute to the list of those before it, so the time grows as the square of their number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_ATTRIBUTES = 1_000
# In fewer bytes the attributes of one element take less than half a second.
_LEAST_BYTES = 1 << 16


class _Counter:
    """A target of lxml, which gets the attributes of an element as a dictionary, before any list is made."""

    def __init__(self) -> None:
        self.most = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.most = max(self.most, len(attributes))

    def close(self) -> None:
        pass


def has_too_many_attributes(data: bytes) -> bool:
    """Return True if HTML of more than 64 KiB has an element with more than 1,000 attributes."""
    if len(data) <= _LEAST_BYTES:
        return False
    from lxml import etree

    counter = _Counter()
    target: Any = counter  # the other methods are optional
    # The same parser as that of the tree, so that no quotation mark is read in another way.
    etree.fromstring(data, etree.HTMLParser(encoding="utf-8", huge_tree=True, target=target))
    return counter.most > MAX_ATTRIBUTES
