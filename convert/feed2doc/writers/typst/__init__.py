"""Typst: a source that compiles as it is, to be read, changed and typeset by hand."""

from __future__ import annotations

from msgspec import Struct

from feed2doc._formats import Writer
from feed2doc._text.lazy_re import pattern
from feed2doc.env import Env
from feed2doc.errors import OptionError
from feed2doc.model import Book, Image
from feed2doc.writers._shared.page_layout import FONT_FILES, Paragraphs, check_paragraphs, page_of
from feed2doc.writers.typst.book import Look, typst_source

_SCHEME = pattern(r"[A-Za-z][A-Za-z0-9+.\-]*:")


class Typst(Struct, frozen=True, kw_only=True):
    """How the pages look that Typst makes of it.

    `page` is a4, letter, a5, ... or a size such as 120x160mm; `font` a family to set the text in; `paragraphs` are
    indented, parted by space, or as the language has them. Raises OptionError.
    """

    page: str = "a4"
    font: str = ""
    paragraphs: Paragraphs = "language"

    def __post_init__(self) -> None:
        page_of(self.page)
        check_paragraphs(self.paragraphs)
        if self.font.lower().endswith(FONT_FILES):
            raise OptionError(
                f"font {self.font}: a source names families, not files: give the family's name, and its folder to"
                " `typst compile --font-path`"
            )


def write_typst(book: Book, options: Typst, env: Env) -> bytes:
    """The book as a source; pictures are named that lie beside it, the others are links.

    Raises TemplateError if the template cannot be read.
    """

    def beside(image: Image) -> str | None:
        # A picture that was put beside the file is at hand by its name there.
        is_name = not _SCHEME.match(image.src)
        return image.src if is_name and env.assets.get(image.src) is not None else None

    look = Look(page_of(options.page), options.font, options.paragraphs)
    return typst_source(book, look, beside, env).encode("utf-8")


WRITER = Writer(
    name="typst",
    extension="typ",
    media_type="text/x-typst",
    options=Typst,
    write=write_typst,
    text=True,
    description="source for Typst, a template with it",
)
