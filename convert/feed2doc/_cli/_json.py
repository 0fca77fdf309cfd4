"""JSON on standard output."""

from __future__ import annotations

import json
from typing import Any

from feed2doc._text.plain import printable


def shown_json(value: Any, indent: int | None = None) -> str:
    """Return a value as JSON, with escapes for the characters that act on a terminal."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    safe = printable(text)
    if safe == text:
        return text
    return "".join(c if c == "\n" or printable(c) else json.dumps(c)[1:-1] for c in text)
