"""The options of the formats that pandoc writes."""

import os

import msgspec

from feed2doc._formats import Options
from feed2doc.errors import OptionError

# Options that the writer sets itself, by pandoc's long and short names; pandoc also accepts abbreviated long names.
_OWN = ("from", "read", "to", "write", "output", "sandbox", "no-sandbox", "defaults")
_OWN_SHORT = "frtwod"
_MOST_SECONDS = 1_000_000


class _Named(msgspec.Struct, frozen=True):
    """The positional argument of `Pandoc`."""

    format: str = ""


class Pandoc(_Named, Options, frozen=True, kw_only=True):
    """The options of a format that pandoc writes; the format is the first argument: `Pandoc("docx", reference_doc=...)`.

    `reference_doc` is a docx, odt or pptx file whose styles the output gets. `arguments` are pandoc options such as `--toc`;
    those that name input, output or format are rejected. `timeout` is in seconds. Raise OptionError for other values.
    """

    __module__ = "feed2doc"
    reference_doc: str | os.PathLike[str] = ""
    arguments: tuple[str, ...] = ()
    timeout: float = 120

    def __post_init__(self) -> None:
        super().__post_init__()
        for argument in self.arguments:
            if not argument.startswith("-") or argument in ("-", "--"):
                raise OptionError(f"pandoc argument {argument!r}: not an option: write it as --name=value")
            if _is_own(argument):
                raise OptionError(f"pandoc argument {argument!r}: feed2doc sets this itself")
        if not 0 < self.timeout <= _MOST_SECONDS:
            raise OptionError(
                f"pandoc timeout {self.timeout:g}: must be more than 0 and at most {_MOST_SECONDS} seconds"
            )


def _is_own(argument: str) -> bool:
    if not argument.startswith("--"):
        return argument[1] in _OWN_SHORT
    name = argument[2:].split("=")[0]
    return any(own.startswith(name) for own in _OWN)
