"""The package of an EPUB by EbookLib 0.20, and what has to be set right in it.

- Its nav and NCX cannot be told what ours say (landmark labels, empty entries, depth): it is given our pages.
- It stamps the clock and the local zone: the metadata is ours, `dcterms:modified` too, and so is the zip.
- It gives two creators one id (EbookLib pull request 366): every id is set by us.
- It has no place for `xml:lang` and `dir` of the package (Ace: epub-lang): they are set on its tree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from feed2doc._xml import legal
from feed2doc.writers._epub_metadata import Datum
from feed2doc.writers._zip import StableZip

_DC = "http://purl.org/dc/elements/1.1/"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class File:
    """One file of a book: its id in the manifest, its name, its media type, its bytes or what reads them."""

    uid: str
    name: str
    media_type: str
    data: bytes | Callable[[], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """All that a book's package needs. `start` is the first page and its label, `contents` the nav's label."""

    metadata: list[Datum]
    language: str
    direction: str
    nav: bytes
    ncx: bytes
    chapters: list[File]
    files: list[File]
    start: tuple[str, str]
    contents: str


def pack(package: Package) -> bytes:
    """The book's bytes."""
    from ebooklib import epub
    from lxml import etree

    class Writer(epub.EpubWriter):  # type: ignore[misc]
        def _write_opf_metadata(self, root: Any) -> None:
            element = etree.SubElement(root, "metadata", nsmap={"dc": _DC})
            for datum in package.metadata:
                tag = "meta" if datum.name == "meta" else f"{{{_DC}}}{datum.name}"
                etree.SubElement(element, tag, dict(datum.attributes)).text = legal(datum.value)
            # The cover and the start for readers of EPUB 2 are in the guide; a cover comes with the images.

        def _write_opf_file(self, root: Any) -> None:
            root.set(_XML_LANG, package.language)
            root.set("dir", package.direction)
            super()._write_opf_file(root)

        def _get_ncx(self) -> bytes:
            return package.ncx

        def _get_nav(self, item: Any) -> bytes:
            return package.nav

    book = epub.EpubBook()
    book.reset()
    book.prefixes = ["schema: http://schema.org/"]
    book.direction = package.direction if package.direction == "rtl" else None
    chapters = [epub.EpubItem(f.uid, f.name, f.media_type, f.data) for f in package.chapters]
    for item in chapters:
        item.is_linear = True
        book.add_item(item)

    class Item(epub.EpubItem):  # type: ignore[misc]
        def get_content(self, default: Any = None) -> Any:
            return self.content  # as it is: the zip reads it when it is its turn

    for file in package.files:
        book.add_item(Item(file.uid, file.name, file.media_type, file.data))
    nav = epub.EpubNav(uid="nav", file_name="nav.xhtml")
    book.add_item(nav)
    book.add_item(epub.EpubNcx())
    book.spine = chapters or [nav]
    book.guide = [
        {"type": "text", "title": package.start[1], "href": package.start[0]},
        {"type": "toc", "title": package.contents, "href": "nav.xhtml"},
    ]
    out = StableZip()
    writer = Writer("", book, {"raise_exceptions": True})
    writer.out = out
    out.writestr("mimetype", "application/epub+zip")
    writer._write_container()
    writer._write_opf()
    writer._write_items()
    return out.bytes()
