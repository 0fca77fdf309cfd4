"""The files that were written to a destination, and whom they belong to."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from feed2doc.batch.result import Output
from feed2doc.batch.state.mending import DatabaseFile, key_of_path, mending
from feed2doc.batch.state.spellings import Spellings
from feed2doc.batch.storage import digest_of, size_of

# The inputs of files that were replaced by files of other names, and of files that the user has edited. No path has these names.
REPLACED, EDITED = "\0", "\0edited"


class Holder(msgspec.Struct, frozen=True):
    """A recorded file: the input that it was written for, its owner, article, size and SHA-256.

    `next` is the SHA-256 of its next content. If a run is killed, the file may have either content.
    """

    path: str
    input: str
    owner: str
    size: int
    sha256: str
    next: str
    article: str

    def is_of(self, input: str, owner: str) -> bool:
        """Return True if the file may be written for this input, which has this owner."""
        if self.input == input or self.owner:
            return self.input == input or self.owner == owner
        if self.input in ("", REPLACED):
            return True
        # Earlier versions recorded no owner. They named the entries of a feed `source#id`; an entry is its own owner.
        return self.input != EDITED and owner != input and "#" not in self.input

    def is_as_written(self) -> bool:
        """Return True if the file exists and has not been changed since it was written. A link to a file was not written."""
        if os.path.islink(self.path):
            return False
        known = {self.sha256, self.next} - {""}
        if known and (self.next or size_of(self.path) == self.size):
            return digest_of(self.path) in known
        return not known and size_of(self.path) == self.size


class Files(DatabaseFile):
    """The part of the state about files.

    The owner of a file is the only one who may change it: an entry of a feed, or a folder with items, because its items
    are known by the articles in them rather than by their paths. Another input whose file is the same has no file but a
    copy: when the owner's article changes, the file is handed over to the copy, and the owner gets a new one.
    """

    def load(self, path: Path) -> None:
        """Replace the content by that of another file, or by nothing if there is none."""
        super().load(path)
        self._spellings = Spellings(self._db)

    def _open(self) -> None:
        super()._open()
        self._spellings = Spellings(self._db)

    @mending
    def outputs(self, input: str, format: str) -> list[Output]:
        """Return the files that were written for an input in a format; companion files come last."""
        return self._outputs(input, format)

    def _output_of(self, path: bytes, format: str, size: int, sha256: str, companion: int) -> Output:
        """Return an output from a row of the table of files."""
        return Output(self.path_of(path), format, size, sha256, bool(companion))

    def _outputs(self, input: str, format: str) -> list[Output]:
        rows = self._db.execute(
            "SELECT path, format, size, sha256, companion FROM file WHERE input = ? AND format = ? ORDER BY companion, path",
            (os.fsencode(input), format),
        )
        return [self._output_of(*row) for row in rows]

    @mending
    def files(self) -> list[Output]:
        """Return all files that are recorded, except those that the user has edited."""
        rows = self._db.execute(
            "SELECT path, format, size, sha256, companion FROM file WHERE input != ?",
            (os.fsencode(EDITED),),
        )
        return [self._output_of(*row) for row in rows]

    @mending
    def replaced(self) -> list[Output]:
        """Return the files that were replaced by files of other names, in this run or an earlier one, and not removed yet."""
        return self._outputs(REPLACED, "")

    def is_ours(self, path: str) -> bool:
        """Return True if this file is recorded."""
        return self.owner(path) is not None

    def owner(self, path: str) -> str | None:
        """Return the input that this file was last written for, or None if it is not recorded."""
        holder = self.holder(path)
        return holder.input if holder else None

    @mending
    def holder(self, path: str) -> Holder | None:
        """Return what is recorded about a file, or None."""
        row = self._db.execute(
            "SELECT input, owner, size, sha256, next, article FROM file WHERE path = ?", (key_of_path(path),)
        ).fetchone()
        return row and Holder(path, os.fsdecode(row[0]), os.fsdecode(row[1]), *row[2:])

    @mending
    def spelled(self, path: str) -> str:
        """Return the recorded path of the file at this path, which may differ in what the file system does not tell apart."""
        if self.holder(path) is not None or not os.path.lexists(path):
            return path
        given = key_of_path(path)
        for known in map(self.path_of, self._spellings.like(given)):
            if self.holder(known) is not None and _is_same_file(known, path):
                return _like(path, os.fsdecode(given), known)
        return path

    @mending
    def copied(self, input: str, format: str) -> list[str]:
        """Return the files of other inputs that are also those of this one."""
        rows = self._db.execute(
            "SELECT path FROM copy WHERE input = ? AND format = ?", (os.fsencode(input), format)
        )
        return [self.path_of(path) for (path,) in rows]

    @mending
    def keep_copy(self, output: Output, input: str, owner: str) -> None:
        """Record that the file of another input is also that of this one."""
        self._db.execute(
            "INSERT OR REPLACE INTO copy VALUES (?, ?, ?, ?)",
            (key_of_path(output.path), os.fsencode(input), output.format, os.fsencode(owner)),
        )

    @mending
    def has_copies(self, path: str) -> bool:
        """Return True if the file is also the file of other inputs."""
        return self._copy_of(key_of_path(path)) is not None

    def _copy_of(self, key: bytes) -> tuple[bytes, str, bytes] | None:
        row: tuple[bytes, str, bytes] | None = self._db.execute(
            "SELECT input, format, owner FROM copy WHERE path = ? LIMIT 1", (key,)
        ).fetchone()
        return row

    def _hand_over(self, key: bytes) -> None:
        """Give a file that its owner leaves to a copy of it, if there is one."""
        if copy := self._copy_of(key):
            self._give(key, *copy)
            self._db.execute("DELETE FROM copy WHERE path = ? AND input = ? AND format = ?", (key, *copy[:2]))

    @mending
    def claim(self, path: str, size: int, *, sha256: str = "", input: str = "", owner: str = "") -> bool:
        """Record that a file is about to be written, so that it is known as an output even if the run is killed.

        Return False if it was recorded before.
        """
        is_new = self.holder(path) is None
        self._spellings.add(key_of_path(path))
        self._db.execute(
            "INSERT INTO file (path, input, format, size, sha256, companion, owner, next)"
            " VALUES (?, ?, '', ?, '', 0, ?, ?) ON CONFLICT (path) DO UPDATE SET next = excluded.next",
            (key_of_path(path), os.fsencode(input), size, os.fsencode(owner), sha256),
        )
        return is_new

    def _give(self, key: bytes, input: bytes, format: str, owner: bytes) -> None:
        self._db.execute(
            "UPDATE file SET input = ?, format = ?, owner = ? WHERE path = ?", (input, format, owner, key)
        )

    def _put(self, key: bytes, format: str, output: Output, owner: str, article: str) -> None:
        self._spellings.add(key_of_path(output.path))
        self._db.execute(
            "INSERT OR REPLACE INTO file (path, input, format, size, sha256, companion, owner, article)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                key_of_path(output.path),
                key,
                format,
                output.size,
                output.sha256,
                output.companion,
                os.fsencode(owner),
                article,
            ),
        )

    @mending
    def leave_edited(self, path: str) -> None:
        """Record that the user has edited a file, which is the user's from now on."""
        self._db.execute(
            "UPDATE file SET input = ?, format = '', owner = '' WHERE path = ?",
            (os.fsencode(EDITED), key_of_path(path)),
        )

    @mending
    def delete(self, path: str) -> None:
        """Record that a file no longer exists."""
        self._db.execute("DELETE FROM copy WHERE path = ?", (key_of_path(path),))
        self._db.execute("DELETE FROM file WHERE path = ?", (key_of_path(path),))

    @mending
    def lose_files(self) -> None:
        """Record that no file is as it was written. Those that are gone were deleted by the user."""
        self._db.execute("UPDATE file SET size = -2, sha256 = '', next = ''")


def _like(path: str, absolute: str, known: str) -> str:
    """Return the path with the names of the known one where those of its absolute form differ."""
    if absolute == known:
        return path
    folder, _ = os.path.split(path)
    return os.path.join(
        _like(folder, os.path.dirname(absolute), os.path.dirname(known)), os.path.basename(known)
    )


def _is_same_file(one: str, other: str) -> bool:
    try:
        return os.path.samestat(os.lstat(one), os.lstat(other))
    except OSError:
        return False
