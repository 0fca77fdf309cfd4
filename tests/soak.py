"""Try everything that random inputs, kills and attacks can break, for an hour, and count: `make soak`.

usage: python -m tests.soak [MINUTES [FOLDER [PART...]]]

Parts that have an end run once; the others run again and again, each time with another seed, until the time is over. What was
started then is finished. A part that finds something goes on with the next seed; its output is in the folder. Prints a table,
writes it to soak.json in the folder, and exits 1 if anything was found.
"""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

MINUTES = 60.0
# No part takes so long unless it hangs.
_MOST_SECONDS = 3600
_PYTEST = ("-m", "pytest", "-q", "-p", "no:xdist", "--timeout", "1800", "--hypothesis-profile=found")
_JUNIT = "junit.xml"


class Figures(msgspec.Struct):
    """What a part has done: how often it ran, the processes that it killed, the inputs that it tried, and its findings."""

    runs: int = 0
    kills: int = 0
    inputs: int = 0
    findings: int = 0
    seconds: float = 0

    def add(self, other: Figures) -> None:
        """Add what another run of the part has done."""
        for name in self.__struct_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


class Part(msgspec.Struct, frozen=True):
    """A part: the command for a seed, in a folder for its output, and how to read figures from that output.

    `variables` are those of the command's environment, and `repeats` is true if another seed tries other inputs.
    """

    command: Callable[[int, Path], tuple[str, ...]]
    figures: Callable[[str, Path], Figures]
    variables: dict[str, str] = {}
    repeats: bool = False


def of_pytest(output: str, folder: Path) -> Figures:
    """Return the figures of a run of pytest: Hypothesis counts inputs, and tests record kills, and inputs of their own."""
    junit = (folder / _JUNIT).read_text("utf-8")
    return Figures(
        kills=sum(map(int, re.findall(r'<property name="kills" value="(\d+)"', junit))),
        inputs=sum(
            map(int, re.findall(r"- (\d+) passing", output) + re.findall(r'"inputs" value="(\d+)"', junit))
        ),
        findings=sum(map(int, re.findall(r'(?:errors|failures)="(\d+)"', junit))),
    )


def of_kills(output: str, folder: Path) -> Figures:
    """Return the figures of the tests that kill processes, each of them at least one."""
    figures = of_pytest(output, folder)
    figures.kills = len(re.findall("<testcase ", (folder / _JUNIT).read_text("utf-8")))
    return figures


def of_fuzzer(output: str, folder: Path) -> Figures:
    """Return the figures of a run of the fuzzer, which stops at its first finding."""
    return Figures(
        inputs=_number(r"stat::number_of_executed_units: (\d+)", output),
        findings=len([*folder.glob("crash-*"), *folder.glob("timeout-*"), *folder.glob("oom-*")]),
    )


def of_check(inputs: str, findings: str) -> Callable[[str, Path], Figures]:
    """Return a function that reads the figures of a check from the numbers before these words."""
    return lambda output, _: Figures(
        inputs=_number(rf"(\d+) {inputs}", output), findings=_number(rf"(\d+) {findings}", output)
    )


def _number(pattern: str, output: str) -> int:
    found = re.findall(pattern, output)
    return int(found[-1]) if found else 0


def _pytest(*words: str) -> Callable[[int, Path], tuple[str, ...]]:
    return lambda seed, folder: (
        *_PYTEST,
        f"--hypothesis-seed={seed}",
        "--hypothesis-show-statistics",
        f"--junitxml={folder / _JUNIT}",
        "-o",
        "junit_family=xunit1",  # which has the properties that tests record
        f"--basetemp={folder / 'pytest'}",
        *words,
    )


def _fuzz(seed: int, folder: Path) -> tuple[str, ...]:
    (folder / "inputs").mkdir()
    limits = ("-runs=-1", "-max_total_time=240", "-timeout=60", "-max_len=4000", "-verbosity=0")
    finds = (f"-artifact_prefix={folder}/", "-print_final_stats=1", str(folder / "inputs"))
    return ("tests/fuzz/fuzz_readers.py", f"-seed={seed}", *limits, *finds, "tests/fuzz/corpus")


PARTS = {
    "patterns": Part(lambda *_: ("-m", "tests.check_patterns"), of_check("attacks", "do not")),
    "pages in Chromium": Part(
        lambda *_: ("-m", "tests.check_execution"), of_check("pages", "of them run a script")
    ),
    "books in EPUBCheck": Part(
        lambda *_: ("-m", "tests.check_corpus", "samples"), of_check("books", "findings")
    ),
    "kills": Part(_pytest("-k", "kill"), of_kills),
    "properties": Part(
        _pytest("-m", "hypothesis", "--deselect", "tests/test_sync_machine.py"),
        of_pytest,
        {"FEED2DOC_EXAMPLES": "120"},
        repeats=True,
    ),
    "syncs": Part(_pytest("tests/test_sync_machine.py"), of_pytest, {"FEED2DOC_STEPS": "900"}, repeats=True),
    "fuzzer": Part(_fuzz, of_fuzzer, {"PYTHONHASHSEED": "0"}, repeats=True),
}


def run(name: str, seed: int, folder: Path) -> Figures:
    """Run a part once with a seed, and return its figures. A part that fails has found something."""
    part = PARTS[name]
    folder.mkdir(parents=True)
    start = time.monotonic()
    with (folder / "output").open("w+", encoding="utf-8", errors="replace") as output:
        try:
            code = subprocess.run(
                (sys.executable, *part.command(seed, folder)),
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, **part.variables},
                timeout=_MOST_SECONDS,
            ).returncode
        except subprocess.TimeoutExpired:
            code = -1
        output.seek(0)
        try:
            figures = part.figures(output.read(), folder)
        except FileNotFoundError:  # it ended before it wrote them
            figures = Figures()
    figures.runs, figures.seconds = 1, time.monotonic() - start
    figures.findings = max(figures.findings, int(code != 0))
    return figures


def works(names: list[str], until: float) -> Iterator[tuple[str, int]]:
    """Yield the parts with their seeds: first each of them, then those with other seeds until the time is over."""
    yield from ((name, 1) for name in names)
    for seed in itertools.count(2):
        for name in names:
            if PARTS[name].repeats:
                if time.monotonic() >= until:
                    return
                yield name, seed
        if not any(PARTS[name].repeats for name in names):
            return


def soak(names: list[str], minutes: float, folder: Path) -> dict[str, Figures]:
    """Run the parts, as many at a time as there are processors, and return their figures."""
    todo, lock = works(names, time.monotonic() + 60 * minutes), threading.Lock()
    total = {name: Figures() for name in names}

    def run_some() -> None:
        while True:
            with lock:
                work = next(todo, None)
            if work is None:
                return
            name, seed = work
            figures = run(name, seed, folder / name.replace(" ", "-") / str(seed))
            with lock:
                total[name].add(figures)
                found = f", {figures.findings} findings" if figures.findings else ""
                print(f"{name}, seed {seed}: {figures.seconds:.0f} s{found}", flush=True)

    lanes = os.cpu_count() or 1
    with ThreadPoolExecutor(lanes) as pool:
        for lane in [pool.submit(run_some) for _ in range(lanes)]:
            lane.result()
    return total


def table(total: dict[str, Figures]) -> str:
    """Return the figures as a table, with their sum in the last line."""
    everything = Figures()
    for figures in total.values():
        everything.add(figures)
    lines = [f"{'':20}{'runs':>8}{'kills':>8}{'inputs':>12}{'findings':>10}{'seconds':>9}"]
    for name, each in (*total.items(), ("together", everything)):
        lines.append(
            f"{name:20}{each.runs:8}{each.kills:8}{each.inputs:12,}{each.findings:10}{each.seconds:9.0f}"
        )
    return "\n".join(lines)


def main(minutes: str = str(MINUTES), place: str = "out/soak", *names: str) -> int:
    """Soak, print and write the figures, and return the exit code."""
    start = time.time()
    folder = Path(place, time.strftime("%Y%m%d-%H%M%S")).absolute()
    total = soak(list(names or PARTS), float(minutes), folder)
    print(table(total))
    figures = {"seconds": round(time.time() - start), "parts": total}
    (folder / "soak.json").write_bytes(msgspec.json.format(msgspec.json.encode(figures)) + b"\n")
    print(f"The output of each part is in {folder}")
    return min(sum(each.findings for each in total.values()), 1)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
