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


class Outcome(msgspec.Struct, frozen=True):
    """How an input went: what came of it, and what was written and noticed, in that order.

    `seconds` is the time that it took, `sha256` what was read. `pictures` are the files with pictures beside the item, or
    in folders of archived ones, that were there to be used; `lacks_pictures` says that some could not be had now.
    """

    input: str
    status: Status
    told: tuple[Output | str, ...] = ()
    failure: Failure | None = None
    seconds: float = 0.0
    sha256: str = ""
    pictures: tuple[str, ...] = ()
    lacks_pictures: bool = False

    @property
    def outputs(self) -> tuple[Output, ...]:
        """The files that were written."""
        return tuple(told for told in self.told if isinstance(told, Output))

    @property
    def messages(self) -> tuple[str, ...]:
        """What there is to say: what was lost, merged or skipped, and the failure."""
        return tuple(told for told in self.told if isinstance(told, str))
