"""Limits of time and memory end an item in its worker process, and the run goes on."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import feed2doc
import pytest

from tests.command import COMMAND, ITEM, one_line, run, run_process
from tests.feed_server import entry, feed
from tests.plugins import with_plugin

# An item of slow.example is searched for this pattern, which takes longer than anybody can wait.
RULE = "hosts = ['slow.example']\ndrop_text = ['(\\w+\\s?)+!$']\n"
WORDS = "The ferries go to the island of the lighthouse again, which is far away and very quiet"
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


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_only_the_item_that_takes_too_long_fails(items: Path, tmp_path: Path, jobs: str) -> None:
    out, report = tmp_path / "out", tmp_path / "run.jsonl"
    given = (
        "--to",
        "md",
        "--to",
        "json",
        "--output-dir",
        out,
        "--site-rules",
        tmp_path / "rules",
        "-j",
        jobs,
    )
    done = run_process(items, *given, "--item-timeout", "1.5", "--report", report)
    assert done.returncode == 1
    message = (
        f"{items}/1.txt: stopped after 1.5 s while applying the rules of slow: --item-timeout sets the limit"
    )
    assert message in done.stderr.decode() and b"2 converted, 1 failed" in done.stderr
    lines = [json.loads(line) for line in report.read_text().splitlines()]
    assert [line["status"] for line in lines] == ["converted", "failed", "converted"]
    assert lines[1]["error"] == {"message": message, "exit_code": 3} and lines[1]["outputs"] == []
    assert len(list(out.iterdir())) == 4  # and no temporary file


@pytest.mark.slow
def test_a_shard_lacks_only_the_item_that_takes_too_long(items: Path, tmp_path: Path) -> None:
    given = (
        "--to",
        "jsonl",
        "--shard",
        "10",
        "--output-dir",
        tmp_path / "out",
        "--site-rules",
        tmp_path / "rules",
    )
    done = run_process(items, *given, "--item-timeout", "1.5")
    assert done.returncode == 1 and b"1.txt: stopped after 1.5 s" in done.stderr
    assert b"2 converted, 1 failed" in done.stderr and b"part-00000" in done.stdout


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


def test_sync_has_limits_also_while_it_reads_a_feed_or_writes_daily_books(
    items: Path, tmp_path: Path
) -> None:
    slow = feed(entry(1), entry(2, WORDS)).replace("port.example", "slow.example")
    (tmp_path / "slow.xml").write_text(slow)
    (tmp_path / "feed.xml").write_text(feed(entry(3)))
    for slow_one, more in (("slow.xml", ("--to", "md")), ("in/1.txt", ("--to", "txt", "--bundle", "daily"))):
        dest = tmp_path / more[-1]
        sources = (tmp_path / slow_one, items / "0.txt", tmp_path / "feed.xml")
        given = ("--dest", dest, *more, "--site-rules", tmp_path / "rules", "--item-timeout", "1.5")
        done = run_process("sync", *sources, *given)
        assert done.returncode == 1
        assert f"{slow_one}: stopped after 1.5 s while applying the rules of slow".encode() in done.stderr
        assert len(list(dest.iterdir())) == 2


@pytest.mark.slow
def test_a_bundle_lacks_the_item_that_takes_too_long(items: Path, tmp_path: Path) -> None:
    given = (
        "--bundle",
        "--title",
        "All",
        "--to",
        "md",
        "-o",
        tmp_path / "all.md",
        "--site-rules",
        tmp_path / "rules",
    )
    done = run_process(items, *given, "--item-timeout", "1.5")
    assert done.returncode == 1 and b"1.txt: stopped after 1.5 s" in done.stderr
    assert "quick.example/0" in (text := (tmp_path / "all.md").read_text()) and "quick.example/2" in text


@pytest.mark.slow
def test_an_interrupt_does_not_wait_for_an_item_that_hangs(items: Path, tmp_path: Path) -> None:
    given = [
        *COMMAND,
        str(items / "0.txt"),
        str(items / "1.txt"),
        "--to",
        "md",
        "--output-dir",
        str(tmp_path / "out"),
    ]
    given += ["--site-rules", str(tmp_path / "rules"), "--item-timeout", "100", "-j", "1"]
    env = os.environ | {"TMPDIR": os.fspath(tmp_path)}
    with subprocess.Popen(given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) as process:
        while not any(
            "applying" in log.read_text() and "1.txt" in log.read_text()
            for log in tmp_path.glob("feed2doc-*/*")
        ):
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        assert process.wait(500) == 130
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
