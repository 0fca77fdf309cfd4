"""Repeated runs over many inputs: only changed inputs are converted, also after interruptions, and reports are correct."""

import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import zstandard
from feed2doc._files.atomic import part_name, remove_leftovers
from feed2doc.batch.item import Item
from feed2doc.batch.job import Job, Target
from feed2doc.batch.result import Output, Result
from feed2doc.batch.run import Run
from feed2doc.batch.state.sources import Article, Feed
from feed2doc.batch.state.store import Entry, Record, State, state_of
from feed2doc.batch.store import FileStore
from feed2doc.batch.work import Work
from feed2doc.batch.workers.queue import _in_chunks

from tests import paths
from tests.command import COMMAND, ITEM, on_terminal, run, run_process
from tests.picture_server import picture


def written(tmp_path: Path, *arguments: str | Path, **env: Any) -> list[str]:
    """Return the names of the files that a run over the folder of items wrote."""
    given = ("--images", "none") if "--images" not in arguments else ()
    done = run(tmp_path / "in", "--output-dir", tmp_path / "out", *given, *arguments, **env)
    assert done.returncode == 0, done.stderr
    return [Path(line).name for line in done.stdout.decode().splitlines()]


def test_only_what_changed_is_made_again(items: Path, tmp_path: Path) -> None:
    first = written(tmp_path, "--to", "md")
    assert len(first) == 3
    assert written(tmp_path, "--to", "md") == []
    again = run(items, "--to", "md", "--images", "none", "--output-dir", tmp_path / "out")
    assert not again.stdout and b"feed2doc: 0 converted, 3 unchanged in" in again.stderr
    # changes that do not matter
    os.utime(items / "0.txt")
    assert written(tmp_path, "--to", "markdown", "-q", "-j", "2") == []
    # changes of the input
    (items / "0.txt").write_text(ITEM.format(n=0).replace("open again", "shut again"))
    assert written(tmp_path, "--to", "md") == [first[0]]
    assert "shut again" in (tmp_path / "out" / first[0]).read_text()
    # changes of the output
    (tmp_path / "out" / first[1]).unlink()
    assert written(tmp_path, "--to", "md") == [first[1]]
    # a new input, a new format
    (items / "3.txt").write_text(ITEM.format(n=3))
    assert len(written(tmp_path, "--to", "md")) == 1
    assert [Path(name).suffix for name in written(tmp_path, "--to", "md", "--to", "json")] == [".json"] * 4
    # everything again for another destination
    done = run(items, "--to", "md", "--output-dir", tmp_path / "other")
    assert done.stdout.count(b"\n") == 4
    assert len(written(tmp_path, "--to", "md", "--force")) == 4


def test_a_compressed_input_that_is_the_same_is_not_made_again(items: Path, tmp_path: Path) -> None:
    data = zstandard.ZstdCompressor().compress(ITEM.format(n=0).encode())
    (items / "0.txt").write_bytes(data)
    for count in (3, 0, 0):
        assert len(written(tmp_path, "--to", "md")) == count
        os.utime(items / "0.txt")


def test_everything_that_affects_an_output_converts_it_again(items: Path, tmp_path: Path) -> None:
    rules, templates, css = tmp_path / "rules", tmp_path / "templates", tmp_path / "mine.css"
    rules.mkdir()
    (templates / "html").mkdir(parents=True)
    css.write_text("p { color: navy }")
    given = ("--to", "html", "--css", css, "--site-rules", rules, "--template-dir", templates)
    assert len(written(tmp_path, *given)) == 3
    assert written(tmp_path, *given) == []
    css.write_text("p { color: black }")
    assert len(written(tmp_path, *given)) == 3
    (rules / "example.com.toml").write_text('hosts = ["example.com"]\npublication = "The Example"\n')
    assert len(written(tmp_path, *given)) == 3
    (templates / "html" / "style.css").write_text("p { margin: 0 }")
    assert len(written(tmp_path, *given)) == 3
    assert len(written(tmp_path, *given, "--timezone", "Asia/Tokyo")) == 3
    assert len(written(tmp_path, *given, "--links", "strip")) == 3
    assert len(written(tmp_path, *given, "--links", "strip", SOURCE_DATE_EPOCH="1")) == 3
    assert written(tmp_path, *given, "--links", "strip", SOURCE_DATE_EPOCH="1") == []


@pytest.mark.parametrize("option", ["--lua-filter=", "-L"])
def test_files_of_pandocs_arguments_count(items: Path, tmp_path: Path, option: str) -> None:
    script = tmp_path / "loud.lua"
    named = ("-O", f"pandoc-arg={option}{script}")
    for word in ("shut", "open"):
        script.write_text(f'function Para() return pandoc.Para("{word} by script") end')
        first = written(tmp_path, "--to", "rst", *named)
        assert len(first) == 3 and written(tmp_path, "--to", "rst", *named) == []
        assert f"{word} by script" in (tmp_path / "out" / first[0]).read_text()


def test_a_changed_picture_next_to_an_item_converts_it_again(items: Path, tmp_path: Path) -> None:
    samples = paths.ROOT / "samples"
    picture = next(path for path in samples.rglob("*") if path.suffix in (".jpg", ".png"))
    (items / "quay.jpg").write_bytes(picture.read_bytes())
    (items / "1.txt").write_text(ITEM.format(n=1) + "<p><img src='quay.jpg' alt='The quay'></p>")
    given = ("--to", "epub", "--images", "embed", "--offline")
    names = written(tmp_path, *given)
    assert written(tmp_path, *given) == []
    os.utime(items / "quay.jpg", (1, 1))
    assert written(tmp_path, *given) == [names[1]]


def test_a_picture_that_appears_later_converts_its_item_again(items: Path, tmp_path: Path) -> None:
    (items / "0.txt").write_text(ITEM.format(n=0) + '<p><img src="pier.png"></p>')
    (items / "1.txt").write_text(ITEM.format(n=1) + '<p><img src="https://example.com/a/quay.png"></p>')
    archive = tmp_path / "archive"
    archive.mkdir()
    given = ("--to", "epub", "--images", "embed", "--offline", "--image-dir", archive)
    first = written(tmp_path, *given)
    assert len(first) == 3 and written(tmp_path, *given) == []
    for path, made in ((items / "pier.png", first[0]), (archive / "quay.png", first[1])):
        path.write_bytes(picture("PNG"))
        assert written(tmp_path, *given) == [made]
        with zipfile.ZipFile(tmp_path / "out" / made) as book:
            assert any(name.endswith(".png") for name in book.namelist())
    assert written(tmp_path, *given) == []


def test_the_report_says_how_each_input_went(items: Path, tmp_path: Path) -> None:
    (items / "1.txt").write_bytes(ITEM.format(n=1).encode() + b"<p>\xff\xfe\xff</p>")
    (items / "notes.md").write_text("# no item")
    bad = tmp_path / "bad.txt"
    bad.write_text("no item")
    report = tmp_path / "reports" / "run.jsonl"
    for statuses in (["converted"] * 3 + ["no item", "failed"], ["unchanged"] * 3 + ["no item", "failed"]):
        done = run(
            items, bad, "--to", "md", "--to", "json", "--output-dir", tmp_path / "out", "--report", report
        )
        assert done.returncode == 1
        lines = [json.loads(line) for line in report.read_text().splitlines()]
        assert [line["status"] for line in lines] == statuses
        for line in lines[:3]:
            assert [output["format"] for output in line["outputs"]] == ["markdown", "json"]
            for output in line["outputs"]:
                data = Path(output["path"]).read_bytes()
                assert (sha256(data).hexdigest(), len(data)) == (output["sha256"], output["size"])
        assert lines[4]["error"]["exit_code"] == 3 and "bad.txt" in lines[4]["error"]["message"]
        assert lines[4]["warnings"] == [] and lines[0]["error"] is None
    missing = run(items, "--to", "md", "--report", bad / "x", "--output-dir", tmp_path / "new")
    assert missing.returncode == 6 and b"--report" in missing.stderr


@pytest.mark.slow
def test_a_terminal_shows_how_far_the_run_is(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for n in range(60):
        text = "bad" if n == 59 else ITEM.format(n=n)
        (tmp_path / "in" / f"{n:02}.txt").write_text(text)
    # These are enough PDFs for the progress bar to appear.
    arguments = ["in", "--to", "pdf", "--images", "none", "--output-dir", "out", "-j", "1", "--page", "a5"]
    code, text, output = on_terminal(*arguments, cwd=tmp_path)
    assert code == 0 and output.count(b"\n") == 59
    assert re.search(r"#-* \d+/60 ", text) and "59.txt: skipped, not a feed item" in text
    assert "feed2doc: 59 converted, 1 skipped in" in text.splitlines()[-1]


def test_fail_fast_stops_at_the_first_failure(items: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text("no item")
    arguments = (tmp_path / "bad.txt", items, "--to", "md", "--output-dir", tmp_path / "out")
    done = run(*arguments, "--fail-fast")
    assert done.returncode == 1 and not done.stdout
    assert run(*arguments).stdout.count(b"\n") == 3


def test_a_file_that_cannot_be_saved_is_reported_in_order(items: Path, tmp_path: Path) -> None:
    report = tmp_path / "run.jsonl"
    command = ("--to", "md", "--images", "none", "-j", "1", "--output-dir", tmp_path / "out")
    names = run(items, *command).stdout.decode().split()
    for name in names:
        Path(name).unlink()
    Path(names[1]).mkdir(parents=True)
    done = run(items, *command, "--report", report)
    assert done.returncode == 6 and done.stdout.decode().split() == names[:1]
    assert f"{names[1]}: cannot be written: it is a folder" in done.stderr.decode()
    first, second = [json.loads(line) for line in report.read_text().splitlines()]
    assert Path(first["outputs"][0]["path"]).is_file() and not first["error"]
    assert second["error"]["message"].startswith(names[1]) and second["outputs"] == []
    assert not Path(names[2]).exists()
    Path(names[1]).rmdir()
    assert run(items, *command).returncode == 0 and all(Path(name).is_file() for name in names)
    assert not list((tmp_path / "out").glob(".*"))


def test_a_corrupt_state_is_reset_and_an_unusable_one_is_not_needed(items: Path, tmp_path: Path) -> None:
    home = tmp_path / "state"
    assert len(written(tmp_path, "--to", "md", XDG_STATE_HOME=str(home))) == 3
    (path,) = (home / "feed2doc").glob("*.sqlite")
    path.write_bytes(b"no database, " * 1000)
    assert len(written(tmp_path, "--to", "md", XDG_STATE_HOME=str(home))) == 3
    assert written(tmp_path, "--to", "md", XDG_STATE_HOME=str(home)) == []
    (tmp_path / "file").write_text("")
    for _ in range(2):
        assert len(written(tmp_path, "--to", "md", XDG_STATE_HOME=str(tmp_path / "file"))) == 3


@pytest.mark.parametrize("command", ["convert", "sync"])
def test_a_state_that_is_corrupt_beyond_its_header_is_reset(
    items: Path, tmp_path: Path, command: str
) -> None:
    home = tmp_path / "state"
    where = ("--dest" if command == "sync" else "--output-dir", tmp_path / "out")

    def said() -> str:
        done = run(command, items, "--to", "md", *where, "-q", XDG_STATE_HOME=str(home))
        assert done.returncode == 0, done.stderr
        return done.stderr.decode()

    assert said() == ""
    (path,) = (home / "feed2doc").glob("*.sqlite")
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\x99" * (len(data) - 4096))
    assert said() == f"feed2doc: {path}: the state of earlier runs was corrupt and has been reset\n"
    assert said() == ""


@pytest.mark.slow
def test_any_page_of_a_state_may_be_corrupt(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    outputs = [Output(str(tmp_path / "a.md"), "md", 3, "0")]

    def use(state: State) -> None:
        record = Record(b"r", "1:2", "00", {"picture" * 99: "1"})
        for n in range(40):
            state.record([Entry(str(n), "md", record, tuple(outputs))])
            state.keep_article(str(n), Article("news-1", "feed", random.Random(n).randbytes(3000), {}))
        state.keep_feed("url", Feed(b"<rss/>" * 5000))
        state.claim(str(tmp_path / "b.md"), 3)
        for n in range(40):
            state.record_of(str(n), "md"), state.outputs(str(n), "md"), state.touch(str(n), "md", "2:2")
        state.owner(str(tmp_path / "a.md")), state.files()
        state.feed("url"), state.articles("news-1"), state.days(), state.revision("news-1")
        state.delete(str(tmp_path / "b.md"))
        state.forget_day("news-1")

    with closing(State(path)) as state:
        use(state)
        use(state)
    whole = path.read_bytes()
    damaged = 0
    for page in range(len(whole) // 4096):
        path.write_bytes(whole[: page * 4096] + b"\x99" * 4096 + whole[(page + 1) * 4096 :])
        with closing(State(path)) as state:
            use(state)
            use(state)
            assert state.owner(str(tmp_path / "a.md")) == "39" and len(state.files()) == 1
            damaged += state.was_reset
    assert damaged > 3


def test_names_that_are_not_utf8(items: Path, tmp_path: Path) -> None:
    os.rename(os.fsencode(items / "0.txt"), os.fsencode(items) + b"/caf\xe9.txt")
    out = os.fsdecode(os.fsencode(tmp_path) + b"/\xe9")
    report = tmp_path / "run.jsonl"
    for count in (3, 0):
        done = run(items, "--to", "md", "--output-dir", out, "--report", report)
        assert done.returncode == 0 and done.stdout.count(b"\n") == count
        assert len(report.read_text("utf-8").splitlines()) == 3


@pytest.mark.slow
def test_of_two_items_of_the_same_article_the_later_one_counts(items: Path, tmp_path: Path) -> None:
    """Check this also if the earlier item takes so long that another process has finished the later one before."""
    slow = "".join(f"<p>Line {n}.</p>" for n in range(20_000))
    for n in range(3, 200):
        (items / f"{n:03}.txt").write_text(ITEM.format(n=n % 4) + f"<p>Edition {n}.</p>")
    for n in (40, 80, 120, 196):
        (items / f"{n:03}.txt").write_text(
            ITEM.format(n=n % 4) + f"<p>Edition {n}.</p>" + (slow if n < 190 else "")
        )
    for jobs in ("1", "3"):
        done = run_process(items, "--to", "md", "--output-dir", tmp_path / jobs, "-j", jobs)
        assert done.returncode == 0
    one, three = ({p.name: p.read_bytes() for p in (tmp_path / jobs).iterdir()} for jobs in ("1", "3"))
    assert len(one) == 4 and one == three
    assert run_process(items, "--to", "md", "--output-dir", tmp_path / "3").stdout == b""


def test_two_runs_at_once(items: Path, tmp_path: Path) -> None:
    for n in range(3, 120):
        (items / f"{n}.txt").write_text(ITEM.format(n=n))
    command = [*COMMAND, str(items), "--to", "md", "--output-dir", str(tmp_path / "out"), "-j", "2"]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    assert all(b"Traceback" not in each.communicate(timeout=500)[1] for each in both)
    assert [each.returncode for each in both] == [0, 0]
    assert len(list((tmp_path / "out").iterdir())) == 120
    assert run(items, "--to", "md", "--output-dir", tmp_path / "out").stdout == b""


def test_several_processes_create_the_state_at_once(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from feed2doc.batch.state.store import State;"
        "print('ready', flush=True); sys.stdin.read(); State(Path(sys.argv[1])).close()"
    )
    for n in range(4):
        command = [sys.executable, "-c", code, str(tmp_path / f"{n}.sqlite")]
        held, start = os.pipe()  # closing it starts all of them
        several = [
            subprocess.Popen(command, stdin=held, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            for _ in range(4)
        ]
        os.close(held)
        assert all(each.stdout and each.stdout.readline() for each in several)
        os.close(start)
        assert [(each.communicate()[1], each.returncode) for each in several] == [(b"", 0)] * 4


def children(process: subprocess.Popen[bytes]) -> list[int]:
    """Return the process ids of a process's children."""
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return [int(child) for child in listed.read_text().split()] if listed.exists() else []


def many(folder: Path) -> None:
    text = "".join(
        f"<p>Line {n} of a text that takes a while to be read and written.</p>" for n in range(300)
    )
    for n in range(3, 303):
        (folder / f"{n:03}.txt").write_text(ITEM.format(n=n) + text)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds its children in /proc")
def test_nothing_is_lost_if_workers_are_killed(items: Path, tmp_path: Path) -> None:
    many(items)
    report = tmp_path / "run.jsonl"
    command = [
        *COMMAND,
        str(items),
        "--to",
        "md",
        "--to",
        "html",
        "--output-dir",
        str(tmp_path / "out"),
        "-j",
        "2",
    ]
    process = subprocess.Popen(
        [*command, "--report", str(report)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    chosen = random.Random(7)
    killed = 0
    with process:
        while process.poll() is None and killed < 4:
            time.sleep(0.25)
            if workers := children(process):
                os.kill(chosen.choice(workers), signal.SIGKILL)
                killed += 1
        said, _ = process.communicate(timeout=500)
    assert process.returncode == 0 and killed
    files = {str(path) for path in (tmp_path / "out").iterdir()}
    assert len(files) == 606 and sorted(said.decode().splitlines()) == sorted(files)
    for line in map(json.loads, report.read_text().splitlines()):
        for output in line["outputs"]:
            assert sha256(Path(output["path"]).read_bytes()).hexdigest() == output["sha256"]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds its children in /proc")
def test_a_killed_run_is_continued(items: Path, tmp_path: Path) -> None:
    many(items)
    out = tmp_path / "out"
    command = [*COMMAND, str(items), "--to", "html", "--output-dir", str(out), "-j", "2"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout
    with process:
        for _ in range(60):
            process.stdout.readline()
        workers = children(process)
        process.kill()
        named = 60 + len(process.stdout.read().splitlines())
    while any(Path(f"/proc/{worker}").exists() for worker in workers):  # they end by themselves, soon
        time.sleep(0.05)
    done = run_process(items, "--to", "html", "--output-dir", out, "-j", "2")
    assert done.returncode == 0
    again = done.stdout.count(b"\n")
    # Every file that was printed was recorded, except the one being printed when the run was interrupted.
    assert 303 - named <= again <= 303 - named + 1
    files = list(out.iterdir())
    assert len(files) == 303 and not [path for path in files if path.name.startswith(".")]


def test_partial_pictures_of_a_killed_run_are_removed(items: Path, tmp_path: Path) -> None:
    (items / "pier.png").write_bytes(picture("PNG"))
    (items / "0.txt").write_text(ITEM.format(n=0) + '<p><img src="pier.png"></p>')
    first = written(tmp_path, "--to", "md", "--images", "embed", "--offline")[0]
    folder = tmp_path / "out" / Path(first).with_suffix(".images")
    killed = [sys.executable, "-c", "from feed2doc._files.atomic import part_name; print(part_name())"]
    part = subprocess.run(killed, capture_output=True, text=True, check=True).stdout.strip()
    (folder / part).write_bytes(b"half")
    (folder / part_name()).write_bytes(b"of a process that runs")
    (items / "0.txt").write_text((items / "0.txt").read_text().replace("open again", "shut again"))
    assert written(tmp_path, "--to", "md", "--images", "embed", "--offline") == [first]
    assert sorted(path.read_bytes()[:4] for path in folder.iterdir()) == [b"of a", b"\x89PNG"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("in/0.txt", "--to", "md", "--output-dir", "out"),
        ("in/0.txt", "-o", "out/x.md"),
        ("in", "--to", "md", "--output-dir", "out", "-j", "1"),
        ("in", "--bundle", "-o", "out/x.md"),
        ("sync", "in", "--to", "md", "--dest", "out"),
        ("sync", "in", "--to", "md", "--dest", "out", "--bundle", "daily"),
    ],
)
def test_every_run_removes_what_killed_runs_have_left(
    items: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / part_of(dead_process())).touch()
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert not list((tmp_path / "out").glob(".*"))


def dead_process() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        pass
    return process.pid


def part_of(process: int, run: int = 0) -> str:
    """Return the name of a temporary file of a process that works for a run."""
    own = str(os.getpid())
    first, _, rest = part_name().partition(f"-{own}-{own}-")
    return f"{first}-{run or process}-{process}-{rest}"


def test_what_a_worker_has_staged_stays_as_long_as_its_run_lasts(tmp_path: Path) -> None:
    """A worker may be dead while its run has yet to publish its files, and others write to the same folder."""
    staged = tmp_path / part_of(dead_process(), os.getpid())
    staged.touch()
    code = "import sys; from pathlib import Path; from feed2doc._files import atomic; atomic.remove_leftovers(Path(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", code, tmp_path], check=True)
    assert staged.exists()
    remove_leftovers(tmp_path)
    assert not staged.exists()


def test_unchanged_items_do_not_make_chunks_smaller() -> None:
    works = [Work(Item(str(n))) if n % 2 else Result(str(n), "unchanged") for n in range(64)]
    chunks = list(_in_chunks(works, 16))
    assert [len(each.chunk) for each in chunks] == [16, 16]
    assert [entry for each in chunks for entry in each.entries] == works


def test_results_of_unchanged_items_come_in_batches(tmp_path: Path) -> None:
    job = Job(targets=(Target("markdown"),), folder=str(tmp_path))
    unchanged = [Result(str(n), "unchanged") for n in range(250)]
    batches = list(Run(job, FileStore(), jobs=2).results(unchanged))
    assert [result for batch in batches for result in batch] == unchanged
    assert len(batches) < 12


def test_many_unchanged_items_are_looked_up_together(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "inner").mkdir(parents=True)
    for name in (*(f"{n:03}" for n in range(120)), "inner/last"):
        (folder / f"{name}.txt").write_text(ITEM.format(n=name))
    again = ("-j", "1", "--to", "txt", "--to", "md")
    assert len(written(tmp_path, *again)) == 242
    (folder / "060.txt").write_text(ITEM.format(n="changed"))
    (folder / "050-new.txt").write_text(ITEM.format(n="new"))
    assert len(written(tmp_path, *again)) == 4 and written(tmp_path, *again) == []


def test_a_state_knows_several_inputs_in_several_formats(tmp_path: Path) -> None:
    first, other = Record(b"1", "1:2", "00", {"/p.jpg": "3:4"}, 5.0), Record(b"2", "", "", {})
    files = tuple(Output(f"/out/{name}", "md", 1, "aa", name < "b") for name in ("a.jpg", "b.md", "c.md"))
    with closing(State(tmp_path / "state.sqlite")) as state:
        state.record(
            [Entry("1", "md", first, files), Entry("1", "txt", other, ()), Entry("3", "md", other, ())]
        )
        known = state.known(["1", "2", "3"])
        assert state.known([]) == {} and state.record_of("2", "md") is None
        assert state.record_of("1", "md") == first
    assert known == {
        ("1", "md"): (first, [*files[1:], files[0]]),
        ("1", "txt"): (other, []),
        ("3", "md"): (other, []),
    }


def test_state_remembers_what_was_left_behind(tmp_path: Path) -> None:
    from feed2doc.batch.result import Output

    state = State(tmp_path / "deep" / "state.sqlite")
    record = Record(b"fingerprint", "1:2", "00", {"/p.jpg": "3:4"})
    old, new = Output("/out/old.md", "markdown", 1, "aa"), Output("/out/new.md", "markdown", 2, "bb")
    state.record([Entry("/in/1.txt", "markdown", record, (old,))])
    assert state.replaced() == []
    assert state.is_ours("/out/old.md") and state.record_of("/in/1.txt", "markdown") == record
    state.record([Entry("/in/1.txt", "markdown", record, (new,))])
    assert state.outputs("/in/1.txt", "markdown") == [new]
    assert [output.path for output in state.replaced()] == ["/out/old.md"] and state.is_ours("/out/old.md")
    state.record([Entry("/in/2.txt", "markdown", record, (old,))])
    assert state.replaced() == [] and state.outputs("/in/2.txt", "markdown") == [old]
    state.delete("/out/new.md")
    assert not state.is_ours("/out/new.md") and state.record_of("/in/1.txt", "markdown") == record
    state.close()
    with closing(state_of("s3://bucket/x")) as one, closing(state_of("s3://bucket/y")) as other:
        assert one.path != other.path


def make_older(database: sqlite3.Connection) -> None:
    """Turn a state into one of version 3, which knew no owners and entries."""
    for column in ("owner", "next", "article"):
        database.execute(f"ALTER TABLE file DROP COLUMN {column}")
    for table in ("copy", "entry", "visit"):
        database.execute(f"DROP TABLE {table}")
    database.execute("PRAGMA user_version = 3")


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_state_of_an_older_version_is_upgraded(version: int, items: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    options = ("--to", "md", "--images", "link")
    assert len(written(tmp_path, *options, XDG_STATE_HOME=str(home))) == 3
    (path,) = (home / "feed2doc").glob("*.sqlite")
    with closing(sqlite3.connect(path)) as database, database:
        make_older(database)
        if version < 3:
            database.execute("ALTER TABLE file RENAME COLUMN companion TO beside")
        if version == 1:
            database.execute("ALTER TABLE made DROP COLUMN missing")
        database.execute(f"PRAGMA user_version = {version}")
    assert written(tmp_path, *options, XDG_STATE_HOME=str(home)) == []
