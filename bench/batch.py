"""Runs over many items, relative to reading and writing them in one process, to other converters, and to one process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from bench.items import copies, pandoc
from bench.rows import NOT_INSTALLED, Row, Way, rows_of, started

ROUNDS = 3
# With so much other work as this load average, wall times say nothing.
BUSY = 0.5
ITEMS = {"md": 1000, "epub": 500, "pdf": 40}
UNCHANGED = 60_000
# How long an item is makes no difference to a run that does not read it.
SHORT = "[Port opens](https://harbour.example/{n})\n------\n<p>The port is open again.</p>\n"
SHARD = 100
# Converters with one process per item are timed with a sample.
FEW = 20
RUN = (sys.executable, "-m", "feed2doc", "--images", "none", "-q", "--force")
AGAIN = (sys.executable, "-m", "feed2doc", "--to", "md", "--images", "none", "-q")
PAGE = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>{0}</title></head><body><h1>{0}</h1>{1}</body></html>'
READ_AND_WRITE = """
import sys, time
from pathlib import Path
import feed2doc
items = sorted(Path(sys.argv[1]).iterdir())
def one(item):
    for article in feed2doc.read_all(item):
        feed2doc.write(article, sys.argv[2])
one(items[0])
start = time.process_time()
for item in items:
    one(item)
print((time.process_time() - start) / len(items) * 1e3)
"""
LIST = """
import os, sys
for entry in sorted(os.scandir(sys.argv[1]), key=lambda entry: entry.name):
    entry.stat()
"""
WARM = """
import sys, time
from pathlib import Path
{imports}
def one(page):
    {call}
pages = [Path(name).read_text() for name in sys.argv[1:]]
one(pages[0])
start = time.process_time()
for page in pages:
    one(page)
print((time.process_time() - start) / len(pages) * 1e3)
"""
IN_ONE_PROCESS = {
    "trafilatura, one process": WARM.format(
        imports="import trafilatura",
        call="trafilatura.extract(page, output_format='markdown', include_formatting=True, include_links=True)",
    ),
    "html-to-markdown, one process": WARM.format(
        imports="from html_to_markdown import convert", call="convert(page).content"
    ),
}


def rows(folder: Path, work: Path, peers: str) -> list[Row]:
    """Return the rows for each format, for two processes, and for items that have not changed."""
    made: list[Row] = []
    is_busy = os.getloadavg()[0] > BUSY  # before the first rows, which are a load themselves
    for to, number in ITEMS.items():
        items = copies(folder, number, work / f"items-{to}")
        made += rows_of(f"To {to}, per item, CPU", ways_to(to, items, work, peers), ROUNDS)
    made += unchanged(work)
    if is_busy:
        print("too busy for wall times: no rows for two processes", file=sys.stderr)
        return made
    pairs: dict[str, tuple[Way, str]] = {}
    for to, options in (*((to, ()) for to in ITEMS), ("jsonl", ("--shard", str(SHARD)))):
        name = " ".join(("`--to", to, *options[:1])) + "`"
        listed = work / f"items-{to if to in ITEMS else 'md'}"
        for jobs in ("1", "2"):
            way = converted(listed, work, "--to", to, *options, "-j", jobs, wall=True)
            pairs[f"{name} `-j {jobs}`"] = (way, f"{name} `-j 1`")
    return made + rows_of("Two processes, per item, wall time", pairs, ROUNDS)


def ways_to(to: str, items: list[Path], work: Path, peers: str) -> dict[str, tuple[Way, str]]:
    """Return the ways to convert items to a format."""
    bound, ours = "read and write in one process", "feed2doc `-j 1`"
    listed = items[0].parent
    ways = {
        bound: (printed(sys.executable, READ_AND_WRITE, str(listed), to), bound),
        ours: (converted(listed, work, "--to", to, "-j", "1"), bound),
    }
    pages, out = as_pages(items[:200], work), str(work / f"out.{to}")
    formats = {"md": "gfm", "epub": "epub3"}
    if to in formats:
        command = (pandoc(), "--quiet", "-t", formats[to], "-o", out)
        ways["pandoc, a process per item"] = (each(pages[:FEW], command), ours)
    if to == "md":
        warm = {name: printed(peers, code, *map(str, pages)) for name, code in IN_ONE_PROCESS.items()}
        ways |= {name: (way, ours) for name, way in warm.items()}
    if to == "epub":
        ways["calibre, a process per item"] = (each(pages[:2], ("ebook-convert",), out), ours)
    if to == "pdf":
        weasyprint = str(Path(sys.executable).with_name("weasyprint"))
        ways["WeasyPrint's command, a process per item"] = (each(pages[:5], (weasyprint, "-q"), out), ours)
    return ways


def converted(items: Path, work: Path, *arguments: str, wall: bool = False) -> Way:
    """Return a way that converts a folder of items into an empty folder, for the time per item."""
    out = work / "out"
    run = started(
        *RUN, str(items), *arguments, "--output-dir", str(out), count=len(list(items.iterdir())), wall=wall
    )

    def way() -> float:
        shutil.rmtree(out, ignore_errors=True)
        return run()

    return way


def printed(python: str, code: str, *arguments: str) -> Way:
    """Return a way that runs a program, for the milliseconds that it prints."""

    def way() -> float:
        done = subprocess.run([python, "-c", code, *arguments], capture_output=True, text=True)
        return float(done.stdout) if done.returncode == 0 else NOT_INSTALLED

    return way


def each(pages: list[Path], command: tuple[str, ...], *after: str) -> Way:
    """Return a way that runs a command for each of these pages, for the mean time."""
    ways = [started(*command, str(page), *after) for page in pages]
    return lambda: sum(way() for way in ways) / len(ways)


def as_pages(items: list[Path], work: Path) -> list[Path]:
    """Write the items as HTML pages, which the other converters read, and return their paths."""
    pages = []
    for item in items:
        head, _, body = item.read_text("utf-8").partition("------")
        headline = head.partition("[")[2].partition("](")[0]
        pages.append(work / f"{item.stem}.html")
        pages[-1].write_text(PAGE.format(headline, body.lstrip("-")), "utf-8")
    return pages


def unchanged(work: Path) -> list[Row]:
    """Return the rows for a second run over many items, relative to listing them."""
    items, out = work / "unchanged", work / "unchanged-out"
    items.mkdir()
    for n in range(UNCHANGED):
        (items / f"{n:06}.txt").write_text(SHORT.replace("{n}", str(n)), "utf-8")
    again = (*AGAIN, str(items), "--output-dir", str(out))
    subprocess.run(again, check=True, capture_output=True)
    listing = "listing the files"
    ways = {
        listing: (started(sys.executable, "-c", LIST, str(items)), listing),
        "a second run": (started(*again), listing),
    }
    return rows_of(f"{UNCHANGED:,} unchanged items, CPU", ways, ROUNDS)
