"""Inputs and outputs at URLs: the same as in folders, saved atomically, and only changed inputs converted again."""

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from feed2doc._cli import run as run_here
from feed2doc.batch import storage
from feed2doc.batch.item import Item, find_items, load_item
from feed2doc.errors import ReadError, UsageError, WriteError

from tests.command import ITEM, one_line, run, run_process
from tests.dask_cluster import cluster
from tests.s3_server import s3_server

fsspec = pytest.importorskip("fsspec")


@pytest.fixture
def items(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    for n in range(3):
        (folder / f"{n}.txt").write_text(ITEM.format(n=n))
    (folder / "deep" / "3.txt").write_text(ITEM.format(n=3))
    (folder / ".hidden.txt").write_text("no item")
    (folder / "picture.jpg").write_bytes(b"\xff\xd8\xff")
    return folder


@pytest.fixture(scope="module")
def server() -> Iterator[dict[str, str]]:
    with s3_server() as environment:
        yield environment


@pytest.fixture
def s3(server: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Provide s3://archive for this process and those that it starts."""
    for name, value in server.items():
        monkeypatch.setenv(name, value)


def upload(items: Path, url: str) -> None:
    for path in items.rglob("*"):
        if path.is_file():
            storage.save(f"{url}/{path.relative_to(items).as_posix()}", path.read_bytes())


def content(url: str) -> dict[str, bytes]:
    """Return the content of the files in a folder, by name."""
    files, path = fsspec.core.url_to_fs(url, use_listings_cache=False)
    return {name.rpartition("/")[2]: files.cat_file(name) for name in files.find(path)}


def local(items: Path, folder: Path, *arguments: str) -> dict[str, bytes]:
    start = run_process if "-j" in arguments else run
    assert start(items, "--output-dir", folder, *arguments).returncode == 0
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_memory_is_a_storage_as_a_folder_is(items: Path, tmp_path: Path) -> None:
    """Test the storage in this process, because other processes cannot see its memory."""
    upload(items, "memory://in")
    arguments = [
        "--to",
        "md",
        "--to",
        "json",
        "--images",
        "none",
        "-q",
        "--report",
        str(tmp_path / "run.jsonl"),
    ]
    for scheme, statuses in (("memory", ["converted"] * 4), ("MeMoRy", ["unchanged"] * 4)):
        assert run_here([f"{scheme}://in", "--output-dir", f"{scheme}://out", *arguments]) == 0
        lines = [json.loads(line) for line in (tmp_path / "run.jsonl").read_text().splitlines()]
        assert [line["status"] for line in lines] == statuses
        assert [line["input"] for line in lines] == [f"memory://in/{n}.txt" for n in (0, 1, 2, "deep/3")]
    assert content("memory://out") == local(items, tmp_path / "out", *arguments[:6])
    storage.remove(lines[0]["outputs"][0]["path"])
    storage.save("memory://in/2.txt", ITEM.format(n=2).replace("open again", "shut again").encode())
    assert run_here(["memory://in", "--output-dir", "memory://out", *arguments]) == 0
    statuses = [json.loads(line)["status"] for line in (tmp_path / "run.jsonl").read_text().splitlines()]
    assert statuses.count("converted") == 2 and b"shut again" in b"".join(content("memory://out").values())


def test_what_urls_name(items: Path) -> None:
    upload(items, "memory://named")
    for name, expected in (
        ("memory://named", ["named/0.txt", "named/1.txt", "named/2.txt", "named/deep/3.txt"]),
        ("memory://named/[01].txt", ["named/0.txt", "named/1.txt"]),
        ("memory://named/d*", ["named/deep/3.txt"]),
        ("memory://named/picture.jpg", ["named/picture.jpg"]),
        ("memory://named/none.txt", ["named/none.txt"]),
    ):
        assert [each.path for each in find_items([name])] == [f"memory://{path}" for path in expected]
    assert [each.path for each in find_items([items.as_uri()])] == [e.path for e in find_items([str(items)])]
    with pytest.raises(ReadError, match=r"none\.txt: cannot be read: no such file"):
        load_item(Item("memory://named/none.txt"))
    assert next(find_items(["MEMORY://named/0.txt"])).path == "memory://named/0.txt"
    with pytest.raises(UsageError, match="for a feed, use `feed2doc sync URL"):
        list(find_items(["https://example.com/feed.xml"]))


def test_file_urls_are_paths(items: Path, tmp_path: Path) -> None:
    out = tmp_path / "with space"
    done = run(items.as_uri(), "--to", "json", "--output-dir", out.as_uri())
    assert done.returncode == 0
    assert sorted(done.stdout.decode().splitlines()) == sorted(map(str, out.iterdir()))
    assert run(items, "--to", "json", "--output-dir", out).stdout == b""


def test_a_storage_other_than_an_object_store_gets_files_by_renaming(tmp_path: Path) -> None:
    from fsspec.implementations.local import LocalFileSystem

    class Disk(LocalFileSystem):  # type: ignore[misc]
        protocol = "disk"
        moved: ClassVar[list[str]] = []

        @classmethod
        def _strip_protocol(cls, path: str) -> str:
            return str(path).removeprefix("disk://")

        def mv(self, one: str, two: str, **options: object) -> None:
            self.moved.append(two)
            if two.endswith("full"):
                raise OSError(28, "No space left on device")
            super().mv(one, two, **options)

    fsspec.register_implementation("disk", Disk, clobber=True)
    storage.save(f"disk://{tmp_path}/deep/a", b"one")
    storage.save(f"disk://{tmp_path}/deep/a", b"two")
    assert storage.load(f"disk://{tmp_path}/deep/a").data == b"two"
    with pytest.raises(WriteError, match="deep/full: cannot be written: No space left on device"):
        storage.save(f"disk://{tmp_path}/deep/full", b"three")
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["a"] and len(Disk.moved) == 3
    assert re.fullmatch(r"3:\d+", storage.version_tag(f"disk://{tmp_path}/deep/a"))


@pytest.mark.slow
@pytest.mark.usefixtures("s3")
def test_s3_in_and_out(items: Path, tmp_path: Path) -> None:
    upload(items, "s3://archive/in")
    arguments = ("s3://archive/in/", "--to", "md", "--to", "epub", "--images", "none", "--output-dir")
    done = run(*arguments, "s3://archive/out/")
    assert done.returncode == 0, done.stderr
    expected = local(items, tmp_path / "out", "--to", "md", "--to", "epub", "--images", "none")
    assert content("s3://archive/out") == expected
    assert sorted(done.stdout.decode().split()) == sorted(f"s3://archive/out/{name}" for name in expected)
    again = run(*arguments, "s3://archive/out/")
    assert (again.returncode, again.stdout) == (0, b"") and b"0 converted, 4 unchanged" in again.stderr
    # One output was deleted, one was changed.
    storage.remove(next(line for line in done.stdout.decode().split() if line.endswith(".md")))
    storage.save("s3://archive/in/deep/3.txt", ITEM.format(n=3).replace("Port", "Pier").encode())
    assert len(run(*arguments, "s3://archive/out/").stdout.split()) == 3
    one = run("s3://archive/in/1.txt", "-o", "s3://archive/one.md", "--images", "none")
    assert (
        one.stdout == b"s3://archive/one.md\n" and b"open again" in storage.load("s3://archive/one.md").data
    )


@pytest.mark.slow
@pytest.mark.usefixtures("s3")
def test_s3_in_and_out_by_a_cluster(items: Path, tmp_path: Path) -> None:
    upload(items, "s3://archive/in2")
    arguments = ("--to", "jsonl", "--shard", "3", "--images", "none", "--output-dir")
    with cluster(tmp_path / "dask") as dask:
        dask.worker()
        for expected in (2, 0):
            done = run_process(
                "s3://archive/in2", *arguments, "s3://archive/out2", "--scheduler", dask.address
            )
            assert done.returncode == 0 and done.stdout.count(b"\n") == expected, done.stderr
    assert content("s3://archive/out2") == local(items, tmp_path / "out", *arguments[:-1])


@pytest.mark.slow
@pytest.mark.usefixtures("s3")
def test_s3_in_and_out_by_several_processes(tmp_path: Path) -> None:
    items = tmp_path / "in"
    items.mkdir()
    for n in range(40):
        (items / f"{n:02}.txt").write_text(ITEM.format(n=n) + f"<p>Number {n}.</p>")
    upload(items, "s3://archive/in3")
    arguments = ("--to", "md", "--images", "none", "-j", "2", "--output-dir")
    done = run_process("s3://archive/in3", "s3://archive/in3/40.txt", *arguments, "s3://archive/out3")
    assert done.returncode == 1 and b"in3/40.txt: cannot be read: The specified key" in done.stderr
    assert content("s3://archive/out3") == local(items, tmp_path / "out", *arguments[:-1])
    named = [line.rpartition(b"/")[2] for line in done.stdout.splitlines()]
    assert named == [
        line.rpartition(b"/")[2]
        for line in run_process(items, *arguments, tmp_path / "o").stdout.splitlines()
    ]


@pytest.mark.slow
@pytest.mark.usefixtures("s3")
def test_wrong_urls_are_refused_in_one_line(items: Path) -> None:
    here = str(items / "0.txt")
    for arguments, code, words in (
        (["s3://archive/none.txt"], 3, "none.txt: cannot be read: The specified key does not exist"),
        (["s3://nowhere/a.txt"], 3, "s3://nowhere/a.txt: cannot be read: The specified bucket does not exist"),
        ([here, "--output-dir", "s3://nowhere/out"], 6, "cannot be written: The specified bucket does not exist"),
        ([here, "--output-dir", "ftps3://x/y"], 2, "Protocol not known: ftps3"),
        (["sftp://host/a.txt"], 4, f"sftp:// needs paramiko: {sys.executable} -m pip install paramiko"),
        ([here, "--report", "s3://archive/run.jsonl"], 2, "must be a local file"),
        (["http://example.com/feed"], 2, "feed2doc sync URL --to epub"),
        (["HTTP://example.com/feed"], 2, "feed2doc sync URL --to epub"),
    ):  # fmt: skip
        done = run(*arguments, "--to", "md")
        assert done.returncode == code and words in one_line(done), done.stderr
    away = run(here, "-o", "s3://archive/x.md", AWS_ENDPOINT_URL="http://127.0.0.1:9", AWS_MAX_ATTEMPTS="1")
    assert away.returncode == 6 and "Could not connect" in one_line(away)
    done = run(
        here,
        "-o",
        "s3://archive/x.md",
        AWS_ACCESS_KEY_ID="",
        AWS_SECRET_ACCESS_KEY="",
        AWS_EC2_METADATA_DISABLED="true",
    )
    assert done.returncode == 6 and "s3://archive/x" in one_line(done)


def test_without_fsspec_urls_are_refused_with_the_command_that_installs_it(items: Path) -> None:
    code = "import sys; sys.modules['fsspec'] = sys.modules['fsspec.core'] = None; from feed2doc._cli import main; main()"
    for arguments in ((str(items), "--output-dir", "s3://archive/x"), ("s3://archive/x",)):
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments, "--to", "md"], capture_output=True, env=os.environ
        )
        assert done.returncode == 4 and f'{sys.executable} -m pip install "feed2doc[cluster]"' in one_line(
            done
        )


def test_a_file_is_saved_from_another_file(tmp_path: Path) -> None:
    (tmp_path / "spool").write_bytes(b"spooled")
    for url in (str(tmp_path / "out" / "a"), "memory://spooled/a"):
        with open(tmp_path / "spool", "rb") as file:
            storage.save(url, file)
        assert storage.load(url).data == b"spooled"
    with pytest.raises(WriteError):
        storage.save(str(tmp_path / "spool" / "a"), io.BytesIO(b""))


def test_the_files_of_a_folder_are_found_in_order(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a.txt",
        ".hidden.txt",
        "x.bin",
        "z.txt/in.md",
        ".git/c.txt",
        "m/n/o.HTML",
        "m/p.txt",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    for name, target in (("c.txt", "x.bin"), ("loop.txt", "loop.txt"), ("gone.txt", "none"), ("y.txt", "m")):
        (tmp_path / name).symlink_to(target)
    os.mkfifo(tmp_path / "pipe.txt")
    found = find_items([str(tmp_path)])
    paths = ["a.txt", "b.txt", "c.txt", "m/p.txt", "m/n/o.HTML", "z.txt/in.md"]
    assert [item.path for item in found] == [str(tmp_path / path) for path in paths]
