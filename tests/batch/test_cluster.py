"""A real cluster on loopback, a scheduler and two workers: the same results as locally, whatever happens to a worker."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import pytest
from feed2doc.batch.converter import Converter
from feed2doc.batch.job import Job, Target
from feed2doc.batch.workers import dask_task

from tests.command import COMMAND, ITEM, one_line, run_process
from tests.dask_cluster import cluster
from tests.plugins import PLUGIN, with_plugin

pytestmark = [
    pytest.mark.slow,
    # Importing it takes a second of each process that collects the tests.
    pytest.mark.skipif(find_spec("distributed") is None, reason="Dask is not installed"),
]
COUNT = 200


@pytest.fixture
def items(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    text = "".join(f"<p>Line {n} of a text that takes a while to be read and written.</p>" for n in range(99))
    for n in range(COUNT):
        (folder / f"{n:04}.txt").write_text(ITEM.format(n=n) + text)
    (folder / "0040.txt").write_text("no item")
    (folder / "0041.txt").write_bytes(ITEM.format(n=41).encode() + b"<p>\xff</p>\n")
    return folder


@contextlib.contextmanager
def started(command: list[str], folder: Path, lines: int) -> Iterator[tuple[subprocess.Popen[bytes], bytes]]:
    """Start a run, and yield it with what it has printed, once it has named this many files."""
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0, start_new_session=True
    ) as process:
        assert process.stdout
        yield process, b"".join(process.stdout.readline() for _ in range(lines))


def messages(said: bytes) -> list[bytes]:
    return [line for line in said.splitlines() if b"converted" not in line]


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_nothing_is_lost_if_a_worker_is_killed(items: Path, tmp_path: Path) -> None:
    arguments = ("in", "--to", "md", "--to", "html", "--images", "none", "--output-dir")
    here = run_process(*arguments, "here", cwd=tmp_path)
    report = tmp_path / "run.jsonl"
    with cluster(tmp_path / "dask") as dask:
        victim = dask.worker()
        dask.worker()
        command = [*COMMAND, *arguments, "there", "--scheduler", dask.address, "--report", str(report)]
        with started(command, tmp_path, COUNT // 2) as (process, named):
            dask.kill(victim)
            rest, said = process.communicate(timeout=500)
        again = run_process(*arguments, "there", "--scheduler", dask.address, cwd=tmp_path)
    assert (again.returncode, again.stdout) == (0, b"")
    assert process.returncode == here.returncode == 0
    assert named + rest == here.stdout.replace(b"here/", b"there/")
    assert messages(said) == messages(here.stderr) and b"199 converted, 1 skipped" in said
    assert files(tmp_path / "there") == files(tmp_path / "here")
    lines = [json.loads(line) for line in report.read_text().splitlines()]
    assert [line["input"] for line in lines] == [f"in/{n:04}.txt" for n in range(COUNT)]
    for line in lines:
        for output in line["outputs"]:
            assert sha256((tmp_path / output["path"]).read_bytes()).hexdigest() == output["sha256"]


def test_impossible_runs_are_refused_in_one_line(items: Path, tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "here.toml").write_text('hosts = ["here.example"]')
    command = ("in", "--to", "md", "--output-dir", "out", "--site-rules", str(tmp_path / "rules"), "-q")
    unreachable = [*COMMAND, *command, "--scheduler", "tcp://127.0.0.1:9"]
    for arguments, words in (
        (("--scheduler", "cluster"), "cluster: not an address"),
        (("--scheduler", "local", "--bundle"), "does not apply to --bundle: one process builds the book"),
        (("--scheduler", "local", "-"), "does not apply: only this process can read standard input"),
    ):
        done = run_process(*command, *arguments, cwd=tmp_path)
        assert done.returncode == 2 and words in one_line(done)
    with (
        subprocess.Popen(
            unreachable, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as waiting,
        cluster(tmp_path / "dask") as dask,
    ):
        asked = (*command, "--scheduler", dask.address)
        assert "has no workers: start some" in one_line(run_process(*asked, cwd=tmp_path))
        for before, words in (
            ("import sys\nsys.modules['feed2doc'] = None", "install it there"),
            ("import os\nos.path.exists = lambda path: False", f"cannot see {tmp_path / 'out'}"),
        ):
            worker = dask.worker(before=before)
            done = run_process(*asked, cwd=tmp_path)
            assert done.returncode == 2 and words in one_line(done), dask.log.read_text()
            dask.kill(worker)
        dask.worker()
        for before, words in (
            ("import feed2doc; feed2doc.__version__ = '0.0.9'", "this machine has 0.0.9"),
            ("import importlib.metadata as m; m.version = lambda name: '0.1'", "lxml 0.1"),
            (
                "import feed2doc.batch.state.fingerprints as f; f.digest_of = lambda path: 'other'",
                "has different site rules",
            ),
        ):
            program = f"{before}; from feed2doc._cli import main; main()"
            done = subprocess.run([sys.executable, "-c", program, *asked], cwd=tmp_path, capture_output=True)
            assert done.returncode == 2 and words in one_line(done), dask.log.read_text()
        assert not list((tmp_path / "out").iterdir())
        stdout, stderr = waiting.communicate(timeout=500)
    assert waiting.returncode == 2 and not stdout
    assert b"tcp://127.0.0.1:9: cannot be reached" in stderr and stderr.count(b"\n") == 1


def test_without_dask_the_command_that_installs_it_is_named(items: Path, tmp_path: Path) -> None:
    code = "import sys; sys.modules['dask'] = None; from feed2doc._cli import main; main()"
    command = [sys.executable, "-c", code, "in", "--to", "md", "--scheduler", "local"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True)
    assert done.returncode == 4 and f'{sys.executable} -m pip install "feed2doc[cluster]"' in one_line(done)


def test_a_lost_scheduler_ends_the_run_and_the_next_run_continues(items: Path, tmp_path: Path) -> None:
    command = [*COMMAND, "in", "--to", "html", "--output-dir", "out", "-q"]
    with cluster(tmp_path / "dask") as dask:
        dask.worker()
        with started([*command, "--scheduler", dask.address], tmp_path, 30) as (process, named):
            dask.scheduler.kill()
            rest, said = process.communicate(timeout=500)
    assert process.returncode == 1 and b"the scheduler is gone" in said and said.count(b"\n") == 1
    made = (named + rest).splitlines()
    done = run_process(*command[3:], cwd=tmp_path)
    assert done.returncode == 0 and len(done.stdout.splitlines()) in (199 - len(made), 200 - len(made))
    assert len(files(tmp_path / "out")) == 199


@pytest.mark.parametrize("where", ["local", "away"])
def test_an_interrupt_leaves_whole_files_and_no_process(items: Path, tmp_path: Path, where: str) -> None:
    with contextlib.ExitStack() as stack:
        address = where
        if where == "away":
            dask = stack.enter_context(cluster(tmp_path / "dask"))
            dask.worker()
            address = dask.address
        command = [*COMMAND, "in", "--to", "html", "--output-dir", "out", "--scheduler", address, "-j", "2"]
        with started(command, tmp_path, 30) as (process, named):
            os.killpg(process.pid, signal.SIGINT)  # to all processes at once, as a terminal does
            rest, said = process.communicate(timeout=500)
        assert process.returncode == 130, said
        assert messages(said)[-1].startswith(b"feed2doc: interrupted") and b"Traceback" not in said
        with pytest.raises(ProcessLookupError):
            while True:  # until the system has removed the last one
                os.killpg(process.pid, 0)
                time.sleep(0.05)
        if where == "away":  # the worker is there for the next run
            again = run_process(*command[3:], cwd=tmp_path)
            assert again.returncode == 0
    names = {line.rpartition("/")[2] for line in (named + rest).decode().splitlines()}
    made = files(tmp_path / "out")
    assert names <= set(made) and all(data.rstrip().endswith(b"</html>") for data in made.values())
    assert not [name for name in made if name.startswith(".")]


def test_a_worker_closes_what_it_held_for_an_earlier_job(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[Converter] = []
    monkeypatch.setattr(Converter, "close", lambda self: closed.append(self))
    jobs = [Job(targets=(Target(name),), folder="memory://out") for name in ("markdown", "text")]
    first, again, other = (
        dask_task._converter(job, dask_task.environment_of(job, None)) for job in (*jobs[:1], *jobs)
    )
    assert first is again is not other and closed == [first]


def test_an_input_that_kills_workers_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    for n in range(40):
        (tmp_path / "in" / f"{n:03}.txt").write_text(ITEM.format(n=f"item{n}").replace("Port", f"Port {n}"))
    monkeypatch.setenv("PYTHONPATH", with_plugin(tmp_path, "writer", "deadly", PLUGIN))
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "1")
    with cluster(tmp_path / "dask") as dask:
        dask.worker("--nworkers", "1", "--nthreads", "2")
        command = ("in", "--to", "deadly", "--output-dir", "out", "--scheduler", dask.address)
        done = run_process(*command, cwd=tmp_path)
    assert done.returncode == 1
    assert b"1 threads are idle" in done.stderr
    assert messages(done.stderr)[1:] == [
        b"feed2doc: in/017.txt: the worker was killed, perhaps out of memory: convert it alone, or with -j 1"
    ]
    assert sorted(files(tmp_path / "out").values()) == sorted(
        f"Port {n} opens".encode() for n in range(40) if n != 17
    )
