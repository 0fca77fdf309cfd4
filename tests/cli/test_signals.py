"""Commands that a signal ends at any moment leave complete files, no temporary ones, and can be repeated.

FEED2DOC_MOMENTS is the number of moments to try for each command and signal, instead of one for each of three commands.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import paths
from tests.command import COMMAND, ITEM
from tests.feed_server import entry, feed
from tests.learning_sources import shore, write
from tests.shelf_server import shelf

PROGRAM = str(paths.TESTS / "interrupted.py")
MOMENTS = int(os.environ.get("FEED2DOC_MOMENTS", "0"))
COMMANDS = {
    "convert": "items --to md --to epub --output-dir out --offline",
    "limits": "items --to md --output-dir out --offline --item-timeout 300",
    "bundle": "items --bundle --title Morning -o out/book.epub --offline",
    "pandoc": "items --bundle --title Morning -o out/book.docx --offline",
    "pdf": "items/0.txt --to pdf --output-dir out --offline",
    "sync": "sync feed.xml items --to epub --dest out --offline",
    "edition": "edition items -o out/edition.epub --offline",
    "pair": "pair items/0.txt items/1.txt -o out/pair.epub --offline",
    "learn": "learn site -o out/rules.toml",
    "import": "serve --library out --import items",
}
# Whether a signal ends the process, as its parent sees it, or it ends with the code of a shell.
SIGNALS = {signal.SIGINT: 130, signal.SIGTERM: -signal.SIGTERM, signal.SIGHUP: -signal.SIGHUP}
FEW = [("convert", signal.SIGTERM), ("sync", signal.SIGHUP), ("bundle", signal.SIGINT)]
CHOSEN = [(command, each) for command in COMMANDS for each in SIGNALS] if MOMENTS else FEW


@pytest.fixture(autouse=True)
def _sighup() -> Iterator[None]:
    """Let the commands be told of SIGHUP also in a run of the tests under `nohup`, whose children ignore it."""
    if not hasattr(signal, "SIGHUP"):
        yield
        return
    inherited = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, inherited)


class Place:
    """A folder with inputs, where a command is run."""

    def __init__(self, path: Path) -> None:
        self.path = path
        for name in ("items", "site", "out", "tmp"):
            (path / name).mkdir(parents=True)
        for n in range(3):
            (path / "items" / f"{n}.txt").write_text(ITEM.format(n=n).replace("The port", f"Port {n}"))
        write(path / "site", [shore(n) for n in range(12)])
        (path / "feed.xml").write_text(feed(entry(7), entry(8)))

    def run(
        self, command: str, number: int = 0, at: int = 0, ignored: int = 0
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a command, with a signal at an event; the parent may have told it to ignore one."""
        names = {f"XDG_{name.upper()}_HOME": str(self.path / name) for name in ("state", "cache", "config")}
        more = {"TMPDIR": str(self.path / "tmp"), "COUNT_FILE": str(self.path / "count")}
        return subprocess.run(
            [sys.executable, PROGRAM, str(number), str(at), *COMMANDS[command].split()],
            cwd=self.path,
            env={**os.environ, **names, **more, "SOURCE_DATE_EPOCH": "1740000000"},
            capture_output=True,
            preexec_fn=(lambda: signal.signal(ignored, signal.SIG_IGN) and None) if ignored else None,
        )

    def files(self) -> dict[str, bytes]:
        """Return the files that the command has written, without those of a library, which are those of a database."""
        return {
            path.relative_to(self.path).as_posix(): b""
            if "library.sqlite" in path.name
            else path.read_bytes()
            for path in (self.path / "out").rglob("*")
            if path.is_file() and not path.name.endswith(("-shm", "-wal"))
        }


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="this system has no such signals")
@pytest.mark.parametrize(("command", "number"), CHOSEN, ids=str)
def test_a_signal_leaves_nothing_half_done(
    command: str,
    number: signal.Signals,
    tmp_path: Path,
    pytestconfig: pytest.Config,
    record_property: Callable[[str, object], None],
) -> None:
    first = Place(tmp_path / "first")
    done = first.run(command)
    assert done.returncode == 0, done.stderr
    wanted, events = first.files(), int((tmp_path / "first" / "count").read_text())
    choice = random.Random(f"{command} {number} {pytestconfig.getoption('--hypothesis-seed')}")
    for moment in choice.sample(range(1, events), max(MOMENTS, 1)):
        place = Place(tmp_path / "again")
        done = place.run(command, number, moment)
        said = f"{command}, {number.name} at event {moment}: {done.stderr.decode()}"
        assert done.returncode in (SIGNALS[number], 0), said  # or it came too late
        assert b"Traceback" not in done.stderr and b"internal error" not in done.stderr, said
        assert place.files().items() <= wanted.items() and not os.listdir(place.path / "tmp"), said
        done = place.run(command)
        assert done.returncode == 0 and place.files() == wanted, f"{said}, then {done.stderr.decode()}"
        shutil.rmtree(place.path)
    record_property("kills", max(MOMENTS, 1))


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="this system has no such signals")
def test_a_command_may_outlive_its_terminal_and_a_shelf_ends_with_it(tmp_path: Path) -> None:
    place = Place(tmp_path / "nohup")
    done = place.run("convert", signal.SIGHUP, 100, ignored=signal.SIGHUP)
    assert done.returncode == 0 and len(place.files()) == 6
    with shelf(tmp_path / "shelf") as server:
        assert server.stop(signal.SIGHUP) == 0 and "Traceback" not in server.log.read_text()


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="this system has no such signals")
def test_a_terminal_that_is_closed_does_not_end_what_spawned_processes_need() -> None:
    program = """
import os, signal
from multiprocessing import resource_tracker
from feed2doc.batch.job import Job
from feed2doc.batch.store import FileStore
from feed2doc.batch.workers.processes import Processes
processes = Processes(Job(targets=()), FileStore(), 1, spawn=True)
os.kill(resource_tracker._resource_tracker._pid, signal.SIGHUP)
print(processes.call(repr))
processes.close()
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True)
    assert done.returncode == 0 and b"Converter" in done.stdout and not done.stderr, done.stderr


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="this system has no such signals")
@pytest.mark.parametrize("spawn", [True, False])
def test_a_signal_of_the_terminal_does_not_end_a_process_that_is_just_starting(spawn: bool) -> None:
    program = f"""
import os, signal
from multiprocessing import util
from feed2doc.batch.job import Job
from feed2doc.batch.store import FileStore
from feed2doc.batch.workers.processes import Processes
def signal_of_terminal(process):
    for number in (signal.SIGINT, signal.SIGHUP):
        os.kill(process, number)
    return process
start = util.spawnv_passfds
util.spawnv_passfds = lambda *given: signal_of_terminal(start(*given))
processes = Processes(Job(targets=()), FileStore(), 1, spawn={spawn})
os.register_at_fork(after_in_child=lambda: signal_of_terminal(os.getpid()))
print(processes.call(repr))
processes.close()
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True)
    assert done.returncode == 0 and b"Converter" in done.stdout and not done.stderr, done.stderr


def test_a_signal_after_one_that_python_has_dropped_counts() -> None:
    program = """
import os, signal
from feed2doc._cli import _signals
received = _signals.stop_on_signals()
class Freed:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)
Freed()
os.kill(os.getpid(), signal.SIGTERM)  # at once: it is the end that must not be disturbed
_signals._AGAIN_SECONDS = 0
try:
    os.kill(os.getpid(), signal.SIGTERM)
except KeyboardInterrupt:
    print(len(received))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True)
    assert done.stdout == b"2\n", done.stderr


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)])
def test_a_command_that_waits_for_a_pipe_can_be_interrupted(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    os.mkfifo(tmp_path / "item")
    command = [*COMMAND, "explain", str(tmp_path / "item")]
    with (
        subprocess.Popen(command, stderr=subprocess.PIPE) as process,
        open(tmp_path / "item", "wb"),  # waits until it is opened for reading
    ):
        process.send_signal(number)
        assert process.stderr and process.stderr.read() == b"feed2doc: interrupted\n"
    assert process.returncode == code
