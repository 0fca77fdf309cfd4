"""What came of an input: the files that were written, what there is to say, why it failed."""

from __future__ import annotations

from typing import Literal

import msgspec

from feed2doc.errors import Feed2docError, StrictError, WriteError

Status = Literal["converted", "unchanged", "no item", "failed", "feed"]


class Output(msgspec.Struct, frozen=True):
    """A file that was written: its path or URL, format, size in bytes and SHA-256 in hex.

    One that lies `beside` another, such as a picture of a Markdown file, is not named to the user, nor one that was the
    same already and so was not `written`.
    """

    path: str
    format: str
    size: int
    sha256: str
    beside: bool = False
    written: bool = True


class Failure(msgspec.Struct, frozen=True):
    """An input that failed; `is_last` if no later one would fare better, `is_loss` if it was by `--strict`."""

    message: str
    exit_code: int = 1
    is_last: bool = False
    is_loss: bool = False


def failure_of(error: Feed2docError) -> Failure:
    """The failure of an input by this error."""
    return Failure(str(error), error.exit_code, isinstance(error, WriteError), isinstance(error, StrictError))


class Missing(msgspec.Struct, frozen=True):
    """Why an input is not in its shard."""

    status: Status
    message: str
    exit_code: int = 0


class Outcome(msgspec.Struct, frozen=True):
    """How an input went: what came of it, and what was written and noticed, in that order.

    `seconds` is the time that it took, `sha256` what was read. `pictures` are the files with pictures beside the item, or
    in folders of archived ones, that were there to be used or may come; `lacks_pictures` says that some could not be had now.
    Of a shard, the `members` are what came of its inputs.
    """

    input: str
    status: Status
    told: tuple[Output | str, ...] = ()
    failure: Failure | None = None
    seconds: float = 0.0
    sha256: str = ""
    pictures: tuple[str, ...] = ()
    lacks_pictures: bool = False
    members: tuple[Outcome, ...] = ()

    @property
    def outputs(self) -> tuple[Output, ...]:
        """The files that were written."""
        return tuple(told for told in self.told if isinstance(told, Output))

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Its failure, or those of its members."""
        return tuple(each.failure for each in (self, *self.members) if each.failure)

    @property
    def messages(self) -> tuple[str, ...]:
        """What there is to say: what was lost, merged or skipped, and the failure."""
        return tuple(told for told in self.told if isinstance(told, str))


def as_utf8(text: str) -> str:
    """The text with what is no UTF-8 in a file's name shown as U+FFFD."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def ended(path: str) -> Outcome:
    """The outcome of an input over which the system ends every worker."""
    message = f"{path}: the system ended its conversion; memory may be short: try it alone, or with -j 1"
    return Outcome(path, "failed", (message,), Failure(message))
