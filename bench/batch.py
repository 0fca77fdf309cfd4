"""Time runs over many items: items per second, ratios to other converters, memory, and the gain from more processes.

usage: python bench/batch.py [--items N] [--peers PYTHON] [--rounds N] [FOLDER]

FOLDER has the items, which are copied, each copy as a separate article, until there are N; the default is the samples.
`--peers` is a Python that has html-to-markdown and trafilatura. Rounds alternate, and a ratio is the median of the
ratios within a round.
"""

from __future__ import annotations

import argparse
import compileall
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import feed2doc

SAMPLES = Path(__file__).parent.parent / "samples"
COMMAND = [sys.executable, "-m", "feed2doc"]
ADDRESS = re.compile(r"\]\((https?://[^)\s?]*)[^)\s]*\)")
# Slow formats, and converters with one process per item, are timed with a sample of this many items.
FEW = 20
WARM = """
import sys, time
from pathlib import Path
{imports}
def one(page):
    {call}
pages = [Path(name).read_text() for name in sys.argv[1:]]
one(pages[0])
start = time.perf_counter()
for page in pages:
    one(page)
print((time.perf_counter() - start) / len(pages))
"""
# This reads and writes the same items in one process, and with a folder saves them safely, one after the other. A run adds
# planning and recording.
READ_AND_WRITE = """
import os, sys, time
from pathlib import Path
import feed2doc
items, out = sorted(Path(sys.argv[1]).iterdir()), sys.argv[3]
def one(item):
    for article in feed2doc.read_all(item):
        written = feed2doc.write(article, sys.argv[2])
        if out:
            data = written.encode() if isinstance(written, str) else written
            with open(f"{out}/{item.stem}.tmp", "wb") as file:
                file.write(data)
                os.fsync(file.fileno())
            os.replace(file.name, f"{out}/{item.stem}")
one(items[0])
wall, cpu = time.perf_counter(), time.process_time()
for item in items:
    one(item)
print((time.perf_counter() - wall) / len(items), (time.process_time() - cpu) / len(items))
"""
BOUND, SAVED = "lower bound: read and write", "lower bound: read, write and save"
NAMES = {"md": "Markdown", "epub": "EPUB", "pdf": "PDF"}
IN_ONE_PROCESS = {
    "trafilatura, one process": WARM.format(
        imports="import trafilatura",
        call="trafilatura.extract(page, output_format='markdown', include_formatting=True, include_links=True)",
    ),
    "html-to-markdown, one process": WARM.format(
        imports="from html_to_markdown import convert", call="convert(page).content"
    ),
    "lower bound: lxml's parser": WARM.format(
        imports="from lxml import html", call="html.document_fromstring(page)"
    ),
}


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", default=sys.executable)
    parser.add_argument("folder", nargs="?", type=Path, default=SAMPLES)
    asked = parser.parse_args()
    compileall.compile_dir(str(Path(feed2doc.__file__).parent), quiet=1)  # as an installer does
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_STATE_HOME"] = str(folder / "state")
        items = many(asked.folder, asked.items, folder)
        pages = as_pages(items[:200], folder)
        print(
            f"{asked.items} items of {sum(p.stat().st_size for p in items) / len(items) / 1e3:.1f} kB, mean"
        )
        speeds(items, pages, asked.peers, asked.rounds, folder)
        memory(asked.folder, asked.items, folder)


def many(source: Path, count: int, out: Path) -> list[Path]:
    """Return this many items, copied from those in a folder; each copy has its own address, and so its own name."""
    texts = [path.read_text("utf-8", "replace") for path in sorted(source.rglob("*.txt"))]
    texts = [text for text in texts if ADDRESS.search(text)]
    (out / f"items-{count}").mkdir()
    paths = []
    for n in range(count):
        text = ADDRESS.sub(rf"](\1?copy={n})", texts[n % len(texts)], count=1)
        paths.append(out / f"items-{count}" / f"{n:06}.txt")
        paths[-1].write_text(text, "utf-8")
    return paths


def as_pages(items: list[Path], out: Path) -> list[Path]:
    """Write the items as HTML pages, which the other converters read, and return their paths."""
    pages = []
    for item in items:
        head, _, body = item.read_text("utf-8").partition("------")
        headline = head.partition("[")[2].partition("](")[0]
        pages.append(out / f"{item.stem}.html")
        pages[-1].write_text(
            f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{headline}</title></head><body>'
            f"<h1>{headline}</h1>{body.lstrip('-')}</body></html>",
            "utf-8",
        )
    return pages


def speeds(items: list[Path], pages: list[Path], python: str, rounds: int, folder: Path) -> None:
    """Print the milliseconds per item of each converter, in alternating rounds, and the ratio to feed2doc."""
    for to, count in (("md", len(items)), ("epub", len(items)), ("pdf", min(100, len(items)))):
        ways = {f"feed2doc `-j {jobs}`": ours(items[:count], to, jobs, folder) for jobs in (1, 2)} | {
            BOUND: bound(items[:count], to, folder),
            SAVED: bound(items[:count], to, folder, saves=True),
        }
        ways |= peers(to, pages, python, folder)
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
        for _ in range(rounds):
            for name, way in ways.items():
                found[name].append(way())
        first, least = next(iter(found.values())), found[BOUND]
        print(
            f"\n| to {NAMES[to]}, {count} items | ms per item | items/s | relative to `-j 1` | CPU ms per item"
            " | CPU relative to the lower bound |"
        )
        print("|---|---|---|---|---|---|")
        for name, times in found.items():
            if any(wall != wall for wall, _ in times):
                print(f"| {name} | not installed | | | | |")
                continue
            wall, cpu = (statistics.median(each) * 1e3 for each in zip(*times, strict=True))
            slower = statistics.median(a / b for (a, _), (b, _) in zip(times, first, strict=True))
            more = statistics.median(a / b for (_, a), (_, b) in zip(times, least, strict=True))
            row = (f"{wall:.2f}", f"{1e3 / wall:,.0f}", f"{slower:.2f}", f"{cpu:.2f}", f"{more:.2f}")
            print(f"| {name} | {' | '.join(row)} |", flush=True)


Way = Callable[[], tuple[float, float]]
"""Runs something, and returns the wall and the CPU time, in seconds per item."""


def linked(items: list[Path], folder: Path) -> Path:
    """Return a folder with these items."""
    listed = folder / f"listed-{len(items)}"
    listed.mkdir(exist_ok=True)
    for item in items:
        if not (listed / item.name).exists():
            os.link(item, listed / item.name)
    return listed


def bound(items: list[Path], to: str, folder: Path, *, saves: bool = False) -> Way:
    """Return a function that only reads and writes the items, in one process, and with `saves` saves them as well."""
    listed, out = linked(items, folder), folder / "saved"
    out.mkdir(exist_ok=True)

    def run() -> tuple[float, float]:
        command = [sys.executable, "-c", READ_AND_WRITE, str(listed), to, str(out) if saves else ""]
        wall, cpu = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        return float(wall), float(cpu)

    return run


def ours(items: list[Path], to: str, jobs: int, folder: Path) -> Way:
    """Return a function that runs feed2doc over the items."""
    listed = linked(items, folder)
    command = [*COMMAND, str(listed), "--to", to, "--images", "none", "-j", str(jobs), "-q", "--force"]

    def run() -> tuple[float, float]:
        out = folder / "out"
        wall, cpu = timed([*command, "--output-dir", str(out)])
        shutil.rmtree(out)
        return wall / len(items), cpu / len(items)

    return run


def peers(to: str, pages: list[Path], python: str, folder: Path) -> dict[str, Way]:
    """Return the other converters to this format, with one process per item or with one warm process."""
    out = str(folder / f"out.{to}")
    css = "@page{size:A4;margin:20mm}"
    (folder / "page.css").write_text(css)
    pandoc = shutil.which("pandoc") or _pandoc()
    formats = {"md": "gfm", "epub": "epub3"}
    found: dict[str, Way] = {}
    if to in formats:
        found["pandoc, one process per item"] = _each(
            [pandoc, "--quiet", "-t", formats[to], "-o", out], pages[:FEW]
        )
    if to == "md":
        found |= {name: _warm(python, code, pages) for name, code in IN_ONE_PROCESS.items()}
    if to == "epub":
        found["calibre, one process per item"] = _each(["ebook-convert"], pages[:3], out)
    if to == "pdf":
        weasyprint = str(Path(sys.executable).with_name("weasyprint"))
        found["WeasyPrint's command, one process per item"] = _each([weasyprint, "-q"], pages[:5], out)
    return found


def _pandoc() -> str:
    import pypandoc

    return str(pypandoc.get_pandoc_path())


def _each(command: list[str], pages: list[Path], *after: str) -> Way:
    def run() -> tuple[float, float]:
        if not shutil.which(command[0]):
            return float("nan"), float("nan")
        times = [timed([*command, str(page), *after]) for page in pages]
        return sum(wall for wall, _ in times) / len(pages), sum(cpu for _, cpu in times) / len(pages)

    return run


def _warm(python: str, code: str, pages: list[Path]) -> Way:
    def run() -> tuple[float, float]:
        done = subprocess.run([python, "-c", code, *map(str, pages)], capture_output=True, text=True)
        wall = float(done.stdout) if done.returncode == 0 else float("nan")
        return wall, wall  # one process that computes

    return run


def timed(command: list[str]) -> tuple[float, float]:
    """Return the wall and the CPU time of a command and its processes, in seconds."""
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QTWEBENGINE_DISABLE_SANDBOX": "1"}
    wall, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, env=env)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return time.perf_counter() - wall, cpu


def memory(source: Path, count: int, folder: Path) -> None:
    """Print the peak memory of the main process and of a worker, also for ten times as many items."""
    if not Path("/proc/self/task").exists():
        return
    many(source, 10 * count, folder)
    print("\n| peak memory, MB | of the main process | of a worker |\n|---|---|---|")
    for to in ("md", "epub"):
        for number in (count, 10 * count):
            out = folder / f"memory-{to}-{number}"
            command = [
                *COMMAND,
                str(folder / f"items-{number}"),
                "--to",
                to,
                "--images",
                "none",
                "-j",
                "2",
                "-q",
            ]
            process = subprocess.Popen([*command, "--output-dir", str(out)], stdout=subprocess.DEVNULL)
            parent, worker = _watch(process)
            print(f"| --to {to}, {number:,} items | {parent / 1e3:.1f} | {worker / 1e3:.1f} |", flush=True)
            shutil.rmtree(out)


def _watch(process: subprocess.Popen[bytes]) -> tuple[int, int]:
    """Return the peaks in kB of a process and of the largest of its children while it runs."""
    parent = worker = 0
    while process.poll() is None:
        parent = max(parent, _peak(process.pid))
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        for child in children.read_text().split() if children.exists() else ():
            worker = max(worker, _peak(int(child)))
        time.sleep(0.05)
    return parent, worker


def _peak(pid: int) -> int:
    try:
        found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return int(found[1]) if found else 0


if __name__ == "__main__":
    main()
