"""The report of a run: one line of JSON per input, written as the run goes."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

import msgspec

from feed2doc.batch.result import Result, as_utf8, joined
from feed2doc.batch.storage import is_url
from feed2doc.errors import UsageError, WriteError


class Report:
    """A report file in JSON Lines. After an interrupt, it contains what was done until then.

    Raise WriteError if the file cannot be written.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._parts: list[Result] = []  # of the current input
        if is_url(path):
            raise UsageError(f"--report {path}: must be a local file, because it is written as the run goes")
        try:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            self._file = open(path, "wb", buffering=0)  # noqa: SIM115 - closed by `__exit__`
        except (OSError, ValueError) as error:
            raise self._error(error) from error

    def __enter__(self) -> Report:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, result: Result) -> None:
        """Write the result of an input as a line; for a shard, write the results of its inputs as well.

        An input with several results has its line with the last one.

        The fields are `input`, `status`, `outputs` (path, format, size, sha256), `seconds`, `warnings` and `error`.
        """
        for member in result.members:
            self.add(member)
        if result.members:
            return
        self._parts.append(result)
        if result.more:
            return
        result = joined(self._parts)
        self._parts = []
        failure = result.failure
        line = {
            "input": as_utf8(result.item),
            "status": result.status,
            "outputs": [
                {"path": as_utf8(o.path), "format": o.format, "size": o.size, "sha256": o.sha256}
                for o in result.outputs
            ],
            "seconds": round(result.seconds, 6),
            "warnings": [as_utf8(m) for m in result.messages if failure is None or m != failure.message],
            "error": failure and {"message": as_utf8(failure.message), "exit_code": failure.exit_code},
        }
        try:
            self._file.write(msgspec.json.encode(line) + b"\n")
        except OSError as error:
            raise self._error(error) from error

    def _error(self, error: Exception) -> WriteError:
        reason = getattr(error, "strerror", None) or str(error)
        return WriteError(f"--report {self._path}: cannot be written: {reason}")
