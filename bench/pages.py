"""The parts of the documentation's pages that are generated from measurements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

FOLDER = Path(__file__).parent
DOCS = FOLDER.parent / "docs"


def with_measurements(page: str, name: str, text: str) -> str:
    """Return a page with this text between the comments that name these measurements."""
    begin, end = f"<!-- bench/{name} -->\n", f"<!-- end of bench/{name} -->"
    pattern = re.compile(f"(?<={re.escape(begin)}).*?(?={re.escape(end)})", re.S)
    page, count = pattern.subn(lambda found: f"\n{text}\n", page)
    if count != 1:
        raise SystemExit(f"the page does not have the line {begin}")
    return page


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
