"""Limits of time and memory end an item in its worker process, and the run goes on."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from contextlib import closing
from pathlib import Path

import feed2doc
import pytest
from feed2doc import _own_process
from feed2doc._own_process import ALL_ENTRIES, leaving_out, letting_rest, messages_of_ended
from feed2doc.batch.limits import Ended
from feed2doc.batch.state.ended import Rest
from feed2doc.batch.state.store import state_of
from feed2doc.readers._feed import xml_feed

from tests.command import COMMAND, ITEM, one_line, run, run_process
from tests.feed_server import entry, feed
from tests.plugins import READING, WAITING, hang, with_plugin

# An item of slow.example is searched for this pattern, which takes longer than anybody can wait.
RULE = "hosts = ['slow.example']\ndrop_text = ['(\\w+\\s?)+!$']\n"
WORDS = "The ferries go to the island of the lighthouse again, which is far away and very quiet"
# Longer than any item takes on a busy machine; those that `hang` need not wait for it.
SECONDS = "300"
HUNGRY = """
from feed2doc import Transform
def apply(document, env):
    kept = []
    while "slow.example" in document.url:
        kept.append(bytearray(10_000_000))
    return document
TRANSFORM = Transform(name="hungry", apply=apply)
"""


@pytest.fixture
def items(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for n, host in enumerate(("quick", "slow", "quick")):
        text = ITEM.format(n=n).replace("example.com", f"{host}.example")
        (folder / f"{n}.txt").write_text(text.replace("The port is open again", WORDS))
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "slow.toml").write_text(RULE)
    return folder


def test_a_pattern_that_takes_too_long_is_ended(items: Path, tmp_path: Path) -> None:
    """It keeps Python's lock. A machine may be so busy that it does not come to it in a second."""
    done = run_process(
        items / "1.txt", "--to", "md", "--site-rules", tmp_path / "rules", "--item-timeout", "1"
    )
    assert done.returncode == 3 and "1.txt: stopped after 1 s while" in one_line(done)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_only_the_item_that_takes_too_long_fails(items: Path, tmp_path: Path, jobs: str) -> None:
    path = with_plugin(tmp_path, "transform", "waiting", WAITING)
    out, report = tmp_path / "out", tmp_path / "run.jsonl"
    given = ("--to", "md", "--to", "json", "--output-dir", out, "--transform", "waiting", "-j", jobs)
    done = run_process(items, *given, "--item-timeout", SECONDS, "--report", report, PYTHONPATH=path)
    assert done.returncode == 1
    message = f"{items}/1.txt: stopped after {SECONDS} s while applying the transform waiting: --item-timeout sets the limit"
    assert message in done.stderr.decode() and b"2 converted, 1 failed" in done.stderr
    lines = [json.loads(line) for line in report.read_text().splitlines()]
    assert [line["status"] for line in lines] == ["converted", "failed", "converted"]
    assert lines[1]["error"] == {"message": message, "exit_code": 3} and lines[1]["outputs"] == []
    assert len(list(out.iterdir())) == 4  # and no temporary file


def test_a_shard_lacks_only_what_takes_too_long(items: Path, tmp_path: Path) -> None:
    path = with_plugin(tmp_path, "transform", "waiting", WAITING)
    given = ("--to", "jsonl", "--shard", "10", "--output-dir", tmp_path / "shards", "--transform", "waiting")
    done = run_process(items, *given, "--item-timeout", SECONDS, PYTHONPATH=path)
    assert done.returncode == 1 and f"1.txt: stopped after {SECONDS} s".encode() in done.stderr
    assert b"2 converted, 1 failed" in done.stderr and b"part-00000" in done.stdout


def test_a_bundle_lacks_only_what_takes_too_long(items: Path, tmp_path: Path) -> None:
    path = with_plugin(tmp_path, "transform", "waiting", WAITING)
    given = ("--bundle", "--title", "All", "--to", "md", "-o", tmp_path / "all.md", "--transform", "waiting")
    done = run_process(items, *given, "--item-timeout", SECONDS, PYTHONPATH=path)
    assert done.returncode == 1 and f"1.txt: stopped after {SECONDS} s".encode() in done.stderr
    assert "quick.example/0" in (text := (tmp_path / "all.md").read_text()) and "quick.example/2" in text


def test_a_feed_lacks_only_what_takes_too_long(feeds: Path, tmp_path: Path) -> None:
    path = with_plugin(tmp_path, "transform", "waiting", WAITING)
    out = tmp_path / "entries"
    given = ("--to", "md", "--output-dir", out, "--transform", "waiting", "--item-timeout", SECONDS)
    done = run_process(feeds / "feed.xml", *given, "--report", tmp_path / "run.jsonl", PYTHONPATH=path)
    message = f"feed.xml, entry 2: stopped after {SECONDS} s while applying the transform waiting"
    assert done.returncode == 3 and done.stderr.decode().count(message) == 1
    report = json.loads((tmp_path / "run.jsonl").read_text())
    assert report["status"] == "failed" and message in report["error"]["message"]
    assert sorted(each["path"] for each in report["outputs"]) == sorted(map(str, out.iterdir()))
    assert len(report["outputs"]) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="memory cannot be limited")
def test_an_item_that_needs_too_much_memory_fails(items: Path, tmp_path: Path) -> None:
    path = with_plugin(tmp_path, "transform", "hungry", HUNGRY)
    given = ("--to", "txt", "-o", "-", "--transform", "hungry", "--item-memory", "300M")
    done = run_process(items / "1.txt", *given, PYTHONPATH=path)
    assert (
        done.returncode == 3
        and "1.txt: stopped at 0.293 GiB of memory while applying the transform hungry" in (one_line(done))
    )
    # Standard input and output are those of the command, not of the worker.
    good = (items / "0.txt").read_bytes()
    done = run_process("-", *given, stdin=good, PYTHONPATH=path)
    assert done.returncode == 0 and WORDS.encode()[:40] in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="memory cannot be limited")
def test_memory_is_watched_where_the_system_does_not_limit_it(tmp_path: Path) -> None:
    """On macOS a thread does it. What that thread measures is available on Linux, too."""
    program = f"""
        import threading
        from feed2doc.batch.limits import Limits
        from feed2doc.batch.workers.watch import Watch
        watch = Watch({os.fspath(tmp_path)!r}, Limits(memory=256 * 2**20))
        watch.step("writing pdf", "item.txt")
        threading.Thread(target=watch.end_over_memory, daemon=True).start()
        kept = []
        while True:
            kept.append(bytearray(b"x" * 1_000_000))
    """
    assert subprocess.run([sys.executable, "-c", textwrap.dedent(program)]).returncode == 1
    (log,) = tmp_path.iterdir()
    assert log.read_bytes() == b"item.txt\nwriting pdf\nMemory"


@pytest.mark.slow
def test_a_daily_book_lacks_what_takes_too_long_until_it_or_the_options_change(
    items: Path, tmp_path: Path
) -> None:
    path = with_plugin(tmp_path, "transform", "waiting", WAITING)
    (tmp_path / "feed.xml").write_text(feed(entry(3)))
    sources = (items / "1.txt", items / "0.txt", tmp_path / "feed.xml")

    def synced(*more: str, seconds: str = SECONDS) -> str:
        given = ("--to", "txt", "--bundle", "daily", "--dest", tmp_path / "out", "--transform", "waiting")
        done = run_process("sync", *sources, *given, *more, "--item-timeout", seconds, PYTHONPATH=path)
        assert done.returncode == 1
        return done.stderr.decode()

    assert f"in/1.txt: stopped after {SECONDS} s while applying the transform waiting" in synced()
    assert len(list((tmp_path / "out").iterdir())) == 2
    again = synced()
    assert "in/1.txt: a limit ended it, so it is left out until 20" in again and "stopped after" not in again
    for changed in (synced("--force"), synced(seconds="299")):
        assert ": stopped after" in changed and "left out" not in changed


@pytest.mark.slow
def test_an_entry_that_takes_too_long_to_read_is_left_out_wherever_it_is_in_its_feed(
    feeds: Path, tmp_path: Path
) -> None:
    path = with_plugin(tmp_path, "transform", "reading", READING)

    def synced(*more: str) -> str:
        given = (feeds / "feed.xml", "--to", "md", "--dest", tmp_path / "out", "--transform", "reading")
        done = run_process("sync", *given, *more, "--item-timeout", SECONDS, PYTHONPATH=path)
        assert done.returncode == 1
        return done.stderr.decode()

    stopped = f"stopped after {SECONDS} s while reading it"
    assert f"feed.xml, entry 2: {stopped}" in synced()
    (feeds / "feed.xml").write_text(
        (feeds / "feed.xml").read_text().replace("<item>", entry(7) + "<item>", 1)
    )
    again = synced()
    assert "feed.xml, entry 3: a limit ended it, so it is left out until 20" in again
    assert "stopped after" not in again and len(list((tmp_path / "out").iterdir())) == 3
    assert f"feed.xml, entry 3: {stopped}" in synced("--force")


def test_an_input_that_a_limit_has_ended_rests_for_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(state_of(str(tmp_path))) as state:
        before = time.time()
        state.keep_ended("a.txt", "epub", b"options", "digest", "too slow")
        state.keep_ended_entry("feed.xml", "mark", b"options", "too slow")
        assert state.rest("b.txt", "epub") is state.rest("a.txt", "pdf") is None
        assert state.resting_entries("other.xml") == {}
        rest = state.rest("a.txt", "epub")
        assert rest and rest.lasts(b"options", "digest")
        assert not rest.lasts(b"others", "digest") and not rest.lasts(b"options", "changed")
        assert state.resting_entries("feed.xml")["mark"].lasts(b"options", "mark")
        state.keep_ended("a.txt", "pdf", b"options", "digest", "too slow")
        assert state.rest("a.txt", "epub")
        monkeypatch.setattr(time, "time", lambda: before + 3600 * 25)
        state.keep_ended("c.txt", "pdf", b"options", "digest", "too slow")
        assert state.rest("a.txt", "epub") is None and not state.resting_entries("feed.xml")
        for hours in (-1, 25):  # the clock was wrong, or a day has passed
            monkeypatch.setattr(time, "time", lambda hours=hours: before + 3600 * hours)
            assert not rest.lasts(b"options", "digest")
        assert not Rest(b"options", "", rest.until).lasts(
            b"options", ""
        )  # an input that cannot be read again


@pytest.fixture
def feeds(tmp_path: Path) -> Path:
    """A folder with a feed and with JSON Lines, both of three articles, the second of which is slow."""
    articles = [entry(n, WORDS) for n in (1, 2, 3)]
    articles[1] = articles[1].replace("port.example", "slow.example")
    folder = tmp_path / "feeds"
    folder.mkdir()
    (folder / "feed.xml").write_text(feed(*articles))
    documents = feed2doc.read_all(folder / "feed.xml")
    lines = [feed2doc.write(each, "jsonl") for each in documents]
    assert all(isinstance(each, str) for each in lines)
    (folder / "lines.jsonl").write_text("".join(map(str, lines)))
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="memory cannot be limited")
@pytest.mark.parametrize("name", ["feed.xml", "lines.jsonl"])
def test_only_the_entry_that_needs_too_much_memory_fails(feeds: Path, tmp_path: Path, name: str) -> None:
    path = with_plugin(tmp_path, "transform", "hungry", HUNGRY)
    out = tmp_path / "out"
    given = ("--to", "txt", "--output-dir", out, "--transform", "hungry", "--item-memory", "300M")
    done = run_process(feeds / name, *given, PYTHONPATH=path)
    message = f"{name}, entry 2: stopped at 0.293 GiB of memory while applying the transform hungry"
    assert done.returncode == 3 and done.stderr.decode().count(message) == 1
    assert len(done.stdout.splitlines()) == 2 and len(list(out.iterdir())) == 2


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="workers are not forked")
def test_a_feed_whose_xml_takes_too_long_is_read_entry_by_entry(
    feeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parse = xml_feed._parse

    def hanging(text: str) -> object:
        if "slow.example" in text:
            hang()
        return parse(text)

    monkeypatch.setattr(xml_feed, "_parse", hanging)
    # Other tests may have used Typst, after which workers are spawned: they would not inherit the hanging function.
    monkeypatch.delitem(sys.modules, "typst", raising=False)
    done = feed2doc.sync(feeds / "feed.xml", tmp_path / "out", format="md", item_timeout=int(SECONDS))
    assert len(done.written) == 2
    assert list(done.failures) == [
        f"{feeds}/feed.xml, entry 2: stopped after {SECONDS} s while reading it: --item-timeout sets the limit"
    ]
    # Neither the XML as a whole nor the entry is tried again, but a new entry is read.
    (feeds / "feed.xml").write_text(
        (feeds / "feed.xml").read_text().replace("<item>", entry(7) + "<item>", 1)
    )
    done = feed2doc.sync(feeds / "feed.xml", tmp_path / "out", format="md", item_timeout=int(SECONDS))
    assert len(done.written) == 1
    assert [each.partition(" until ")[0] for each in done.failures] == [
        f"{feeds}/feed.xml, entry 3: a limit ended it, so it is left out"
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="workers are not forked")
def test_a_feed_that_cannot_be_split_into_entries_rests_until_it_changes(
    feeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xml_feed, "split_junk", lambda text: hang())
    monkeypatch.delitem(sys.modules, "typst", raising=False)
    for text in (
        f"stopped after {SECONDS} s while reading it",
        "a limit ended it",
        f"stopped after {SECONDS} s",
    ):
        done = feed2doc.sync(feeds / "feed.xml", tmp_path / "out", format="md", item_timeout=int(SECONDS))
        (failure,) = done.failures
        assert failure.startswith(f"{feeds}/feed.xml: {text}") and not done.written
        if text == "a limit ended it":
            (feeds / "feed.xml").write_text((feeds / "feed.xml").read_text() + "\n")


def test_entries_are_left_out_by_their_numbers(feeds: Path) -> None:
    whole = list(feed2doc.read_all(feeds / "feed.xml"))
    assert len(whole) == 3
    with leaving_out({ALL_ENTRIES: "the XML takes too long"}):
        assert list(feed2doc.read_all(feeds / "feed.xml")) == whole
        assert messages_of_ended() == ()
    for name in ("feed.xml", "lines.jsonl"):
        with leaving_out({2: "this one does"}):
            assert list(feed2doc.read_all(feeds / name)) == [whole[0], whole[2]]
            assert messages_of_ended() == ("this one does",)


def test_a_feed_whose_only_entry_rests_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    data, marks = feed(entry(1)).encode(), list[str]()
    monkeypatch.setattr(_own_process, "on_mark", marks.append)
    with letting_rest(["all"]):
        assert len(list(feed2doc.read_all(data, format="feed"))) == 1
    with letting_rest(["all", *marks[:1]]) as rested:  # the XML of the entry
        assert list(feed2doc.read_all(data, format="feed")) == []
        assert rested == [(ALL_ENTRIES, "all"), (1, marks[0])]


def test_an_item_is_tried_again_only_a_few_times() -> None:
    ended: dict[int, str] = {}
    for number in (ALL_ENTRIES, 1, 2, 3):
        again = Ended("slow", number).without(ended)
        assert again == {**ended, number: "slow"}
        ended = again
    assert Ended("slow", 4).without(ended) is None
    assert Ended("slow").without({}) is None and Ended("slow", 2).without({2: "slow"}) is None


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("limited", [True, False])
def test_an_interrupt_does_not_wait_for_an_item_that_hangs(
    items: Path, tmp_path: Path, number: signal.Signals, limited: bool
) -> None:
    """The plugin says that the item hangs, and for how long its process lives."""
    os.mkfifo(tmp_path / "alive")
    hanging = f"""
import threading
from feed2doc import Transform
from feed2doc._files.temporary import new_folder
def apply(document, env):
    if "slow.example" in document.url:
        new_folder()
        kept = open({os.fspath(tmp_path / "alive")!r}, "wb")
        kept.write(b"hangs")
        kept.flush()
        threading.Event().wait()
    return document
TRANSFORM = Transform(name="hanging", apply=apply)
"""
    path = with_plugin(tmp_path, "transform", "hanging", hanging)
    for n in range(3, 40):
        (items / f"{n}.txt").write_text((items / "0.txt").read_text().replace("/0", f"/{n}"))
    given = ["--to", "md", "--output-dir", str(tmp_path / "out"), "--transform", "hanging", "-j", "2"]
    given += ["--item-timeout", SECONDS] if limited else []
    env = os.environ | {"TMPDIR": os.fspath(tmp_path), "PYTHONPATH": path}
    command = [*COMMAND, str(items), *given]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) as process,
        open(tmp_path / "alive", "rb") as alive,
    ):
        assert alive.read(5) == b"hangs"
        process.send_signal(number)
        assert process.wait(500) == (130 if number == signal.SIGINT else -number)
        assert alive.read() == b""  # its process has ended, too
    assert not list(tmp_path.glob("feed2doc-*")) and not list((tmp_path / "out").glob(".*"))


def test_limits_that_are_not_possible(tmp_path: Path) -> None:
    item = tmp_path / "a.txt"
    item.write_text(ITEM.format(n=1))
    for given, said in (
        (("--item-timeout", "soon"), "'soon' is not a number of seconds such as 60"),
        (("--item-timeout", "-1"), "item timeout: -1 s is not between 0 and"),
        (("--item-timeout", "nan"), "item timeout: nan s is not between 0 and"),
        (("--item-memory", "2X"), "--item-memory 2X: not a size such as 2G or 512M"),
        (("--item-memory", "10M"), "item memory: must be at least 256M"),
        (("--item-timeout", "5", "--scheduler", "local"), "do not apply to --scheduler: limit its workers"),
        (("--item-timeout", "5", "--output-dir", "memory://x"), "do not apply to memory://"),
    ):
        done = run(item, "--to", "md", *given)
        assert done.returncode == 2 and said in one_line(done)


def test_the_library_has_the_limits_of_sync(items: Path, tmp_path: Path) -> None:
    program = f"""
        import feed2doc
        done = feed2doc.sync([{os.fspath(items / "0.txt")!r}], {os.fspath(tmp_path / "out")!r}, format="md", item_timeout=60)
        assert len(done.written) == 1 and not done.failures
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=True)
    with pytest.raises(feed2doc.OptionError, match="item memory: must be at least 256M"):
        feed2doc.sync(items, tmp_path / "out", item_memory=1000)
