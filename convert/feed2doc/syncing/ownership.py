"""Whose files are whose: keeps the results of an input from changing files that belong to others."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import count

import msgspec

from feed2doc.batch.item import Item
from feed2doc.batch.result import Failure, Output, Result, Staged
from feed2doc.batch.state.files import EDITED, REPLACED, Holder
from feed2doc.batch.state.incremental import key_of
from feed2doc.batch.state.store import State
from feed2doc.batch.storage import digest_of
from feed2doc.syncing.store import FileConflictError, SyncStore


class _Verdict(msgspec.Struct, eq=False):
    """Whether files of a result belong to others, which of them are copies, by path, and what to report."""

    is_taken: bool = False
    copies: dict[str, Output] = {}
    copied: list[str] = []
    edited: list[str] = []


class Ownership:
    """The guard of a folder that is synced (`admit` is a `feed2doc.batch.store.Guard`).

    If `replaces` is true, files that the user has edited are replaced.
    """

    def __init__(self, store: SyncStore, state: State, *, replaces: bool) -> None:
        self._store, self._state, self._replaces = store, state, replaces
        # Of each file that was written in this run, the article, or else the digest; and the names of files by the name
        # and article that they would have had.
        self._written: dict[str, str] = {}
        self._moved: dict[tuple[str, str], str] = {}

    def admit(self, item: Item, result: Result, again: Callable[[int], Result]) -> Result:
        """Return a result whose files do not belong to another source; they get other names if they would.

        Files that the user has edited are the user's. A file with the same article as that of another input stays the only
        one, which is reported.
        """
        input, owner = self._store.claimant = (key_of(item), item.owner)
        is_same = item.is_same or self._is_same(input, result)
        messages: list[str] = []
        result = self._spelled(result)
        first = _files_of(result)
        for number in count(1):
            verdict = self._verdict(result, item, is_same=is_same)
            messages += verdict.edited
            if not verdict.is_taken:
                break
            for each in result.events:
                if isinstance(each, Staged):
                    self._store.discard(each)
            if result.more or result.continues:
                message = f"{result.item}: its files exist and belong to another source: sync it alone"
                failure = Failure(message, FileConflictError.exit_code)
                return msgspec.structs.replace(result, status="failed", events=(message,), failure=failure)
            result = self._spelled(again(number))
        events = tuple(
            verdict.copies.get(each.output.path, each) if isinstance(each, Staged) else each
            for each in result.events
        )
        result = msgspec.structs.replace(result, events=(*events, *verdict.copied, *messages))
        for copy in verdict.copies.values():  # before another input of this run leaves the file
            self._state.keep_copy(copy, input, owner)
        for before, after in zip(first, _files_of(result), strict=False):
            content = item.article or before.sha256
            if before.path != after.path:
                self._moved[before.path, content] = after.path
            if after.path not in verdict.copies:
                self._written[after.path] = content
        return result

    def _spelled(self, result: Result) -> Result:
        """Return a result whose files have the names under which they exist."""
        events = tuple(
            msgspec.structs.replace(
                each, output=msgspec.structs.replace(each.output, path=self._state.spelled(each.output.path))
            )
            if isinstance(each, Staged)
            else each
            for each in result.events
        )
        return msgspec.structs.replace(result, events=events)

    def _is_same(self, input: str, result: Result) -> bool:
        formats = {each.format for each in _files_of(result)}
        records = [self._state.record_of(input, format) for format in formats]
        return any(record and record.sha256 == result.sha256 != "" for record in records)

    def _verdict(self, result: Result, item: Item, *, is_same: bool) -> _Verdict:
        found = _Verdict()
        for each in result.events:
            if not isinstance(each, Staged):
                continue
            path, sha256 = each.output.path, each.output.sha256
            known = self._moved.get((path, item.article or sha256), path)
            if (holder := self._state.holder(known)) is None:
                continue
            exists = os.path.lexists(path)
            if holder.input == EDITED and not exists:
                self._state.delete(path)
            elif not holder.is_of(key_of(item), item.owner):
                if known == path and not self._has(holder, item.article, sha256):
                    found.is_taken = True
                    continue
                self._store.discard(each)
                found.copies[path] = msgspec.structs.replace(each.output, path=known, written=False)
                if not each.output.companion:
                    found.copied.append(f"{result.item}: is the same article as {known}: not written again")
            elif known == path and sha256 and (os.path.islink(path) or digest_of(path) != sha256):
                if self._state.has_copies(path) and not is_same:
                    found.is_taken = True
                elif exists and not self._replaces and not holder.is_as_written():
                    self._state.leave_edited(path)
                    found.edited.append(
                        f"{path}: was edited, so it is kept; the new version has another name"
                    )
                    found.is_taken = True
        return found

    def _has(self, holder: Holder, article: str, sha256: str) -> bool:
        """Return True if a file has this article or content, or had it before the user deleted it."""
        if holder.input == EDITED:
            return False
        if os.path.lexists(holder.path):
            if not holder.is_as_written():
                return False
            known = self._written.get(holder.path) or ("" if holder.next else holder.article)
            return article == known != "" or digest_of(holder.path) == sha256
        is_same = article == holder.article != "" or sha256 == (holder.next or holder.sha256)
        return holder.input != REPLACED and is_same


def _files_of(result: Result) -> list[Output]:
    return [
        each.output if isinstance(each, Staged) else each
        for each in result.events
        if isinstance(each, Staged | Output)
    ]
