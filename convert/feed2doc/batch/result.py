"""The result of an item: the files that were written, messages, and why it failed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from feed2doc._text.secrets import masked
from feed2doc.errors import Feed2docError, LimitError, StrictError, WriteError

Status = Literal["converted", "unchanged", "no item", "failed", "feed"]


class File(msgspec.Struct, frozen=True):
    """A rendered file: the path to save it at, its format and content. See `Output` for `companion`."""

    path: str
    format: str
    data: bytes
    companion: bool = False


class Output(msgspec.Struct, frozen=True):
    """An output file: its path or URL, format, size in bytes and SHA-256 in hex.

    A `companion` belongs to another file, for example a picture to a Markdown file, and is not reported to the user.
    `written` is false if the file already had the same content.
    """

    path: str
    format: str
    size: int
    sha256: str
    companion: bool = False
    written: bool = True


class Staged(msgspec.Struct, frozen=True):
    """A file that is ready to be published under its name; while it has an open `descriptor`, it is not safe on disk yet.

    Its content is in the file `temporary` next to it, or in `data` if the target takes no temporary file, such as a
    pipe. If neither is set, the file is already in place.
    """

    output: Output
    temporary: str = ""
    data: bytes | None = None
    descriptor: int = -1


class Failure(msgspec.Struct, frozen=True):
    """Why an item failed.

    `is_last` is true if the next items would fail for the same reason, `is_loss` if `--strict` turned lost content into
    the failure, `is_ended` if a limit of time or memory has ended the item.
    """

    message: str
    exit_code: int = 1
    is_last: bool = False
    is_loss: bool = False
    is_ended: bool = False


def failure_of(error: Exception, name: str = "") -> Failure:
    """Return the failure that this error means for an item of this name."""
    if isinstance(error, MemoryError):
        return Failure(f"{name}: not enough memory", LimitError.exit_code)
    if not isinstance(error, Feed2docError):  # an exception of a plugin, or a bug in feed2doc
        kind = type(error).__name__
        return Failure(masked(f"{name}: internal error, please report it: {kind}: {error}"))
    return Failure(str(error), error.exit_code, isinstance(error, WriteError), isinstance(error, StrictError))


class Missing(msgspec.Struct, frozen=True):
    """Why an item is not in its shard."""

    status: Status
    message: str
    exit_code: int = 0


class Result(msgspec.Struct, frozen=True):
    """The result of an item; `events` are its files and messages in order.

    A file is first a `File`, then `Staged`, in the end an `Output`. An item with many articles has several results, so
    that memory does not grow with their number: `more` is true for all but the last, `continues` for all but the first.
    Only the last one says how the item went.

    `seconds` is how long the conversion took, `sha256` the digest of the data that was read. `pictures` are the picture
    files that were used or looked for; `lacks_pictures` is true if some were not available. `is_book` marks a book of several
    items. The `members` of a shard are the results of its items.
    """

    item: str
    status: Status
    events: tuple[File | Staged | Output | str, ...] = ()
    failure: Failure | None = None
    seconds: float = 0.0
    sha256: str = ""
    pictures: tuple[str, ...] = ()
    lacks_pictures: bool = False
    is_book: bool = False
    members: tuple[Result, ...] = ()
    more: bool = False
    continues: bool = False

    @property
    def outputs(self) -> tuple[Output, ...]:
        """The files that were written."""
        return tuple(event for event in self.events if isinstance(event, Output))

    @property
    def failures(self) -> tuple[Failure, ...]:
        """The item's failure, or those of its members."""
        return tuple(each.failure for each in (self, *self.members) if each.failure)

    @property
    def messages(self) -> tuple[str, ...]:
        """Messages about lost, merged or skipped content, and about the failure."""
        return tuple(event for event in self.events if isinstance(event, str))


def joined(parts: Sequence[Result]) -> Result:
    """Return the results of an item as one."""
    last = parts[-1]
    if len(parts) == 1:
        return last
    failure = next((part.failure for part in parts if part.failure), None)
    status = "failed" if failure else last.status
    events = tuple(event for part in parts for event in part.events)
    return msgspec.structs.replace(last, status=status, events=events, failure=failure, continues=False)


def as_utf8(text: str) -> str:
    """Return the text with U+FFFD in place of the bytes of file names that are not UTF-8, and without secrets of URLs."""
    return masked(text).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def crashed(path: str) -> Result:
    """Return the result of an item that crashes every worker."""
    return failed(
        path, f"{path}: the worker was killed, perhaps out of memory: convert it alone, or with -j 1"
    )


def failed(path: str, message: str, exit_code: int = 1, *, is_ended: bool = False) -> Result:
    """Return the result of an item that failed for this reason."""
    return Result(path, "failed", (message,), Failure(message, exit_code, is_ended=is_ended))
