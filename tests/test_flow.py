"""Output safety: all formats of an item or none, no output read as an input, no descriptor kept open too long."""

import gc
import os
from base64 import b64encode
from pathlib import Path

import pytest
from feed2doc.batch.converter import Converter
from feed2doc.batch.item import find_items
from feed2doc.batch.job import Job, PictureSettings, Target
from feed2doc.batch.pipeline import staged
from feed2doc.batch.run import Run
from feed2doc.batch.store import FileStore
from feed2doc.batch.work import Work

from tests.command import ITEM, run
from tests.picture_server import picture

NO_FONT = "\U0003fffd"


@pytest.fixture
def items(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(3):
        (folder / f"{n}.txt").write_text(ITEM.format(n=n).replace("Port opens", f"Port {n} opens"))
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("formats", [("txt", "md", "pdf"), ("pdf", "txt", "md"), ("md", "pdf", "epub")])
def test_a_loss_in_one_format_of_a_strict_run_leaves_no_file_of_the_item(
    items: Path, tmp_path: Path, formats: tuple[str, ...]
) -> None:
    (items / "1.txt").write_text(ITEM.format(n=1).replace("open again", f"open {NO_FONT}"))
    to = [word for name in formats for word in ("--to", name)]
    arguments = (*to, "--pdf-engine", "typst", "--strict", "--offline", "-j", "1", "--output-dir")
    alone = run(items / "1.txt", *arguments, tmp_path / "alone")
    assert alone.returncode == 5 and b"lost:" in alone.stderr
    assert not (tmp_path / "alone").exists() or files(tmp_path / "alone") == {}
    done = run(items, *arguments, tmp_path / "all")
    assert done.returncode == 1
    assert len(files(tmp_path / "all")) == 2 * len(formats)
    assert len({name.rpartition(".")[0] for name in files(tmp_path / "all")}) == 2


@pytest.mark.parametrize("to", ["html", "json", "jsonl", "md"])
@pytest.mark.parametrize("folder", ["out", "deep/er/out", "."])
def test_outputs_inside_the_input_folder_are_not_converted_again(items: Path, to: str, folder: str) -> None:
    arguments = (items, "--to", to, "--output-dir", items / folder, "-j", "1")
    first = run(*arguments)
    assert first.returncode == 0 and first.stdout.count(b"\n") == 3, first.stderr
    before = files(items)
    for more in ((), ("--force",)):
        again = run(*arguments, *more)
        assert again.returncode == 0 and again.stdout.count(b"\n") == (3 if more else 0), again.stderr
        assert files(items) == before


@pytest.mark.parametrize(
    "where", [("-o", "book.html"), ("-o", "deep/book.html"), ("--output-dir", "."), ("--output-dir", "out")]
)
def test_a_book_inside_the_input_folder_is_not_part_of_itself(items: Path, where: tuple[str, str]) -> None:
    arguments = (items, "--bundle", "--title", "All", "--to", "html", where[0], items / where[1])
    assert run(*arguments).returncode == 0
    before = files(items)
    done = run(*arguments)
    assert done.returncode == 0 and not done.stderr, done.stderr
    assert files(items) == before and len(before) == 4


def test_a_named_output_is_an_input(items: Path, tmp_path: Path) -> None:
    """Only files that are found in a folder are left out; a file that is named is converted."""
    assert run(items, "--to", "html", "--output-dir", items, "-j", "1").returncode == 0
    page = next(items.glob("*.html"))
    done = run(page, "--to", "md", "-o", "-")
    assert done.returncode == 0 and b"The port is open again." in done.stdout


def test_items_below_the_output_folder_are_converted(items: Path, tmp_path: Path) -> None:
    done = run("in", "--to", "md", "-j", "1", cwd=tmp_path)
    assert done.returncode == 0 and len(list(tmp_path.glob("*.md"))) == 3


@pytest.mark.parametrize(
    ("formats", "named"),
    [
        (("md", "gfm"), "markdown and gfm both write .md"),
        (("text", "plain"), "text and plain both write .txt"),
        (("html", "html5"), "html and html5 both write .html"),
        (("epub", "epub3"), "epub and epub3 both write .epub"),
        (("latex", "context"), "latex and context both write .tex"),
    ],
)
def test_two_formats_never_share_a_file(tmp_path: Path, formats: tuple[str, ...], named: str) -> None:
    """The error is reported before anything is read."""
    to = [word for name in formats for word in ("--to", name)]
    done = run("nowhere.txt", *to, "--output-dir", tmp_path / "out")
    assert done.returncode == 2 and named in done.stderr.decode() and not (tmp_path / "out").exists()


def test_descriptors_do_not_wait_for_the_garbage_collector(tmp_path: Path) -> None:
    image = b64encode(picture("PNG")).decode()
    (tmp_path / "in").mkdir()
    for n in range(12):
        html = f'<p><img src="data:image/png;base64,{image}" alt="The pier"></p>'
        (tmp_path / "in" / f"{n}.txt").write_text(ITEM.format(n=n) + html)
    targets = (Target("epub", images="embed"), Target("markdown", images="embed"))
    job = Job(targets=targets, folder=str(tmp_path / "out"), pictures=PictureSettings(offline=True))
    gc.collect()
    gc.disable()
    try:
        most = before = 0
        for results in Run(job, FileStore()).results(find_items([str(tmp_path / "in")])):
            assert all(result.status == "converted" for result in results)
            most = max(most, len(os.listdir("/proc/self/fd")))
            before = before or most
    finally:
        gc.enable()
    assert most - before <= 2
    assert len(files(tmp_path / "out")) == 12 * 3


def test_what_was_staged_and_is_not_wanted_is_removed(items: Path, tmp_path: Path) -> None:
    """This happens after a failure that ends the run, or Ctrl-C."""
    job = Job(targets=(Target("markdown"), Target("text")), folder=str(tmp_path / "out"))
    with Converter(job) as converter:
        batches = staged(map(Work, find_items([str(items)])), converter, FileStore())
        first = next(batches)
        batches.close()
    for _, result in first:
        for event in result.events:
            if not isinstance(event, str):
                FileStore().discard(event)  # type: ignore[arg-type]
    assert files(tmp_path / "out") == {}


def test_paths_of_a_run_that_could_not_be_reported_are_reported_by_the_next(
    items: Path, tmp_path: Path
) -> None:
    arguments = (items, "--to", "md", "--output-dir", tmp_path / "out", "-j", "1", "--report", "/dev/full")
    if not os.path.exists("/dev/full"):
        pytest.skip("this system has no device that is full")
    assert run(*arguments).returncode == 6
    done = run(*arguments[:-2])
    assert done.returncode == 0 and done.stdout.count(b"\n") == 3
