"""Syncs against everything that feeds, users, devices, clocks and crashes do, in any order.

Three sentences hold after each step: every delivered article is there unless the user removed it; no byte of others has
changed; the record equals the folder. FEED2DOC_STEPS is the number of steps to try, 120 by default.
"""

import contextlib
import itertools
import os
import re
import shutil
import signal
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import feed2doc
import pytest
from feed2doc.batch import storage
from feed2doc.batch.state.files import EDITED
from feed2doc.batch.state.store import State, state_of
from feed2doc.syncing import Synced
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.feed_server import FeedServer, feed, serving

_FEW = 120
STEPS = int(os.environ.get("FEED2DOC_STEPS", _FEW))
STEPS_EACH = 30
PARTS = max(1, STEPS // 2500)  # which processes can try at the same time
HOUR = 3600.0
DAY = 24 * HOUR
KEEP = timedelta(days=14)
TOKEN = re.compile(r"art(\d+)v(\d+)x")
SOURCES = ("one", "two")


@dataclass(frozen=True)
class Article:
    """An entry of a feed. Its text has a token with its number and version."""

    number: int
    version: int
    guid: str
    link: str
    title: str
    date: str

    @property
    def token(self) -> str:
        return f"art{self.number}v{self.version}x"

    def entry(self) -> str:
        parts = [f"<title>{self.title}</title>", f"<description>Text: {self.token}, no more.</description>"]
        parts += [f"<link>{self.link}</link>"] if self.link else []
        parts += [f'<guid isPermaLink="false">{self.guid}</guid>'] if self.guid else []
        parts += [f"<pubDate>{self.date}</pubDate>"] if self.date else []
        return f"<item>{''.join(parts)}</item>"


@dataclass
class Habits:
    """What a feed does with the facts of its entries: they are those of each, the same for all, or left out."""

    guid: str
    link: str
    title: str
    date: str

    def article(self, number: int) -> Article:
        day = 1 + number % 28
        return Article(
            number,
            1,
            self._fact(self.guid, f"guid-{number}", "guid"),
            self._fact(self.link, f"https://port.example/{number}", "https://port.example/news"),
            self._fact(self.title, f"Pier {number}", "Tides"),
            self._fact(
                self.date, f"{day:02} Mar 2025 08:{number % 60:02}:00 +0000", "03 Mar 2025 08:00:00 +0000"
            ),
        )

    def _fact(self, habit: str, own: str, same: str) -> str:
        return {"own": own, "same": same, "none": ""}[habit]


def tokens_of(text: str) -> set[tuple[int, int]]:
    return {(int(number), int(version)) for number, version in TOKEN.findall(text)}


@dataclass
class Folder:
    """What must be in the folder at a place: the versions that were delivered, and the files of others."""

    delivered: dict[tuple[str, int], int] = field(default_factory=dict)
    excused: set[tuple[int, int]] = field(
        default_factory=set
    )  # numbers and versions that the user has removed
    tried: set[tuple[str, int, int]] = field(default_factory=set)  # by a sync that was killed
    foreign: dict[str, bytes] = field(default_factory=dict)


def habits() -> st.SearchStrategy[Habits]:
    return st.builds(
        Habits,
        guid=st.sampled_from(["own", "same", "none"]),
        link=st.sampled_from(["own", "own", "same"]),
        title=st.sampled_from(["own", "same"]),
        date=st.sampled_from(["own", "same", "none"]),
    )


class Syncs(RuleBasedStateMachine):
    """Two feeds on a server, a folder on a device, its user, and a clock."""

    server: FeedServer
    syncs = kills = 0

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp(prefix="feed2doc-machine-"))
        self.dest = self.home / "device"
        self.dest.mkdir()
        self.away = self.home / "away"
        self.numbers = itertools.count(1)
        self.feeds: dict[str, list[Article]] = {name: [] for name in SOURCES}
        self.habits: dict[str, Habits] = {}
        self.gone: dict[str, list[Article]] = {name: [] for name in SOURCES}
        self.here = Folder()
        self.elsewhere: Folder | None = None
        self.several: set[int] = set()  # articles that may have several files
        self.known: set[tuple[int, int]] = set()  # what was delivered anywhere
        self.now = 1.7e9
        self.is_wrong = False  # the clock, at the last sync
        self.is_exact = False  # the last sync was complete, and nothing has changed since
        self.is_back = False  # the folder that was elsewhere, and no sync since was complete
        self.env = mock.patch.dict(os.environ, {"XDG_STATE_HOME": str(self.home / "state")})
        self.env.start()

    def teardown(self) -> None:
        self.env.stop()
        shutil.rmtree(self.home)

    # The feeds

    @initialize(one=habits(), two=habits())
    def begin(self, one: Habits, two: Habits) -> None:
        for name, habits in zip(SOURCES, (one, two), strict=True):
            self.habits[name] = habits
            self.feeds[name] = [habits.article(next(self.numbers)) for _ in range(3)]
        self.sync()

    def pick(self, data: st.DataObject, name: str) -> int:
        return data.draw(st.integers(0, len(self.feeds[name]) - 1))

    @rule(name=st.sampled_from(SOURCES), at=st.integers(0, 3))
    def publish(self, name: str, at: int) -> None:
        self.feeds[name].insert(at, self.habits[name].article(next(self.numbers)))

    @rule(name=st.sampled_from(SOURCES), data=st.data())
    def vanish(self, name: str, data: st.DataObject) -> None:
        if self.feeds[name]:
            self.gone[name].append(self.feeds[name].pop(self.pick(data, name)))

    @rule(name=st.sampled_from(SOURCES), keep=st.booleans())
    def scroll(self, name: str, keep: bool) -> None:
        """A new entry comes first, and the last one leaves, as in most feeds."""
        self.publish(name, 0)
        self.gone[name].append(self.feeds[name].pop())
        self.sync(keep)

    @rule(name=st.sampled_from(SOURCES))
    def come_back(self, name: str) -> None:
        if self.gone[name]:
            self.feeds[name].append(self.gone[name].pop())

    @rule(name=st.sampled_from(SOURCES), data=st.data())
    def reorder(self, name: str, data: st.DataObject) -> None:
        self.feeds[name] = data.draw(st.permutations(self.feeds[name]))

    @rule(name=st.sampled_from(SOURCES), data=st.data(), is_renamed=st.booleans())
    def change(self, name: str, data: st.DataObject, is_renamed: bool) -> None:
        if self.feeds[name]:
            at = self.pick(data, name)
            article = self.feeds[name][at]
            title = f"{article.title} again" if is_renamed else article.title
            self.feeds[name][at] = replace(article, version=self._next_version(article.number), title=title)

    def _next_version(self, number: int) -> int:
        every = [
            a.version for name in SOURCES for a in (*self.feeds[name], *self.gone[name]) if a.number == number
        ]
        return max(every) + 1

    @rule(name=st.sampled_from(SOURCES), data=st.data())
    def repeat(self, name: str, data: st.DataObject) -> None:
        if self.feeds[name]:
            self.feeds[name].append(self.feeds[name][self.pick(data, name)])
            self.several.add(self.feeds[name][-1].number)

    @rule(name=st.sampled_from(SOURCES), data=st.data())
    def copy_from_the_other(self, name: str, data: st.DataObject) -> None:
        other = SOURCES[1 - SOURCES.index(name)]
        numbers = {a.number for a in (*self.feeds[name], *self.gone[name])}
        found = [a for a in self.feeds[other] if a.number not in numbers]
        if found and self.habits[other].guid == "own":  # or an id that is not unique is all that a feed has
            self.feeds[name].append(data.draw(st.sampled_from(found)))
            self.several.add(self.feeds[name][-1].number)

    @rule(name=st.sampled_from(SOURCES), data=st.data())
    def change_both(self, name: str, data: st.DataObject) -> None:
        numbers = {a.number for a in self.feeds["one"]} & {a.number for a in self.feeds["two"]}
        if numbers:
            number = data.draw(st.sampled_from(sorted(numbers)))
            version = self._next_version(number)
            for articles in self.feeds.values():
                articles[:] = [replace(a, version=version) if a.number == number else a for a in articles]

    # The user

    def files(self, *, ours: bool) -> list[str]:
        return sorted(
            name
            for name in os.listdir(self.dest)
            if (name not in self.here.foreign) == ours and not name.startswith(".")
        )

    def changeable(self) -> list[str]:
        """Return the files that the user may change: of two folders, each keeps one, or nothing says which is which.

        One that is back keeps one until the next sync, which finds out that it is back.
        """
        files = self.files(ours=True)
        return files if (self.elsewhere is None and not self.is_back) or len(files) > 1 else []

    def _of(self, number: int) -> str:
        """Return the source that has had an article."""
        return next(source for source, known in self.here.delivered if known == number)

    def _excuse(self, text: str) -> None:
        self.here.excused |= tokens_of(text)

    # Which files there are after a crash depends on time, so that they must not decide what is drawn.

    @rule(at=st.integers(0, 99), as_long=st.booleans())
    def edit(self, at: int, as_long: bool) -> None:
        if files := self.changeable():
            path = self.dest / files[at % len(files)]
            text = path.read_text()
            self._excuse(text)
            self.several |= {number for number, _ in tokens_of(text)}
            edited = b"-" * len(text.encode()) if as_long else b"mine"
            path.write_bytes(edited)
            self.here.foreign[path.name] = edited

    @rule(at=st.integers(0, 99))
    def delete(self, at: int) -> None:
        if files := self.changeable():
            path = self.dest / files[at % len(files)]
            self._excuse(path.read_text())
            path.unlink()

    @rule(at=st.integers(0, 99))
    def delete_own(self, at: int) -> None:
        if files := self.files(ours=False):
            name = files[at % len(files)]
            (self.dest / name).unlink()
            del self.here.foreign[name]

    @rule(number=st.integers(0, 9))
    def write_notes(self, number: int) -> None:
        self.here.foreign[f"notes-{number}.md"] = b"notes %d" % number
        (self.dest / f"notes-{number}.md").write_bytes(b"notes %d" % number)

    # The device and the clock

    @rule()
    def plug_or_unplug(self) -> None:
        if self.elsewhere:
            self._know()
            shutil.rmtree(self.dest)
            self.away.rename(self.dest)
            self.here, self.elsewhere = self.elsewhere, None
            self.is_back = True
        elif self.files(ours=True):  # or nothing says which folder is which
            self._know()
            self.dest.rename(self.away)
            self.dest.mkdir()
            # What was delivered before counts as deleted here.
            self.elsewhere, self.here = self.here, Folder(excused={*self.known})

    def _know(self) -> None:
        self.known |= self.here.excused  # perhaps delivered by a sync that was killed, and deleted since
        self.known |= {(number, version) for (_, number), version in self.here.delivered.items()}
        for name in self.files(ours=True):
            self.known |= tokens_of((self.dest / name).read_text())

    @rule(hours=st.sampled_from([0.1, 1, 20, 24 * 10, 24 * 40]))
    def wait(self, hours: float) -> None:
        self.now += hours * HOUR

    # The sync

    @rule(keep=st.booleans(), order=st.permutations(SOURCES))
    def sync(self, keep: bool = False, order: list[str] | tuple[str, ...] = SOURCES) -> None:
        self._complete(self.now, keep, order)
        self.is_wrong = False

    @rule(name=st.sampled_from(SOURCES), data=st.data(), is_renamed=st.booleans())
    def sync_a_change(self, name: str, data: st.DataObject, is_renamed: bool) -> None:
        self.change(name, data, is_renamed)
        self.sync()

    @rule(days=st.sampled_from([-5000, -2, 2, 30, 5000]), keep=st.booleans())
    @precondition(lambda self: not self.is_wrong)
    def sync_with_a_wrong_clock(self, days: int, keep: bool) -> None:
        self.now += 60
        self._complete(self.now, keep, SOURCES, now=self.now + days * DAY)
        self.is_wrong = True
        self.now += 60

    @rule(at=st.integers(1, 60), keep=st.booleans())
    def sync_that_is_killed(self, at: int, keep: bool) -> None:
        before = self._contents()
        self._serve()
        child = _forked(lambda: self._run(self.now, keep, SOURCES), at)
        _, status = os.waitpid(child, 0)
        Syncs.kills += os.WIFSIGNALED(status)
        assert os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) == 0, status
        self.now += 60
        self._date(set(os.listdir(self.dest)) - set(before), self.now)
        self._excuse_old(before, keep)
        self.here.tried |= {(name, a.number, a.version) for name in SOURCES for a in self.feeds[name]}
        self.is_exact = False

    @rule(name=st.sampled_from(SOURCES), at=st.integers(1, 40), keep=st.booleans())
    def sync_of_a_new_entry_that_is_killed(self, name: str, at: int, keep: bool) -> None:
        self.publish(name, 0)
        self.sync_that_is_killed(at, keep)

    def _contents(self) -> dict[str, tuple[float, str]]:
        return {
            name: ((self.dest / name).stat().st_mtime, (self.dest / name).read_text())
            for name in self.files(ours=True)
        }

    def _excuse_old(self, before: dict[str, tuple[float, str]], keep: bool) -> None:
        now = {name: text for name, (_, text) in self._contents().items()}
        for name, (written, text) in before.items():
            if keep and written < self.now - KEEP.total_seconds() and now.get(name) != text:
                self._excuse(text)  # its name may be that of another article now

    def _serve(self) -> None:
        Syncs.syncs += 1
        for name in SOURCES:
            text = feed(*(article.entry() for article in self.feeds[name]))
            self.server.files[f"/{name}"] = text.replace("Port News", f"Port News {name}")

    def _run(self, now: float, keep: bool, order: list[str] | tuple[str, ...]) -> Synced:
        sources = [self.server.url(f"/{name}") for name in order]
        with mock.patch("time.time", lambda: now):
            return feed2doc.sync(sources, self.dest, format="markdown", keep=KEEP if keep else None)

    def _complete(
        self, true: float, keep: bool, order: list[str] | tuple[str, ...], *, now: float | None = None
    ) -> None:
        self._serve()
        before = self._contents()
        done = self._run(true if now is None else now, keep, order)
        assert done.failures == ()
        # The system gave the files the time of the test; a clock that is behind has no effect.
        self._date({path.name for path in done.written}, max(true, now or 0))
        self._excuse_old(before, keep)
        delivered = {(name, a.number): a.version for name in SOURCES for a in self.feeds[name]}
        self.here.delivered |= delivered
        # An article that has left its feed stays in the version that a killed sync has perhaps written.
        self.here.tried = {each for each in self.here.tried if each[:2] not in delivered}
        self.is_exact = True
        self.is_back = False

    def _date(self, names: set[str], now: float) -> None:
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                os.utime(self.dest / name, (now, now))

    @invariant()
    def every_delivered_article_is_there(self) -> None:
        if not self.habits:
            return
        there = set(self.here.excused)
        for name in self.files(ours=True):
            there |= tokens_of((self.dest / name).read_text())
        for (source, number), version in self.here.delivered.items():
            versions = {version, *(a.version for a in self.feeds[source] if a.number == number)}
            versions |= {v for name, n, v in self.here.tried if (name, n) == (source, number)}
            assert any((number, each) in there for each in versions), (source, number, versions)

    @invariant()
    def no_foreign_byte_has_changed(self) -> None:
        for name, data in self.here.foreign.items():
            assert (self.dest / name).read_bytes() == data, name
        if self.elsewhere:
            for name, data in self.elsewhere.foreign.items():
                assert (self.away / name).read_bytes() == data, name

    @invariant()
    def the_record_equals_the_folder(self) -> None:
        names = self.files(ours=True)
        if not self.is_exact:
            return
        self.is_exact = False
        assert not [name for name in os.listdir(self.dest) if name.startswith(".")]  # temporary files
        found = Counter(n for name in names for n, _ in tokens_of((self.dest / name).read_text()))
        twice = {n for n, times in found.items() if times > 1} - self.several
        assert not [n for n in twice if self.habits[self._of(n)].guid == "own"], twice
        with contextlib.closing(state_of(str(self.dest), "sync")) as state:
            ours = {os.path.basename(output.path): output for output in state.files()}
            for name in names:
                assert name in ours, f"{name} is not recorded"
                holder = state.holder(str(self.dest / name))
                assert holder and holder.is_as_written() and holder.input not in ("", EDITED), holder
            missing = set(ours) - set(names) - set(self.here.foreign)
            for name in missing:  # the user has deleted them
                holder = state.holder(str(self.dest / name))
                assert holder and not os.path.lexists(self.dest / name), holder


def _forked(work: Callable[[], object], at: int) -> int:
    """Do the work in another process, which is killed at a step that changes something, before or after it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # other threads of this process only serve feeds
        child = os.fork()
    if child:
        return child
    signal.alarm(60)
    try:
        counter = itertools.count(1)

        def dying(change: Callable[..., Any]) -> Callable[..., Any]:
            def changed(*arguments: Any, **named: Any) -> Any:
                if next(counter) == at:
                    os.kill(os.getpid(), signal.SIGKILL)
                result = change(*arguments, **named)
                if next(counter) == at:
                    os.kill(os.getpid(), signal.SIGKILL)
                return result

            return changed

        os.replace = dying(os.replace)
        storage.remove = dying(storage.remove)
        for name in ("record", "claim", "keep_feed", "keep_entries", "keep_visit", "delete", "leave_edited"):
            setattr(State, name, dying(getattr(State, name)))
        for name in ("save_as", "load"):
            setattr(State, name, dying(getattr(State, name)))
        work()
    except BaseException:
        import traceback

        traceback.print_exc()
        os._exit(1)
    os._exit(0)


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with serving() as running:
        yield running


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_syncs_keep_every_article_and_every_byte_of_others(
    server: FeedServer, part: int, record_property: Callable[[str, object], None]
) -> None:
    Syncs.server, Syncs.syncs, Syncs.kills = server, 0, 0
    run_state_machine_as_test(
        Syncs,
        settings=settings(
            max_examples=max(STEPS // STEPS_EACH // PARTS, 1),
            stateful_step_count=STEPS_EACH,
            suppress_health_check=list(HealthCheck),
            deadline=None,
            derandomize=_FEW == STEPS,  # so that only a change makes it fail
        ),
    )
    record_property("inputs", Syncs.syncs)
    record_property("kills", Syncs.kills)
