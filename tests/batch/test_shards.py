"""Shards, JSON Lines files of many inputs: the same for any number of workers, written atomically, each input once."""

import json
import os
from concurrent.futures import Future
from pathlib import Path

import feed2doc
import pytest
import zstandard
from feed2doc.batch.item import Item
from feed2doc.batch.result import Result
from feed2doc.batch.work import Shard, Work
from feed2doc.batch.workers.queue import Chunk, staged_by

from tests.command import ITEM, one_line, run, run_process
from tests.dask_cluster import cluster
from tests.plugins import with_plugin

# A reader that ends its process for one item, as the system does when memory is short.
DEADLY = """
import os, signal
from feed2doc import Reader
def deadly(source, options, env):
    os.kill(os.getpid(), signal.SIGKILL)
READER = Reader(name="deadly", accepts=lambda data: data.startswith(b"deadly"), read=deadly)
"""


@pytest.fixture
def items(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(25):
        (folder / f"{n:02}.txt").write_text(ITEM.format(n=n).replace("Port", f"Port {n}"))
        os.utime(folder / f"{n:02}.txt", (1_700_000_000 + n, 1_700_000_000 + n))
    return folder


def lines(path: Path) -> list[bytes]:
    """Return the lines of a shard."""
    data = path.read_bytes()
    assert zstandard.get_frame_parameters(data).has_checksum
    with zstandard.ZstdDecompressor().stream_reader(data) as reader:
        text: bytes = reader.read()
    return text.splitlines(keepends=True)


def bomb() -> bytes:
    """Return more than a gibibyte of spaces, compressed to a few kilobytes."""
    packer = zstandard.ZstdCompressor(level=3).compressobj()
    return b"".join(packer.compress(b" " * (1 << 20)) for _ in range(1030)) + bytes(packer.flush())


def sharded(folder: Path, *arguments: str | Path, size: int = 10) -> tuple[list[str], list[bytes]]:
    """Return the names of the shards that a run wrote, and its messages."""
    start = run_process if "--scheduler" in arguments else run
    done = start("in", "--to", "jsonl", "--shard", str(size), "--output-dir", "out", *arguments, cwd=folder)
    assert done.returncode == 0, done.stderr
    said = [
        line for line in done.stderr.splitlines() if b"converted" not in line and b"unchanged in" not in line
    ]
    return done.stdout.decode().replace("out/", "").split(), said


def test_shards_contain_what_files_would(items: Path, tmp_path: Path) -> None:
    names, _ = sharded(tmp_path, "--report", "run.jsonl")
    assert names == ["part-00000.jsonl.zst", "part-00001.jsonl.zst", "part-00002.jsonl.zst"]
    assert run("in", "--to", "jsonl", "--output-dir", "one", cwd=tmp_path).returncode == 0
    ones = {
        json.loads(path.read_bytes())["headline"]: path.read_bytes() for path in (tmp_path / "one").iterdir()
    }
    found = [lines(tmp_path / "out" / name) for name in names]
    assert found == [
        [ones[f"Port {n} opens"] for n in part] for part in (range(10), range(10, 20), range(20, 25))
    ]
    report = [json.loads(line) for line in (tmp_path / "run.jsonl").read_text().splitlines()]
    assert [line["input"] for line in report] == [f"in/{n:02}.txt" for n in range(25)]
    for n, line in enumerate(report):
        (output,) = line["outputs"]
        assert output["path"] == f"out/part-0000{n // 10}.jsonl.zst"
        assert output["size"] == (tmp_path / output["path"]).stat().st_size
    # Shards can be read by name, from a pipe and with the library.
    shard = tmp_path / "out" / names[2]
    assert run(shard, "--to", "md", "--output-dir", tmp_path / "md").stdout.count(b"\n") == 5
    assert run("-", "--to", "json", "--output-dir", tmp_path / "md", stdin=shard.read_bytes()).returncode == 0
    assert [d.headline for d in feed2doc.read_all(shard)] == [f"Port {n} opens" for n in range(20, 25)]
    twice = shard.read_bytes() * 2
    assert len(list(feed2doc.read_all(twice))) == 10
    for wrong, words in (
        (twice[:-20], "truncated"),
        (twice + b"x" * 20, "be decompressed"),
        (bomb(), "MiB when decompressed"),
    ):
        shard.write_bytes(wrong)
        assert words in one_line(run(shard, "--to", "md", "-q", "-o", tmp_path / "x.md"))


@pytest.mark.parametrize("first", [0x50, 0x5A, 0x5F])
def test_frames_to_skip_are_skipped(first: int) -> None:
    skipped = bytes([first]) + b"\x2a\x4d\x18" + (5000).to_bytes(4, "little") + b"x" * 5000
    item = zstandard.ZstdCompressor().compress(ITEM.format(n=1).encode())
    assert feed2doc.read(skipped + skipped + item + skipped).headline == "Port opens"
    with pytest.raises(feed2doc.ReadError, match="truncated"):
        feed2doc.read(skipped[:-1])


def test_only_shards_with_something_new_in_them_are_made_again(items: Path, tmp_path: Path) -> None:
    first, _ = sharded(tmp_path)
    before = {name: (tmp_path / "out" / name).read_bytes() for name in first}
    assert sharded(tmp_path) == ([], [])
    (items / "14.txt").write_text(ITEM.format(n=14).replace("Port", "Pier"))
    os.utime(items / "14.txt", (1_600_000_000, 1_600_000_000))
    assert sharded(tmp_path, "-j", "2") == ([first[1]], [])
    assert json.loads(lines(tmp_path / "out" / first[1])[4])["headline"] == "Pier opens"
    (tmp_path / "out" / first[0]).write_bytes(b"cut short")
    assert sharded(tmp_path) == ([first[0]], [])
    assert (tmp_path / "out" / first[0]).read_bytes() == before[first[0]]
    # With fewer shards, the items of the last one are in others now.
    for n in range(20, 25):
        (items / f"{n}.txt").unlink()
    (tmp_path / "out" / "part-00009.jsonl.zst").write_bytes(b"not ours")
    assert sharded(tmp_path) == ([], [b"feed2doc: removed " + os.fsencode(tmp_path / "out" / first[2])])
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [*first[:2], "part-00009.jsonl.zst"]
    for n in range(10, 20):
        (items / f"{n}.txt").unlink()
    (tmp_path / "out" / first[1]).unlink()  # by the user
    assert sharded(tmp_path)[0] == []


def test_inputs_that_fail_are_reported_each_time_and_left_out_of_their_shard(
    items: Path, tmp_path: Path
) -> None:
    (items / "03.txt").write_text("no item")
    (items / "04.txt").write_bytes(b'{"type":"Document","id":"x","schema_version":99}')
    for n in (3, 4):
        os.utime(items / f"{n:02}.txt", (1_600_000_000, 1_600_000_000))
    command = ("in", "--to", "jsonl", "--shard", "10", "--output-dir", "out", "--report", "run.jsonl")
    for status in ("converted", "unchanged"):
        done = run(*command, cwd=tmp_path)
        assert done.returncode == 1
        assert b"in/03.txt: skipped" in done.stderr and b"in/04.txt: not a feed2doc document" in done.stderr
        report = [json.loads(line) for line in (tmp_path / "run.jsonl").read_text().splitlines()]
        assert [line["status"] for line in report[:6]] == [status] * 3 + ["no item", "failed", status]
        assert report[4]["outputs"] == [] and report[4]["error"]["exit_code"] == 3
    assert len(lines(tmp_path / "out" / "part-00000.jsonl.zst")) == 8
    assert done.stdout == b""


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_inputs_of_a_shard_that_cannot_be_saved_have_failed(
    items: Path, tmp_path: Path, jobs: str
) -> None:
    for n in range(25, 40):  # enough items for worker processes to start
        (items / f"{n}.txt").write_text(ITEM.format(n=n))
    (items / "08.txt").write_text("no item")
    (items / "19.txt").write_bytes(b'{"type":"Document","id":"x","schema_version":99}')
    (tmp_path / "out" / "part-00001.jsonl.zst").mkdir(parents=True)  # in the way
    command = ("in", "--to", "jsonl", "--shard", "10", "--output-dir", "out", "--report", "run.jsonl")
    done = run_process(*command, "-j", jobs, cwd=tmp_path)
    assert done.returncode == 6 and done.stdout == b"out/part-00000.jsonl.zst\n"
    assert done.stderr.count(b"part-00001.jsonl.zst") == 1
    assert (
        b"in/19.txt: not a feed2doc document" in done.stderr
        and b"9 converted, 10 failed, 1 skipped" in done.stderr
    )
    report = [json.loads(line) for line in (tmp_path / "run.jsonl").read_text().splitlines()]
    assert [line["input"] for line in report] == [f"in/{n:02}.txt" for n in range(20)]
    assert {line["status"] for line in report[10:]} == {"failed"}
    assert {line["error"]["exit_code"] for line in report[10:19]} == {6}
    assert report[10]["error"]["message"].startswith("out/part-00001.jsonl.zst: cannot be written")
    assert report[19]["error"]["exit_code"] == 3 and not any(line["outputs"] for line in report[10:])


def test_an_input_that_ends_processes_fails_alone(items: Path, tmp_path: Path) -> None:
    path = with_plugin(tmp_path, "reader", "deadly", DEADLY)
    (items / "13.txt").write_text("deadly")
    for n in range(25, 40):  # enough items for worker processes to start
        (items / f"{n}.txt").write_text(ITEM.format(n=n))
    command = ("in", "--to", "jsonl", "--shard", "10", "--output-dir", "out", "-j", "2")
    done = run_process(*command, cwd=tmp_path, PYTHONPATH=path)
    assert done.returncode == 1 and b"in/13.txt: the worker was killed" in done.stderr
    assert b"39 converted, 1 failed" in done.stderr and done.stdout.count(b"\n") == 4
    assert [json.loads(line)["headline"] for line in lines(tmp_path / "out" / "part-00001.jsonl.zst")] == [
        f"Port {n} opens" for n in range(10, 20) if n != 13
    ]


@pytest.mark.slow
class Instant:
    """Workers that convert nothing, and count the works of each chunk."""

    lost: tuple[type[BaseException], ...] = ()
    max_crashes = 1
    count = 2

    def __init__(self) -> None:
        self.chunks: list[int] = []

    def submit(self, chunk: Chunk) -> Future[list[Result]]:
        self.chunks.append(len(chunk))
        future: Future[list[Result]] = Future()
        future.set_result([Result(work.path, "converted") for work in chunk])
        return future

    def result(self, future: Future[list[Result]]) -> list[Result]:
        return future.result()

    def isolated(self, work: Work) -> Result:
        return Result(work.path, "converted")

    def ended(self, item: str) -> None:
        return None

    def restart(self, futures: list[Future[list[Result]]]) -> None:
        pass

    def close(self) -> None:
        pass


def test_each_shard_is_a_chunk_also_in_a_run_that_continues() -> None:
    done = [Result(f"part-{n}", "unchanged") for n in range(3)]
    todo = [Work(Shard(f"part-{n}", (Item(f"{n}.txt"),))) for n in range(3, 8)]
    workers = Instant()
    batches = list(staged_by(workers, [*done, *todo], 16))
    assert workers.chunks == [1] * 5
    assert [result.item for batch in batches for _, result in batch] == [f"part-{n}" for n in range(8)]
    items = Instant()
    assert list(staged_by(items, [*done, *(Work(Item(f"{n}.txt")) for n in range(5))], 4))
    assert items.chunks == [4, 1]


def test_a_cluster_writes_the_same_shards(items: Path, tmp_path: Path) -> None:
    sharded(tmp_path, "--images", "none", "--links", "strip", size=3)
    here = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    with cluster(tmp_path / "dask") as dask:
        dask.worker()
        dask.worker()
        names, _ = sharded(
            tmp_path, "--images", "none", "--links", "strip", "--scheduler", dask.address, "--force", size=3
        )
    assert names == sorted(here)
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == here


def test_wrong_use_of_shards_is_refused_in_one_line(items: Path, tmp_path: Path) -> None:
    for arguments, words in (
        (("--to", "md"), "--shard only applies to --to jsonl, not to markdown"),
        (("--to", "jsonl", "-o", "x"), "-o names one file"),
        (("--to", "jsonl", "--bundle"), "--shard and --bundle cannot be combined"),
    ):
        done = run("in", "--shard", "5", *arguments, cwd=tmp_path)
        assert done.returncode == 2 and words in one_line(done)
    (tmp_path / "out").write_text("a file, no folder")
    done = run("in", "--to", "jsonl", "--shard", "5", "--output-dir", "out", cwd=tmp_path)
    assert done.returncode == 6 and done.stderr.count(b"cannot be written") == 1
