"""Making only what is not made already: what changed since, in the input, the options or anything else that counts."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from feed2doc.batch.inputs import Input
from feed2doc.batch.outcomes import Outcome, Output
from feed2doc.batch.shards import FORMAT, Shard, missing_of, unchanged
from feed2doc.batch.state.store import Made, State
from feed2doc.batch.storage import Sizes, digest_of, is_fresh, is_url, stamp

# A picture that could not be had is asked for again after a day.
_AGAIN_SECONDS = 24 * 3600


class Incremental:
    """Takes out of a stream of inputs what is made already, and sets down what is made.

    `recipes` are the fingerprints of the formats (`fingerprints.of_formats`). With `force` all is made again. Where
    `deleted_stay`, files that somebody deleted are not made again, unless their input changes. A `dry` run sets down nothing,
    and tells only what would be left behind.
    """

    def __init__(
        self,
        state: State,
        recipes: Mapping[str, bytes],
        *,
        force: bool = False,
        deleted_stay: bool = False,
        dry: bool = False,
    ) -> None:
        self._state, self._recipes = state, recipes
        self._force, self._deleted_stay, self._dry = force, deleted_stay, dry
        self._pending: dict[str, tuple[str, Input]] = {}
        self._sizes = Sizes()
        self._planned: set[str] = set()  # the files that a dry run would make

    def changed(self, inputs: Iterable[Input | Outcome]) -> Iterator[Input | Outcome]:
        """The inputs that have to be converted, each with the formats it has to be made into; the outcome of the rest."""
        for each in inputs:
            if isinstance(each, Outcome):
                yield each
                continue
            before = _stamp(each)
            todo: list[str] = []
            there: list[Output] = []
            for name in self._recipes:
                outputs = self._made(each, name, before)
                todo += [name] if outputs is None else []
                there += outputs or []
            if todo:
                given = msgspec.structs.replace(each, formats=tuple(todo))
                self._pending[each.path] = ("" if is_fresh(before) else before, given)
                yield given
            else:
                yield self._unchanged(each, tuple(there))

    def remember(self, outcome: Outcome) -> list[Output]:
        """Set down what came of an input; the files that it left behind, such as those under an earlier headline."""
        before, given = self._pending.pop(outcome.input, ("", None))
        if outcome.status != "converted" or given is None:
            return []
        again = time.time() + _AGAIN_SECONDS if outcome.lacks_pictures else None
        pictures = {path: stamp(path) for path in outcome.pictures}
        left: list[Output] = []
        for name in given.formats:
            made = Made(self._recipes[name], before, outcome.sha256, pictures, again, missing_of(outcome))
            outputs = [output for output in outcome.outputs if output.format == name]
            known = self._state.outputs(key_of(given), name)
            several = sum(not output.beside for output in known) > 1
            if self._dry:
                self._planned |= {output.path for output in outputs}
                # What lies beside a file comes and goes with it, and is not named.
                behind = [each for each in known if not each.beside and each.path not in self._planned]
            else:
                behind = self._state.remember(key_of(given), name, made, outputs)
            # Of a file of many items it cannot be told which took whose place, or whether one is only no longer in it.
            left += [] if several else behind
        return left

    @property
    def begun_anew(self) -> str:
        """The path of the state if it was damaged, and so is begun anew; else ""."""
        return str(self._state.path) if self._state.begun_anew else ""

    def files(self) -> list[Output]:
        """All files that were made here."""
        return self._state.files()

    def forget(self, path: str) -> None:
        """Set down that a file is there no more."""
        self._state.forget(path)

    def is_made(self, path: str) -> bool:
        """Whether a file is one that was made, or that a dry run would make."""
        return path in self._planned if self._dry else self._state.is_ours(path)

    def overwritten(self, outcome: Outcome) -> Input | None:
        """The input of this outcome, if one before it in order, of the same article, was done after it.

        Then the file is that one's, and this one has to be converted again: the last in order counts, however many work.
        """
        if outcome.input not in self._pending:
            return None
        given = self._pending[outcome.input][1]
        ours = key_of(given)
        for output in outcome.outputs:
            if self._state.owner(output.path) not in (None, ours) and digest_of(output.path) != output.sha256:
                return given
        return None

    def _was_removed(self, each: Input, key: str, name: str, made: Made, before: str) -> bool:
        """Whether what this input, as it still is, was made into is not there any more: somebody is done with it."""
        outputs = self._state.outputs(key, name)
        if outputs and all(self._sizes.of(output.path) >= 0 for output in outputs if not output.beside):
            return False
        return (bool(before) and made.stamp == before) or _sha256(each) == made.sha256

    def close(self) -> None:
        """Close the state."""
        self._state.close()

    def _unchanged(self, each: Input, outputs: tuple[Output, ...]) -> Outcome:
        if isinstance(each, Shard):
            made = self._state.made(key_of(each), FORMAT)
            return unchanged(each, outputs, made.missing if made else {})
        return Outcome(each.path, "unchanged", outputs)

    def _made(self, each: Input, name: str, before: str) -> list[Output] | None:
        """What this input was made into, if nothing that counts has changed since."""
        key = key_of(each)
        made = None if self._force else self._state.made(key, name)
        if made is not None and self._deleted_stay and self._was_removed(each, key, name, made, before):
            return []
        if made is None or made.recipe != self._recipes[name] or (made.again and made.again < time.time()):
            return None
        if made.stamp != before or not before:
            if isinstance(each, Shard) or _sha256(each) != made.sha256:
                return None
            if not self._dry:
                self._state.restamp(key, name, "" if is_fresh(before) else before)
        if any(stamp(path) != known for path, known in made.pictures.items()):
            return None
        outputs = self._state.outputs(key, name)
        if not self._deleted_stay and any(self._sizes.of(output.path) != output.size for output in outputs):
            return None
        return outputs


def key_of(each: Input) -> str:
    """What an input is called in the state: a file by its path from the root, an entry of a feed and a URL as they are."""
    return each.path if each.data is not None or is_url(each.path) else os.path.abspath(each.path)


def _stamp(each: Input) -> str:
    return each.stamp or (stamp(each.path) if each.data is None else "")


def _sha256(each: Input) -> str:
    return digest_of(each.path) if each.data is None else hashlib.sha256(each.data).hexdigest()
