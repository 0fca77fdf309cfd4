"""Helpers that run the command line in this process, in a new process, or on a terminal."""

import contextlib
import fcntl
import functools
import io
import logging
import os
import re
import struct
import subprocess
import sys
import tempfile
import termios
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NoReturn
from unittest import mock

import pytest
from feed2doc._cli import _progress
from feed2doc._cli import run as run_command
from feed2doc._cli._stdout import standard_output
from feed2doc.readers import reset_site_rules

COMMAND = [sys.executable, "-m", "feed2doc"]
ITEM = (
    "<!--1740454621000-->\n[Port opens](https://example.com/{n})\n------\n\n<p>The port is open again.</p>\n"
)

# Caches of values that do not depend on files, folders or variables that a test changes. All others are cleared.
_KEPT = tuple(
    f"feed2doc.{name}"
    for name in (
        "_compiled_data",
        "_locale",
        "_plugins",
        "_text",
        "aligning",
        "covers",
        "fonts",
        "newspaper",
        "readers",
        "writers",
    )
)
# The other caches, by module.
_caches: dict[str, list["functools._lru_cache_wrapper[Any]"]] = {}
# Variables that Python or a shared library reads when a process starts.
_READ_AT_START = re.compile("PYTHON|LC_|LANG|LD_|TZ$|FONTCONFIG_")


def run(
    *arguments: str | Path, stdin: bytes = b"", cwd: Path | None = None, **env: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the command in this process as if it were a new one: caches of earlier runs are cleared.

    Use `run_process` if the process matters: for workers (limits; more than 32 inputs, or two PDFs, unless with `-j 1`),
    for clusters, and for variables that are read when a process starts. All of these fail here.
    """
    words = list(map(str, arguments))
    assert not [name for name in env if _READ_AT_START.match(name)], "use run_process"
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(stdin)
        given.seek(0)
        if words[:1] == ["sync"]:  # it has limits by default, and then a worker
            env = {"FEED2DOC_ITEM_TIMEOUT": "0", "FEED2DOC_ITEM_MEMORY": "0"} | env
        with _surroundings(cwd, env), _streams(given, out, err):
            try:
                code: int | str | None = run_command(words)
            except SystemExit as end:
                code = end.code
        assert isinstance(code, int)
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(words, code, out.read(), err.read())


def run_process(
    *arguments: str | Path, stdin: bytes = b"", cwd: Path | None = None, **env: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a new process."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=os.environ | env,
        timeout=500,
    )


def on_terminal(*arguments: str, cwd: Path) -> tuple[int, str, bytes]:
    """Run the command with a terminal as stderr. Return the exit code, the text shown, and stdout."""
    terminal, ours = os.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    env = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | {
        "TERM": "xterm-256color"
    }
    with subprocess.Popen(
        [*COMMAND, *arguments], cwd=cwd, stdin=ours, stdout=subprocess.PIPE, stderr=ours, env=env
    ) as process:
        os.close(ours)
        shown = b""
        with contextlib.suppress(OSError):  # reading at the end of a terminal fails
            while data := os.read(terminal, 4096):
                shown += data
        output = process.stdout.read() if process.stdout else b""
    os.close(terminal)
    return process.returncode, re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown.decode()), output


def one_line(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return the message of a failed run, which is exactly one line. Assert that nothing else was printed."""
    message = done.stderr.decode()
    assert message.startswith("feed2doc: ") and message.count("\n") == 1, message
    assert not done.stdout
    return message


@contextlib.contextmanager
def _surroundings(cwd: Path | None, env: dict[str, str]) -> Iterator[None]:
    """Set the folder, the variables and the warning filters as in a new process."""
    variables, handlers = dict(os.environ), logging.root.handlers
    with (
        contextlib.chdir(cwd or "."),
        warnings.catch_warnings(),
        # This process has threads, so a fork of it may deadlock.
        mock.patch("feed2doc.batch.workers.processes.Processes", _use_run_process),
        mock.patch("feed2doc.batch.workers.dask_cluster.Cluster", _use_run_process),
        # A run that takes long sums up what it did, which none does because the machine is busy.
        mock.patch.object(_progress, "_LINE_EVERY", 3600.0 if _progress._LINE_EVERY else 0.0),
    ):
        warnings.simplefilter("ignore")  # Python ignores most warnings, but pytest turns them into errors
        logging.root.handlers = []  # without pytest's handlers, logging prints warnings to stderr
        os.environ.update(env)
        _forget()
        try:
            yield
        finally:
            _forget()
            logging.root.handlers = handlers
            os.environ.clear()
            os.environ.update(variables)


def _use_run_process(*_: object) -> NoReturn:
    pytest.fail("this starts processes: use run_process")


def _forget() -> None:
    """Clear the process-wide caches of the package and of fsspec."""
    reset_site_rules()
    if fsspec := sys.modules.get("fsspec"):
        for kind in fsspec.registry.values():
            kind.clear_instance_cache()
    for name in sys.modules.keys() - _caches.keys():
        is_ours = name.startswith("feed2doc.") and not name.startswith(_KEPT)
        values = list(vars(sys.modules[name]).values()) if is_ours else []
        _caches[name] = [each for each in values if isinstance(each, functools._lru_cache_wrapper)]
    for caches in _caches.values():
        for cache in caches:
            cache.cache_clear()


@contextlib.contextmanager
def _streams(given: IO[bytes], out: IO[bytes], err: IO[bytes]) -> Iterator[None]:
    """Use these files as the standard streams of this process and of its children."""
    ours = sys.stdin, sys.stdout, sys.stderr
    for stream in ours[1:]:
        stream.flush()
    kept = [os.dup(number) for number in range(3)]
    plain = io.TextIOWrapper(io.FileIO(1, "w", closefd=False))
    try:
        for number, file in enumerate((given, out, err)):
            os.dup2(file.fileno(), number)
        sys.stdin = io.TextIOWrapper(io.FileIO(0, closefd=False))
        sys.stdout = plain
        sys.stdout = standard_output()  # it writes to `plain`, and must not outlive it
        sys.stderr = io.TextIOWrapper(
            io.FileIO(2, "w", closefd=False), "utf-8", "backslashreplace", line_buffering=True
        )
        yield
    finally:
        for stream in (sys.stdout, sys.stderr):
            if not stream.closed:
                stream.flush()
        sys.stdin, sys.stdout, sys.stderr = ours
        plain.close()
        for number, copy in enumerate(kept):
            os.dup2(copy, number)
            os.close(copy)
