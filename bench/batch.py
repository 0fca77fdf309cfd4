"""Runs over many items, relative to reading and writing them in one process, to other converters, and to one process."""

from __future__ import annotations

import subprocess
import sys
from itertools import count
from pathlib import Path

from bench.items import copies, pandoc
from bench.rows import NOT_INSTALLED, Row, Way, cores_in_use, rows_of, started

ROUNDS = 3
# With so many cores in use by others, wall times say nothing.
BUSY = 0.3
ITEMS = {"md": 2000, "epub": 500, "pdf": 40}
# With two processes: so many that the start of the second does not count.
SHARED = {"md": 2000, "epub": 500, "pdf": 100, "jsonl": 2000}
UNCHANGED = 60_000
# How long an item is makes no difference to a run that does not read it.
SHORT = "[Port opens](https://harbour.example/{n})\n------\n<p>The port is open again.</p>\n"
SHARD = 100
# Converters with one process per item are timed with a sample.
FEW = 20
RUN = (sys.executable, "-m", "feed2doc", "-q", "--force")
AGAIN = (sys.executable, "-m", "feed2doc", "--to", "md", "-q")
# Nothing is fetched. Markdown has the addresses of pictures, as that of the library has.
OFFLINE = {"md": (), "epub": ("--images", "none"), "pdf": ("--images", "none"), "jsonl": ()}
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
    """Return the rows for each format, relative to reading and writing in one process and to other converters."""
    made: list[Row] = []
    for to, number in ITEMS.items():
        items = copies(folder, number, work / f"items-{to}")
        made += rows_of(f"To {to}, per item, CPU", ways_to(to, items, work, peers), ROUNDS)
    return made


def jobs(folder: Path, work: Path, peers: str) -> list[Row]:
    """Return the rows for two processes, relative to one."""
    if cores_in_use() > BUSY:
        print("too busy for wall times: no rows for two processes", file=sys.stderr)
        return []
    pairs: dict[str, tuple[Way, str]] = {}
    for to, items in SHARED.items():
        options = ("--shard", str(SHARD)) if to == "jsonl" else ()
        name = " ".join(("`--to", to, *options[:1])) + "`"
        listed = work / f"items-{to}"
        copies(folder, items, listed)
        for number in ("1", "2"):
            way = converted(listed, work, "--to", to, *OFFLINE[to], *options, "-j", number, wall=True)
            pairs[f"{name} `-j {number}`"] = (way, f"{name} `-j 1`")
    return rows_of("Two processes, per item, wall time", pairs, ROUNDS)


def ways_to(to: str, items: list[Path], work: Path, peers: str) -> dict[str, tuple[Way, str]]:
    """Return the ways to convert items to a format."""
    bound, ours = "read and write in one process", "feed2doc `-j 1`"
    listed = items[0].parent
    ways = {
        bound: (printed(sys.executable, READ_AND_WRITE, str(listed), to), bound),
        ours: (converted(listed, work, "--to", to, *OFFLINE[to], "-j", "1"), bound),
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
    """Return a way that converts a folder of items into a new folder, for the time per item.

    The folders are kept: after files were deleted, a file system takes longer to create others.
    """
    number = len(list(items.iterdir()))
    name = "-".join(("out", items.name, *arguments)).replace("--", "")
    outs = (str(work / f"{name}-{n}") for n in count())
    return lambda: started(
        *RUN, str(items), *arguments, "--output-dir", next(outs), count=number, wall=wall
    )()


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


def unchanged(folder: Path, work: Path, peers: str) -> list[Row]:
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
