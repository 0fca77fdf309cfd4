"""Pictures in runs of the command line: fetched from a server, at hand, offline, in each format, from the cache."""

import io
import os
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import feed2doc
import pytest
from feed2doc._cli import run

from tests.command import ITEM, on_terminal
from tests.command import run as run_command
from tests.picture_server import BAD, Server, body, item, noise, picture, serving


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Server]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with serving() as running:
        yield running


ALLOW = ("--allow-host", "127.0.0.1")


@pytest.fixture
def convert(server: Server, tmp_path: Path) -> Callable[..., Path]:
    """Return a function that converts an item with these pictures and returns the output's path."""

    def converted(
        to: str, *options: str, paths: tuple[str, ...] = ("/ok.jpg", "/404", "/webp"), code: int = 0
    ) -> Path:
        source, out = tmp_path / "item.txt", tmp_path / f"out.{to}"
        source.write_text(item(server, *paths), "utf-8")
        assert run([str(source), "--to", to, "-o", str(out), *options]) == code
        return out

    return converted


def test_a_terminal_shows_how_many_pictures_are_there(server: Server, tmp_path: Path) -> None:
    (tmp_path / "item.txt").write_text(item(server, "/ok.jpg", "/webp", "/avif"), "utf-8")
    arguments = ("item.txt", "--to", "html", "-o", "-", "--images", "embed", *ALLOW)
    for more in ((), ("-q",), ("--bundle",)):
        code, shown, output = on_terminal(*arguments, *more, cwd=tmp_path)
        assert code == 0 and output.startswith(b"<!DOCTYPE html>")
        if more == ("-q",):
            assert not shown.strip("\r")
            continue
        # If the item takes long, the progress bar of the whole run follows.
        steps = [step for step in shown.split("\r") if step.startswith("pictures")]
        assert steps == [f"pictures {n}/3" for n in (1, 2, 3)]


def test_bad_pictures_are_left_out(
    convert: Callable[..., Path], capfd: pytest.CaptureFixture[str], server: Server
) -> None:
    paths = ("/ok.jpg", *BAD, "/avif", "/ok.jpg?again")
    book = convert("epub", *ALLOW, paths=paths)
    lost = [line for line in capfd.readouterr().err.splitlines() if ": lost: picture http" in line]
    assert (
        len(lost) == len(BAD) - 1 and server.counts["/referer"] == 1
    )  # it is fetched, because the request names its article
    with zipfile.ZipFile(book) as opened_book:
        names = [name for name in opened_book.namelist() if "/images/" in name]
        text = "".join(opened_book.read(n).decode() for n in opened_book.namelist() if "article-" in n)
    assert len(names) == 4 and text.count("placeholder") == len(BAD) - 1
    assert all(f"说明{path} <span" in text.replace("&amp;", "&") or f"说明{path}" in text for path in paths)


def test_strict_makes_a_missing_picture_an_error(convert: Callable[..., Path]) -> None:
    out = convert("epub", *ALLOW, "--strict", code=5)
    assert not out.exists()


@pytest.mark.parametrize("options", [("--offline",), ("--images", "link"), ("--images", "none")])
def test_no_picture_is_requested_if_none_is_needed(
    convert: Callable[..., Path], server: Server, options: tuple[str, ...]
) -> None:
    for to in ("epub", "html", "pdf"):
        convert(to, *ALLOW, *options)
    assert server.requests == []


@pytest.mark.parametrize("at_hand", [True, False])
@pytest.mark.parametrize("to", ["epub", "md", "html"])
def test_a_strict_run_offline_fails_for_a_missing_picture(tmp_path: Path, to: str, at_hand: bool) -> None:
    (tmp_path / "pier.png").write_bytes(picture("PNG"))
    near = '<p><img src="pier.png"></p>' if at_hand else ""
    (tmp_path / "item.txt").write_text(
        ITEM.format(n=1) + near + '<p><img src="https://example.com/quay.png"></p>'
    )
    arguments = ("item.txt", "--to", to, "--images", "embed", "--offline")
    done = run_command(*arguments, "--strict", cwd=tmp_path)
    assert done.returncode == 5 and b"quay.png: not available offline" in done.stderr and not done.stdout
    (tmp_path / "quay.png").write_bytes(picture("PNG"))
    assert run_command(*arguments, "--strict", "--image-dir", ".", cwd=tmp_path).returncode == 0
    (tmp_path / "quay.png").unlink()
    done = run_command(*arguments, cwd=tmp_path)
    assert done.returncode == 0 and not done.stderr


def test_offline_opens_no_socket(convert: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    for to in ("epub", "html", "pdf", "md"):
        assert convert(to, "--offline", *(("--images", "embed") if to == "md" else ())).exists()


@pytest.mark.parametrize(
    "command",
    [
        ("sync", "HTTPS://me:geheim@port.example/feed.xml", "--dest", "news", "--to", "md"),
        ("edition", "item.txt", "http://me:geheim@port.example/feed.xml", "-o", "a.md"),
        ("pair", "item.txt", "s3://me:geheim@bucket/b.txt"),
        ("convert", "https://me:geheim@port.example/a.html", "-o", "a.md"),
        ("convert", "item.txt", "--to", "md", "--output-dir", "s3://me:geheim@bucket/out"),
        ("convert", "item.txt", "-o", "s3://me:geheim@bucket/a.md"),
    ],
    ids=str,
)
def test_offline_refuses_urls(tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "item.txt").write_text(ITEM.format(n=1))
    done = run_command(*command, "--offline", cwd=tmp_path)
    assert done.returncode == 2 and b"is on the network: download it, or leave out --offline" in done.stderr
    assert b"geheim" not in done.stderr and os.listdir(tmp_path) == ["item.txt"]


def test_offline_refuses_urls_in_the_library(tmp_path: Path) -> None:
    with pytest.raises(feed2doc.UsageError, match="is on the network"):
        feed2doc.sync(["item.txt", "https://port.example/feed.xml"], tmp_path / "news", offline=True)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(("profile", "points"), [("kobo", "303 x 403"), ("", "595 x 842")])
def test_a_profile_has_its_page(convert: Callable[..., Path], profile: str, points: str) -> None:
    out = convert("pdf", "--offline", *(("--profile", profile) if profile else ()))
    info = subprocess.run(["pdfinfo", out], capture_output=True, text=True, check=True).stdout
    width, _, height, *_ = info.split("Page size:")[1].split()
    assert f"{round(float(width))} x {round(float(height))}" == points


def test_each_format_has_its_usual_pictures(convert: Callable[..., Path], server: Server) -> None:
    assert "data:image/jpeg" in convert("html", *ALLOW).read_text("utf-8")
    asked = len(server.requests)
    markdown = convert("md", *ALLOW).read_text("utf-8")
    text = convert("txt", *ALLOW).read_text("utf-8")
    assert f"]({server.url('/ok.jpg')})" in markdown and "127.0.0.1" not in text and "说明/404" in text
    assert len(server.requests) == asked


def test_lead_alone(server: Server, tmp_path: Path) -> None:
    source, out = tmp_path / "item.txt", tmp_path / "out.html"
    source.write_text(item(server, "/1.jpg", "/2.jpg").replace("<p>渡轮回来了。</p>", ""), "utf-8")
    assert run([str(source), "--to", "html", "-o", str(out), *ALLOW, "--images", "lead"]) == 0
    page = out.read_text("utf-8")
    assert page.count("data:image") == 1 and "说明/1.jpg" in page and "说明/2.jpg" in page
    assert [path for path, _ in server.requests] == ["/1.jpg"]


def test_markdown_has_its_pictures_next_to_it(convert: Callable[..., Path]) -> None:
    out = convert("md", *ALLOW, "--images", "embed")
    assert sorted(f.name for f in (out.parent / "out.images").iterdir()) == ["001.jpg", "002.jpg"]
    assert "](out.images/001.jpg)" in out.read_text("utf-8")


def test_archived_pictures_are_found_by_url_and_by_name(
    convert: Callable[..., Path], server: Server, tmp_path: Path
) -> None:
    (tmp_path / "by-name").mkdir()
    (tmp_path / "by-name" / "404").write_bytes(picture())
    (tmp_path / "by-url" / "127.0.0.1").mkdir(parents=True)
    (tmp_path / "by-url" / "127.0.0.1" / "webp").write_bytes(picture("PNG"))
    folders = ("--image-dir", str(tmp_path / "by-name"), "--image-dir", str(tmp_path / "by-url"))
    page = convert("html", "--offline", *folders).read_text("utf-8")
    assert page.count("data:image") == 2 and server.requests == []


def test_a_second_run_asks_for_nothing_and_writes_the_same(
    convert: Callable[..., Path], server: Server
) -> None:
    paths = tuple(f"/n{n}.jpg" for n in range(6))
    first = convert("epub", *ALLOW, paths=paths).read_bytes()
    asked = len(server.requests)
    assert asked == 6 and convert("epub", *ALLOW, paths=paths).read_bytes() == first
    assert len(server.requests) == asked


def test_wrong_options_are_errors(convert: Callable[..., Path], capfd: pytest.CaptureFixture[str]) -> None:
    convert("epub", "--profile", "nook", code=2)
    convert("epub", "--image-dir", "/nowhere", code=2)
    convert("epub", "--images", "some", code=2)
    lines = capfd.readouterr().err.splitlines()
    assert (
        "unknown profile 'nook'" in lines[0]
        and "--image-dir /nowhere: not a folder" in lines[1]
        and len(lines) == 3
    )


MANY = """
import sys
from pathlib import Path
import feed2doc
from feed2doc.model import Document, Figure, Image, Paragraph, Section, Text
from feed2doc.pictures.profiles import profile
from feed2doc.pictures.fetcher import Fetcher
from feed2doc.pictures.gather import gather
base, cache, out = sys.argv[1:]
def article(n):
    figures = tuple(Figure(Image(f"{base}/many/{n}{x}.jpg"), (Text(x),)) for x in "ab")
    section = Section(blocks=(Paragraph((Text("渡轮回来了。" * 40),)), *figures))
    return Document(id=f"https://harbour.example/{n}", headline=str(n), language="zh-CN", sections=(section,))
documents = tuple(article(n) for n in range(200))
env = feed2doc.Env()
with Fetcher(Path(cache), allow_hosts=["127.0.0.1"]) as fetcher:
    gather(documents, env, fetcher, profile("default"))
book = feed2doc.Book(title="Many", language="zh-CN", parts=(feed2doc.Part(documents=documents),))
Path(out).write_bytes(feed2doc.write(book, "epub", env=env))
# VmHWM, not ru_maxrss, which a new process has from the one that started it.
peak = next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
print(sum(d.kind == "loss" for d in env.diagnostics), int(peak) // 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak memory is read from /proc")
def test_four_hundred_pictures_in_bounded_memory_and_once(tmp_path: Path) -> None:
    """Convert 200 articles with two pictures of some 200 kB; the second run finds them in the cache and writes the same book."""
    data = noise((600, 400), quality=88)
    assert 150_000 < len(data) < 100 * 2**20 / 400  # so that the budget leaves them unchanged
    route = {f"/many/{n}{x}.jpg": body(data + f"{n}{x}".encode()) for n in range(200) for x in "ab"}
    with serving(more=route) as server:
        books, asked = [], []
        for number in range(2):
            out = tmp_path / f"{number}.epub"
            arguments = [server.url(""), str(tmp_path / "cache.sqlite"), str(out)]
            done = subprocess.run(
                [sys.executable, "-c", MANY, *arguments], capture_output=True, text=True, check=True
            )
            lost, megabytes = map(int, done.stdout.split())
            assert lost == 0 and megabytes < 300
            books.append(out.read_bytes())
            asked.append(len(server.requests))
    assert asked == [400, 400] and books[0] == books[1]
    assert len([n for n in zipfile.ZipFile(io.BytesIO(books[0])).namelist() if "/images/" in n]) == 400


def test_a_picture_that_fails_is_requested_and_reported_once_for_all_formats(
    server: Server, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "item.txt"
    source.write_text(item(server, "/404"), "utf-8")
    formats = [word for to in ("epub", "html", "md") for word in ("--to", to)]
    assert run([str(source), *formats, "--output-dir", str(tmp_path / "out"), *ALLOW]) == 0
    assert server.counts["/404"] == 1 and capfd.readouterr().err.count(": lost: picture") == 1


def test_strict_writes_no_pictures_either(convert: Callable[..., Path]) -> None:
    out = convert("md", *ALLOW, "--images", "embed", "--strict", code=5)
    assert not out.exists() and not (out.parent / "out.images").exists()


@pytest.mark.parametrize("broken", ["no folder", "no database"])
def test_an_unusable_cache_does_no_harm(
    convert: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    home = tmp_path / "broken"
    if broken == "no folder":
        home.write_text("a file")
    else:
        (home / "feed2doc").mkdir(parents=True)
        (home / "feed2doc" / "fetched.sqlite").write_bytes(b"this is no database, " * 100)
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    assert "data:image" in convert("html", *ALLOW, paths=("/ok.jpg",)).read_text("utf-8")


def test_the_cache_of_earlier_versions_which_kept_addresses_is_removed(
    convert: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "old" / "feed2doc"
    folder.mkdir(parents=True)
    (folder / "pictures.sqlite-wal").write_text("https://e.org/a.jpg?token=SECRET")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder.parent))
    convert("html", *ALLOW, paths=("/ok.jpg",))
    kept = sorted(path.name for path in folder.iterdir())
    assert "fetched.sqlite" in kept and not [name for name in kept if name.startswith("pictures.")]


@pytest.mark.parametrize(
    "src",
    [
        "https://images.weserv.nl/?url=[x",
        "data:image/png;base64," + "A" * 5000,
        "a" * 5000,
        "https://e.org/" + "b" * 5000,
    ],
)
def test_urls_that_are_not_file_names(tmp_path: Path, src: str) -> None:
    source = tmp_path / "item.txt"
    source.write_text(f'[h](https://e.org/)\n------\n<p>a</p><img src="{src}">', "utf-8")
    options = ["--offline", "--image-dir", str(tmp_path), "--output-dir", str(tmp_path / "out")]
    assert run([str(source), "--to", "epub", *options]) == 0
