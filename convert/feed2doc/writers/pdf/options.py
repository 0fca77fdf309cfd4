"""The options of PDF output."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

from msgspec import Struct

from feed2doc.errors import OptionError
from feed2doc.writers import ENGINES, Engine
from feed2doc.writers._shared.page_layout import FONT_FILES, Paragraphs, check_paragraphs, page_of

Variant = Literal["pdf/ua-1", "pdf/a-2a", "pdf/a-3a", "none"]
VARIANTS: tuple[Variant, ...] = get_args(Variant)


class Pdf(Struct, frozen=True, kw_only=True):
    """How the pages look.

    `page` is a4, letter, a5, ... or a size such as 120x160mm. `variant` is the standard that the file follows: tagged for
    screen readers (PDF/UA-1) unless it is for archives (PDF/A, tagged as well). `font` is a family, or a font file, to set
    the text in. `css` comes after the pages' own, which WeasyPrint has. `paragraphs` are indented, parted by space, or as
    the language has them. `engine` is what lays out the pages. Raises OptionError.
    """

    page: str = "a4"
    variant: Variant = "pdf/ua-1"
    font: str = ""
    css: str = ""
    paragraphs: Paragraphs = "language"
    engine: Engine = "weasyprint"

    def __post_init__(self) -> None:
        page_of(self.page)
        check_paragraphs(self.paragraphs)
        if self.engine not in ENGINES:
            raise OptionError(f"PDF engine {self.engine!r}: is none of {', '.join(ENGINES)}")
        if self.css and self.engine == "typst":
            raise OptionError(
                "css: Typst has none: use --pdf-engine weasyprint, or a typst/template.typ of your own"
            )
        if self.variant not in VARIANTS:
            raise OptionError(f"PDF variant {self.variant!r}: is none of {', '.join(VARIANTS)}")
        if self.font.lower().endswith(FONT_FILES) and not Path(self.font).is_file():
            raise OptionError(f"font {self.font}: there is no such file")
