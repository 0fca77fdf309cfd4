"""Time PDFs compared with WeasyPrint's own command, and with pandoc and Typst; print ratios.

usage: python bench/pdf.py [ITEM] [--items N] [--bundle N]

It times one process for one article, compared with WeasyPrint's command on the page that `--to html` wrote; a batch,
compared with as many runs of that command; and how the time per article grows with the size of a bundle. With Typst, it
times one process, compared with pandoc, which converts that page to Typst, and Typst, which compiles it; a batch,
compared with a batch with WeasyPrint; and a bundle.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import feed2doc
from feed2doc.model import Book, Document, Part
from msgspec.structs import replace

ROUNDS, BATCHES = 7, 3
OURS = [sys.executable, "-m", "feed2doc", "--offline", "--images", "none", "-q"]
HAN = re.compile(r"[\u4e00-\u9fff]")
SAMPLE = Path(__file__).parent.parent / "samples" / "01-nytimes-cn-article.txt"


def seconds(*command: str) -> float:
    """Return how long a whole process takes."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def compared(rounds: int, mine: Callable[[], float], theirs: Callable[[], float]) -> tuple[float, float]:
    """Return the median time of `mine`, and that of its ratio to `theirs`, in alternating rounds."""
    pairs = [(mine(), theirs()) for _ in range(rounds)]
    return statistics.median(a for a, _ in pairs), statistics.median(a / b for a, b in pairs)


def many(item: Path, folder: Path, items: int) -> Path:
    """Write this many items, as long as this one, each with its own address and Chinese words, and return the folder.

    Copies would be merged in a bundle, and Typst caches the layout of identical paragraphs.
    """
    text = item.read_text("utf-8")
    han = sorted(set(HAN.findall(text)))
    folder.mkdir()
    for n in range(items):
        others = random.Random(n).sample(han, len(han))
        other = text.translate(dict(zip(map(ord, han), others, strict=True)))
        (folder / f"{n}.txt").write_text(other.replace("](http", f"](http://{n}.example/http", 1), "utf-8")
    return folder


def batch(folder: Path, jobs: str) -> list[str]:
    """Return the options of a run that writes all PDFs of this folder again."""
    return [str(folder), "--to", "pdf", "--force", "--output-dir", f"{folder}.out", "-j", jobs]


def processes(item: Path, items: int) -> None:
    """Time single runs and a batch, alternating with WeasyPrint's command."""
    weasyprint = str(Path(sys.executable).with_name("weasyprint"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page, out = str(folder / "page.html"), str(folder / "out.pdf")
        subprocess.run([*OURS, str(item), "--to", "html", "-o", page], check=True, capture_output=True)

        def theirs() -> float:
            return seconds(weasyprint, page, out)

        print("| | ms | relative to WeasyPrint's command |\n|---|---|---|")
        took, ratio = compared(ROUNDS, lambda: seconds(*OURS, str(item), "-o", out), theirs)
        print(f"| one article, one process | {took * 1e3:.0f} | {ratio:.2f} |")
        folder = many(item, folder / "items", items)
        for jobs in ("1", "2"):
            run = [*OURS, *batch(folder, jobs)]
            took, ratio = compared(BATCHES, partial(seconds, *run), theirs)
            print(f"| each of {items}, -j {jobs} | {took / items * 1e3:.0f} | {ratio / items:.2f} |")


def by_typst(item: Path, items: int, bundle: int) -> None:
    """Time single runs alternating with pandoc and Typst, a batch alternating with one with WeasyPrint, and a bundle."""
    import pypandoc

    typst = [*OURS, "--pdf-engine", "typst"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page, source, out = (str(folder / f"page.{ending}") for ending in ("html", "typ", "pdf"))
        subprocess.run([*OURS, str(item), "--to", "html", "-o", page], check=True, capture_output=True)
        pandoc = [str(pypandoc.get_pandoc_path()), page, "-s", "-t", "typst", "-o", source]
        compiler = [sys.executable, "-c", "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"]
        print("\n| with Typst | time | relative to | ratio |\n|---|---|---|---|")
        took, ratio = compared(
            ROUNDS,
            lambda: seconds(*typst, str(item), "-o", out),
            lambda: seconds(*pandoc) + seconds(*compiler, source, out),
        )
        print(
            f"| one article, one process | {took * 1e3:.0f} ms | pandoc -t typst, and Typst | {ratio:.2f} |"
        )
        items_ = many(item, folder / "items", items)
        for jobs in ("1", "2"):
            run = batch(items_, jobs)
            took, ratio = compared(BATCHES, partial(seconds, *typst, *run), partial(seconds, *OURS, *run))
            each = took / items * 1e3
            print(f"| each of {items}, -j {jobs} | {each:.0f} ms | WeasyPrint's batch | {ratio:.2f} |")
        book = many(item, folder / "book", bundle)
        took = seconds(*typst, str(book), "--bundle", "--title", "B", "-o", out)
        print(f"| a bundle of {bundle} | {took:.1f} s | | |")


def growth(item: Path) -> None:
    """Time bundles of 10, 50 and 200 articles."""
    document = next(iter(feed2doc.read_all(item)))
    feed2doc.write(document, "pdf")
    print("\n| articles in a bundle | ms per article | relative to 10 | peak MiB |\n|---|---|---|---|")
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
    arguments.add_argument("--bundle", type=int, default=500)
    given = arguments.parse_args()
    processes(given.item, given.items)
    growth(given.item)
    by_typst(given.item, given.items, given.bundle)
