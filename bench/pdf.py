"""Time PDFs beside WeasyPrint's own command, in one run; print ratios.

usage: python bench/pdf.py [ITEM] [--items N]

One process for one article beside WeasyPrint's command on the page that `--to html` wrote of it; a batch beside as many runs
of that command; and how the cost of an article grows with the size of a bundle.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import feed2doc
from feed2doc.model import Book, Document, Part
from msgspec.structs import replace

ROUNDS = 7
SAMPLE = Path(__file__).parent.parent / "samples" / "01-nytimes-cn-article.txt"


def seconds(*command: str) -> float:
    """How long one whole process takes."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def processes(item: Path, items: int) -> None:
    """Single runs and a batch, in turn with WeasyPrint's command."""
    weasyprint = str(Path(sys.executable).with_name("weasyprint"))
    ours = [sys.executable, "-m", "feed2doc", "--offline", "--images", "none", "-q"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page, out = str(folder / "page.html"), str(folder / "out.pdf")
        subprocess.run([*ours, str(item), "--to", "html", "-o", page], check=True)
        pairs = [
            (seconds(*ours, str(item), "--to", "pdf", "-o", out), seconds(weasyprint, page, out))
            for _ in range(ROUNDS)
        ]
        theirs = statistics.median(b for _, b in pairs)
        print("| | median ms | x WeasyPrint's command |\n|---|---|---|")
        ratio = statistics.median(a / b for a, b in pairs)
        print(
            f"| one article, one process | {statistics.median(a for a, _ in pairs) * 1e3:.0f} | {ratio:.2f} |"
        )
        text = item.read_text("utf-8")
        (folder / "items").mkdir()
        for n in range(items):
            (folder / "items" / f"{n}.txt").write_text(
                text.replace("](http", f"](http://{n}.example/http", 1), "utf-8"
            )
        for jobs in ("1", "2"):
            batch = [
                *ours,
                str(folder / "items"),
                "--to",
                "pdf",
                "--output-dir",
                str(folder / "out"),
                "-j",
                jobs,
            ]
            each = statistics.median(seconds(*batch) for _ in range(3)) / items
            print(f"| each of {items}, -j {jobs} | {each * 1e3:.0f} | {each / theirs:.2f} |")


def growth(item: Path) -> None:
    """Bundles of 10, 50 and 200 articles."""
    document = next(iter(feed2doc.read_all(item)))
    feed2doc.write(document, "pdf")
    print("\n| articles in a bundle | ms each | x of 10 | peak MiB |\n|---|---|---|---|")
    first = 0.0
    for count in (10, 50, 200):
        documents: tuple[Document, ...] = tuple(replace(document, id=str(n)) for n in range(count))
        book = Book(title="Bundle", language=document.language, parts=(Part(documents=documents),))
        start = time.perf_counter()
        feed2doc.write(book, "pdf")
        each = (time.perf_counter() - start) / count
        first = first or each
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"| {count} | {each * 1e3:.0f} | {each / first:.2f} | {peak} |")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("item", nargs="?", type=Path, default=SAMPLE)
    arguments.add_argument("--items", type=int, default=50)
    given = arguments.parse_args()
    processes(given.item, given.items)
    growth(given.item)
