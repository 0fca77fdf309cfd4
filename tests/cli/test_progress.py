"""Progress and summaries of runs on standard error."""

import io
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from feed2doc._cli._progress import Progress
from feed2doc.batch.result import Result

from tests.command import ITEM, run


@pytest.mark.parametrize(
    ("results", "line"),
    [
        ([Result("a", "converted")], "1 converted in 0.0 s"),
        ([Result("a", "converted")] * 10, "10 converted in 0.0 s (9,999/s)"),
        (
            [Result("a", "converted")] * 4 + [Result("news-2025-03-04", "converted", is_book=True)] * 2,
            "2 books, 4 articles in 0.0 s",
        ),
        (
            [Result("a", "unchanged"), Result("a", "converted"), Result("b", "converted", is_book=True)],
            "1 book, 1 article, 1 unchanged in 0.0 s",
        ),
    ],
)
def test_the_summary(results: list[Result], line: str, capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress(lambda: len(results), quiet=False)
    progress.report(results)
    progress.sum()
    shown = re.sub(r"\d+[.]\d s", "0.0 s", capsys.readouterr().err)
    assert re.sub(r"\([\d,]+/s", "(9,999/s", shown) == f"feed2doc: {line}\n"


def test_a_slow_item_alone_is_summed_up_once(
    item: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feed2doc._cli._progress._LINE_EVERY", 0.0)
    done = run(item, "--to", "md", cwd=tmp_path)
    assert re.fullmatch(rb"feed2doc: 1 converted in \d+[.]\d s\n", done.stderr)


def test_a_long_wait_is_not_made_up_for_with_a_line_for_each_result(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = SimpleNamespace(moment=0.0)
    monkeypatch.setattr("feed2doc._cli._progress.time", SimpleNamespace(monotonic=lambda: clock.moment))
    progress = Progress(lambda: 0, quiet=False)
    for clock.moment in (100.0, 100.1, 100.2, 109.9, 110.1):
        progress.report([Result("a", "converted")])
    assert capsys.readouterr().err.count(" so far") == 2


class Terminal(io.StringIO):
    """Standard error that is a terminal."""

    def isatty(self) -> bool:
        return True


def test_messages_are_above_the_progress_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feed2doc._cli._progress._BAR_AFTER", 0.0)
    monkeypatch.setattr("feed2doc._cli._progress._REFRESH", 0.0)
    monkeypatch.setenv("COLUMNS", "40")
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    progress = Progress(lambda: 2_000, quiet=False)
    progress.report([Result("a", "converted")] * 500)
    progress.report([Result("b", "failed", events=("b: is a folder",))])
    progress.report([Result("a", "unchanged")] * 499)
    before_message, after = screen.getvalue().split("feed2doc: b: is a folder\n")
    progress.close()
    assert screen.getvalue().endswith("\r\033[K")
    assert re.fullmatch(r"\r\033\[K#+-+ 500/2,000 [\d,]+/s \d\d:\d\d\r\033\[K", before_message)
    again, last = after.rsplit("\r\033[K", 1)
    shown = before_message.removeprefix("\r\033[K").removesuffix("\r\033[K")
    assert again.startswith(shown) and "1,000/2,000" in last and len(last) < 40


def test_daily_books_are_counted_as_books(tmp_path: Path) -> None:
    for n, stamp in enumerate(("1740454621000", "1740454622000", "1740554621000")):
        (tmp_path / f"{n}.txt").write_text(
            ITEM.format(n=n).replace("1740454621000", stamp).replace("port", f"port {n}")
        )
    done = run(
        "sync", *sorted(tmp_path.glob("*.txt")), "-t", "md", "--bundle", "daily", "--dest", tmp_path / "news"
    )
    assert done.returncode == 0 and b"feed2doc: 2 books, 3 articles in " in done.stderr
