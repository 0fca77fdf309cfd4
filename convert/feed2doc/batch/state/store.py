"""The state of a destination: what was written there, from which inputs and how.

It is an SQLite file in the user's state folder, never at the destination, which may be an e-reader, a WebDAV or a
Syncthing folder: bad places for a database. Several runs may use it at the same time.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from feed2doc._decoding import decode
from feed2doc.batch.result import Missing, Output
from feed2doc.batch.state.claims import state_path
from feed2doc.batch.state.ended import EndedInputs
from feed2doc.batch.state.files import REPLACED, Files
from feed2doc.batch.state.mending import key_of_path, mending
from feed2doc.batch.state.sources import Sources
from feed2doc.batch.storage import is_url

# Before the name of an input whose files are recorded before it is converted completely.
_PART = "\0part "
_NONE = b"{}"
_KNOWN = (
    "SELECT made.input, made.format, recipe, stamp, made.sha256, pictures, again, missing, path, size, file.sha256, companion"
    " FROM made LEFT JOIN file USING (input, format) WHERE made.input IN (?) ORDER BY companion, path"
)


class Record(msgspec.Struct, frozen=True):
    """How an input was converted to a format.

    `fingerprint` identifies everything that shapes the output apart from the input. `version_tag` shows quickly whether
    the input may have changed, `sha256` shows it with certainty. `pictures` maps the paths of picture files to their
    version tags, "" for a file that does not exist yet. `retry` is the time, in seconds since 1970, from which the
    input is converted again in any case, if set. `missing` are the items that are not in a shard, by number.
    """

    fingerprint: bytes
    version_tag: str
    sha256: str
    pictures: dict[str, str]
    retry: float | None = None
    missing: Mapping[int, Missing] = {}


Known = tuple[Record, list[Output]]
"""The record of an input in a format, and its files; companion files come last."""


class Entry(msgspec.Struct, frozen=True, eq=False):
    """The record of an input in a format: how it was converted, and its files.

    There is no `record` if the input was not converted completely, or not yet: its files are known as outputs, but are not
    up to date. `continues` is true if some of the files were recorded before in this way. For the `owner`, see `Files`, for the
    `article`, see `Item`.
    """

    input: str
    format: str
    record: Record | None
    outputs: tuple[Output, ...]
    continues: bool = False
    owner: str = ""
    article: str = ""


def state_of(destination: str, command: str = "convert", *, dry: bool = False) -> State:
    """Return the state of a destination (a folder or URL) for a command. Each command has its own state.

    A `dry` run creates no files: if there is no state, it gets an empty one in memory.

    Raise WriteError if the state cannot be opened.
    """
    path = state_path(destination, command)
    state = State(Path(":memory:") if dry and not path.exists() else path)
    state.destination = destination if is_url(destination) else ""
    return state


class State(Files, Sources, EndedInputs):
    """The state of a destination. Close it after use."""

    def record_of(self, input: str, format: str) -> Record | None:
        """Return how this input was converted to this format, or None if it was not."""
        known = self.known([input]).get((input, format))
        return known and known[0]

    @mending
    def known(self, inputs: Sequence[str]) -> dict[tuple[str, str], Known]:
        """Return how these inputs were converted, by input and format."""
        found: dict[tuple[str, str], Known] = {}
        keys = {os.fsencode(input): input for input in inputs}
        for key, format, fingerprint, tag, sha256, pictures, retry, missing, *file in self._db.execute(
            _KNOWN.replace("?", ", ".join("?" * len(keys))), list(keys)
        ):
            known = found.get((keys[key], format))
            if known is None:
                record = Record(
                    fingerprint,
                    tag,
                    sha256,
                    {} if pictures == _NONE else decode(pictures, dict[str, str]),
                    retry,
                    {} if missing == _NONE else decode(missing, dict[int, Missing]),
                )
                known = found[keys[key], format] = record, []
            path, size, digest, companion = file
            if path is not None:
                known[1].append(self._output_of(path, format, size, digest, companion))
        return found

    @mending
    def record(self, entries: Sequence[Entry]) -> None:
        """Record what was written, in one transaction."""
        if not entries:
            return
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            for entry in entries:
                self._record(entry)

    @mending
    def forget(self, records: Sequence[tuple[str, str]]) -> None:
        """Delete the records of how inputs were converted to formats; their files stay recorded."""
        keys = [(os.fsencode(input), format) for input, format in records]
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany("DELETE FROM made WHERE input = ? AND format = ?", keys)

    def _record(self, entry: Entry) -> None:
        key, record = os.fsencode(entry.input), entry.record
        part = os.fsencode(_PART) + key
        if record is None:
            self._db.execute("DELETE FROM made WHERE input = ? AND format = ?", (key, entry.format))
            self._insert(part, entry)
            return
        before = self._outputs(entry.input, entry.format)
        self._db.execute("DELETE FROM copy WHERE input = ? AND format = ?", (key, entry.format))
        kept = {output.path for output in entry.outputs}
        for output in before:
            if output.path not in kept:
                self._hand_over(key_of_path(output.path))
        # Files that are written again get their input back below. Those of a run that was killed have no format yet.
        new = "" if entry.continues or is_several(before) else REPLACED
        self._db.execute(
            "UPDATE file SET input = ?, format = '' WHERE input = ? AND format IN (?, '')",
            (os.fsencode(new), key, entry.format),
        )
        if entry.continues:
            self._db.execute(
                "UPDATE file SET input = ? WHERE input = ? AND format = ?", (key, part, entry.format)
            )
        self._db.execute(
            "INSERT OR REPLACE INTO made VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                key,
                entry.format,
                record.fingerprint,
                record.version_tag,
                record.sha256,
                msgspec.json.encode(record.pictures),
                record.retry,
                msgspec.json.encode(record.missing),
            ),
        )
        self._insert(key, entry)

    def _insert(self, key: bytes, entry: Entry) -> None:
        """Record the files of an entry, except files with the same content that this destination did not write.

        A file with the same content that belongs to another input is recorded as a copy of it.
        """
        for output in entry.outputs:
            holder = None if output.written else self.holder(output.path)
            if holder and holder.input != REPLACED and not holder.is_of(entry.input, entry.owner):
                self.keep_copy(output, entry.input, entry.owner)
            elif holder and output.sha256 not in (holder.sha256, holder.next) and holder.sha256:
                # The same article as another input had it.
                self._give(key_of_path(output.path), key, entry.format, os.fsencode(entry.owner))
            elif holder or output.written:
                self._put(key, entry.format, output, entry.owner, entry.article)

    @mending
    def touch(self, input: str, format: str, version_tag: str) -> None:
        """Record another version tag for an input whose content is the same."""
        self._db.execute(
            "UPDATE made SET stamp = ? WHERE input = ? AND format = ?",
            (version_tag, os.fsencode(input), format),
        )


def is_several(outputs: Sequence[Output]) -> bool:
    """Return True if these are the outputs of a file with several articles.

    It is then unknown which article replaced which, or whether one was only removed from the file.
    """
    return sum(not output.companion for output in outputs) > 1
