"""Measurements: the pages show what is stored, and what became slower is named."""

import os
from pathlib import Path

import msgspec
import pytest

from bench import __main__ as bench
from bench import batch, scale
from bench.items import SAMPLES, copies
from bench.pages import DOCS, FOLDER, with_measurements
from bench.rows import NOT_INSTALLED, Row, Way, cores_in_use, number, rows_of, slower, tables


def test_the_page_on_speed_shows_the_stored_measurements() -> None:
    page = (DOCS / "performance.md").read_text("utf-8")
    assert with_measurements(page, bench.NAME, bench.report(bench.load())) == page


def test_the_page_on_scale_shows_the_stored_run() -> None:
    page = (DOCS / "scale.md").read_text("utf-8")
    made = msgspec.json.decode((FOLDER / scale.NAME).read_bytes(), type=scale.Scale)
    assert with_measurements(page, scale.NAME, scale.report(made)) == page
    assert (made.missing, made.twice) == (0, 0)


def test_a_page_without_the_place_for_measurements_is_an_error() -> None:
    with pytest.raises(SystemExit, match="does not have the line"):
        with_measurements("# Speed\n", "results.json", "")


def test_ratios_are_those_of_the_same_round() -> None:
    times = {"floor": iter([1.0, 2.0, 4.0]), "ours": iter([2.0, 4.0, 9.0])}
    ways: dict[str, tuple[Way, str]] = {name: (each.__next__, "floor") for name, each in times.items()}
    ways["other"] = (lambda: NOT_INSTALLED, "floor")
    floor, ours = rows_of("Reading", ways, 3)
    assert floor == Row("Reading", "floor", 2.0, "floor", 1.0)
    assert ours == Row("Reading", "ours", 4.0, "floor", 2.0)
    assert tables([floor, ours]).splitlines()[2:] == [
        "| floor | 2.00 | 1.00 | floor |",
        "| ours | 4.00 | 2.00 | floor |",
    ]
    assert [number(each) for each in (1234.5, 12.34, 1.234)] == ["1,234", "12.3", "1.23"]


def test_a_row_that_became_slower_is_named() -> None:
    before = [Row("Reading", name, 1, "floor", 2.0) for name in ("one", "two")]
    now = [
        Row("Reading", "one", 9, "floor", 2.19),
        Row("Reading", "two", 1, "floor", 2.3),
        Row("Reading", "new", 1, "floor", 9.0),
    ]
    assert slower(before, now) == ["slower: Reading: two: 2.00 -> 2.30 times floor"]
    assert bench.merged(before, [Row("Writing", "one", 1, "floor", 1.0)])[:2] == before
    assert bench.merged(before, now) == now


def test_copies_have_addresses_of_their_own(tmp_path: Path) -> None:
    paths = copies(SAMPLES, 40, tmp_path / "items")
    texts = [path.read_text("utf-8") for path in paths]
    assert len(texts) == 40
    assert all(text.count(f"?copy={n})") == 1 for n, text in enumerate(texts))


def test_each_run_over_items_writes_into_a_new_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[tuple[str, ...]] = []

    def started(*command: str, count: int, wall: bool) -> Way:
        commands.append(command)
        return lambda: 1.0 / count

    monkeypatch.setattr(batch, "started", started)
    items = copies(SAMPLES, 2, tmp_path / "items")[0].parent
    way = batch.converted(items, tmp_path, "--to", "md", "-j", "1")
    assert (way(), way()) == (0.5, 0.5)
    assert len({command[command.index("--output-dir") + 1] for command in commands}) == 2


def test_what_others_use_of_the_machine_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stat = tmp_path / "stat"

    def pass_time(seconds: float) -> None:
        stat.write_text("cpu  1150 0 1100 1700 1050 0 0 0 0 0\ncpu0 0 0 0 0 0 0 0 0 0 0\n")

    stat.write_text("cpu  1000 0 1000 1000 1000 0 0 0 0 0\ncpu0 0 0 0 0 0 0 0 0 0 0\n")
    monkeypatch.setattr("bench.rows.time.sleep", pass_time)
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    assert cores_in_use(2, stat) == 2  # a quarter of the time of eight cores


def test_where_the_system_does_not_say_what_is_used_it_is_the_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "getloadavg", lambda: (1.5, 1.0, 0.5))
    assert cores_in_use(2, tmp_path / "stat") == 1.5
