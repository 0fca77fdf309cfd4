"""Measure feed2doc, compare it with the stored measurements, and store the new ones.

usage: python -m bench [--only GROUP]... [--peers PYTHON] [--dry] [FOLDER]

The groups are the modules `startup`, `warm`, `batch`, `pdf` and `growth`, and `jobs` and `unchanged` of `batch`. FOLDER has
the items for `batch` and `jobs`; the default is the samples. PYTHON is a Python that has html-to-markdown and trafilatura.
A row whose ratio has grown by more than a tenth is named. The rows are stored as `bench/results.json` and shown in `docs/performance.md`.
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

import feed2doc
import msgspec

from bench import batch, growth, pdf, startup, warm
from bench.items import SAMPLES
from bench.pages import DOCS, FOLDER, with_measurements
from bench.rows import Row, slower, tables

NAME = "results.json"
GROUPS: dict[str, Callable[[Path, Path, str], list[Row]]] = {
    "startup": startup.rows,
    "warm": warm.rows,
    "batch": batch.rows,
    "jobs": batch.jobs,
    "unchanged": batch.unchanged,
    "pdf": pdf.rows,
    "growth": growth.rows,
}


class Results(msgspec.Struct):
    """The stored measurements, and where they were made. Those of a group may be newer than those of another."""

    machine: str
    rows: list[Row]


def main() -> None:
    """Measure, compare and store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--only", action="append", choices=GROUPS, help="measure only this; several are possible"
    )
    parser.add_argument("--peers", default=sys.executable)
    parser.add_argument("--dry", action="store_true", help="store nothing")
    parser.add_argument("folder", nargs="?", type=Path, default=SAMPLES)
    asked = parser.parse_args()
    compileall.compile_dir(str(Path(feed2doc.__file__).parent), quiet=1)  # as an installer does
    stored, now = load(), []
    for name in asked.only or GROUPS:
        with tempfile.TemporaryDirectory() as work:
            os.environ["XDG_STATE_HOME"] = str(Path(work, "state"))
            found = GROUPS[name](asked.folder, Path(work), asked.peers)
            print(tables(found), flush=True)
            now += found
            if not asked.dry:
                save(Results(machine(), merged(stored.rows, now)))
    print("\n".join(slower(stored.rows, now)))


def load() -> Results:
    """Return the stored measurements."""
    return msgspec.json.decode((FOLDER / NAME).read_bytes(), type=Results)


def save(results: Results) -> None:
    """Store measurements, and show them in the documentation."""
    (FOLDER / NAME).write_bytes(msgspec.json.format(msgspec.json.encode(results), indent=1) + b"\n")
    page = DOCS / "performance.md"
    page.write_text(with_measurements(page.read_text("utf-8"), NAME, report(results)), "utf-8")


def merged(before: Sequence[Row], now: Sequence[Row]) -> list[Row]:
    """Return the new rows, and those of groups that were not measured again, in the order of the first run."""
    groups = {row.group: [each for each in before if each.group == row.group] for row in before}
    groups |= {row.group: [each for each in now if each.group == row.group] for row in now}
    return [row for rows in groups.values() for row in rows]


def machine() -> str:
    """Return where and when this is measured."""
    versions = ", ".join(f"{name} {version(name)}" for name in ("lxml", "weasyprint", "typst"))
    where = f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}, {versions}"
    return f"{time.strftime('%Y-%m-%d')} ({where})"


def report(results: Results) -> str:
    """Return the part of the page that shows the measurements."""
    return f"Measured on {results.machine}.\n\n{tables(results.rows)}"


if __name__ == "__main__":
    main()
