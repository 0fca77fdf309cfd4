"""Try everything that random inputs, kills and attacks can break, for an hour, and count: `make soak`.

usage: python -m tests.soak [MINUTES [FOLDER [PART...]]]

The parts take turns in short rounds until the time is over, each round with another seed; parts whose inputs are always the
same end when all of their tests have run. A round starts nothing after its share of the time. What runs a little after the end
is killed, which is not a finding. Prints a table, writes it to soak.json in the folder next to the output of each round, and
exits 1 if anything was found, or if a part has not finished a single test.
"""

from __future__ import annotations

import itertools
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from tests.soak_round import read

MINUTES = 60.0
LANES = os.cpu_count() or 1
_ROUND_SECONDS = 240.0
# A test that takes longer, on however busy a machine, hangs.
_TEST_SECONDS = 1200
_DONE = "done.jsonl"


class Figures(msgspec.Struct):
    """What a part has done: its rounds, which of its tests ran, the processes killed, the inputs tried, and the findings.

    `cut` counts the rounds that were killed at the end of the time.
    """

    rounds: int = 0
    tests: int = 0
    of: int = 0
    kills: int = 0
    inputs: int = 0
    findings: int = 0
    cut: int = 0
    seconds: float = 0

    def add(self, other: Figures) -> None:
        """Add what another round or part has done."""
        for name in self.__struct_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


class Part(msgspec.Struct, frozen=True):
    """A part: the command of a round, in a folder for its output, and how to read figures from all rounds of the part.

    The command depends on the seed and on the seconds of the round. `repeats` is true if another seed tries other inputs.
    """

    command: Callable[[int, float, Path], tuple[str, ...]]
    figures: Callable[[Path], Figures]
    variables: dict[str, str] = {}
    repeats: bool = True


def of_tests(folder: Path) -> Figures:
    """Return the figures of the tests of a part, each of which has added a line to the part's file."""
    done = read(folder / _DONE)
    return Figures(
        tests=len({each.test for each in done}),
        of=max((each.of for each in done), default=0),
        kills=sum(each.kills for each in done),
        inputs=sum(each.inputs for each in done),
        findings=sum(each.failed for each in done),
    )


def of_kills(folder: Path) -> Figures:
    """Return the figures of the tests that kill processes, each of them at least one."""
    figures = of_tests(folder)
    figures.kills = sum(max(each.kills, 1) for each in read(folder / _DONE))
    return figures


def of_fuzzer(folder: Path) -> Figures:
    """Return the figures of the fuzzer, each of whose rounds stops at its first finding."""
    outputs = [path.read_text("utf-8", "replace") for path in folder.glob("*/output")]
    found = [re.findall(r"stat::number_of_executed_units: (\d+)", output) for output in outputs]
    return Figures(
        tests=int(any(found)),
        of=1,
        inputs=sum(int(each[-1]) for each in found if each),
        findings=sum(len([*folder.glob(f"*/{kind}-*")]) for kind in ("crash", "timeout", "oom")),
    )


def _pytest(*words: str, having: str = "") -> Callable[[int, float, Path], tuple[str, ...]]:
    """Return the command for tests, which are in the modules whose text matches this pattern."""

    def command(seed: int, seconds: float, folder: Path) -> tuple[str, ...]:
        modules = [
            str(path)
            for path in sorted(Path("tests").rglob("test_*.py"))
            if having and re.search(having, path.read_text("utf-8"))
        ]
        return (
            *("-m", "pytest", "-v", "-p", "no:xdist", "-p", "no:cacheprovider", "-p", "tests.soak_round"),
            *("--timeout", str(_TEST_SECONDS), "--hypothesis-profile=found", f"--hypothesis-seed={seed}"),
            f"--round={folder.parent / _DONE}",
            f"--round-seconds={seconds}",
            f"--basetemp={folder / 'pytest'}",
            *words,
            *modules,
        )

    return command


def _fuzz(seed: int, seconds: float, folder: Path) -> tuple[str, ...]:
    (folder / "inputs").mkdir()
    limits = ("-runs=-1", f"-max_total_time={seconds:.0f}", "-timeout=60", "-max_len=4000", "-verbosity=0")
    finds = (f"-artifact_prefix={folder}/", "-print_final_stats=1", str(folder / "inputs"))
    return ("tests/fuzz/fuzz_readers.py", f"-seed={seed}", *limits, *finds, "tests/fuzz/corpus")


_CHECKS = "tests/soak_checks.py"
PARTS = {
    "properties": Part(
        _pytest("-m", "hypothesis", having="hypothesis"), of_tests, {"FEED2DOC_EXAMPLES": "40"}
    ),
    "kills": Part(_pytest("-k", "kill", having=r"def test_\w*kill"), of_kills),
    "signals": Part(_pytest("tests/cli/test_signals.py"), of_tests, {"FEED2DOC_MOMENTS": "3"}),
    "threads": Part(
        _pytest("tests/test_threads.py", "-k", "sixteen_threads"), of_tests, {"FEED2DOC_PROCESSES": "5"}
    ),
    "syncs": Part(_pytest("tests/syncing/test_sync_machine.py"), of_tests, {"FEED2DOC_STEPS": "300"}),
    "fuzzer": Part(_fuzz, of_fuzzer, {"PYTHONHASHSEED": "0"}),
    "pages in Chromium": Part(_pytest(_CHECKS, "-k", "pages"), of_tests),
    "axe in Chromium": Part(_pytest(_CHECKS, "-k", "axe"), of_tests, repeats=False),
    "books in EPUBCheck": Part(_pytest(_CHECKS, "-k", "books"), of_tests, repeats=False),
    "patterns": Part(_pytest(_CHECKS, "-k", "patterns"), of_tests, repeats=False),
}


class Clock:
    """The time of a run: until when rounds are started, and when the last of them are killed."""

    def __init__(self, minutes: float, parts: int) -> None:
        """Begin a run of these minutes, in which each part has a round at least."""
        self._until = time.monotonic() + 60 * minutes
        self._end = self._until + min(180, max(20, 6 * minutes))
        self._share = min(_ROUND_SECONDS, 60 * minutes * LANES / max(parts, 1))

    def seconds(self) -> float:
        """Return the seconds of a round that starts now, which are none if the time is over."""
        return min(self._share, self._until - time.monotonic())

    def left(self) -> float:
        """Return the seconds until everything is killed."""
        return max(self._end - time.monotonic(), 0)


class Soak:
    """A run: its parts, which take turns in as many lanes as there are processors, and their figures so far."""

    def __init__(self, names: list[str], minutes: float, folder: Path) -> None:
        """Plan rounds of the parts with these names."""
        self.total = {name: Figures() for name in names}
        self._folder, self._clock, self._lock = folder, Clock(minutes, len(names)), threading.Lock()
        self._works = self._rounds()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._crashes: Counter[str] = Counter()
        self._is_stopped = False

    def run(self) -> None:
        """Run rounds until the time is over."""
        with ThreadPoolExecutor(LANES) as pool:
            lanes = [pool.submit(self._run_some) for _ in range(LANES)]
            try:
                for lane in lanes:
                    lane.result()
            except KeyboardInterrupt:
                self._is_stopped = True
                with self._lock:
                    for process in self._running:
                        _kill(process)
                raise

    def unfinished(self) -> list[str]:
        """Return the parts that have not finished a single test."""
        return [name for name, figures in self.total.items() if not figures.tests]

    def _rounds(self) -> Iterator[tuple[str, int]]:
        """Yield parts with their seeds in turn, without those that have run all of their tests and have no others."""
        for seed in itertools.count(1):
            names = [name for name in self.total if self._goes_on(name)]
            if not names:
                return
            for name in names:
                if self._is_stopped or self._clock.seconds() <= 0:
                    return
                yield name, seed

    def _goes_on(self, name: str) -> bool:
        figures = self.total[name]
        return PARTS[name].repeats or not figures.tests or figures.tests < figures.of

    def _run_some(self) -> None:
        while True:
            with self._lock:
                name, seed = next(self._works, ("", 0))
            if not name:
                return
            self._round(name, seed)

    def _round(self, name: str, seed: int) -> None:
        start, part = time.monotonic(), PARTS[name]
        of_part = self._folder / name.replace(" ", "-")
        folder = of_part / str(seed)
        folder.mkdir(parents=True)
        share = self._clock.seconds()
        with (folder / "output").open("wb") as output:
            process = subprocess.Popen(
                (sys.executable, *part.command(seed, max(share, 0), folder)),
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, **part.variables},
                start_new_session=True,
            )
            with self._lock:
                self._running.add(process)
            try:
                code = process.wait(min(self._clock.left(), share + 2 * _TEST_SECONDS))
            except subprocess.TimeoutExpired:
                code = None
                _kill(process)
                process.wait()
        is_cut = self._is_stopped or (code is None and not self._clock.left())
        with self._lock:
            self._running.discard(process)
            before, now = self.total[name], part.figures(of_part)
            if code != 0 and not is_cut and now.findings + self._crashes[name] == before.findings:
                self._crashes[name] += 1  # or it hung
            now.findings += self._crashes[name]
            found = now.findings - before.findings
            now.rounds, now.cut = before.rounds + 1, before.cut + is_cut
            now.seconds = before.seconds + time.monotonic() - start
            self.total[name] = now
        said = ", cut off at the end" if is_cut else ""
        said += f", {found} findings: {folder / 'output'}" if found else ""
        print(f"{name}, seed {seed}: {time.monotonic() - start:.0f} s{said}", flush=True)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process that has not been waited for, and those that it has started."""
    os.killpg(process.pid, signal.SIGKILL)


def table(total: dict[str, Figures]) -> str:
    """Return the figures as a table, with their sum in the last line."""
    everything = Figures()
    for figures in total.values():
        everything.add(figures)
    heads = "".join(f"{head:>10}" for head in ("kills", "inputs", "findings", "cut off", "seconds"))
    lines = [f"{'':20}{'rounds':>8}{'tests':>12}{heads}"]
    for name, each in (*total.items(), ("together", everything)):
        numbers = (each.kills, each.inputs, each.findings, each.cut, round(each.seconds))
        tests = f"{each.tests}/{each.of}"
        lines.append(f"{name:20}{each.rounds:8}{tests:>12}{''.join(f'{number:10,}' for number in numbers)}")
    return "\n".join(lines)


def main(minutes: str = str(MINUTES), place: str = "out/soak", *names: str) -> int:
    """Soak, print and write the figures, and return the exit code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    start = time.time()
    folder = Path(place, time.strftime("%Y%m%d-%H%M%S")).absolute()
    soak = Soak(list(names or PARTS), float(minutes), folder)
    code = 0
    try:
        soak.run()
    except KeyboardInterrupt:
        code = 130
    print(table(soak.total))
    figures = {"seconds": round(time.time() - start), "parts": soak.total}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "soak.json").write_bytes(msgspec.json.format(msgspec.json.encode(figures)) + b"\n")
    print(f"The output of each round is in {folder}")
    for name in soak.unfinished():
        print(f"{name}: not a single test was finished")
    is_wrong = bool(soak.unfinished()) or any(each.findings for each in soak.total.values())
    return code or int(is_wrong)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
