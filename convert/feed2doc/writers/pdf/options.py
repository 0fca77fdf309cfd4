"""The options of PDF output."""

from pathlib import Path
from typing import ClassVar, Literal, get_args

from feed2doc._formats import Options
from feed2doc.errors import OptionError
from feed2doc.looks import DEFAULT, check_look
from feed2doc.writers import Paragraphs, PdfEngine
from feed2doc.writers._shared.page_layout import FONT_FILES, page_of

Variant = Literal["pdf/ua-1", "pdf/a-2a", "pdf/a-3a", "none"]
VARIANTS: tuple[Variant, ...] = get_args(Variant)


class Pdf(Options, frozen=True, kw_only=True):
    """The options of PDF.

    `page` is a4, letter, a5, ... or a size such as 120x160mm. `variant` is the standard that the file follows: PDF/UA-1,
    tagged for screen readers, or PDF/A for archives, which is tagged as well. `font` is a family or a font file for the
    text. `css` is added after the page's own, with WeasyPrint only. `paragraphs` are indented ("indent"), separated by
    spacing ("space"), or as is usual in the "language". `columns` sets articles in two columns on pages that are wide
    enough, with WeasyPrint only. `look` is classic, modern, newspaper, or the path of a TOML file with your own look.
    `engine` lays out the pages: "weasyprint", "typst", or the former unless the library Pango is
    missing ("auto"). Raise OptionError for other values.
    """

    __module__ = "feed2doc"
    format: ClassVar[str] = "pdf"
    page: str = "a4"
    variant: Variant = "pdf/ua-1"
    font: str = ""
    css: str = ""
    paragraphs: Paragraphs = "language"
    look: str = DEFAULT
    columns: bool = False
    engine: PdfEngine = "auto"

    def __post_init__(self) -> None:
        super().__post_init__()
        page_of(self.page)
        check_look(self.look)
        if self.css and self.engine == "typst":
            raise OptionError(
                "css does not apply to Typst: use --pdf-engine weasyprint or a custom typst/template.typ"
            )
        if self.font.lower().endswith(FONT_FILES) and not Path(self.font).is_file():
            raise OptionError(f"font {self.font}: no such file")

    @property
    def page_shape(self) -> float:
        """The width of the page, divided by its height, for covers."""
        return page_of(self.page).shape
