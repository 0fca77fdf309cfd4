"""Pages of PDFs as pictures, and what is where on them, in shares of the page."""

import functools
import io
import subprocess
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter, ImageStat

_RED = (255, 0, 0)


@functools.cache
def red_png(size: tuple[int, int]) -> bytes:
    """Return a red picture, which `first_picture` finds."""
    data = io.BytesIO()
    Image.new("RGB", size, _RED).save(data, "PNG")
    return data.getvalue()


def rendered(data: bytes, folder: Path, dpi: int = 36) -> list[Image.Image]:
    """Return the pages of the PDF."""
    (folder / "pages.pdf").write_bytes(data)
    for old in folder.glob("page-*.ppm"):
        old.unlink()
    subprocess.run(["pdftoppm", "-r", str(dpi), folder / "pages.pdf", folder / "page"], check=True)
    return [Image.open(each).convert("RGB") for each in sorted(folder.glob("page-*.ppm"))]


def _ink(page: Image.Image) -> Image.Image:
    return page.convert("L").point([255] * 200 + [0] * 56)


def last_ink(page: Image.Image, foot: float = 0.1) -> float:
    """Return where the text and pictures of the page end, above its foot."""
    box = _ink(page).crop((0, 0, page.width, int(page.height * (1 - foot)))).getbbox()
    return box[3] / page.height if box else 0.0


def has_running_head(page: Image.Image) -> bool:
    """Return True if there is something above the text of the page, as there is not where an article begins."""
    return _ink(page).crop((0, 0, page.width, int(page.height * 0.06))).getbbox() is not None


def first_picture(page: Image.Image) -> tuple[float, float]:
    """Return the top and height of the highest red picture on the page, or 1 and 0 if there is none."""
    red, green, _ = page.split()
    both = ImageChops.multiply(red.point([0] * 200 + [255] * 56), green.point([255] * 60 + [0] * 196))
    middle = both.crop((page.width // 2, 0, page.width // 2 + 1, page.height)).tobytes()
    top = middle.find(b"\xff")
    if top < 0:
        return 1.0, 0.0
    end = middle.find(b"\0", top)
    return top / page.height, ((end if end > 0 else page.height) - top) / page.height


def sheet(pages: Sequence[Image.Image], width: int, columns: int) -> Image.Image:
    """Return the pages next to each other, each of this width."""
    height = round(width * pages[0].height / pages[0].width)
    rows = -(-len(pages) // columns)
    made = Image.new("RGB", (columns * (width + 2), rows * (height + 2)), "grey")
    for n, page in enumerate(pages):
        small = page.resize((width, height), Image.Resampling.LANCZOS)
        made.paste(small, (n % columns * (width + 2), n // columns * (height + 2)))
    return made


def difference(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """Return how different two grey pictures of one size look, on average and where they differ most, from 0 to 1.

    Both are blurred, so that a letter that is a little further to the right makes no difference.
    """
    blurred = ImageChops.difference(*(each.filter(ImageFilter.GaussianBlur(1.5)) for each in (one, other)))
    mean = ImageStat.Stat(blurred).mean[0]
    most = blurred.filter(ImageFilter.BoxBlur(2)).getextrema()[1]
    assert isinstance(most, int | float)
    return mean / 255, most / 255
