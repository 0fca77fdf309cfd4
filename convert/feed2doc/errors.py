"""Everything feed2doc raises on purpose.

Feed2docError                     catch this one to catch all
├── UsageError                    the caller asked for something that cannot be
│   ├── OptionError               an option's name or value is wrong
│   └── UnknownFormatError        no reader or writer of that name
├── ReadError                     the input is missing, is no feed item, or holds none or several
│   ├── EmptyFeedError            the input is a feed, and has no entries
│   └── LimitError                the input is beyond a limit that is named
├── WriteError                    the output cannot be saved
├── TemplateError                 a template is missing or broken
├── SiteRuleError                 a site rule is wrong: file, key
├── MissingDependencyError        a package or system library is not installed: how to install it
├── PluginError                   a third-party reader or writer does not load
└── StrictError                   `--strict`, and something of the source was lost

Errors of other packages never leak; they are the `__cause__`. `exit_code` is what the command line ends with.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable


class Feed2docError(Exception):
    """The base of all errors here. `str(error)` is one line for a person: what is wrong and what to do."""

    __module__ = "feed2doc"
    exit_code = 2


class UsageError(Feed2docError):
    """The call cannot be carried out as it stands; mend the call."""

    __module__ = "feed2doc"


class OptionError(UsageError):
    """An option has a wrong name or value."""

    __module__ = "feed2doc"


class UnknownFormatError(UsageError):
    """There is no format of this `name`; `known` are those there are."""

    __module__ = "feed2doc"

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        self.known: tuple[str, ...] = tuple(sorted(known))
        import difflib

        close = difflib.get_close_matches(name.lower(), self.known, n=3, cutoff=0.5)
        hint = "see `feed2doc formats`"
        if (kindle := name.lower()) in ("azw3", "mobi"):
            hint = f"write an EPUB, then use calibre: ebook-convert book.epub book.{kindle}"
        elif close:
            nearest = " or ".join(filter(None, (", ".join(close[:-1]), close[-1])))
            hint = f"did you mean {nearest}? S{hint[1:]}"
        super().__init__(f"unknown format {name!r}: {hint}")


class ReadError(Feed2docError):
    """The input cannot be read as what it should be."""

    __module__ = "feed2doc"
    exit_code = 3


class EmptyFeedError(ReadError):
    """The input is a sound feed with no entries: there is nothing in it to convert."""

    __module__ = "feed2doc"


class LimitError(ReadError):
    """The input is larger or deeper than feed2doc reads; the message names the limit."""

    __module__ = "feed2doc"


class WriteError(Feed2docError):
    """The output cannot be saved; what was there before is untouched."""

    __module__ = "feed2doc"
    exit_code = 6


class TemplateError(Feed2docError):
    """A template is missing or does not render."""

    __module__ = "feed2doc"


class SiteRuleError(Feed2docError):
    """A site rule is wrong; the message names the file and the key."""

    __module__ = "feed2doc"


class MissingDependencyError(Feed2docError):
    """Something that this format needs is not installed; the message has the command that installs it."""

    __module__ = "feed2doc"
    exit_code = 4


class PluginError(Feed2docError):
    """A third-party format is installed but does not load."""

    __module__ = "feed2doc"


class StrictError(Feed2docError):
    """`strict` was asked for, and something of the source is not in the output."""

    __module__ = "feed2doc"
    exit_code = 5


def pip_install(*requirements: str) -> str:
    """The command that installs these where feed2doc is, whatever `pip` alone would be there."""
    return f"{_quoted(sys.executable)} -m pip install {' '.join(map(_quoted, requirements))}"


def _quoted(word: str) -> str:
    """The word for a shell, in quotes that Windows has too."""
    return f'"{word}"' if any(sign in word for sign in " <>[]&()") else word
