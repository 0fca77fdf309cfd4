"""Many inputs on several processes: the same results as on one, whatever happens to one of them."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from feed2doc.batch.job import Job
from feed2doc.batch.store import FileStore
from feed2doc.batch.workers import processes
from PIL import Image

from tests.command import COMMAND, ITEM, run, run_process
from tests.plugins import PLUGIN, with_plugin


@pytest.fixture
def items(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(80):
        (folder / f"{n:03}.txt").write_text(ITEM.format(n=f"item{n}").replace("Port", f"Port {n}"))
    return folder


def test_outputs_and_their_order_are_those_of_one_process(items: Path, tmp_path: Path) -> None:
    (items / "040.txt").write_text("no item")
    (items / "041.txt").write_bytes(b"[A](https://a.example)\n-----\n\n<p>\xff</p>\n")
    (items / "readme.md").write_text("# no item")
    runs = []
    for jobs in ("1", "3"):
        out = tmp_path / "out"
        done = run_process(
            items, items / "040.txt", "--to", "md", "--to", "json", "--output-dir", out, "-j", jobs
        )
        assert done.returncode == 1
        messages, _, summary = done.stderr.rstrip().rpartition(b"\n")
        assert b"feed2doc: 79 converted, 1 failed, 2 skipped in " in summary
        runs.append((done.stdout, messages, {p.name: p.read_bytes() for p in out.iterdir()}))
        for path in out.iterdir():
            path.unlink()
    assert runs[0] == runs[1]
    assert runs[0][0].count(b"\n") == 2 * 79 and runs[0][1].count(b"skipped") == 2
    assert b"040.txt: not a feed item" in runs[0][1] and b"041.txt: lost" in runs[0][1]


def test_only_the_input_of_a_process_that_dies_fails(items: Path, tmp_path: Path) -> None:
    path = with_plugin(tmp_path, "writer", "deadly", PLUGIN)
    report = tmp_path / "run.jsonl"
    given = ("--to", "deadly", "--output-dir", tmp_path / "out", "-j", "2", "--report", report)
    done = run_process(items, *given, PYTHONPATH=path)
    assert done.returncode == 1
    (failed,) = (
        line for line in map(json.loads, report.read_text().splitlines()) if line["status"] == "failed"
    )
    assert failed["input"].endswith("017.txt") and b"79 converted, 1 failed" in done.stderr
    # It is not considered converted in the next run either; alone, in the run's own process, it ends that process.
    assert run_process(items, *given, PYTHONPATH=path).returncode == -9
    said = [line for line in done.stderr.splitlines() if b" so far" not in line]  # as a busy machine adds
    assert len(said) == 2 and b"017.txt: the worker was killed" in said[0]
    written = sorted(path.read_text() for path in (tmp_path / "out").iterdir())
    assert written == sorted(f"Port {n} opens" for n in range(80) if n != 17)


def test_an_output_that_cannot_be_written_ends_the_run(items: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file, no folder")
    done = run_process(items, "--to", "md", "--output-dir", tmp_path / "out", "-j", "2")
    assert done.returncode == 6 and not done.stdout
    assert done.stderr.count(b"cannot be written") == 1


@pytest.mark.parametrize(("platform", "most"), [("linux", 32), ("win32", 61)])
def test_no_more_processes_are_started_than_a_machine_can_use(
    monkeypatch: pytest.MonkeyPatch, platform: str, most: int
) -> None:
    monkeypatch.setattr(processes, "cores", lambda: 2)
    monkeypatch.setattr("feed2doc.batch.workers.processes.sys.platform", platform)
    assert processes.most_processes() == most
    monkeypatch.undo()
    pool = processes.Processes(Job(targets=()), FileStore(), 99_999)
    assert pool.count == processes.most_processes()
    pool.close()


def test_the_help_says_how_many_processes_there_can_be() -> None:
    shown = " ".join(run("convert", "--help").stdout.decode().split())
    assert f"at most {processes._MOST_PER_CORE} per core" in shown


STARTING = """
import os, signal, subprocess
from feed2doc import Transform
def apply(document, env):
    if "item17" in document.url and not os.path.exists({once!r}):
        open({once!r}, "x").close()
        with open({alive!r}, "wb") as kept:
            kept.write(b"runs")
            kept.flush()
            program = subprocess.Popen(["sleep", "1000"], stdout=kept)
        {end}
    return document
TRANSFORM = Transform(name="starting", apply=apply)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no groups of processes")
@pytest.mark.parametrize(
    ("end", "number", "code"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", 0, 0),
        ("program.wait()", signal.SIGINT, 130),
        ("program.wait()", signal.SIGTERM, -signal.SIGTERM),
        ("program.wait()", signal.SIGKILL, -signal.SIGKILL),
    ],
    ids=["worker killed", "Ctrl-C", "SIGTERM", "run killed"],
)
def test_a_program_that_a_worker_has_started_does_not_outlive_it(
    items: Path, tmp_path: Path, end: str, number: int, code: int
) -> None:
    alive, once = tmp_path / "alive", tmp_path / "once"
    os.mkfifo(alive)
    text = STARTING.format(alive=os.fspath(alive), once=os.fspath(once), end=end)
    env = os.environ | {"PYTHONPATH": with_plugin(tmp_path, "transform", "starting", text)}
    given = ["--to", "md", "--output-dir", tmp_path / "out", "--transform", "starting", "-j", "2"]
    with (
        subprocess.Popen(
            [*COMMAND, str(items), *map(str, given)], stdout=subprocess.PIPE, env=env
        ) as process,
        alive.open("rb") as kept,
    ):
        assert kept.read(4) == b"runs"
        process.send_signal(number)
        assert kept.read() == b""  # the program has ended
        process.communicate()
        assert process.returncode == code


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system kills no processes")
def test_a_worker_that_was_killed_while_it_had_nothing_to_do_is_replaced() -> None:
    program = """
import os, signal
from feed2doc.batch.job import Job
from feed2doc.batch.store import FileStore
from feed2doc.batch.workers.processes import Processes
processes = Processes(Job(targets=()), FileStore(), 1)
def process_of(converter):
    return os.getpid()
first = processes.call(process_of)
manager = processes._pool._executor_manager_thread
os.kill(first, signal.SIGKILL)
manager.join()
print(processes.call(process_of) != first)
processes.close()
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True)
    assert done.stdout == b"True\n" and not done.stderr, done.stderr


FEW_PROCESSES = """
import os, threading
process, start, start_thread, number = os.getpid(), os.fork, threading.Thread.start, 0
def fork():
    global number
    number += 1
    if number > {processes}:
        raise BlockingIOError(11, "Resource temporarily unavailable")
    return start()
def begin(thread):
    if {threads} == 0 and os.getpid() == process:
        raise RuntimeError("can't start new thread")
    start_thread(thread)
os.fork, threading.Thread.start = fork, begin
from feed2doc._cli import main
main()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.parametrize(("processes", "threads"), [(0, 9), (1, 9), (1, 0), (9, 0)])
@pytest.mark.parametrize("limits", [[], ["--item-timeout", "300"]])
def test_a_system_that_starts_no_more_processes_is_an_error_in_one_line(
    items: Path, tmp_path: Path, processes: int, threads: int, limits: list[str]
) -> None:
    given = [str(items), "--to", "md", "--output-dir", str(tmp_path / "out"), "-j", "3", *limits]
    program = FEW_PROCESSES.format(processes=processes, threads=threads)
    done = subprocess.run(
        [sys.executable, "-c", program, *given],
        capture_output=True,
        env=os.environ | {"TMPDIR": str(tmp_path)},
    )
    reason = b"Resource temporarily unavailable" if processes < 9 else b"can't start new thread"
    said = b"feed2doc: no worker process can be started: %b: end other programs, or use -j 1\n" % reason
    assert (done.returncode, done.stderr) == (3, said) and not list(tmp_path.glob("feed2doc-*"))


STUCK = """
import os, re
from feed2doc import Transform
def apply(document, env):
    if "item17" in document.url:
        with open({alive!r}, "wb") as kept:
            kept.write(b"runs")
            kept.flush()
            re.match("(a|a)*b", "a" * 60)  # it ends in no time that matters, and keeps Python's lock
    return document
TRANSFORM = Transform(name="stuck", apply=apply)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends such a process with its parent")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_worker_that_keeps_the_lock_of_python_does_not_outlive_a_killed_run(
    items: Path, tmp_path: Path, number: int
) -> None:
    alive = tmp_path / "alive"
    os.mkfifo(alive)
    text = STUCK.format(alive=os.fspath(alive))
    env = os.environ | {"PYTHONPATH": with_plugin(tmp_path, "transform", "stuck", text)}
    given = ["--to", "md", "--output-dir", tmp_path / "out", "--transform", "stuck", "-j", "2"]
    with (
        subprocess.Popen(
            [*COMMAND, str(items), *map(str, given)], stdout=subprocess.DEVNULL, env=env
        ) as process,
        alive.open("rb") as kept,
    ):
        assert kept.read(4) == b"runs"
        process.send_signal(number)
        assert kept.read() == b""  # the worker has ended
        process.wait()


NO_THREADS = """
import threading
def begin(thread):
    raise RuntimeError("can't start new thread")
threading.Thread.start = begin
from feed2doc._cli import main
main()
"""


def test_pictures_are_saved_if_the_system_starts_no_more_threads(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    pictures = "".join(f'<img src="{n}.png">' for n in range(3))
    (folder / "a.txt").write_text(f"[Port](https://port.example/1)\n---\n<p>So.</p>{pictures}<p>Yes.</p>")
    for n in range(2):
        Image.new("RGB", (300 + n, 200)).save(folder / f"{n}.png")
    Image.new("1", (5000, 4000)).save(folder / "2.png")  # decoded by a thread of its own
    given = [str(folder), "--to", "epub", "--output-dir", str(tmp_path / "out"), "-j", "1", "--offline"]
    done = subprocess.run([sys.executable, "-c", NO_THREADS, *given], capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    (saved,) = (tmp_path / "out").glob("*.epub")
    with ZipFile(saved) as book:
        assert len([name for name in book.namelist() if "/images/" in name]) == 3
