"""Time whole commands, a read and an EPUB, relative to an empty Python, a bare parse and a zip; print ratios.

usage: python bench/run.py [ITEM]
"""

from __future__ import annotations

import io
import statistics
import subprocess
import sys
import tempfile
import time
import timeit
import zipfile
from pathlib import Path

import feed2doc
from feed2doc.model import without_pictures

ROUNDS = 7
SAMPLE = Path(__file__).parent.parent / "samples" / "01-nytimes-cn-article.txt"


def seconds(command: list[str]) -> float:
    """Return how long a whole process takes."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def processes(item: Path) -> None:
    """Time one process for one item per format, alternating with an empty Python."""
    with tempfile.TemporaryDirectory() as folder:
        print("| command | ms | relative to an empty Python |\n|---|---|---|")
        for to in ("md", "txt", "json", "html", "epub", "pdf"):
            out = str(Path(folder, f"out.{to}"))
            ours = [sys.executable, "-m", "feed2doc", str(item), "--to", to, "-o", out]
            pairs = [(seconds(ours), seconds([sys.executable, "-c", "pass"])) for _ in range(ROUNDS)]
            ratio = statistics.median(a / b for a, b in pairs)
            print(
                f"| feed2doc --to {to} | {statistics.median(a for a, _ in pairs) * 1e3:.0f} | {ratio:.1f} |"
            )


def reading(item: Path) -> None:
    """Time a warm read, relative to parsing the same HTML with lxml alone."""
    from lxml import html

    data = item.read_bytes()
    body = data.decode().split("------", 1)[-1]
    calls = 50
    read = timeit.repeat(lambda: feed2doc.read(data), number=calls, repeat=ROUNDS)
    parse = timeit.repeat(
        lambda: html.fragment_fromstring(body, create_parent="div"), number=calls, repeat=ROUNDS
    )
    ratio = statistics.median(a / b for a, b in zip(read, parse, strict=True))
    print(f"\nwarm read: {min(read) / calls * 1e3:.2f} ms, {ratio:.1f} times lxml's parser alone")


def writing(item: Path) -> None:
    """Time a warm EPUB without pictures, relative to zipping the page of its article."""
    document = without_pictures(feed2doc.read(item))
    made = feed2doc.write(document, "epub")
    assert isinstance(made, bytes)
    book = zipfile.ZipFile(io.BytesIO(made))
    name = next(name for name in book.namelist() if "article-" in name)
    page = book.read(name)

    def zipped() -> None:
        with zipfile.ZipFile(io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr(name, page)

    calls = 20
    write = timeit.repeat(lambda: feed2doc.write(document, "epub"), number=calls, repeat=ROUNDS)
    bound = timeit.repeat(zipped, number=calls, repeat=ROUNDS)
    ratio = statistics.median(a / b for a, b in zip(write, bound, strict=True))
    print(f"warm EPUB: {min(write) / calls * 1e3:.2f} ms, {ratio:.1f} times zipping its page alone")


if __name__ == "__main__":
    chosen = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE
    processes(chosen)
    reading(chosen)
    writing(chosen)
