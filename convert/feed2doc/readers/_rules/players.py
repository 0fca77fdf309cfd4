"""Elements that scripts replace by players, and the URLs of the players."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote

from feed2doc._text.lazy_re import pattern
from feed2doc._text.xml import xml_safe
from feed2doc.readers._rules.schema import PlayerRule
from feed2doc.readers._rules.selectors import Index
from feed2doc.readers._rules.stated_words import field_of

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.lookup import Rules

# An attribute in the URL of a player (`text` is the text of the element), or a field of the JSON in it, and the URL in an attribute that has the markup of one.
_FIELD = pattern(r"\{([a-z_-]{1,40})(?:\.([\w.]{1,60}))?\}")
_FRAME = pattern(r"<iframe\b[^<>]{0,200}?\ssrc=[\"']?([^\"'\s<>]+)")


def players_in(index: Index, rules: Rules) -> dict[_Element, tuple[str, str]]:
    """Return the elements that these rules say are players, each with the player's URL and the name of the rule.

    An element gets the title that its rule finds, unless it has one.
    """
    found: dict[_Element, tuple[str, str]] = {}
    names = index.names
    for css, rule, reason in rules.players:
        for element in css.of(index) if css.needs <= names else ():
            groups = _groups_in(rule, element)
            if groups is not None and (url := _filled(rule.url, element, groups)):
                found.setdefault(element, (url, reason))
                if not element.get("title") and (title := _filled(rule.title, element, groups)):
                    element.set("title", title)
    return found


def _groups_in(rule: PlayerRule, element: _Element) -> Mapping[str, str] | None:
    """Return the groups of the rule's pattern, or None if it does not occur."""
    if not rule.pattern:
        return {}
    found = pattern(rule.pattern).search(element.get(rule.attribute) or "")
    return found.groupdict("") if found is not None else None


def _filled(template: str, element: _Element, groups: Mapping[str, str]) -> str:
    """Return a text with the values of its fields, or "" if one of them has none."""
    values: dict[str, str] = {}
    for found in _FIELD.finditer(template):
        stated = groups.get(found[1]) or element.get(found[1]) or (found[1] == "text" and element.text) or ""
        values[found[0]] = xml_safe(field_of(stated, found[2])) if found[2] else _value(stated)
    return _FIELD.sub(lambda found: values[found[0]], template) if all(values.values()) else ""


def _value(stated: str) -> str:
    """Return the value of an attribute, or the URL in it if it is the markup of a frame."""
    found = _FRAME.match(stated.lstrip())
    if found is None and stated[:8].lower().replace("s", "").startswith("http%3a"):
        return unquote(stated)
    return found[1] if found else stated
