"""YAML front matter: its keys and the strings that belong to them, within limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from feed2doc._text.lazy_re import pattern
from feed2doc._text.yaml_events import yaml_events
from feed2doc.env import Env

MAX_LENGTH = 32 * 1024
_START = pattern(r"---[ \t]*\n")
_END = pattern(r"\n(?:---|\.\.\.)[ \t]*\n")
_NULL = frozenset(["", "~", "null", "Null", "NULL"])


def front_matter(text: str, env: Env) -> tuple[Mapping[str, list[str]], str]:
    """Return the values of each key of the YAML front matter, as they are written, and the text after it.

    Values in values, and aliases, are ignored. Front matter that is invalid, or exceeds a limit, is noted and ignored.
    """
    start = _START.match(text)
    end = _END.search(text, start.end()) if start is not None else None
    if start is None or end is None:
        return {}, text
    matter = text[start.end() : end.start() + 1]
    try:
        if len(matter) > MAX_LENGTH:
            raise ValueError(f"longer than {MAX_LENGTH // 1024} KiB")
        values = _values_of_lines(matter)
        if values is None:
            values = _values(matter)
    except ValueError as error:
        env.note("notice", f"invalid YAML front matter: {error}", rule="front matter")
        values = {}
    return values, text[end.end() :]


def _values_of_lines(matter: str) -> dict[str, list[str]] | None:
    """Return the keys and values if there is one in each line, as most programs write them, which needs no parser, else None."""
    values: dict[str, list[str]] = {}
    for line in matter[:-1].split("\n"):
        key, colon, value = line.partition(": ")
        strings = _strings_of_line(value) if colon and key.isidentifier() and value.isprintable() else None
        if strings is None or key in _NULL:
            return None
        values[key] = strings
    return values


def _strings_of_line(value: str) -> list[str] | None:
    """Return the strings of a plain scalar, a quoted one, or a list of words in brackets, or None if YAML may mean more."""
    inside = value[1:-1]
    if value[:1] == value[-1:] == '"' and len(value) > 1:
        return None if '"' in inside or "\\" in inside else [inside]
    if value[:1] == "[" and value[-1:] == "]":
        words = [word.strip() for word in inside.split(",")]
        plain = all(word.replace(" ", "").isalnum() for word in words)
        return [word for word in words if word not in _NULL] if plain else None
    if not value[:1].isalnum() or value[-1] in ": " or ": " in value or " #" in value:
        return None
    return [] if value in _NULL else [value]


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
