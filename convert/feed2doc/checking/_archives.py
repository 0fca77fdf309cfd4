"""The text of zip archives: EPUB and KEPUB, docx, pptx, odt."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from urllib.parse import unquote

from feed2doc._text.lazy_re import pattern
from feed2doc.checking._markup import text_of_html, text_of_xml, tree_of
from feed2doc.errors import LimitError, ReadError

# The exceptions that zipfile raises for damaged archives, and for features that it lacks: encryption, other compressions.
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, NotImplementedError)
MAX_BYTES = 256 * 1024 * 1024
# The compressions of EPUB and office documents. zipfile cannot limit what the others expand to.
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_CONTAINER = "META-INF/container.xml"
_SLIDES = pattern(r"ppt/(slides/slide|notesSlides/notesSlide)(\d+)\.xml")


def text_of_archive(data: bytes, name: str) -> str:
    """Return the text of a book or office document. Raise ReadError if it is damaged or another kind of archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _text_of(_Archive(archive, name))
    except (*DAMAGE, OSError) as error:
        raise ReadError(f"{name}: damaged zip archive: {error}") from error


class _Archive:
    """The files of an archive, with a limit on the sum of their sizes."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive, self.name = archive, name
        self.files = frozenset(archive.namelist())
        self._left = MAX_BYTES

    def read(self, file: str) -> bytes:
        if file not in self.files:
            raise ReadError(f"{self.name}: damaged: it does not contain {file}")
        info = self._archive.getinfo(file)
        if info.compress_type not in _COMPRESSIONS:
            raise ReadError(f"{self.name}: {file} in it has a compression that such files do not use")
        self._left -= info.file_size
        if self._left < 0:
            raise LimitError(f"{self.name}: contains more than {MAX_BYTES // 1024**2} MiB of text")
        return self._archive.read(file)

    def text(self, file: str) -> str:
        return text_of_xml(self.read(file), f"{self.name}: {file}")


def _text_of(archive: _Archive) -> str:
    if _CONTAINER in archive.files:
        return "\n".join(archive.text(page) for page in _pages(archive))
    if "word/document.xml" in archive.files:
        notes = [f"word/{kind}.xml" for kind in ("footnotes", "endnotes")]
        found = ["word/document.xml", *(file for file in notes if file in archive.files)]
        return "\n".join(map(archive.text, found))
    slides = sorted((int(m[2]), file) for file in archive.files if (m := _SLIDES.fullmatch(file)))
    if slides:
        return "\n".join(archive.text(file) for _, file in slides)
    if "content.xml" in archive.files:
        return archive.text("content.xml")
    pages = sorted(file for file in archive.files if file.endswith(".html"))
    if not pages:
        raise ReadError(f"{archive.name}: this kind of zip archive cannot be checked")
    return "\n".join(text_of_html(archive.read(page), archive.name) for page in pages)


def _pages(archive: _Archive) -> list[str]:
    """Return the pages of a book in order, without its navigation (https://www.w3.org/TR/epub-33/#sec-spine-elem)."""
    container = tree_of(archive.read(_CONTAINER), f"{archive.name}: {_CONTAINER}")
    package = next((e.get("full-path", "") for e in container.iter("{*}rootfile")), "")
    root = tree_of(archive.read(package), f"{archive.name}: {package}")
    items = {
        item.get("id"): posixpath.normpath(
            posixpath.join(posixpath.dirname(package), unquote(item.get("href", "")))
        )
        for item in root.iter("{*}item")
        if "nav" not in (item.get("properties") or "").split()
    }
    pages = [items[ref] for row in root.iter("{*}itemref") if (ref := row.get("idref")) in items]
    return list(dict.fromkeys(pages))
