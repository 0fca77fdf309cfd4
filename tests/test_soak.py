"""The program of `make soak`: it runs its parts until the time is over, counts, and says what was found."""

import json
import time
from pathlib import Path

import pytest

from tests import soak
from tests.soak import Figures, Part

JUNIT = """<testsuites><testsuite errors="1" failures="2" tests="4"><testcase name="a"><properties>
<property name="kills" value="7" /><property name="inputs" value="100" /></properties></testcase><testcase name="b" /></testsuite></testsuites>"""


def test_figures_are_read_from_what_the_parts_print(tmp_path: Path) -> None:
    (tmp_path / "junit.xml").write_text(JUNIT)
    output = "- 30 passing, 0 failing, and 2 invalid\n- 12 passing, 1 failing, and 0 invalid\n"
    assert soak.of_pytest(output, tmp_path) == Figures(kills=7, inputs=142, findings=3)
    assert soak.of_kills(output, tmp_path).kills == 2
    (tmp_path / "crash-1").touch()
    assert soak.of_fuzzer("stat::number_of_executed_units: 27617", tmp_path) == Figures(
        inputs=27617, findings=1
    )
    check = soak.PARTS["patterns"].figures
    assert check("5310 attacks: 400 patterns take linear time, 2 do not", tmp_path) == Figures(
        inputs=5310, findings=2
    )


def test_each_part_runs_once_and_others_until_the_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = {"once": Part(lambda *_: (), soak.of_check("a", "b")), "often": soak.PARTS["fuzzer"]}
    monkeypatch.setattr(soak, "PARTS", parts)
    todo = soak.works(["once", "often"], time.monotonic() + 3600)
    assert [next(todo) for _ in range(4)] == [("once", 1), ("often", 1), ("often", 2), ("often", 3)]
    assert list(soak.works(["once", "often"], 0)) == [("once", 1), ("often", 1)]
    assert list(soak.works(["once"], time.monotonic() + 3600)) == [("once", 1)]


def test_a_part_that_fails_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def prints(text: str, code: int) -> Part:
        program = f"print({text!r}); raise SystemExit({code})"
        return Part(lambda *_: ("-c", program), soak.of_check("books", "findings"))

    parts = {"good": prints("52 books, 0 findings", 0), "broken": prints("killed", 9)}
    monkeypatch.setattr(soak, "PARTS", parts)
    assert soak.main("0", str(tmp_path)) == 1
    lines = [line.split() for line in capfd.readouterr().out.splitlines()]
    rows = [line[:-1] for line in lines]  # without the seconds
    assert ["good", "1", "0", "52", "0"] in rows and ["together", "2", "0", "52", "1"] in rows
    (figures,) = tmp_path.glob("*/soak.json")
    found = json.loads(figures.read_text())["parts"]
    assert found["good"]["inputs"] == 52 and found["broken"]["findings"] == 1
    assert [path.read_text() for path in tmp_path.glob("*/broken/1/output")] == ["killed\n"]
