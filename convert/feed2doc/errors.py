"""The exceptions that feed2doc raises.

Feed2docError                     base class: catch it to catch all of them
├── UsageError                    the call is invalid
│   ├── OptionError               an option has a wrong name or value
│   └── UnknownFormatError        there is no reader or writer with that name
├── ReadError                     the input is missing, unsupported, empty, or has several articles
│   ├── EmptyFeedError            the input is a feed without entries
│   └── LimitError                the input exceeds a limit, which the message names
├── WriteError                    the output cannot be saved
├── TemplateError                 a template is missing or broken
├── SiteRuleError                 a site rule is invalid; the message names the file and the key
├── MissingDependencyError        a package or system library is missing; the message says how to install it
├── PluginError                   a plugin does not load
└── StrictError                   `--strict` is set and part of the source was lost

Exceptions of other packages never leak; they become the `__cause__`. `exit_code` is the exit status of the command line.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from feed2doc._text.secrets import masked

# Formats by their names in other programs.
_ELSEWHERE = {"word": ["docx"], "doc": ["docx"], "powerpoint": ["pptx"], "ppt": ["pptx"]}


class Feed2docError(Exception):
    """The base class of feed2doc's exceptions. `str(error)` is one line that says what is wrong and what to do.

    Passwords and keys in URLs are masked.
    """

    __module__ = "feed2doc"
    exit_code = 2

    def __init__(self, *arguments: object) -> None:
        super().__init__(*(masked(each) if isinstance(each, str) else each for each in arguments))


class UsageError(Feed2docError):
    """The call is invalid. Correct its arguments."""

    __module__ = "feed2doc"


class OptionError(UsageError):
    """An option has a wrong name or value."""

    __module__ = "feed2doc"


class UnknownFormatError(UsageError):
    """There is no format named `name`. `known` lists the available formats."""

    __module__ = "feed2doc"

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        self.known: tuple[str, ...] = tuple(sorted(known))
        import difflib

        close = _ELSEWHERE.get(name.lower()) or difflib.get_close_matches(name.lower(), self.known)
        hint = "see `feed2doc formats`"
        if (kindle := name.lower()) in ("azw3", "mobi"):
            hint = f"write an EPUB, then use calibre: ebook-convert book.epub book.{kindle}"
        elif close:
            nearest = " or ".join(filter(None, (", ".join(close[:-1]), close[-1])))
            hint = f"did you mean {nearest}? S{hint[1:]}"
        super().__init__(f"unknown format {name!r}: {hint}")


class ReadError(Feed2docError):
    """The input is missing, in an unsupported format, empty, or has several articles where one is expected."""

    __module__ = "feed2doc"
    exit_code = 3


class EmptyFeedError(ReadError):
    """The input is a valid feed without entries, so there is nothing to convert."""

    __module__ = "feed2doc"


class LimitError(ReadError):
    """The input is larger or more deeply nested than feed2doc accepts. The message names the limit."""

    __module__ = "feed2doc"


class WriteError(Feed2docError):
    """The output cannot be saved. An existing file is left unchanged."""

    __module__ = "feed2doc"
    exit_code = 6


class TemplateError(Feed2docError):
    """A template is missing or does not render."""

    __module__ = "feed2doc"


class SiteRuleError(Feed2docError):
    """A site rule is invalid. The message names the file and the key."""

    __module__ = "feed2doc"


class MissingDependencyError(Feed2docError):
    """A package or program that the format needs is not installed. The message has the command that installs it."""

    __module__ = "feed2doc"
    exit_code = 4


class PluginError(Feed2docError):
    """A plugin (a third-party reader, writer, transform or package of site rules) is installed but does not load."""

    __module__ = "feed2doc"


class StrictError(Feed2docError):
    """The `strict` option is set and part of the source is missing from the output."""

    __module__ = "feed2doc"
    exit_code = 5


def pip_install(*requirements: str) -> str:
    """Return the command that installs these packages into the environment of feed2doc, by pip or, if it has none, by uv."""
    from importlib.util import find_spec

    by_pip = find_spec("pip") is not None
    python = _quoted(sys.executable)
    tool = f"{python} -m pip install" if by_pip else f"uv pip install --python {python}"
    return f"{tool} {' '.join(map(_quoted, requirements))}"


def _quoted(word: str) -> str:
    """Return the word quoted for a shell. Double quotes work on Windows as well."""
    return f'"{word}"' if any(sign in word for sign in " <>[]&()") else word


def expect(name: str, value: object, *kinds: type, hint: str = "") -> None:
    """Raise UsageError, which names the argument and ends with the hint, unless its value is of one of these types."""
    if not isinstance(value, kinds):
        names = " or ".join("None" if kind is type(None) else kind.__name__ for kind in kinds)
        raise UsageError(f"{name}: expected {names}, not {type(value).__name__}{hint and ': '}{hint}")
