"""Draw the pages of articles in eight sizes by both engines, for somebody to look at.

usage: python -m tests.make_pages FOLDER INPUT...      (make pages)

Each article of the inputs and of `tests/page_articles.py` is a PDF of its own; then all are one book. Pictures that the inputs
only link to are grey. FOLDER gets pictures of up to 40 pages each, named by engine, size and number.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import cycle, product
from pathlib import Path
from typing import Any

import feed2doc
from feed2doc.model import images_of
from feed2doc.writers.pdf.options import Pdf
from PIL import Image

from tests.page_articles import add_picture, page_book
from tests.pdf_pictures import rendered, sheet
from tests.pdf_text import ENGINES

SIZES = ("90x122mm", "110x150mm", "a6", "120x160mm", "a5", "b5", "letter", "a4")
SHAPES = ((900, 600), (600, 800), (800, 800), (1200, 500), (300, 200))
_PAGES, _WIDTH, _COLUMNS = 40, 300, 10


def _books(inputs: list[str]) -> Iterator[tuple[feed2doc.Book, feed2doc.Env]]:
    book, env = page_book()
    read = tuple(each for path in inputs for each in feed2doc.read_all(path, env=env))
    for image, size in zip(images_of(read), cycle(SHAPES), strict=False):
        if env.assets.get(image.src) is None:
            add_picture(env, image.src, size)
    documents = [*book.documents, *read]
    for document in documents:
        yield feed2doc.bundle([document]), env
    yield feed2doc.bundle(documents, title="Pages"), env


def draw(folder: str, inputs: list[str], engine: Any, size: str) -> None:
    """Write the pictures of one engine and size."""
    pages: list[Image.Image] = []
    for book, env in _books(inputs):
        data = feed2doc.write(book, Pdf(engine=engine, page=size), env=env)
        assert isinstance(data, bytes)
        with tempfile.TemporaryDirectory() as temporary:
            pages += rendered(data, Path(temporary), dpi=72)
    for start in range(0, len(pages), _PAGES):
        name = f"{engine}-{size}-{start // _PAGES + 1:02}.png"
        sheet(pages[start : start + _PAGES], _WIDTH, _COLUMNS).save(Path(folder, name))


def main(folder: str, inputs: list[str]) -> None:
    """Write all pictures."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor() as pool:
        jobs = [pool.submit(draw, folder, inputs, *each) for each in product(ENGINES, SIZES)]
        for job in jobs:
            job.result()
    print(folder)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: python -m tests.make_pages FOLDER INPUT...")
    main(sys.argv[1], sys.argv[2:])
