"""Make the pictures of the documentation anew: what feed2doc makes of samples/, as it is seen.

usage: python docs/make_pictures.py [NAME]...

Pages of PDFs are drawn by pdftoppm (poppler), pages of EPUBs and HTML by Chromium, as a reading system would: one page of
columns as wide as the screen. Then look at them. A test sees to it that none is larger than `MOST_BYTES`.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
SAMPLES = ROOT / "samples"
HARBOUR, WEATHER = SAMPLES / "01-nytimes-cn-article.txt", SAMPLES / "08-economist-english.txt"

MOST_BYTES = 150_000
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_COLOURS = 128
_EDGE, _GAP, _LINE = 2, 28, (196, 200, 204)

# What a reading system does with a chapter: its own margins, and a column for each page.
_READER = (
    "html { height: calc(100vh - 96px); margin: 48px 40px; column-width: calc(100vw - 80px); column-gap: 80px }"
    " body { margin: 0; font-size: 19px; line-height: 1.5 }"
)


def feed2doc(folder: Path, *arguments: object) -> Path:
    """The one file that this command makes, in this folder."""
    command = [
        sys.executable,
        "-m",
        "feed2doc",
        *map(str, arguments),
        "--offline",
        "--output-dir",
        str(folder),
    ]
    env = os.environ | {"XDG_STATE_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    done = subprocess.run(command, cwd=folder, env=env, check=True, capture_output=True, text=True)
    (path,) = done.stdout.splitlines()
    return folder / path


def of_pdf(path: Path, number: int, height: int = 800) -> Image.Image:
    """One page of a PDF, so many pixels high."""
    command = ["pdftoppm", "-png", "-f", str(number), "-l", str(number), "-scale-to-y", str(height)]
    done = subprocess.run([*command, "-scale-to-x", "-1", str(path)], check=True, capture_output=True)
    return Image.open(io.BytesIO(done.stdout)).convert("RGB")


def of_page(page: Path, width: int = 600, height: int = 800, *, dark: bool = False) -> Image.Image:
    """What a window of this size shows of a page."""
    browser = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        sys.exit(f"the pictures need one of {', '.join(_BROWSERS)} on the PATH")
    with tempfile.TemporaryDirectory() as folder:
        shot = Path(folder, "shot.png")
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        command += [f"--user-data-dir={folder}", f"--window-size={width},{height}", f"--screenshot={shot}"]
        command += ["--blink-settings=preferredColorScheme=0"] if dark else []
        subprocess.run([*command, page.as_uri()], check=True, capture_output=True, timeout=120)
        return Image.open(shot).convert("RGB")


def of_book(book: Path, file: str) -> Image.Image:
    """The first page of this file of an EPUB (the first whose name has these letters), in a reading system."""
    folder = Path(tempfile.mkdtemp(dir=book.parent))
    with zipfile.ZipFile(book) as archive:
        archive.extractall(folder)
    page = min(path for path in folder.rglob("*.xhtml") if file in path.name)
    page.write_text(page.read_text("utf-8").replace("</head>", f"<style>{_READER}</style></head>"), "utf-8")
    return of_page(page)


def cover_of(book: Path, height: int = 800) -> Image.Image:
    """The cover of an EPUB, so many pixels high."""
    with zipfile.ZipFile(book) as archive:
        name = next(name for name in archive.namelist() if name.endswith("cover.jpg"))
        image = Image.open(io.BytesIO(archive.read(name))).convert("RGB")
    return image.resize((round(image.width * height / image.height), height), Image.Resampling.LANCZOS)


def side_by_side(*pages: Image.Image) -> Image.Image:
    """These pages in a row, each in a thin line."""
    width = sum(page.width + 2 * _EDGE for page in pages) + _GAP * (len(pages) - 1)
    row = Image.new("RGB", (width, max(page.height for page in pages) + 2 * _EDGE), "white")
    left = 0
    for page in pages:
        row.paste(_LINE, (left, 0, left + page.width + 2 * _EDGE, page.height + 2 * _EDGE))
        row.paste(page, (left + _EDGE, _EDGE))
        left += page.width + 2 * _EDGE + _GAP
    return row


def pages(folder: Path) -> Image.Image:
    """One item as PDF, one as EPUB, and the cover of a book of all: for the README and the first page."""
    book = feed2doc(folder, SAMPLES, "--to", "epub", "--bundle", "--title", "Morning")
    return side_by_side(
        of_pdf(feed2doc(folder, WEATHER, "--to", "pdf"), 1),
        of_book(feed2doc(folder, HARBOUR, "--to", "epub"), "article-"),
        cover_of(book),
    )


def start_epub(folder: Path) -> Image.Image:
    """The English item as EPUB."""
    return side_by_side(of_book(feed2doc(folder, WEATHER, "--to", "epub"), "article-"))


def start_pdf(folder: Path) -> Image.Image:
    """The English item on the page of an e-reader, two pages."""
    made = feed2doc(folder, WEATHER, "--to", "pdf", "--page", "120x160mm")
    return side_by_side(of_pdf(made, 1), of_pdf(made, 2))


def start_book(folder: Path) -> Image.Image:
    """All samples in one book: cover and contents."""
    made = feed2doc(folder, SAMPLES, "--to", "epub", "--bundle", "--title", "Morning")
    return side_by_side(cover_of(made), of_book(made, "contents"))


def start_style(folder: Path) -> Image.Image:
    """The English item as EPUB with the style of one's own that docs/start.md shows."""
    style = folder / "own.css"
    found = re.search(r"```css\n(.*?)```", (ROOT / "docs" / "start.md").read_text("utf-8"), re.S)
    style.write_text(found[1] if found else sys.exit("docs/start.md has no style of one's own"))
    return side_by_side(of_book(feed2doc(folder, WEATHER, "--to", "epub", "--css", style), "article-"))


def html(folder: Path) -> Image.Image:
    """The Chinese item as one page, in a window by day and on a narrow screen by night."""
    page = feed2doc(folder, HARBOUR, "--to", "html")
    return side_by_side(of_page(page, 900), of_page(page, 420, dark=True))


MADE: dict[str, Callable[[Path], Image.Image]] = {
    "pages": pages,
    "start-epub": start_epub,
    "start-pdf": start_pdf,
    "start-book": start_book,
    "start-style": start_style,
    "html": html,
}


def main(names: list[str]) -> None:
    """Make these pictures, or all."""
    PICTURES.mkdir(exist_ok=True)
    for name in names or MADE:
        with tempfile.TemporaryDirectory() as folder:
            image = MADE[name](Path(folder))
        path = PICTURES / f"{name}.png"
        image.quantize(_COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
        print(f"{path.relative_to(ROOT)}: {image.width} x {image.height}, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
