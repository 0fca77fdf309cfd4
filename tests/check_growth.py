"""Reading fragments of HTML many times over: the time in proportion to the length, also of what runs in C.

The fragments are those of the tests: each was written for a rule that reads it.
"""

from __future__ import annotations

import ast
import time
from collections.abc import Iterator
from pathlib import Path

import feed2doc
from feed2doc import Feed2docError

TESTS = Path(__file__).parent
_SHORTEST, _LONGEST = 40, 4000
# How long the pages are, in characters; the time above which they are compared, in seconds; and how many times that of the first
# the second may take: 16 times if it grew as the square.
_SHORT, _LONG = 60_000, 240_000
_NOTICED, _MOST = 1.0, 9


def fragments() -> Iterator[tuple[str, str]]:
    """Yield the strings with tags in the tests, each with its file and line."""
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            if "<" in node.value and _SHORTEST <= len(node.value) <= _LONGEST:
                yield f"{path.stem}:{node.lineno}", node.value.partition("\n---")[2] or node.value


def growth(fragment: str) -> float:
    """Return how many times as long a page takes to read that is four times as long, or 0 if that is soon done or refused."""
    long = _time(fragment * (_LONG // len(fragment)))
    if long < _NOTICED:
        return 0
    short = min(_time(fragment * (_SHORT // len(fragment))) for _ in range(2))
    factor = long / max(short, 0.001)
    return (
        min(factor, _time(fragment * (_LONG // len(fragment))) / max(short, 0.001))
        if factor > _MOST
        else factor
    )


def is_too_much(factor: float) -> bool:
    """Return True if the time grows faster than the length."""
    return factor > _MOST


def _time(body: str) -> float:
    data = f"[港口的早晨](https://quay.example/1)\n------\n{body}".encode("utf-8", "replace")
    start = time.process_time()
    try:
        feed2doc.read(data)
    except Feed2docError:  # nested too deeply
        return 0
    return time.process_time() - start
