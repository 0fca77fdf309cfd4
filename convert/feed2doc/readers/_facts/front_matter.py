"""YAML front matter: its keys and the strings that belong to them, within limits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from feed2doc._text.lazy_re import pattern
from feed2doc._text.yaml_events import yaml_events
from feed2doc.env import Env

MAX_LENGTH = 32 * 1024
_BLOCK = pattern(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.S)
_NULL = frozenset(["", "~", "null", "Null", "NULL"])


def front_matter(text: str, env: Env) -> tuple[Mapping[str, list[str]], str]:
    """Return the values of each key of the YAML front matter, as they are written, and the text after it.

    Values in values, and aliases, are ignored. Front matter that is invalid, or exceeds a limit, is noted and ignored.
    """
    found = _BLOCK.match(text) if text.startswith("---") else None
    if not found:
        return {}, text
    try:
        if len(found[1]) > MAX_LENGTH:
            raise ValueError(f"longer than {MAX_LENGTH // 1024} KiB")
        values = _values(found[1])
    except ValueError as error:
        env.note("notice", f"invalid YAML front matter: {error}", rule="front matter")
        values = {}
    return values, text[found.end() :]


def _values(matter: str) -> dict[str, list[str]]:
    """Return the keys of the outermost mapping. Raise ValueError as `yaml_events` does."""
    import yaml

    of_nodes = (yaml.NodeEvent, yaml.CollectionEndEvent)
    events = iter([event for event in yaml_events(matter) if isinstance(event, of_nodes)])
    values: dict[str, list[str]] = {}
    if isinstance(next(events, None), yaml.MappingStartEvent):
        for key in events:
            if not isinstance(key, yaml.CollectionEndEvent):
                name = _strings(key, events)
                values["".join(name)] = _strings(next(events), events)
    return values


def _strings(event: Any, events: Iterator[Any]) -> list[str]:
    """Return the string of a scalar, or those of a list, and consume the events of the value."""
    import yaml

    if isinstance(event, yaml.AliasEvent):  # with aliases, a few lines can expand to any size
        return []
    if isinstance(event, yaml.ScalarEvent):
        return [] if event.implicit[0] and event.value in _NULL else [event.value]
    strings: list[str] = []
    for each in events:
        if isinstance(each, yaml.CollectionEndEvent):
            break
        inner = _strings(each, events)
        if isinstance(each, yaml.ScalarEvent) and isinstance(event, yaml.SequenceStartEvent):
            strings += inner
    return strings
