"""Whole processes for one item, relative to the imports that they need, and pandoc's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench.items import SAMPLE, pandoc
from bench.rows import Row, Way, rows_of, started

ROUNDS = 7
GROUP = "One process for one item, CPU"
FORMATS = {"md": (), "txt": (), "json": (), "html": (), "epub": ("--images", "none")}
# Print the modules of a run, in the order of their imports.
MODULES = """
import atexit, sys
atexit.register(lambda: print(*sys.modules, file=sys.stderr))
from feed2doc._cli import main
main()
"""
# Without garbage collection, which the command also puts off. Some modules are only imported under another name.
IMPORT = """
import gc, importlib, sys
gc.disable()
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except ImportError:
        pass
"""


def rows(folder: Path, work: Path, peers: str) -> list[Row]:
    """Return the rows for each format, its imports, and pandoc."""
    script = Path(sys.executable).with_name("feed2doc")
    page = work / "item.html"
    page.write_text(SAMPLE.read_text("utf-8").split("------", 1)[-1], "utf-8")
    python = "an empty Python"
    ways: dict[str, tuple[Way, str]] = {python: (started(sys.executable, "-c", "pass"), python)}
    for to, options in FORMATS.items():
        arguments = (str(SAMPLE), "--to", to, *options, "-o", str(work / f"1.{to}"))
        name = " ".join(("`--to", to, *options)) + "`"
        imports = f"the imports of `--to {to}`"
        ways[imports] = (started(sys.executable, "-c", IMPORT, *modules_of(arguments)), python)
        ways[name] = (started(str(script), *arguments), imports)
    for to, other in (("md", "gfm"), ("epub", "epub3")):
        ours = " ".join(("`--to", to, *FORMATS[to])) + "`"
        out = ("--metadata", "title=x", "-o", str(work / f"2.{to}"))
        ways[f"`pandoc -t {other}`"] = (started(pandoc(), str(page), "--to", other, *out), ours)
    return rows_of(GROUP, ways, ROUNDS)


def modules_of(arguments: tuple[str, ...]) -> list[str]:
    """Return the names of the modules that a run imports."""
    done = subprocess.run([sys.executable, "-c", MODULES, *arguments], capture_output=True, text=True)
    return [name for name in done.stderr.split() if name != "__main__"]
