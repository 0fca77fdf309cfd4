"""The options of plain text."""

from typing import ClassVar

from feed2doc._formats import Options
from feed2doc.errors import OptionError

_NARROWEST = 20


class PlainText(Options, frozen=True, kw_only=True):
    """The options of plain text.

    `width` is the length of a line in columns, 0 for no wrapping. `links` lists the addresses of links at the end. Raise
    OptionError for a width that is too narrow.
    """

    __module__ = "feed2doc"
    format: ClassVar[str] = "text"
    width: int = 78
    links: bool = True

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.width != 0 and self.width < _NARROWEST:
            raise OptionError(f"width {self.width}: must be at least {_NARROWEST}, or 0 for no wrapping")
