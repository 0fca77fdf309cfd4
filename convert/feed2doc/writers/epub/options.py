"""The options of EPUB and KEPUB."""

from typing import ClassVar

from feed2doc._formats import Options
from feed2doc.looks import DEFAULT, check_look
from feed2doc.writers import Paragraphs


class Epub(Options, frozen=True, kw_only=True):
    """The options of EPUB.

    `css` is added after the book's own. `look` is classic, modern, newspaper, or the path of a TOML file with your own
    look. `paragraphs` are indented ("indent"), separated by spacing ("space"), or as is usual in the "language".
    """

    __module__ = "feed2doc"
    format: ClassVar[str] = "epub"
    css: str = ""
    paragraphs: Paragraphs = "language"
    look: str = DEFAULT

    def __post_init__(self) -> None:
        super().__post_init__()
        check_look(self.look)


class Kepub(Epub, frozen=True, kw_only=True):
    """The options of KEPUB, the same as those of EPUB."""

    __module__ = "feed2doc"
    format: ClassVar[str] = "kepub"
