"""Reading and writing one item in a process that has done so before."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import feed2doc
from feed2doc.model import without_pictures

from bench.items import SAMPLE
from bench.rows import Row, called, rows_of

ROUNDS, CALLS = 15, 20
GROUP = "One item in a warm process, CPU"


def rows(folder: Path, work: Path, peers: str) -> list[Row]:
    """Return the rows for reading, relative to parsing, and for writing, relative to reading or to zipping the page."""
    from lxml import html

    data = SAMPLE.read_bytes()
    body = data.decode().split("------", 1)[-1]
    document = without_pictures(feed2doc.read(data))
    name, page = page_of(document)

    def zipped() -> None:
        with zipfile.ZipFile(io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr(name, page)

    parse, packing, read = "lxml's parser", "zipping the page of the article", "read"
    ways = {
        parse: (called(lambda: html.fragment_fromstring(body, create_parent="div"), CALLS), parse),
        read: (called(lambda: feed2doc.read(data), CALLS), parse),
        "write Markdown": (called(lambda: feed2doc.write(document, "markdown"), CALLS), read),
        "write text": (called(lambda: feed2doc.write(document, "text"), CALLS), read),
        packing: (called(zipped, CALLS), packing),
        "write EPUB": (called(lambda: feed2doc.write(document, "epub"), CALLS), packing),
    }
    for way, _ in ways.values():
        way()
    return rows_of(GROUP, ways, ROUNDS)


def page_of(document: feed2doc.Document) -> tuple[str, bytes]:
    """Return the name and the content of an article's page in an EPUB."""
    made = feed2doc.write(document, "epub")
    book = zipfile.ZipFile(io.BytesIO(made))
    name = next(name for name in book.namelist() if "article-" in name)
    return name, book.read(name)
