"""PDFs: one article and a bundle, relative to WeasyPrint's own command, and to pandoc and Typst."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from pathlib import Path

from bench.items import SAMPLE, pandoc
from bench.rows import Row, Way, rows_of, started

ROUNDS, BUNDLE = 5, 100
OURS = (sys.executable, "-m", "feed2doc", "--offline", "--images", "none", "-q")
HAN = re.compile(r"[\u4e00-\u9fff]")
COMPILE = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"


def rows(folder: Path, work: Path, peers: str) -> list[Row]:
    """Return the rows for each engine."""
    page, source, out = (str(work / f"page.{ending}") for ending in ("html", "typ", "pdf"))
    subprocess.run([*OURS, str(SAMPLE), "--to", "html", "-o", page], check=True, capture_output=True)
    weasyprint = started(str(Path(sys.executable).with_name("weasyprint")), page, out)
    to_typst = started(pandoc(), page, "-s", "-t", "typst", "-o", source)
    compiled = started(sys.executable, "-c", COMPILE, source, out)
    theirs = {"weasyprint": "WeasyPrint's command", "typst": "`pandoc -t typst` and Typst"}
    ways: dict[str, tuple[Way, str]] = {
        theirs["weasyprint"]: (weasyprint, theirs["weasyprint"]),
        theirs["typst"]: (lambda: to_typst() + compiled(), theirs["typst"]),
    }
    book = (str(many(work / "book", BUNDLE)), "--bundle", "--title", "B", "-o", out)
    for engine, base in theirs.items():
        ours = (*OURS, "--pdf-engine", engine)
        ways[f"`--pdf-engine {engine}`"] = (started(*ours, str(SAMPLE), "-o", out), base)
        ways[f"`--pdf-engine {engine}`, each of {BUNDLE} in a bundle"] = (
            started(*ours, *book, count=BUNDLE),
            f"`--pdf-engine {engine}`",
        )
    return rows_of("PDF of one article, CPU", ways, ROUNDS)


def many(folder: Path, count: int) -> Path:
    """Write this many items, as long as the sample, each with its own address and Chinese words, and return the folder.

    Copies would be merged in a bundle, and Typst caches the layout of identical paragraphs.
    """
    text = SAMPLE.read_text("utf-8")
    han = sorted(set(HAN.findall(text)))
    folder.mkdir()
    for n in range(count):
        others = random.Random(n).sample(han, len(han))
        other = text.translate(dict(zip(map(ord, han), others, strict=True)))
        (folder / f"{n}.txt").write_text(other.replace("](http", f"](http://{n}.example/http", 1), "utf-8")
    return folder
