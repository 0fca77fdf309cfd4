"""Time whole runs of the command, relative to the imports that it needs and to pandoc; print ratios.

usage: python bench/startup.py [ITEM]

Rounds alternate, and a ratio is the median of the ratios within a round, so it holds on a noisy machine. The lower bound
of a run is Python with the packages that it cannot do without; pandoc only gets the item's HTML.
"""

from __future__ import annotations

import compileall
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import feed2doc
import pypandoc

ROUNDS = 21
SAMPLE = Path(__file__).parent.parent / "samples" / "01-nytimes-cn-article.txt"
# A goal is the highest acceptable ratio to another command.
BOUND = "lower bound: `import click, lxml.etree, msgspec`"
EPUB_BOUND = "lower bound of EPUB: also `jinja2, ebooklib.epub`"
GOALS = {
    "`--to md`": (BOUND, 1.35),
    "`--to epub --images none`": (EPUB_BOUND, 1.35),
    "`--to txt`": ("`--to md`", 1.25),
}


def commands(item: Path, folder: Path) -> dict[str, list[str]]:
    """Return the commands that are timed, by name."""
    script = Path(sys.executable).with_name("feed2doc")
    ours = [str(script)] if script.exists() else [sys.executable, "-m", "feed2doc"]
    page = folder / "item.html"
    page.write_text(item.read_text("utf-8").split("------", 1)[-1], "utf-8")
    pandoc = [pypandoc.get_pandoc_path(), str(page), "--from", "html"]

    def out(name: str) -> str:
        return str(folder / name)

    base = "import click, lxml.etree, msgspec"
    return {
        "empty Python": [sys.executable, "-c", "pass"],
        BOUND: [sys.executable, "-c", base],
        EPUB_BOUND: [sys.executable, "-c", f"{base}, jinja2, ebooklib.epub"],
        "`--to md`": [*ours, str(item), "--to", "md", "-o", out("1.md")],
        "`--to md` with `python -m`": [
            sys.executable,
            "-m",
            "feed2doc",
            str(item),
            "--to",
            "md",
            "-o",
            out("2.md"),
        ],
        "`--to txt`": [*ours, str(item), "--to", "txt", "-o", out("1.txt")],
        "`--to json`": [*ours, str(item), "--to", "json", "-o", out("1.json")],
        "`--to epub --images none`": [
            *ours,
            str(item),
            "--to",
            "epub",
            "--images",
            "none",
            "-o",
            out("1.epub"),
        ],
        "`pandoc -t gfm`": [*pandoc, "--to", "gfm", "-o", out("3.md")],
        "`pandoc -t epub3`": [*pandoc, "--to", "epub3", "--metadata", "title=x", "-o", out("3.epub")],
    }


def seconds(command: list[str]) -> float:
    """Return how long a whole process takes."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def main(item: Path) -> None:
    """Print how long each command takes, and the ratios that have a goal."""
    compileall.compile_dir(str(Path(feed2doc.__file__).parent), quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        timed = commands(item, Path(folder))
        for command in timed.values():
            seconds(command)
        rounds = [{name: seconds(command) for name, command in timed.items()} for _ in range(ROUNDS)]
    print(f"| {item.name} | ms | relative to the lower bound |\n|---|---|---|")
    for name in timed:
        ratio = statistics.median(each[name] / each[BOUND] for each in rounds)
        print(f"| {name} | {statistics.median(each[name] for each in rounds) * 1e3:.0f} | {ratio:.2f} |")
    print()
    for name, (other, goal) in GOALS.items():
        ratio = statistics.median(each[name] / each[other] for each in rounds)
        print(f"{name}: {ratio:.2f} relative to {other} (goal {goal})")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE)
