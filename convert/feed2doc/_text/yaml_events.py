"""Reading YAML of strangers: as events, which nothing can multiply, and only to a certain depth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

# PyYAML builds nested values by recursion in C, which ends the process if they are nested deeply enough.
MAX_DEPTH = 16


def yaml_events(text: str) -> Iterator[Any]:
    """Yield the events of a YAML document. Raise ValueError, in one line, if it is not valid, or nested deeper than MAX_DEPTH."""
    import yaml

    depth = 0
    try:
        for event in yaml.parse(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    raise ValueError(f"nested deeper than {MAX_DEPTH} levels")
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            yield event
    except yaml.YAMLError as error:
        raise ValueError(str(error).splitlines()[0]) from error
