"""The options of Typst sources."""

from typing import ClassVar

from feed2doc._formats import Options
from feed2doc.errors import OptionError
from feed2doc.writers import Paragraphs
from feed2doc.writers._shared.page_layout import FONT_FILES, page_of


class Typst(Options, frozen=True, kw_only=True):
    """The options of a Typst source.

    `page` is a4, letter, a5, ... or a size such as 120x160mm. `font` is a family for the text. `paragraphs` are indented
    ("indent"), separated by spacing ("space"), or as is usual in the "language". Raise OptionError for other values.
    """

    __module__ = "feed2doc"
    format: ClassVar[str] = "typst"
    page: str = "a4"
    font: str = ""
    paragraphs: Paragraphs = "language"

    def __post_init__(self) -> None:
        super().__post_init__()
        page_of(self.page)
        if self.font.lower().endswith(FONT_FILES):
            raise OptionError(
                f"font {self.font}: a Typst source needs a family name, not a file: use the name, and give the folder to"
                " `typst compile --font-path`"
            )
