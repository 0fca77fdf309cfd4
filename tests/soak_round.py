"""A pytest plugin for a round of `make soak`: it runs tests until the time of the round is over, and counts each of them.

Tests that have run least in earlier rounds come first, in an order that depends on the seed. At least one runs. A line for
each is added to a file, so that what was done is known even if the round is killed.
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Generator
from pathlib import Path

import msgspec
import pytest


class Done(msgspec.Struct):
    """A test that has run: which of how many, the processes that it killed, the inputs that it tried, and whether it failed."""

    test: str
    of: int
    kills: int = 0
    inputs: int = 0
    failed: bool = False


def read(path: Path) -> list[Done]:
    """Return the tests that have run so far, but not a last one whose line is not complete."""
    try:
        lines = path.read_bytes().splitlines(keepends=True)
    except FileNotFoundError:
        return []
    return [msgspec.json.decode(line, type=Done) for line in lines if line.endswith(b"\n")]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--round", type=Path, help="the file for the tests that have run")
    parser.addoption("--round-seconds", type=float, help="how long tests are started")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(
        Round(
            config.getoption("--round"),
            config.getoption("--round-seconds"),
            config.getoption("--hypothesis-seed"),
        )
    )


class Round:
    """The hooks of a round."""

    def __init__(self, path: Path, seconds: float, seed: str) -> None:
        """Begin the round, which ends after these seconds."""
        self._path, self._until, self._random = path, time.monotonic() + seconds, random.Random(seed)
        self._of = self._started = 0
        self._failed: set[str] = set()

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        self._of = len(items)
        times = Counter(done.test for done in read(self._path))
        items.sort(key=lambda item: (times[item.nodeid], self._random.random()))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self) -> bool | None:
        if self._started and time.monotonic() >= self._until:
            return True  # nothing else runs this test
        self._started += 1
        return None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        if report.failed:
            self._failed.add(item.nodeid)
        if report.when == "teardown":
            tried = re.findall(r"- (\d+) passing", getattr(item, "hypothesis_statistics", ""))
            counted = Counter({"inputs": sum(map(int, tried))})
            for name, value in item.user_properties:
                counted[name] += int(str(value))
            done = Done(
                item.nodeid, self._of, counted["kills"], counted["inputs"], item.nodeid in self._failed
            )
            with self._path.open("ab") as lines:
                lines.write(msgspec.json.encode(done) + b"\n")
        return report
