"""The items of a measurement, and the programs that it is compared with."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

SAMPLES = Path(__file__).parent.parent / "samples"
SAMPLE = SAMPLES / "01-nytimes-cn-article.txt"
_ADDRESS = re.compile(r"\]\((https?://[^)\s?]*)[^)\s]*\)")


def copies(source: Path, count: int, folder: Path) -> list[Path]:
    """Write this many items, copied from those in a folder, and return their paths. Each has its own address."""
    texts = [path.read_text("utf-8", "replace") for path in sorted(source.rglob("*.txt"))]
    parts = [
        (text[: found.end(1)], text[found.end() - 1 :]) for text in texts if (found := _ADDRESS.search(text))
    ]
    folder.mkdir()
    paths = []
    for n in range(count):
        before, after = parts[n % len(parts)]
        paths.append(folder / f"{n:06}.txt")
        paths[-1].write_text(f"{before}?copy={n}{after}", "utf-8")
    return paths


def pandoc() -> str:
    """Return the path of pandoc: the one on the PATH, else pypandoc's."""
    import pypandoc

    return shutil.which("pandoc") or str(pypandoc.get_pandoc_path())
