"""Typst source that compiles without changes, for reading, editing and typesetting."""

from __future__ import annotations

from feed2doc._formats import Writer
from feed2doc._text.lazy_re import pattern
from feed2doc.env import Env
from feed2doc.looks import look_of
from feed2doc.model import Book, Image
from feed2doc.writers._shared.page_layout import page_of
from feed2doc.writers.typst.book import typst_source
from feed2doc.writers.typst.options import Typst
from feed2doc.writers.typst.settings import PageStyle

_SCHEME = pattern(r"[A-Za-z][A-Za-z0-9+.\-]*:")


def write_typst(book: Book, options: Typst, env: Env) -> bytes:
    """Return the book as Typst source. Pictures saved next to it are included by name; all others are links.

    Raise TemplateError if the template cannot be read.
    """

    def file_of(image: Image) -> str | None:
        # A picture that was saved next to the file is available under its name there.
        is_name = not _SCHEME.match(image.src)
        return image.src if is_name and env.assets.get(image.src) is not None else None

    page = page_of(options.page)
    look = PageStyle(
        page,
        options.font,
        options.paragraphs,
        look_of(options.look, page.medium, env.template_dirs),
    )
    return typst_source(book, look, file_of, env).encode("utf-8")


WRITER = Writer(
    name="typst",
    extension="typ",
    media_type="text/x-typst",
    options=Typst,
    write=write_typst,
    text=True,
    description="source for Typst, a template with it",
)
