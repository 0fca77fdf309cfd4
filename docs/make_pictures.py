"""A script that draws the pictures of the documentation: the output of feed2doc for samples/, as readers see it.

usage: python docs/make_pictures.py [NAME]...

pdftoppm (poppler) draws pages of PDFs. Chromium draws pages of EPUBs and HTML as a reading system would, in columns as wide
as the screen. Look at the pictures afterwards. A test checks that none is larger than `MOST_BYTES`.
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

# Like a reading system, this gives a chapter margins and one column per page.
_READER = (
    "html { height: calc(100vh - 96px); margin: 48px 40px; column-width: calc(100vw - 80px); column-gap: 80px }"
    " body { margin: 0; font-size: 19px; line-height: 1.5 }"
)


def feed2doc(folder: Path, *arguments: object) -> Path:
    """Run feed2doc and return the only file that it writes to this folder."""
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
    """Return one page of a PDF, `height` pixels high."""
    command = ["pdftoppm", "-png", "-f", str(number), "-l", str(number), "-scale-to-y", str(height)]
    done = subprocess.run([*command, "-scale-to-x", "-1", str(path)], check=True, capture_output=True)
    return Image.open(io.BytesIO(done.stdout)).convert("RGB")


def of_page(page: Path, width: int = 600, height: int = 800, *, dark: bool = False) -> Image.Image:
    """Return a screenshot of a page in a window of this size."""
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
    """Return the first page of a file of an EPUB (the first whose name contains `file`), as a reading system shows it."""
    folder = Path(tempfile.mkdtemp(dir=book.parent))
    with zipfile.ZipFile(book) as archive:
        archive.extractall(folder)
    page = min(path for path in folder.rglob("*.xhtml") if file in path.name)
    page.write_text(page.read_text("utf-8").replace("</head>", f"<style>{_READER}</style></head>"), "utf-8")
    return of_page(page)


def cover_of(book: Path, height: int = 800) -> Image.Image:
    """Return the cover of an EPUB, `height` pixels high."""
    with zipfile.ZipFile(book) as archive:
        name = next(name for name in archive.namelist() if name.endswith("cover.jpg"))
        image = Image.open(io.BytesIO(archive.read(name))).convert("RGB")
    return image.resize((round(image.width * height / image.height), height), Image.Resampling.LANCZOS)


def side_by_side(*pages: Image.Image) -> Image.Image:
    """Return these pages in a row, each with a thin border."""
    width = sum(page.width + 2 * _EDGE for page in pages) + _GAP * (len(pages) - 1)
    row = Image.new("RGB", (width, max(page.height for page in pages) + 2 * _EDGE), "white")
    left = 0
    for page in pages:
        row.paste(_LINE, (left, 0, left + page.width + 2 * _EDGE, page.height + 2 * _EDGE))
        row.paste(page, (left + _EDGE, _EDGE))
        left += page.width + 2 * _EDGE + _GAP
    return row


def pages(folder: Path) -> Image.Image:
    """Draw an item as PDF, another as EPUB, and the cover of a book of all, for the README and the home page."""
    book = feed2doc(folder, SAMPLES, "--to", "epub", "--bundle", "--title", "Morning")
    return side_by_side(
        of_pdf(feed2doc(folder, WEATHER, "--to", "pdf"), 1),
        of_book(feed2doc(folder, HARBOUR, "--to", "epub"), "article-"),
        cover_of(book),
    )


def start_epub(folder: Path) -> Image.Image:
    """Draw the English item as EPUB."""
    return side_by_side(of_book(feed2doc(folder, WEATHER, "--to", "epub"), "article-"))


def start_pdf(folder: Path) -> Image.Image:
    """Draw two pages of the English item as PDF with the page size of an e-reader."""
    made = feed2doc(folder, WEATHER, "--to", "pdf", "--page", "120x160mm")
    return side_by_side(of_pdf(made, 1), of_pdf(made, 2))


def start_book(folder: Path) -> Image.Image:
    """Draw the cover and contents of a book of all samples."""
    made = feed2doc(folder, SAMPLES, "--to", "epub", "--bundle", "--title", "Morning")
    return side_by_side(cover_of(made), of_book(made, "contents"))


def start_style(folder: Path) -> Image.Image:
    """Draw the English item as EPUB with the custom style from docs/templates.md."""
    style = folder / "own.css"
    found = re.search(r"```css\n(.*?)```", (ROOT / "docs" / "templates.md").read_text("utf-8"), re.S)
    style.write_text(found[1] if found else sys.exit("docs/templates.md has no custom style"))
    return side_by_side(of_book(feed2doc(folder, WEATHER, "--to", "epub", "--css", style), "article-"))


def looks(folder: Path) -> Image.Image:
    """Draw the Chinese item as PDF in each look."""
    names = ("classic", "modern", "newspaper")
    made = (feed2doc(folder, HARBOUR, "--to", "pdf", "--page", "a5", "--look", name) for name in names)
    return side_by_side(*(of_pdf(path, 1) for path in made))


def html(folder: Path) -> Image.Image:
    """Draw the Chinese item as HTML, light in a window and dark on a narrow screen."""
    page = feed2doc(folder, HARBOUR, "--to", "html")
    return side_by_side(of_page(page, 900), of_page(page, 420, dark=True))


def newspaper(folder: Path) -> Image.Image:
    """Draw the front page and an article of an edition as PDF."""
    made = feed2doc(folder, "edition", SAMPLES, "--minutes", "20", "--to", "pdf", "--look", "newspaper")
    return side_by_side(of_pdf(made, 2), of_pdf(made, 6))


def two_languages(folder: Path) -> Image.Image:
    """Draw a translation with its original below each paragraph, as EPUB, and beside it, as PDF."""
    both = [ROOT / "docs" / "examples" / "translated" / f"{name}.txt" for name in ("original", "translation")]
    below = of_book(feed2doc(folder, "pair", *both, "--to", "epub"), "article-")
    beside = feed2doc(folder, "pair", *both, "--to", "pdf", "--form", "beside", "--page", "a5")
    return side_by_side(below, of_pdf(beside, 1))


MADE: dict[str, Callable[[Path], Image.Image]] = {
    "pages": pages,
    "start-epub": start_epub,
    "start-pdf": start_pdf,
    "start-book": start_book,
    "start-style": start_style,
    "html": html,
    "looks": looks,
    "newspaper": newspaper,
    "two-languages": two_languages,
}


def main(names: list[str]) -> None:
    """Draw these pictures, or all."""
    PICTURES.mkdir(exist_ok=True)
    for name in names or MADE:
        with tempfile.TemporaryDirectory() as folder:
            image = MADE[name](Path(folder))
        path = PICTURES / f"{name}.png"
        image.quantize(_COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
        print(f"{path.relative_to(ROOT)}: {image.width} x {image.height}, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
