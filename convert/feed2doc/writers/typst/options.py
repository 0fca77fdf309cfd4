"""The options of Typst sources."""

from typing import ClassVar

from feed2doc._formats import Options
from feed2doc.errors import OptionError
from feed2doc.looks import DEFAULT, check_look
from feed2doc.writers import Paragraphs
from feed2doc.writers._shared.page_layout import FONT_FILES, page_of


class Typst(Options, frozen=True, kw_only=True):
    """The options of a Typst source.

    `page` is a4, letter, a5, ... or a size such as 120x160mm. `font` is a family for the text. `paragraphs` are indented
    ("indent"), separated by spacing ("space"), or as is usual in the "language". `look` is classic, modern, newspaper, or
    the path of a TOML file with your own look. Raise OptionError for other values.
    """

    __module__ = "feed2doc"
    format: ClassVar[str] = "typst"
    page: str = "a4"
    font: str = ""
    paragraphs: Paragraphs = "language"
    look: str = DEFAULT

    def __post_init__(self) -> None:
        super().__post_init__()
        page_of(self.page)
        check_look(self.look)
        if self.font.lower().endswith(FONT_FILES):
            raise OptionError(
                f"font {self.font}: use the family name here, and pass the folder to"
                " `typst compile --font-path`"
            )
