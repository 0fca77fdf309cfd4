"""The program of `make soak`: rounds take turns until the time is over, and it counts, and says what was found or not done."""

import json
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from tests import soak
from tests.soak import Figures, Part
from tests.soak_round import Done, read

ROUND = """
import pytest

@pytest.mark.parametrize("number", range(2))
def test_number(number, record_property):
    record_property("inputs", 7)
    assert number != 1
"""


def done(path: Path, *each: Done) -> None:
    path.write_bytes(b"".join(msgspec.json.encode(one) + b"\n" for one in each))


def test_figures_are_read_from_what_the_rounds_have_written(tmp_path: Path) -> None:
    done(
        tmp_path / "done.jsonl",
        Done("a", 5, kills=7, inputs=100),
        Done("b", 5, inputs=42, failed=True),
        Done("a", 5),
    )
    assert soak.of_tests(tmp_path) == Figures(tests=2, of=5, kills=7, inputs=142, findings=1)
    assert soak.of_kills(tmp_path).kills == 9
    for seed, found in (("1", "crash-1"), ("2", "inputs")):
        (tmp_path / seed).mkdir()
        (tmp_path / seed / found).touch()
        (tmp_path / seed / "output").write_text("stat::number_of_executed_units: 27617\n")
    assert soak.of_fuzzer(tmp_path) == Figures(tests=1, of=1, inputs=55234, findings=1)


def test_rounds_run_first_the_tests_that_have_run_least(tmp_path: Path) -> None:
    (tmp_path / "test_numbers.py").write_text(ROUND)
    lines = tmp_path / "done.jsonl"
    for seed in range(2):
        options = (
            "-p",
            "tests.soak_round",
            "-p",
            "no:xdist",
            "-p",
            "no:cacheprovider",
            f"--rootdir={tmp_path}",
        )
        command = (sys.executable, "-m", "pytest", *options, f"--hypothesis-seed={seed}")
        subprocess.run(
            (*command, f"--round={lines}", "--round-seconds=0", tmp_path), stdout=subprocess.DEVNULL
        )
    assert len({each.test for each in read(lines)}) == len(read(lines)) == 2
    assert soak.of_tests(tmp_path) == Figures(tests=2, of=2, inputs=14, findings=1)


def prints(code: int, program: str = "") -> Part:
    """Return a part whose rounds add a line for one of two tests, and run a program."""
    program = (
        "import sys, time; from tests.soak_round import Done; import msgspec;"
        "open(sys.argv[1], 'ab').write(msgspec.json.encode(Done(sys.argv[2], 2, inputs=9)) + b'\\n');"
        f"print('said', flush=True); {program or 'pass'}; sys.exit({code})"
    )
    return Part(
        lambda seed, _, folder: ("-c", program, str(folder.parent / "done.jsonl"), str(seed)),
        soak.of_tests,
        repeats=False,
    )


def rows(text: str) -> dict[str, list[str]]:
    """Return the numbers of the table by part, without the seconds."""
    return {line.split()[0]: line.split()[1:-1] for line in text.splitlines() if "/" in line[:45]}


def test_parts_take_turns_until_all_of_their_tests_have_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(soak, "PARTS", {"good": prints(0), "broken": prints(9)})
    monkeypatch.setattr(soak, "LANES", 1)
    assert soak.main("60", str(tmp_path)) == 1
    table = rows(capfd.readouterr().out)
    assert table["good"] == ["2", "2/2", "0", "18", "0", "0"]
    assert table["broken"] == ["2", "2/2", "0", "18", "2", "0"]
    (figures,) = tmp_path.glob("*/soak.json")
    found = json.loads(figures.read_text())["parts"]
    assert found["good"]["inputs"] == 18 and found["broken"]["findings"] == 2
    assert {path.read_text() for path in tmp_path.glob("*/*/*/output")} == {"said\n"}


def test_rounds_that_the_end_cuts_off_are_not_findings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    hanging = prints(0, "time.sleep(500)")
    idle = Part(lambda *_: ("-c", "import time; time.sleep(500)"), soak.of_tests)
    monkeypatch.setattr(soak, "PARTS", {"hanging": hanging, "idle": idle})
    monkeypatch.setattr(soak, "LANES", 2)

    def left(_: soak.Clock) -> float:
        """Return the time of the end, which comes when the first part has done something, however long that takes."""
        while not list(tmp_path.glob("*/hanging/done.jsonl")):
            time.sleep(0.05)
        return 0

    monkeypatch.setattr(soak.Clock, "left", left)
    monkeypatch.setattr(soak.Clock, "seconds", lambda _: 0 if list(tmp_path.glob("*/idle/1")) else 1)
    assert soak.main("60", str(tmp_path)) == 1
    said = capfd.readouterr().out
    assert rows(said)["hanging"] == ["1", "1/2", "0", "9", "0", "1"]
    assert rows(said)["idle"] == ["1", "0/0", "0", "0", "0", "1"]
    assert "idle: not a single test was finished" in said and "hanging: not" not in said
