"""Measure how reading scales with the size of the input, relative to lxml's parser: time and peak memory per megabyte.

usage: python bench/growth.py
"""

from __future__ import annotations

import subprocess
import sys

SIZES = (0.1, 1.0, 5.0, 9.5)
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
import resource, sys, time
import feed2doc
from lxml import etree
data = sys.stdin.buffer.read()
feed2doc.read(b"[h](https://harbour.example/)\\n------\\n<p>warm</p>")
body = data.split(b"------\\n", 1)[1]
start = time.perf_counter(); etree.fromstring(body, etree.HTMLParser(huge_tree=True)); parse = time.perf_counter() - start
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.perf_counter(); feed2doc.read(data); read = time.perf_counter() - start
print(read, parse, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def item(shape: str, megabytes: float) -> bytes:
    """Return an item with this shape and about this size, within the reader's limit of elements."""
    parts: list[str] = []
    size = 0
    while size < megabytes * 1e6:
        parts.append(SHAPES[shape].replace("{n}", str(len(parts))))
        size += len(parts[-1].encode())
    return ("[h](https://harbour.example/)\n------\n" + "".join(parts)).encode()


def measure(data: bytes) -> tuple[float, float, int]:
    """Return the seconds of a read and of a bare parse, and the kilobytes by which the read's peak exceeds the parse's."""
    done = subprocess.run([sys.executable, "-c", CHILD], input=data, capture_output=True)
    if done.returncode:
        raise SystemExit(done.stderr.decode().strip().splitlines()[-1])
    read, parse, memory = done.stdout.split()
    return float(read), float(parse), int(memory)


def main() -> None:
    """Print a table, with one row per shape and size."""
    print(
        "| shape | MB | ms per MB | relative to the smallest | relative to lxml's parser | peak MB per MB |\n|---|---|---|---|---|---|"
    )
    for shape in SHAPES:
        first = 0.0
        for megabytes in SIZES:
            data = item(shape, megabytes)
            size = len(data) / 1e6
            read, parse, memory = measure(data)
            first = first or read / size
            print(
                f"| {shape} | {size:.1f} | {read / size * 1e3:.0f} | {read / size / first:.2f} |"
                f" {read / parse:.1f} | {memory / 1e3 / size:.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
