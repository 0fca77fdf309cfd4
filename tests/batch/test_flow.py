"""Output safety: all formats of an item or none, no output read as an input, no descriptor kept open too long."""

import gc
import itertools
import os
import signal
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import msgspec
import pytest
from feed2doc._files.atomic import host
from feed2doc.batch import pipeline
from feed2doc.batch.converter import Converter
from feed2doc.batch.item import Item, find_items
from feed2doc.batch.job import Job, PictureSettings, Target
from feed2doc.batch.pipeline import published, staged
from feed2doc.batch.result import Result, Staged
from feed2doc.batch.run import Run
from feed2doc.batch.state.fingerprints import of_formats
from feed2doc.batch.state.incremental import Incremental
from feed2doc.batch.state.store import State
from feed2doc.batch.store import FileStore, synced
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
    (tmp_path / "unreadable.txt").write_bytes(b"not an item")
    to = [word for name in formats for word in ("--to", name)]
    done = run(tmp_path / "unreadable.txt", *to, "--output-dir", tmp_path / "out")
    assert done.returncode == 2 and named in done.stderr.decode() and not (tmp_path / "out").exists()


def test_temporary_folders_of_killed_processes_are_removed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    code = (
        "import os, signal; from pathlib import Path; from feed2doc._files.temporary import new_folder, temporary_folder\n"
        "with temporary_folder(): Path(new_folder(), 'font.ttf').touch()\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    command = [sys.executable, "-c", code]
    for _ in range(3):
        assert subprocess.run(command).returncode == -signal.SIGKILL
        assert len(list(tmp_path.iterdir())) == 1
    own = tmp_path / f"feed2doc-{host()}-{os.getpid()}-abc"
    own.mkdir()
    assert subprocess.run(command).returncode == -signal.SIGKILL and own.exists()


def test_two_formats_share_no_picture(tmp_path: Path) -> None:
    (tmp_path / "pier.png").write_bytes(picture("PNG"))
    (tmp_path / "one.txt").write_text(ITEM.format(n=1) + '<p><img src="pier.png"></p>')
    arguments = (
        "one.txt",
        "--to",
        "md",
        "--to",
        "typst",
        "--images",
        "embed",
        "--offline",
        "--output-dir",
        "out",
    )
    report = tmp_path / "run.jsonl"
    assert run(*arguments, "--report", report, cwd=tmp_path).returncode == 0
    paths = [output["path"] for output in msgspec.json.decode(report.read_bytes())["outputs"]]
    assert len(paths) == len(set(paths)) == 4 == len(files(tmp_path / "out"))


def open_files() -> Iterator[str]:
    for number in os.listdir("/proc/self/fd"):
        with suppress(FileNotFoundError):
            yield os.readlink(f"/proc/self/fd/{number}")


def test_descriptors_do_not_wait_for_the_garbage_collector(tmp_path: Path) -> None:
    image = b64encode(picture("PNG", (640, 480))).decode()
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
            # At most eight other files are being written at any time.
            most = max(most, sum(not name.endswith(".part") for name in open_files()))
            before = before or most
    finally:
        gc.enable()
    assert most - before <= 2
    assert len(files(tmp_path / "out")) == 12 * 3


def test_staged_files_that_are_not_needed_are_removed(items: Path, tmp_path: Path) -> None:
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


@pytest.mark.parametrize("seconds", [0.0, 60.0])
def test_files_are_staged_between_many_results_without_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    """Results without files make the run wait for a group of files that is not full, and whose files come to an end."""
    waited: list[str] = []

    def recorded(staged: Staged) -> Staged:
        waited.append(staged.temporary)
        return synced(staged)

    monkeypatch.setattr(pipeline, "synced", recorded)
    monkeypatch.setattr(pipeline, "_SECONDS", seconds)
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(300):
        (folder / f"{n:03}.txt").write_text(ITEM.format(n=n))
    changed = {0, 1, 90, 155, 156, 157, 230, 299}
    works: list[Work | Result] = [
        Work(item) if n in changed else Result(item.path, "unchanged")
        for n, item in enumerate(find_items([str(folder)]))
    ]
    opened = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0
    job, store = Job(targets=(Target("markdown"),), folder=str(tmp_path / "out")), FileStore()
    with Converter(job) as converter:
        results = [
            published(result, store) for batch in staged(works, converter, store) for _, result in batch
        ]
    assert len(results) == 300 and not [each for each in results if each.failure]
    assert len(files(tmp_path / "out")) == len(changed)
    assert (
        len(waited) == len(set(waited)) == len(changed)
    )  # or a descriptor is closed that belongs to another file by now
    assert not opened or len(os.listdir("/proc/self/fd")) <= opened + 8


@pytest.fixture
def archive(items: Path, tmp_path: Path) -> Path:
    """Return one input with many articles."""
    whole = run(items / "0.txt", "--to", "jsonl", "-o", "-").stdout
    path = tmp_path / "archive.jsonl"
    one = msgspec.json.decode(whole)
    lines = [
        one | {"id": str(n), "url": f"https://example.com/{n}", "headline": f"Port {n}"} for n in range(300)
    ]
    path.write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in lines))
    return path


def incremental(job: Job, path: Path) -> Incremental:
    return Incremental(State(path), of_formats(job), folder=job.folder)


def test_an_input_with_many_articles_has_several_results(archive: Path, tmp_path: Path) -> None:
    """What was written before an interrupt is complete, is known as an output, and is not up to date."""
    job = Job(targets=(Target("markdown"), Target("json")), folder=str(tmp_path / "out"))
    item = Item(str(archive))
    with closing(incremental(job, tmp_path / "state")) as state:
        results = Run(job, FileStore(), incremental=state).results([item])
        first = next(results)
        results.close()
        written = [output for result in first for output in result.outputs]
        assert all(result.more for result in first) and 32 <= len(written) < 600
        assert files(tmp_path / "out").keys() == {Path(output.path).name for output in written}
        assert {output.path for output in state.files()} == {output.path for output in written}
    with closing(incremental(job, tmp_path / "state")) as state:
        parts = [r for results in Run(job, FileStore(), incremental=state).results([item]) for r in results]
        assert [part.more for part in parts] == [True] * (len(parts) - 1) + [False] and len(parts) > 10
        assert {part.continues for part in parts[1:]} == {True} and parts[-1].status == "converted"
        assert len(files(tmp_path / "out")) == 600 == sum(len(part.outputs) for part in parts)
        ((again,),) = Run(job, FileStore(), incremental=state).results([item])
        assert again.status == "unchanged" and len(again.outputs) == 600
    with closing(State(tmp_path / "state")) as known:
        assert (
            len(known.files())
            == 600
            == sum(len(known.outputs(str(archive), f)) for f in ("markdown", "json"))
        )


def test_an_input_with_many_articles_is_reported_once(archive: Path, tmp_path: Path) -> None:
    for _ in range(2):  # an input that is named alone is converted each time
        done = run(
            archive, "--to", "md", "--output-dir", tmp_path / "out", "--report", tmp_path / "run.jsonl"
        )
        assert done.returncode == 0 and done.stdout.count(b"\n") == 300
        (line,) = (tmp_path / "run.jsonl").read_bytes().splitlines()
        report = msgspec.json.decode(line)
        assert report["status"] == "converted" and len(report["outputs"]) == 300
    name = sorted(files(tmp_path / "out"))[99]
    (tmp_path / "out" / name).unlink()
    (tmp_path / "out" / name).mkdir()
    done = run(archive, "--to", "md", "--output-dir", tmp_path / "out", "--report", tmp_path / "run.jsonl")
    assert done.returncode == 6 and done.stderr.count(b"it is a folder") == 1
    (line,) = (tmp_path / "run.jsonl").read_bytes().splitlines()
    assert msgspec.json.decode(line)["error"]["exit_code"] == 6
    assert not [each for each in files(tmp_path / "out") if each.startswith(".")]


@pytest.mark.parametrize("moment", ["write", "sync", "publish", "collect"])
@pytest.mark.parametrize("calls", [1, 3, 40])
def test_an_interrupt_leaves_no_temporary_file(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str, calls: int
) -> None:
    kinds = {
        "write": (FileStore, "write"),
        "sync": (pipeline._Group, "start"),
        "publish": (FileStore, "publish"),
        "collect": (pipeline._Pending, "staged"),
    }
    kind, name = kinds[moment]
    method, count = getattr(kind, name), itertools.count(1)

    def interrupted(*arguments: object) -> object:
        if next(count) == min(calls, 3 if moment == "collect" else calls):
            raise KeyboardInterrupt
        return method(*arguments)

    monkeypatch.setattr(kind, name, interrupted)
    job = Job(targets=(Target("markdown"), Target("text")), folder=str(tmp_path / "out"))
    with pytest.raises(KeyboardInterrupt):
        for _ in Run(job, FileStore()).results(find_items([str(archive)])):
            pass
    assert next(count) > calls or moment == "collect"
    assert not [each for each in files(tmp_path / "out") if each.startswith(".")]


def test_paths_of_a_run_that_could_not_be_reported_are_reported_by_the_next(
    items: Path, tmp_path: Path
) -> None:
    arguments = (items, "--to", "md", "--output-dir", tmp_path / "out", "-j", "1", "--report", "/dev/full")
    if not os.path.exists("/dev/full"):
        pytest.skip("this system has no device that is full")
    assert run(*arguments).returncode == 6
    done = run(*arguments[:-2])
    assert done.returncode == 0 and done.stdout.count(b"\n") == 3


def test_the_output_of_a_folder_with_one_item_is_not_converted_again(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(ITEM.format(n=1))
    for to in ("html", "md", "html"):
        done = run(tmp_path, "--to", to, "--output-dir", tmp_path)
        assert done.returncode == 0 and done.stdout.count(b"\n") <= 1, done.stderr
    assert len(files(tmp_path)) == 3


@pytest.mark.parametrize("to", ["html", "json", "md"])
@pytest.mark.parametrize(
    "where",
    [
        ("--output-dir", "in"),
        ("-o", "in/own.{to}"),
        ("--bundle", "--title", "One", "-o", "in/own.{to}"),
        ("--bundle", "--title", "One", "--output-dir", "in"),
    ],
)
def test_the_output_of_a_single_item_is_not_an_item_of_its_folder(
    tmp_path: Path, to: str, where: tuple[str, ...]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "one.txt").write_text(ITEM.format(n=1))
    arguments = ("one.txt", "--to", to, *(word.format(to=to) for word in where))
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 0 and len(files(tmp_path / "in")) == 1, done.stderr
    (tmp_path / "in" / "other.txt").write_text(ITEM.format(n=2))
    for count in (1, 0):
        done = run("in", "--to", "text", "--name", "{id}", "--output-dir", "in", cwd=tmp_path)
        assert done.returncode == 0 and done.stdout.count(b"\n") == count, done.stderr
    assert len(files(tmp_path / "in")) == 3


def test_messages_of_an_article_are_not_repeated_when_the_reader_fails_later(tmp_path: Path) -> None:
    whole = run("-", "--to", "jsonl", "-o", "-", stdin=ITEM.format(n=1).encode())
    source = tmp_path / "some.jsonl"
    source.write_bytes(whole.stdout.replace(b"open again", f"open {NO_FONT}".encode()) + b"not JSON\n")
    done = run(source, "--to", "pdf", "--pdf-engine", "typst", "--output-dir", tmp_path / "out")
    assert done.returncode != 0 and done.stderr.count(b"lost:") == 1, done.stderr
