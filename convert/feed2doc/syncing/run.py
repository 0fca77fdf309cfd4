"""One sync: what is new or changed goes into the folder, what is old leaves it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta

import msgspec
from msgspec import Struct

from feed2doc.batch.delivery import Delivery
from feed2doc.batch.inputs import STDIN
from feed2doc.batch.outcomes import Outcome, Output
from feed2doc.batch.recipe import Recipe, Run, run_of
from feed2doc.batch.run import Batch
from feed2doc.batch.state.fingerprints import of_formats
from feed2doc.batch.state.incremental import Incremental
from feed2doc.batch.state.store import State, state_of
from feed2doc.errors import WriteError
from feed2doc.syncing.daily import FORMAT, Daily
from feed2doc.syncing.destination import all_gone, older_than, only_one, prepare, remove
from feed2doc.syncing.inputs import inputs_of


class Plan(Struct, frozen=True, kw_only=True):
    """What a sync is asked for. `keep` is in seconds, 0 to remove nothing for its age; `daily` makes one book per day."""

    recipe: Recipe
    sources: tuple[str, ...]
    keep: int = 0
    daily: bool = False
    title: str = ""
    dry: bool = False
    force: bool = False
    jobs: int = 1
    fail_fast: bool = False


class Removed(Struct, frozen=True):
    """A file that was removed, or in a dry run would be."""

    path: str


class Syncing:
    """A sync that holds its folder; `started` makes it."""

    def __init__(self, plan: Plan, state: State, delivery: Delivery, warn: Callable[[str], None]) -> None:
        self._plan, self._state, self._delivery, self._warn = plan, state, delivery, warn
        self._recipe = msgspec.structs.replace(plan.recipe, delivery=delivery)
        self.run: Run = run_of(self._recipe)

    def events(self) -> Generator[Outcome | Removed, None, None]:
        """Carry it out, and yield the outcome of each input and each file that is removed."""
        plan, state = self._plan, self._state
        dest = plan.recipe.output_dir
        if not plan.force and not plan.recipe.quiet and (gone := all_gone(state)):
            self._warn(f"{dest}: all {gone} files are gone and stay so: --force writes them again")
        if plan.keep:  # first of all, for a full device needs the room
            yield from self._remove(older_than(plan.keep, state))
        recipes: Mapping[str, bytes] = of_formats(self._recipe, self.run)
        daily = Daily(self.run, state, recipes, plan.title, force=plan.force) if plan.daily else None
        incremental = Incremental(
            state,
            {FORMAT: daily.recipe} if daily else recipes,
            force=plan.force,
            deleted_stay=not daily,
            dry=plan.dry,
        )
        batch = Batch(
            self._recipe,
            self.run,
            1 if STDIN in plan.sources else plan.jobs,
            incremental=incremental,
            collector=daily,
            warn=self._warn,
        )
        failed = False
        with closing(batch.results(self._outcomes(batch, daily), fail_fast=plan.fail_fast)) as results:
            for outcome in results:
                failed |= bool(outcome.failures)
                yield outcome
        # What another input has taken over in the meantime is nobody's leftover.
        left = [output for output in batch.left if not incremental.is_made(output.path)]
        try:
            yield from self._remove(left)
        except WriteError:
            if not failed:  # else its cause was reported already
                raise

    def _outcomes(self, batch: Batch, daily: Daily | None) -> Generator[Outcome, None, None]:
        yield from batch.outcomes(inputs_of(self._plan.sources, self.run, self._state))
        if daily is None:
            return
        # A day more, for where it is still the day before.
        keep = self._plan.keep
        first = datetime.now(UTC).date() - timedelta(seconds=keep, days=1) if keep else None
        for outcome, left in daily.write(first):
            batch.left += left
            yield outcome

    def _remove(self, outputs: Iterable[Output]) -> Iterator[Removed]:
        return (Removed(path) for path in remove(outputs, self._state, self._delivery))


@contextmanager
def started(plan: Plan, warn: Callable[[str], None] = lambda message: None) -> Iterator[Syncing]:
    """Hold the folder of a plan for one sync. Raise UsageError, before anything is touched, for what cannot be."""
    run_of(plan.recipe)
    dest = plan.recipe.output_dir
    with closing(state_of(dest, "sync")) as state, only_one(dest, state):
        delivery = prepare(dest, state, dry=plan.dry, force=plan.force)
        with closing(delivery):
            yield Syncing(plan, state, delivery, warn)
