"""Time runs over many items: items per second, ratios to other converters, memory, and the gain from more processes.

usage: python bench/batch.py [--items N] [--peers PYTHON] [--rounds N] [FOLDER]

FOLDER has the items, which are copied, each copy as a separate article, until there are N; the default is the samples.
`--peers` is a Python that has html-to-markdown and trafilatura. Rounds alternate, and a ratio is the median of the
ratios within a round.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

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
IN_ONE_PROCESS = {
    "trafilatura, one process": WARM.format(
        imports="import trafilatura",
        call="trafilatura.extract(page, output_format='markdown', include_formatting=True, include_links=True)",
    ),
    "html-to-markdown, one process": WARM.format(
        imports="from html_to_markdown import convert", call="convert(page).content"
    ),
    "floor: lxml's parse, one process": WARM.format(
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
        ways = {
            f"feed2doc --to {to} -j {jobs}": ours(items[:count], to, jobs, folder) for jobs in (1, 2)
        } | peers(to, pages, python, folder)
        found: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(rounds):
            for name, way in ways.items():
                found[name].append(way())
        first = next(iter(found.values()))
        print(f"\n| to {to}, {count} items | ms per item | items/s | x -j 1 |\n|---|---|---|---|")
        for name, times in found.items():
            if any(time != time for time in times):
                print(f"| {name} | not installed | | |")
                continue
            ratio = statistics.median(a / b for a, b in zip(times, first, strict=True))
            each = statistics.median(times)
            print(f"| {name} | {each * 1e3:.2f} | {1 / each:,.0f} | {ratio:.2f} |", flush=True)


def ours(items: list[Path], to: str, jobs: int, folder: Path) -> Callable[[], float]:
    """Return a function that runs feed2doc over the items, and returns the seconds per item."""
    listed = folder / f"listed-{len(items)}"
    listed.mkdir(exist_ok=True)
    for item in items:
        if not (listed / item.name).exists():
            os.link(item, listed / item.name)
    command = [*COMMAND, str(listed), "--to", to, "--images", "none", "-j", str(jobs), "-q", "--force"]

    def run() -> float:
        out = folder / "out"
        seconds = timed([*command, "--output-dir", str(out)])
        shutil.rmtree(out)
        return seconds / len(items)

    return run


def peers(to: str, pages: list[Path], python: str, folder: Path) -> dict[str, Callable[[], float]]:
    """Return the other converters to this format, with one process per item or with one warm process."""
    out = str(folder / f"out.{to}")
    css = "@page{size:A4;margin:20mm}"
    (folder / "page.css").write_text(css)
    pandoc = shutil.which("pandoc") or _pandoc()
    formats = {"md": "gfm", "epub": "epub3"}
    found: dict[str, Callable[[], float]] = {}
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
        found["WeasyPrint, one process per item"] = _each([weasyprint, "-q"], pages[:5], out)
    return found


def _pandoc() -> str:
    import pypandoc

    return str(pypandoc.get_pandoc_path())


def _each(command: list[str], pages: list[Path], *after: str) -> Callable[[], float]:
    def run() -> float:
        if not shutil.which(command[0]):
            return float("nan")
        return sum(timed([*command, str(page), *after]) for page in pages) / len(pages)

    return run


def _warm(python: str, code: str, pages: list[Path]) -> Callable[[], float]:
    def run() -> float:
        done = subprocess.run([python, "-c", code, *map(str, pages)], capture_output=True, text=True)
        return float(done.stdout) if done.returncode == 0 else float("nan")

    return run


def timed(command: list[str]) -> float:
    """Return the seconds that a whole process takes."""
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QTWEBENGINE_DISABLE_SANDBOX": "1"}
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=env)
    return time.perf_counter() - start


def memory(source: Path, count: int, folder: Path) -> None:
    """Print the peak memory of the parent and of a worker, also for ten times as many items."""
    if not Path("/proc/self/task").exists():
        return
    many(source, 10 * count, folder)
    print("\n| peak memory, MB | of the parent | of a worker |\n|---|---|---|")
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
