"""Elements whose words are in an attribute, from which a script writes them."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from feed2doc._text.xml import xml_safe
from feed2doc.readers._rules.schema import SiteRule
from feed2doc.readers._rules.selectors import Index, selector


def settle_words(index: Index, files: Iterable[SiteRule]) -> None:
    """Write the words of the elements that these rules select, unless they are there already."""
    for file in files:
        for rule in file.words:
            for element in selector(rule.select).of(index):
                if not len(element) and not (element.text or "").strip():
                    stated = element.get(rule.attribute) or ""
                    element.text = xml_safe(_field(stated, rule.field) if rule.field else stated)


def _field(stated: str, name: str) -> str:
    try:
        fields = msgspec.json.decode(stated)
    except (msgspec.DecodeError, RecursionError):
        return ""
    value = fields.get(name) if isinstance(fields, dict) else None
    return value if isinstance(value, str) else ""
