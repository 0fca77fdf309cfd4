"""Making books and covers. This is done by worker processes."""

from __future__ import annotations

import io
import sys
from contextlib import closing, suppress
from pathlib import Path

import msgspec

from feed2doc import model as m
from feed2doc._own_process import step
from feed2doc._text.urls import normalize_url
from feed2doc.batch.converter import Converter
from feed2doc.batch.job import Job, Look, PictureSettings, Target
from feed2doc.batch.limits import Limits
from feed2doc.batch.pictures import PictureSource
from feed2doc.batch.rendering import Rendering
from feed2doc.batch.result import File
from feed2doc.covers.cover import with_cover
from feed2doc.env import Env
from feed2doc.errors import ReadError
from feed2doc.looks import DEFAULT
from feed2doc.model import Book, Document, images_of, with_images
from feed2doc.pictures.profiles import Profile
from feed2doc.pictures.resize import on_picture, prepared
from feed2doc.shelf.processes.preparation import document_of, kept_picture, picture_path
from feed2doc.writers.epub.options import Epub, Kepub
from feed2doc.writers.html import book_content
from feed2doc.writers.pdf.options import Pdf

COVER_SIDE, COVER_BYTES = 400, 20 * 1024


def targets(look: str = "", *, columns: bool = False) -> tuple[Target, ...]:
    """Return the formats of the shelf in a look, with PDFs in columns if that is wanted."""
    named = look or DEFAULT
    return (
        Target("epub", Epub(look=named)),
        Target("kepub", Kepub(look=named)),
        Target("pdf", Pdf(look=named, columns=columns)),
        Target("markdown", images="link"),
        Target("text", images="none"),
    )


MAKING = Job(
    targets=targets(),
    look=Look(cover="lead"),
    digests=False,
    limits=Limits(seconds=120, memory=0 if sys.platform == "win32" else 2 * 2**30),
)


class Ingredients(msgspec.Struct, frozen=True):
    """The sources of a book: compressed documents, the names of their pictures by address, and a look.

    An edition has a title and `minutes`, in which it can be read; 0 means that it has everything. `pages` has the addresses
    of its articles' pages, seen from its own page, by those of the articles.
    """

    documents: tuple[bytes, ...]
    pictures: tuple[dict[str, str], ...]
    title: str = ""
    look: str = ""
    minutes: int = 0
    pages: dict[str, str] = {}


def make_book(
    converter: Converter, of: Ingredients, format: str, name: str, folder: str, *, offline: bool = False
) -> bytes:
    """Return a book in a format, with only the pictures of the library if `offline`. Raise ReadError if it cannot be made."""
    step("preparing it", name)
    env = converter.env()
    with closing(env.assets):
        wanted = targets(of.look, columns=bool(of.title))
        rendering = Rendering(msgspec.structs.replace(converter.job, targets=wanted), name)
        book = _pictured_book(of, Path(folder), env)
        pictures = PictureSource(PictureSettings(offline=True), _silent) if offline else converter.pictures
        rendering.render(book, lambda extension: f"{name}.{extension}", pictures, env, [format])
        for event in rendering.events:
            if isinstance(event, File) and not event.companion:
                return event.data
    raise ReadError(f"{name}: the book could not be made")


def make_book_offline(converter: Converter, of: Ingredients, format: str, name: str, folder: str) -> bytes:
    """Return a book as `make_book` does offline."""
    return make_book(converter, of, format, name, folder, offline=True)


def make_page(converter: Converter, of: Ingredients, name: str, folder: str) -> bytes:
    """Return an edition as the content of a page in `/editions`, with the pictures of the library."""
    step("preparing it", name)
    book, files = _book(of)

    def picture(image: m.Image) -> str | None:
        return f"../picture/{files[image.src]}" if image.src in files else None

    def read(url: str) -> str:
        return of.pages.get(normalize_url(url), "")

    return book_content(book, picture, read).encode()


def make_cover(converter: Converter, of: Ingredients, picture: str, folder: str) -> bytes:
    """Return the cover of a book as a small JPEG: the picture of an article, or what is drawn for it or for an edition."""
    step("drawing its cover", of.title or "article")
    if picture:
        return thumbnail(picture_path(Path(folder), picture).read_bytes())
    env = converter.env()
    with closing(env.assets):
        book = with_cover(_pictured_book(of, Path(folder), env), "lead", env)
        drawn = env.assets.get(book.cover.src) if book.cover else None
        return thumbnail(drawn.data) if drawn else _blank()


def thumbnail(data: bytes) -> bytes:
    """Return a picture as a JPEG of at most 400 pixels and 20 KB. Raise ReadError if it is not one."""

    def shrunk(image: object) -> bytes:
        from PIL.Image import Image as Pillow

        if not isinstance(image, Pillow):
            raise ReadError("not a picture that can be shown")
        small = prepared(image, Profile(transparency=False), COVER_SIDE).convert("RGB")
        small.info.clear()
        for quality in (80, 65, 50, 35, 20, 10):
            out = io.BytesIO()
            small.save(out, "JPEG", quality=quality, optimize=True)
            if out.tell() <= COVER_BYTES:
                break
        return out.getvalue()

    return on_picture(data, COVER_SIDE, shrunk)


def _silent(done: int, total: int) -> None:
    """Report no progress."""


def _blank() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (250, 400), (244, 241, 234)).save(out, "JPEG", quality=70)
    return out.getvalue()


def _book(of: Ingredients) -> tuple[Book, dict[str, str]]:
    """Return the book, and the names of the files of its pictures by their addresses in it."""
    files: dict[str, str] = {}
    documents = [
        _renamed(document_of(data), names, files)
        for data, names in zip(of.documents, of.pictures, strict=True)
    ]
    if of.title:
        from feed2doc.newspaper.edition import edition

        return edition(documents, minutes=of.minutes, title=of.title), files
    return Book.of(documents[0]), files


def _pictured_book(of: Ingredients, folder: Path, env: Env) -> Book:
    """Return the book, with the pictures that the library has in the asset store."""
    book, files = _book(of)
    for src in files.keys() & {image.src for image in images_of(book)}:
        with suppress(FileNotFoundError):  # removed since the book was asked for: the article has changed
            if picture := kept_picture(folder, files[src]):
                env.assets.put(src, picture)
    return book


def _renamed(document: Document, names: dict[str, str], files: dict[str, str]) -> Document:
    """Return a document whose pictures have addresses that no other document of the book uses for another picture.

    `files` gets the names of their files by these addresses.
    """

    def renamed(image: m.Image) -> m.Image:
        name = names.get(image.src)
        if name is None:
            return image
        src = image.src if "://" in image.src else name
        files[src] = name
        return msgspec.structs.replace(image, src=src)

    return with_images(document, renamed) if names else document
