"""Whose files are whose in a folder that is synced: every article has a file of its own, whatever its feed says of it."""

import itertools
import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import feed2doc
import pytest
from feed2doc.batch.state.claims import state_path
from feed2doc.batch.state.sources import Feed, KnownEntry, Visit
from feed2doc.batch.state.store import state_of
from feed2doc.syncing.clock import checked
from feed2doc.syncing.identity import identified
from feed2doc.syncing.place import volume_of

from tests.batch.test_batches import make_older
from tests.command import ITEM, run
from tests.feed_server import feed, serving
from tests.folding_files import folding
from tests.syncing.test_sync import in_namespace

DAY = 24 * 3600.0
CONSTANT: dict[str, Any] = {"guid": "<guid>port</guid>", "link": "https://port.example/"}
NO_GUID: dict[str, Any] = {"guid": "", "link": "https://port.example/news"}
ONE_OF_ALL: dict[str, Any] = {"guid": "", "link": "https://port.example/news", "title": "Tides"}


def entry(
    name: str, body: str = "", *, guid: str | None = None, link: str = "", title: str = "", day: int = 3
) -> str:
    """Return an entry whose text has the name."""
    guid = f'<guid isPermaLink="false">{name}</guid>' if guid is None else guid
    link = link or f"https://port.example/{name}"
    date = f"Mon, {day:02} Mar 2025 08:00:00 +0000"
    return (
        f"<item><title>{title or f'Pier {name}'}</title><link>{link}</link>{guid}<pubDate>{date}</pubDate>"
        f"<description>The text of {name} is long enough. {body}</description></item>"
    )


class Folder:
    """A folder that is synced with feeds in files."""

    def __init__(self, tmp_path: Path) -> None:
        self.path = tmp_path / "device"
        self.path.mkdir()
        self.feed = tmp_path / "feed.xml"
        self.other = tmp_path / "other.xml"
        self.said = ""

    def sync(self, *entries: str, **more: object) -> list[Path]:
        self.feed.write_text(feed(*entries))
        return self.run(self.feed)

    def run(self, *sources: Path | str, more: tuple[str, ...] = (), code: int = 0) -> list[Path]:
        done = run("sync", *sources, "--to", "md", "--dest", self.path, *more)
        self.said = done.stderr.decode()
        assert done.returncode == code, self.said
        return [Path(line) for line in done.stdout.decode().splitlines()]

    def texts(self) -> list[str]:
        return sorted(path.read_text() for path in self.path.glob("*.md"))

    def has(self, *names: str) -> bool:
        """Return True if each of the names is in a file of its own, and there are no others."""
        texts = self.texts()
        found = [[name for name in names if f"The text of {name} is" in text] for text in texts]
        return sorted(found) == sorted([name] for name in names)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.mark.parametrize("facts", [CONSTANT, NO_GUID, ONE_OF_ALL])
def test_what_has_left_the_feed_stays(folder: Folder, facts: dict[str, Any]) -> None:
    a, b, c, d = (entry(name, **facts) for name in "ABCD")
    assert len(folder.sync(a, b, c)) == 3 and folder.has("A", "B", "C")
    assert len(folder.sync(d, a, b)) == 1 and folder.has("A", "B", "C", "D")
    assert folder.sync(c, d) == [] == folder.sync(a, d, b, c) == folder.sync(a) and folder.has(*"ABCD")


def test_a_feed_of_one_entry_whose_id_stays_the_same(folder: Folder) -> None:
    for day, name in enumerate("ABC", 1):
        assert len(folder.sync(entry(name, **CONSTANT, day=day))) == 1
    assert folder.has("A", "B", "C")


@pytest.mark.parametrize("facts", [{}, CONSTANT | {"link": ""}, {"guid": ""}])
def test_an_entry_that_changes_keeps_its_file(folder: Folder, facts: dict[str, Any]) -> None:
    first = folder.sync(entry("A", **facts), entry("B", **facts))
    assert folder.sync(entry("A", "More.", **facts), entry("B", **facts)) == first[:1]
    renamed = folder.sync(entry("B", **facts), entry("A", "More.", title="Another title", **facts))
    assert len(renamed) == 1 and "another-title" in renamed[0].name and folder.has("A", "B")


@pytest.mark.parametrize("facts", [CONSTANT | {"title": "Tides"}, ONE_OF_ALL])
def test_an_entry_that_gets_all_facts_of_one_that_has_left_the_feed(
    folder: Folder, facts: dict[str, Any]
) -> None:
    a, b, c = (entry(name, **facts) for name in "ABC")
    renamed = facts | {"title": "Tides again"}
    folder.sync(a, b, c)
    (path,) = folder.sync(entry("A", "More.", **renamed), b, c)
    before = path.read_text()
    assert len(folder.sync(b, entry("C", "More.", **renamed))) == 1
    assert path.read_text() == before and len(folder.texts()) == 5


def test_two_folders_at_one_path_have_articles_in_common(folder: Folder, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    two.mkdir()

    def change_folders(here: Path, there: Path) -> None:
        folder.path.rename(there)
        here.rename(folder.path)

    a, b, c, d, e = (entry(name) for name in "ABCDE")
    folder.sync(a, b, c)
    change_folders(two, one)
    folder.sync(d, a)
    change_folders(one, two)
    folder.sync(d, a)
    assert folder.has("A", "B", "C", "D")
    for _ in range(2):
        change_folders(two, one)
        folder.sync(e, d)
        assert folder.has("D", "E")
        change_folders(one, two)
        folder.sync(e, d)
        assert folder.has("A", "B", "C", "D", "E")


class Devices:
    """Devices that are plugged in at the path of a folder in turn. The first one is there at the start."""

    def __init__(self, folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder, self._away, self._number = folder, tmp_path, 1
        monkeypatch.setattr("feed2doc.syncing.place.volume_of", lambda device: self._number)

    def plug_in(self, number: int) -> None:
        self._folder.path.rename(self._away / f"device {self._number}")
        self._number = number
        (self._away / f"device {number}").mkdir(exist_ok=True)
        (self._away / f"device {number}").rename(self._folder.path)


@pytest.fixture
def devices(folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Devices:
    return Devices(folder, tmp_path, monkeypatch)


def test_a_device_keeps_its_state_although_another_one_has_the_files_that_it_has_not(
    folder: Folder, devices: Devices
) -> None:
    a, b, c = (entry(name) for name in "ABC")
    folder.sync(a, b)
    devices.plug_in(2)
    folder.sync(a, b, c)
    next(path for path in folder.path.iterdir() if "pier-c" in path.name).unlink()
    for _ in range(2):
        folder.sync(a, b, c)
        assert folder.has("A", "B"), folder.said  # C was deleted here
    devices.plug_in(1)
    folder.sync(a, b, c)
    assert folder.has("A", "B", "C")


def test_a_device_with_a_copy_of_one_file_of_another_one_gets_all_of_them(
    folder: Folder, devices: Devices, tmp_path: Path
) -> None:
    a, b, c = (entry(name) for name in "ABC")
    folder.sync(a, b, c)
    devices.plug_in(2)
    folder.sync(entry("D"))
    devices.plug_in(3)
    copied = next(path for path in (tmp_path / "device 1").iterdir() if "pier-a" in path.name)
    shutil.copy(copied, folder.path)
    folder.sync(b, c)
    assert folder.has("A", "B", "C")


def test_entries_with_one_id_headline_and_day_are_several_files_when_they_are_converted(
    folder: Folder, tmp_path: Path
) -> None:
    folder.feed.write_text(feed(*(entry(name, **ONE_OF_ALL) for name in "ABC")))
    for _ in range(2):
        done = run(folder.feed, "--to", "md", "--output-dir", folder.path)
        assert done.returncode == 0 and folder.has("A", "B", "C")


def test_the_same_entry_twice_is_one_file(folder: Folder) -> None:
    assert len(folder.sync(entry("A"), entry("A"), entry("B"))) == 2 and folder.has("A", "B")


def test_no_feed_touches_the_files_of_another(folder: Folder) -> None:
    same: dict[str, Any] = {"guid": "<guid>1</guid>", "link": "https://port.example/1", "title": "Tides"}
    for path, name in ((folder.feed, "A"), (folder.other, "B")):
        path.write_text(feed(entry(name, **same)))
    both = folder.run(folder.feed, folder.other)
    assert len(set(both)) == 2 and folder.has("A", "B")
    assert folder.run(folder.other, folder.feed) == []
    folder.feed.write_text(feed(entry("C", title="Ebb", day=4)))
    folder.other.write_text(feed(entry("B", "More.", **same)))
    assert folder.run(folder.other, folder.feed)[0] == both[1] and folder.has("A", "B", "C")


def test_the_same_article_of_two_feeds_is_one_file_until_one_of_them_changes(folder: Folder) -> None:
    for path in (folder.feed, folder.other):
        path.write_text(feed(entry("A")))
    (name,) = folder.run(folder.feed, folder.other)
    assert f"is the same article as {name}: not written again" in folder.said
    assert folder.run(folder.feed, folder.other) == [] and "same article" not in folder.said
    # Both change: still one file.
    for path in (folder.feed, folder.other):
        path.write_text(feed(entry("A", "More.")))
    folder.run(folder.feed, folder.other)
    assert folder.has("A") and "More." in folder.texts()[0]
    # One changes: each has its own.
    folder.feed.write_text(feed(entry("A", "Other.")))
    folder.other.write_text(feed())
    folder.run(folder.feed, folder.other)
    assert ["More." in text for text in folder.texts()].count(True) == 1
    assert ["Other." in text for text in folder.texts()].count(True) == 1 and len(folder.texts()) == 2


@pytest.mark.parametrize("is_first", [False, True])
@pytest.mark.parametrize("title", ["", "Another title"])
def test_an_article_that_changes_in_the_run_in_which_another_feed_has_it(
    folder: Folder, title: str, *, is_first: bool
) -> None:
    folder.sync(entry("A"))
    folder.feed.write_text(feed(entry("A", "More.", title=title)))
    folder.other.write_text(feed(entry("A")))
    folder.run(*([folder.other, folder.feed] if is_first else [folder.feed, folder.other]))
    assert sorted("More." in text for text in folder.texts()) == [False, True]
    assert folder.run(folder.feed, folder.other) == [] and len(folder.texts()) == 2


def test_an_article_of_two_feeds_with_other_titles_is_one_file(folder: Folder) -> None:
    for version, code in (("", 1), ("More.", 1), ("Most.", 1)):
        folder.feed.write_text(feed(entry("A", version)))
        folder.other.write_text(feed(entry("A", version)).replace("Port News", "Port News: Quays"))
        assert len(folder.run(folder.feed, folder.other)) == code
        assert folder.has("A") and version in folder.texts()[0]
        assert folder.run(folder.other, folder.feed) == []
    folder.other.write_text(feed(entry("A", "Last.")))
    folder.run(folder.feed, folder.other)
    assert sorted("Last." in text for text in folder.texts()) == [False, True]


def test_other_options_leave_one_file_of_the_same_article(folder: Folder) -> None:
    for path in (folder.feed, folder.other):
        path.write_text(feed(entry("A")))
    folder.run(folder.feed, folder.other)
    folder.run(folder.feed, folder.other, more=("--front-matter", "none"))
    assert folder.has("A")


@pytest.mark.parametrize("title", ["", "Another title"])
def test_a_file_that_the_user_has_edited_is_kept(folder: Folder, title: str) -> None:
    (path,) = folder.sync(entry("A"))
    path.write_text("mine")
    assert folder.sync(entry("A")) == [] and path.read_text() == "mine"
    (new,) = folder.sync(entry("A", "More.", title=title))
    assert path.read_text() == "mine" and "More." in new.read_text() and path != new
    assert title or f"{path}: was edited, so it is kept; the new version has another name" in folder.said
    assert folder.sync(entry("A", "Most.", title=title)) == [new] and path.read_text() == "mine"
    new.write_text("mine too")
    (newest,) = folder.sync(entry("A", "Last.", title=title))
    assert [path.read_text(), new.read_text()] == ["mine", "mine too"] and "Last." in newest.read_text()


def test_an_edited_file_is_not_written_again_for_other_options(folder: Folder) -> None:
    (path,) = folder.sync(entry("A"))
    path.write_text("mine")
    assert folder.run(folder.feed, more=("--front-matter", "none")) == [] and folder.texts() == ["mine"]
    assert folder.run(folder.feed, more=("--front-matter", "none", "--force")) == [path]


def test_an_edited_file_outlives_keep_and_the_next_version(folder: Folder) -> None:
    (path,) = folder.sync(entry("A"))
    path.write_text("mine")
    os.utime(path, (1e9, 1e9))
    folder.run(folder.feed, more=("--keep", "1d"))
    (new,) = folder.sync(entry("A", "More."))
    assert path.read_text() == "mine" and "More." in new.read_text()


def test_an_edited_book_of_a_day_is_kept(folder: Folder) -> None:
    daily = ("--bundle", "daily")
    folder.feed.write_text(feed(entry("A")))
    (path,) = folder.run(folder.feed, more=daily)
    path.write_text("mine")
    folder.feed.write_text(feed(entry("B")))
    (new,) = folder.run(folder.feed, more=daily)
    assert path.read_text() == "mine" and new.name == "daily-2025-03-03-2.md"
    assert all(f"The text of {name} is" in new.read_text() for name in "AB")
    folder.feed.write_text(feed(entry("C")))
    assert folder.run(folder.feed, more=daily) == [new]


def test_the_book_of_a_day_has_all_entries_of_one_id(folder: Folder) -> None:
    a, b, c, d = (entry(name, **CONSTANT) for name in "ABCD")
    for entries in ((a, b, c), (d, a, b)):
        folder.feed.write_text(feed(*entries))
        (path,) = folder.run(folder.feed, more=("--bundle", "daily"))
    assert all(f"The text of {name} is" in path.read_text() for name in "ABCD")


def test_what_was_written_beneath_an_unplugged_device_is_delivered(folder: Folder, tmp_path: Path) -> None:
    folder.sync(entry("A"), entry("B"))
    (folder.path / "b.md").unlink(missing_ok=True)
    next(path for path in folder.path.iterdir() if "pier-b" in path.name).unlink()
    away = tmp_path / "away"
    folder.path.rename(away)
    folder.path.mkdir()
    folder.sync(entry("C"), entry("A"), entry("B"))
    assert folder.has("C")
    shutil.rmtree(folder.path)
    away.rename(folder.path)
    for _ in range(2):
        folder.sync(entry("C"), entry("A"), entry("B"))
        assert folder.has("A", "C"), (folder.said, folder.texts())  # B was deleted here


def test_nothing_is_written_where_a_device_was_mounted(folder: Folder) -> None:
    folder.sync(entry("A"))
    with closing(state_of(str(folder.path), "sync")) as state:
        state.keep_visit(Visit(1, str(folder.path.parent), time.time(), time.time()))
    shutil.rmtree(folder.path)
    folder.path.mkdir()
    assert folder.run(folder.feed, code=6) == [] and "plug the device in" in folder.said
    assert not any(folder.path.iterdir())


def test_a_device_that_is_mounted_unmounted_and_mounted_again(folder: Folder, tmp_path: Path) -> None:
    for name in "ABC":
        (tmp_path / name).write_text(feed(*(entry(each) for each in "ABC"[: "ABC".index(name) + 1])))
    (tmp_path / "stick").mkdir()
    done = in_namespace(
        'sync() { $FEED2DOC sync "$FEED" --to md --dest "$DEST" -q > "$OUT/last" || echo "exit $?"; ls "$DEST" | wc -l; }\n'
        'mount -t tmpfs tmpfs "$OUT/stick"; cp "$OUT/A" "$FEED"; sync\n'  # beneath the mount point
        'mount --bind "$OUT/stick" "$DEST"; sync\n'
        'umount "$DEST"; rm "$DEST"/*; cp "$OUT/B" "$FEED"; sync\n'
        'mount --bind "$OUT/stick" "$DEST"; cp "$OUT/C" "$FEED"; sync\n',
        FEED=folder.feed,
        DEST=folder.path,
        OUT=tmp_path,
    )
    assert done.stdout.split("\n") == ["1", "1", "exit 6", "0", "3", ""], done.stderr
    assert "is not mounted: plug the device in" in done.stderr


def test_another_device_gets_what_it_has_not(folder: Folder) -> None:
    folder.sync(entry("A"))
    with closing(state_of(str(folder.path), "sync")) as state:
        state.keep_visit(Visit(1, "/", time.time(), time.time()))
    shutil.rmtree(folder.path)
    folder.path.mkdir()
    assert len(folder.sync(entry("A"))) == 1 and folder.sync(entry("A")) == []


@pytest.mark.parametrize("keep", [14 * DAY, 36 * 3600.0, 3600.0])
def test_a_clock_that_jumps_ages_nothing(keep: float) -> None:
    visit, now = Visit(), 1.7e9
    for _ in range(20):
        visit = checked(visit, now, keep)
        assert visit.trusted == now
        now += min(keep, DAY) / 2
    true = visit.trusted
    ahead = true + 9999 * DAY
    visit = checked(visit, ahead, keep)
    assert visit.trusted == true == checked(visit, ahead + 600, keep).trusted
    visit = checked(visit, true + 60, keep)
    assert visit.trusted == true + 60
    # A clock that is ahead for good is right.
    for hours in range(0, 49, 12):
        visit = checked(visit, ahead + hours * 3600, keep)
    assert visit.trusted >= ahead
    # A sync a month is late by one.
    for month in range(1, 4):
        visit = checked(visit, ahead + month * 30 * DAY, keep)
    assert visit.trusted == ahead + 2 * 30 * DAY


def test_keep_removes_nothing_while_the_clock_is_ahead(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.sync(entry("A"))
    true = time.time
    for days, count in ((5000, 1), (0, 1), (1, 1), (15.5, 1), (16, 1), (17, 0)):
        with monkeypatch.context() as patch:
            patch.setattr("feed2doc.syncing.run.time.time", lambda days=days: true() + days * DAY)
            folder.run(folder.feed, more=("--keep", "14d"))
        assert len(folder.texts()) == count, days


@pytest.mark.parametrize("content", [b"damaged" * 999, b""])
def test_a_damaged_lock_is_made_again(folder: Folder, content: bytes) -> None:
    folder.sync(entry("A"))
    lock = state_path(str(folder.path), "sync").with_suffix(".lock")
    lock.write_bytes(content)
    assert folder.sync(entry("A")) == []
    lock.unlink()
    lock.mkdir()
    assert folder.run(folder.feed, code=6) == [] and "remove this file, which holds no data" in folder.said


def _of_url(folder: Folder, before: Callable[[], None], old: tuple[str, ...], new: tuple[str, ...]) -> None:
    with serving() as server:
        server.files["/feed"] = feed(*old)
        folder.run(server.url("/feed"))
        before()
        server.files["/feed"] = feed(*new)
        folder.run(server.url("/feed"))


@pytest.mark.parametrize("facts", [{}, CONSTANT, ONE_OF_ALL])
@pytest.mark.parametrize("is_file", [False, True])
def test_nothing_is_delivered_twice_after_an_upgrade(
    folder: Folder, facts: dict[str, Any], *, is_file: bool
) -> None:
    a, b, c, d = (entry(name, **facts) for name in "ABCD")

    def upgrade() -> None:
        order = {str(path): path.read_text().partition("text of ")[2][0] for path in folder.path.iterdir()}
        os.unlink(next(path for path, name in order.items() if name == "B"))
        path = state_path(str(folder.path), "sync")
        with closing(sqlite3.connect(path)) as database, database:
            rows = database.execute("SELECT path, input FROM file").fetchall()
            make_older(database)
            inputs = {bytes(input): os.fsdecode(path) for path, input in rows}
            names = {key: earlier_name(key) for key in sorted(inputs, key=lambda key: order[inputs[key]])}
            for table in ("file", "made"):
                for now, then in names.items():
                    database.execute(f"UPDATE {table} SET input = ? WHERE input = ?", (then, now))

    numbers: dict[bytes, int] = {}

    def earlier_name(key: bytes) -> bytes:
        """Return the key that an earlier version would have given: it counted the entries of one id."""
        base = key.split(b" ")[0]
        numbers[base] = numbers.get(base, 0) + 1
        return base if numbers[base] == 1 else base + b" (%d)" % numbers[base]

    if is_file:
        folder.sync(a, b, c)
        upgrade()
        folder.sync(d, a, b, c)
    else:
        _of_url(folder, upgrade, (a, b, c), (d, a, b, c))
    assert folder.has("A", "C", "D")


def test_ids_that_differ_do_not_share_keys() -> None:
    one = KnownEntry("x", "", "T", "2025-03-03", "9 1")
    two = KnownEntry("x", "", "T", "2025-03-03", "9 2")
    (first, second) = identified("s", [one, two], [], {})
    assert first.key == "s#x" and second.key.startswith("s#x ")
    # The older text of an entry that has changed is that of another entry.
    changed = KnownEntry("x", "", "T", "2025-03-03", "9 3", second.key)
    keys = [each.key for each in identified("s", [one, two], [first, changed], {})]
    assert len({*keys, changed.key}) == 3


def test_of_two_folders_neither_touches_the_files_of_the_other(folder: Folder, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.txt").write_text(ITEM.format(n=1).replace("port is", f"port {name} is"))
    assert len(folder.run(tmp_path / "one", tmp_path / "two")) == 2 == len(folder.texts())
    assert folder.run(tmp_path / "one", tmp_path / "two") == []


def test_formats_that_share_an_extension_are_refused(folder: Folder) -> None:
    folder.feed.write_text(feed(entry("A")))
    by_extension: dict[str, list[str]] = {}
    for writer in feed2doc.formats().values():
        by_extension.setdefault(writer.extension, []).append(writer.name)
    pairs = [pair for names in by_extension.values() for pair in itertools.combinations(sorted(names), 2)]
    assert {("context", "latex"), ("epub", "epub3"), ("plain", "text"), ("gfm", "markdown")} <= set(pairs)
    for pair in pairs:
        with pytest.raises(feed2doc.UsageError, match=r"both write \."):
            feed2doc.sync(folder.feed, folder.path, format=pair)


def test_known_entries_are_remembered_although_another_source_fails(tmp_path: Path) -> None:
    """An entry changes its headline, and then its time."""
    folder = Folder(tmp_path)
    for title, day in (("Tides", 3), ("Tides of spring", 3), ("Tides of spring", 4)):
        folder.feed.write_text(feed(entry("one", guid="<guid>one</guid>", title=title, day=day)))
        folder.run(folder.feed, tmp_path / "missing.xml", code=1)
        assert folder.has("one")


def test_an_older_state_of_a_feed_with_a_secret_is_its_own(tmp_path: Path) -> None:
    state = state_of(str(tmp_path / "out"))
    name = "http://127.0.0.1:9/feed.xml?token=hush"
    state.keep_feed(name, Feed(b"<rss/>", "", ""))
    state.rename_source(name, "http://127.0.0.1:9/feed.xml?token=***")
    assert state.feed(name) is None and state.feed("http://127.0.0.1:9/feed.xml?token=***") is not None
    state.close()
    assert b"hush" not in state_path(str(tmp_path / "out")).read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such links, and its numbers stay the same")
def test_a_device_is_known_by_its_file_system(tmp_path: Path) -> None:
    number = os.stat("/dev/null").st_rdev
    assert volume_of(number, tmp_path / "missing") == volume_of(number, tmp_path) == number
    (tmp_path / "5C2B-1D07").symlink_to("/dev/null")
    plugged_in_first = volume_of(number, tmp_path)
    (tmp_path / "5C2B-1D07").unlink()
    (tmp_path / "5C2B-1D07").symlink_to("/dev/zero")
    assert plugged_in_first == volume_of(os.stat("/dev/zero").st_rdev, tmp_path) != number
    (tmp_path / "5C2B-1D07").rename(tmp_path / "9F11-0A3C")
    assert volume_of(os.stat("/dev/zero").st_rdev, tmp_path) != plugged_in_first


def test_a_headline_changes_only_in_what_the_file_system_does_not_tell_apart(tmp_path: Path) -> None:
    dest = tmp_path / "usb"
    dest.mkdir()
    source = tmp_path / "feed.xml"

    def synced(*titles: str) -> list[str]:
        """Sync a feed of entries with these headlines, and return the texts of the files."""
        named = enumerate(titles, 1)
        source.write_text(feed(*(entry(f"p{n}", f"{n}: {title}.", title=title) for n, title in named)))
        with folding(dest):
            done = feed2doc.sync(source, dest, format="md", name="{headline}", offline=True)
        assert not done.failures and not done.removed
        return sorted(path.read_text() for path in dest.iterdir())

    for titles in (["Café opens"], ["CAFÉ opens"], ["Cafe\u0301 OPENS"], ["Cafe\u0301 OPENS", "café opens"]):
        found = synced(*titles)
        assert len(found) == len(titles)
        assert all(any(f"{n}: {title}." in text for text in found) for n, title in enumerate(titles, 1))
    assert synced(*titles) == found


def test_a_name_in_other_letters_is_known_as_soon_as_another_process_has_recorded_it(tmp_path: Path) -> None:
    (tmp_path / "Port.md").touch()
    with (
        closing(state_of(str(tmp_path))) as one,
        closing(state_of(str(tmp_path))) as other,
        folding(tmp_path),
    ):
        assert one.spelled(f"{tmp_path}/port.md") == f"{tmp_path}/port.md"
        other.claim(f"{tmp_path}/Port.md", 0)
        assert one.spelled(f"{tmp_path}/port.md") == f"{tmp_path}/Port.md"
        other.save_as(tmp_path / "saved")
        other.delete(f"{tmp_path}/Port.md")
        assert one.spelled(f"{tmp_path}/port.md") == f"{tmp_path}/port.md"
        one.load(tmp_path / "saved")
        assert one.spelled(f"{tmp_path}/port.md") == f"{tmp_path}/Port.md"


def test_files_whose_record_was_lost_are_found_in_steps_that_grow_with_their_number(tmp_path: Path) -> None:
    def steps(count: int) -> int:
        """Return the calls of Python functions that it takes to record so many files that exist."""
        folder = tmp_path / str(count)
        folder.mkdir()
        calls = 0

        def counted(frame: object, event: str, _: object) -> None:
            nonlocal calls
            calls += event == "call"

        with closing(state_of(str(folder))) as state:
            for number in range(count):
                (folder / f"{number}.md").touch()
            sys.setprofile(counted)
            try:
                for number in range(count):
                    state.claim(state.spelled(f"{folder}/{number}.md"), 0)
            finally:
                sys.setprofile(None)
        return calls

    assert steps(400) < 6 * steps(100)
