"""Elements that scripts replace by players, and the URLs of the players."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._rules.schema import SiteRule
from feed2doc.readers._rules.selectors import Index, selector

if TYPE_CHECKING:
    from lxml.etree import _Element

# An attribute in the URL of a player, and the URL in an attribute that has the markup of one.
_FIELD = pattern(r"\{([a-z-]{1,40})\}")
_FRAME = pattern(r"<iframe\b[^<>]{0,200}?\ssrc=[\"']?([^\"'\s<>]+)")


def players_in(index: Index, files: Iterable[SiteRule]) -> dict[_Element, tuple[str, str]]:
    """Return the elements that these rules say are players, each with the player's URL and the name of the rule."""
    found: dict[_Element, tuple[str, str]] = {}
    for file in files:
        for rule in file.player:
            for element in selector(rule.select).of(index):
                values = {name: _value(element.get(name) or "") for name in _FIELD.findall(rule.url)}
                if all(values.values()):
                    url = _FIELD.sub(lambda name, values=values: values[name[1]], rule.url)  # type: ignore[misc]
                    found.setdefault(element, (url, f"{file.name}: player {rule.select!r}"))
    return found


def _value(stated: str) -> str:
    """Return the value of an attribute, or the URL in it if it is the markup of a frame."""
    found = _FRAME.match(stated.lstrip())
    return found[1] if found else stated
