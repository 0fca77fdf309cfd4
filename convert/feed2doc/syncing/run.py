"""One sync: writes what is new or changed to the folder, and removes what is old."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, nullcontext
from datetime import UTC, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from feed2doc.batch.item import STDIN, Item
from feed2doc.batch.job import Job, prepared
from feed2doc.batch.pictures import Progress
from feed2doc.batch.result import Output, Result
from feed2doc.batch.run import Run, is_last, tidy
from feed2doc.batch.state.fingerprints import of_formats
from feed2doc.batch.state.incremental import Incremental
from feed2doc.batch.state.store import State, state_of
from feed2doc.batch.store import Store
from feed2doc.batch.workers.calls import Calls
from feed2doc.errors import WriteError
from feed2doc.syncing.clock import checked
from feed2doc.syncing.daily import FORMAT, Daily
from feed2doc.syncing.destination import all_gone, older_than, only_one, prepare, remove
from feed2doc.syncing.items import Items
from feed2doc.syncing.ownership import Ownership
from feed2doc.syncing.store import SyncStore


class Plan(Struct, frozen=True, kw_only=True):
    """The settings of a sync.

    `keep` is in seconds; with 0, nothing is removed for its age. `daily` makes one book per day.
    """

    job: Job
    sources: tuple[str, ...]
    keep: int = 0
    daily: bool = False
    title: str = ""
    force: bool = False
    jobs: int = 1
    fail_fast: bool = False


class Removed(Struct, frozen=True):
    """A file that was removed or, in a dry run, would be."""

    path: str


class Syncing:
    """A sync that has locked its folder; use `started` to create one. `warn` is called with messages about the run itself."""

    def __init__(self, plan: Plan, state: State, store: Store, warn: Callable[[str], None]) -> None:
        self._plan, self._state, self._store, self._warn = plan, state, store, warn
        self._guard = (
            Ownership(store, state, replaces=plan.force).admit if isinstance(store, SyncStore) else None
        )
        self._items = Items(plan.sources, plan.job, state)

    def events(
        self, progress: Progress = lambda done, total: None
    ) -> Generator[list[Result] | Removed, None, None]:
        """Run the sync. Yield the results of the items in batches, and each file that is removed."""
        plan, state, job = self._plan, self._state, self._plan.job
        if not plan.force and not job.quiet and (gone := all_gone(state)):
            self._warn(
                f"{job.folder}: all {gone} files were deleted and are not written again: add --force to do so"
            )
        visit = checked(state.visit(), time.time(), plan.keep)
        if not job.dry:
            state.keep_visit(visit)
        if isinstance(self._store, SyncStore):
            self._store.not_before = visit.trusted
        if plan.keep:  # first, because a full device needs the space
            yield from self._remove(older_than(plan.keep, min(visit.trusted, visit.last), state))
        fingerprints: Mapping[str, bytes] = of_formats(job)
        daily = None
        if plan.daily:
            daily = Daily(state, fingerprints, plan.title, force=plan.force, dry=job.dry)
        incremental = Incremental(
            state,
            {FORMAT: daily.fingerprint} if daily else fingerprints,
            force=plan.force,
            folder=job.folder,
            deleted_stay=not daily,
            dry=job.dry,
            limits=job.limits,
        )
        self._items.let_rest(fingerprints, force=plan.force)
        results = (
            self._by_day(daily, incremental, min(visit.trusted, visit.last))
            if daily
            else self._by_item(incremental, progress)
        )
        failed = False
        done: set[str] = set()
        with closing(results):
            for some in results:
                failed |= any(result.failures for result in some)
                done |= {each.item for each in some if not each.failures and not each.more}
                yield some
        if not job.dry:
            self._items.keep_changes(done)
        try:
            yield from self._remove(incremental.replaced())
        except WriteError:
            if not failed:  # otherwise the cause was reported already
                raise

    def _by_item(self, incremental: Incremental, progress: Progress) -> Generator[list[Result], None, None]:
        plan = self._plan
        run = Run(
            plan.job,
            self._store,
            jobs=1 if STDIN in plan.sources else plan.jobs,
            incremental=incremental,
            guard=self._guard,
            progress=progress,
            warn=self._warn,
        )
        with closing(run.results(self._items, fail_fast=plan.fail_fast)) as results:
            yield from results

    def _by_day(
        self, daily: Daily, incremental: Incremental, now: float
    ) -> Generator[list[Result], None, None]:
        plan = self._plan
        tidy(plan.job)
        with closing(Calls(plan.job)) as calls:
            for work in incremental.plan(self._items):
                if isinstance(work, Result):
                    result = work
                else:
                    assert isinstance(work.item, Item)  # sources have no shards
                    read = calls.read(work.item)
                    daily.take(read)
                    read.env.assets.close()
                    result = read.result
                    incremental.record([(work, result)])
                yield [result]
                if is_last(result, fail_fast=plan.fail_fast):
                    return
            # Keep one more day, for time zones where it is still the day before.
            first = (
                datetime.fromtimestamp(now, UTC).date() - timedelta(seconds=plan.keep, days=1)
                if plan.keep
                else None
            )
            for result in daily.write(first, calls, self._store, self._guard):
                yield [result]
                if is_last(result, fail_fast=plan.fail_fast):
                    return
        if daily.too_old and not plan.job.quiet:
            are = "article is" if daily.too_old == 1 else "articles are"
            self._warn(f"{daily.too_old} {are} older than --keep allows, and in no book")
        if path := incremental.was_reset:
            self._warn(f"{path}: the state of earlier runs was corrupt and has been reset")

    def _remove(self, outputs: Iterable[Output]) -> Iterator[Removed]:
        return (Removed(path) for path in remove(outputs, self._state, self._store))


@contextmanager
def started(plan: Plan, warn: Callable[[str], None] = lambda message: None) -> Iterator[Syncing]:
    """Lock the folder of a plan for one sync. Raise UsageError, before anything is changed, if the plan cannot be carried out."""
    plan = replace(plan, job=prepared(plan.job, warn))
    dest, dry = plan.job.folder, plan.job.dry
    with (
        closing(state_of(dest, "sync", dry=dry)) as state,
        nullcontext() if dry else only_one(dest, state),
    ):
        yield Syncing(plan, state, prepare(dest, state, dry=dry, force=plan.force), warn)
