"""How reading scales with the size of an item, relative to a tenth of a megabyte."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench.rows import Row, Way, rows_of

ROUNDS = 3
SMALL, LARGE = 0.1, 9.5
TEXT = "渡轮在停航三年之后重新靠岸，码头上站满了人，<a href='https://harbour.example/{n}'>灯塔</a>也亮了。"
SHAPES = {
    "paragraphs": "<p>" + TEXT + "</p>",
    "figures": "<figure><img src='https://harbour.example/{n}.jpg'><figcaption>"
    + TEXT * 4
    + "</figcaption></figure>",
    "one line, links": TEXT,
    "one list": "<li>" + TEXT + "</li>",
    "bold in bold": "<p><b>" + TEXT + "<i>" + TEXT + "</b></i></p>",
    "unclosed": "<p>" + TEXT,
    "footnotes": "<p>" + TEXT * 5 + "<a href='#n{n}'>1</a></p><p id='n{n}'>" + TEXT * 5 + "</p>",
    "line breaks": TEXT + "<br>",
}
CHILD = """
import sys, time
import feed2doc
data = sys.stdin.buffer.read()
feed2doc.read(b"[h](https://harbour.example/)\\n------\\n<p>warm</p>")
start = time.process_time(); feed2doc.read(data)
print((time.process_time() - start) * 1e3)
"""


def rows(folder: Path, work: Path, peers: str) -> list[Row]:
    """Return the rows for each shape, by size."""
    ways: dict[str, tuple[Way, str]] = {}
    for shape in SHAPES:
        base = f"{shape}, {SMALL} MB"
        for size in (SMALL, LARGE):
            ways[f"{shape}, {size} MB"] = (read(item(shape, size)), base)
    return rows_of("Reading, per megabyte, CPU", ways, ROUNDS)


def item(shape: str, megabytes: float) -> bytes:
    """Return an item with this shape and about this size, within the reader's limit of elements."""
    parts: list[str] = []
    size = 0
    while size < megabytes * 1e6:
        parts.append(SHAPES[shape].replace("{n}", str(len(parts))))
        size += len(parts[-1].encode())
    return ("[h](https://harbour.example/)\n------\n" + "".join(parts)).encode()


def read(data: bytes) -> Way:
    """Return a way that reads an item in a process of its own, for the CPU time per megabyte."""

    def way() -> float:
        done = subprocess.run([sys.executable, "-c", CHILD], input=data, capture_output=True, check=True)
        return float(done.stdout) / len(data) * 1e6

    return way
