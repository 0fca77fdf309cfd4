"""The package of an EPUB, written by EbookLib 0.20, with corrections.

- EbookLib's nav and NCX do not allow landmark labels, empty entries or this depth, so they are replaced by our own pages.
- EbookLib writes the current time and the local zone: we write the metadata, `dcterms:modified` and the zip file instead.
- EbookLib gives two creators the same id (EbookLib pull request 366): we set every id.
- EbookLib does not support `xml:lang` and `dir` on the package (Ace: epub-lang): they are set on its XML tree.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from feed2doc._text.xml import xml_safe
from feed2doc.writers._shared.zip import StableZip

_DC = "http://purl.org/dc/elements/1.1/"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class MetaElement(Struct, frozen=True):
    """A metadata element: a Dublin Core name, or "meta" with a property."""

    name: str
    value: str
    attributes: tuple[tuple[str, str], ...] = ()


class File(Struct, frozen=True):
    """A file of a book: its manifest id, name, media type, and its bytes or a function that reads them."""

    uid: str
    name: str
    media_type: str
    data: bytes | Callable[[], bytes]

    def content(self) -> bytes:
        """Return the file's bytes."""
        return self.data() if callable(self.data) else self.data


class Package(Struct, frozen=True, kw_only=True):
    """The contents of a book's package. `spine` has the pages in reading order, `guide` rows of type, location and label."""

    metadata: list[MetaElement]
    language: str
    direction: str
    nav: bytes
    ncx: bytes
    spine: list[File]
    files: list[File]
    cover: File | None
    guide: list[tuple[str, str, str]]


def pack(package: Package) -> bytes:
    """Return the bytes of the EPUB file."""
    from ebooklib import epub
    from lxml import etree

    class Writer(epub.EpubWriter):  # type: ignore[misc]
        def _write_opf_metadata(self, root: Any) -> None:
            element = etree.SubElement(root, "metadata", nsmap={"dc": _DC})
            for datum in package.metadata:
                tag = "meta" if datum.name == "meta" else f"{{{_DC}}}{datum.name}"
                etree.SubElement(element, tag, dict(datum.attributes)).text = xml_safe(datum.value) or None

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

    class Item(epub.EpubItem):  # type: ignore[misc]
        properties: list[str]

        def get_content(self, default: Any = None) -> Any:
            return self.content  # unchanged; the zip calls it when it writes the entry

    def add(file: File, properties: list[str]) -> Any:
        item = Item(file.uid, file.name, file.media_type, file.data)
        item.is_linear, item.properties = True, properties
        book.add_item(item)
        return item

    spine = [add(file, ["mathml"] if b"<math " in file.content() else []) for file in package.spine]
    for file in package.files:
        add(file, [])
    if package.cover:
        add(package.cover, ["cover-image"])
    nav = epub.EpubNav(uid="nav", file_name="nav.xhtml")
    book.add_item(nav)
    book.add_item(epub.EpubNcx())
    book.spine = spine or [nav]
    book.guide = [{"type": kind, "href": href, "title": label} for kind, href, label in package.guide]
    out = StableZip()
    writer = Writer("", book, {"raise_exceptions": True})
    writer.out = out
    out.writestr("mimetype", "application/epub+zip")
    writer._write_container()
    writer._write_opf()
    writer._write_items()
    return out.bytes()
