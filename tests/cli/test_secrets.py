"""Passwords and keys of URLs are in no message, report, log, record, cache or output, and nobody else can read the state."""

import base64
import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

import feed2doc
import fsspec
import pytest
from feed2doc._text.secrets import masked, public_name
from feed2doc.batch import storage
from feed2doc.model import Image
from feed2doc.pictures.fetcher import Fetcher
from fsspec.implementations.memory import MemoryFileSystem

from tests.command import ITEM, run
from tests.feed_server import FeedServer, entry, feed, serving
from tests.picture_server import serving as serving_pictures

USER, PASSWORD, TOKEN = "ann-k7", "hush-p4ss", "t0ken-9f3"


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with serving() as server:
        yield server


def secret(url: str) -> str:
    return f"{url.replace('//', f'//{USER}:{PASSWORD}@')}?token={TOKEN}"


def files_with_secrets(*folders: Path) -> list[str]:
    """Return the files in these folders that have one of the secrets, as it is or in base64."""
    words = [USER, PASSWORD, TOKEN, base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()]
    return [
        f"{path}: {word}"
        for folder in folders
        for path in folder.rglob("*")
        for word in words
        if word.encode() in (path.read_bytes() if path.is_file() else b"") or word in path.name
    ]


def test_secrets_are_nowhere(
    server: FeedServer, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    home = tmp_path / "home"
    folders = [home / "out", *(Path(os.environ[f"XDG_{kind}_HOME"]) for kind in ("STATE", "CACHE"))]
    monkeypatch.setenv("HTTP_PROXY", secret("http://proxy.example:1"))
    monkeypatch.setenv("HTTPS_PROXY", secret("http://proxy.example:1"))
    server.files[f"/feed?token={TOKEN}"] = feed(
        entry(1).replace("https://port.example/1", "/1"),
        entry(2).replace("<link>https://port.example/2</link>", ""),
        entry(3)
        .replace("https://port.example/3", "/3")
        .replace("<a", "<img src='quay.jpg'><a href=''>here</a><a"),
    ).replace("<link>https://port.example/</link>", "")
    home.mkdir()
    config = home / "mine.toml"
    config.write_text(
        f'to = ["md", "epub", "json", "html"]\nbase-url = "{secret("http://127.0.0.1:1/x")}"\nreport = "out/report"\nallow-host = "127.0.0.1"\n'
        f'[sync]\nsources = ["{secret(server.url("/feed"))}", "{secret(server.url("/gone"))}", "{secret("http://[::1")}",'
        f' "http://{USER}:{PASSWORD}/x@127.0.0.1/y?token={TOKEN}"]\ndest = "out/news"\n[profile.day]\nbundle = "daily"\n'
    )
    (home / "out").mkdir()
    item = ITEM.format(n=1).replace("(https://example.com/1)", "()")
    (home / "item.txt").write_text(item + "<p><a href='/map'>Map</a> <a href=''>x</a> <img src='a.jpg'></p>")
    printed = b""
    for command in (
        ["sync", "--images", "embed"],
        ["sync", "--force", "--images", "embed"],
        ["sync", "--profile", "day"],
        ["sync", "-q", "--strict", "--force"],
        ["item.txt", "--output-dir", "out"],
        ["item.txt", "--bundle", "--output-dir", "out", "--offline"],
        ["item.txt", secret("https://example.org/x")],
        ["item.txt", "--allow-host", "[", "--output-dir", secret("nothing://host/x")],
        ["sync", "--dest", secret("https://host/x"), "--timezone", secret("a://b")],
        ["explain", "item.txt", "--base-url", secret("http://127.0.0.1:1/x")],
    ):
        named = [] if command[0] == "explain" else ["--config", str(config)]
        done = run(*command, *named, cwd=home)
        printed += done.stdout + done.stderr
    shown = run(
        "config", cwd=home, FEED2DOC_SOURCES=secret(server.url("/feed")), FEED2DOC_BASE_URL=secret("a://b")
    )
    printed += shown.stdout + shown.stderr
    with pytest.raises(feed2doc.Feed2docError) as raised:
        feed2doc.sync(secret("http://127.0.0.1:1/x"), secret("https://x/y"))
    text = printed.decode() + caplog.text + str(raised.value)
    assert [line for line in text.splitlines() if USER in line or PASSWORD in line or TOKEN in line] == []
    assert b"?token=***: cannot be fetched: status 404" in printed and b"not a valid URL" in printed
    assert len(list((home / "out" / "news").glob("*.epub"))) >= 3 and (home / "out" / "report").read_bytes()
    assert files_with_secrets(*folders) == []


def test_two_feeds_that_differ_in_a_secret_are_two(server: FeedServer, tmp_path: Path) -> None:
    for number, token in enumerate("ab", 1):
        server.files[f"/feed?token={token}"] = feed(entry(number))
    urls = [f"{server.url('/feed')}?token={token}" for token in "ab"]
    assert public_name(urls[0]) != public_name(urls[1]) and masked(urls[0]) == masked(urls[1])
    for expected in (2, 0):
        done = run("sync", *urls, "--to", "md", "--dest", tmp_path / "news")
        assert done.stdout.count(b"\n") == expected
    assert [status for _, status, _ in server.answers] == [200, 200, 304, 304]


def test_the_state_and_the_cache_are_private(server: FeedServer, tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        server.files["/feed"] = feed(entry(1, "<img src='/a.jpg'>"))
        (tmp_path / "item.txt").write_text(ITEM.format(n=1))
        for _ in range(2):
            run("sync", server.url("/feed"), "--to", "epub", "--force", "--dest", tmp_path / "news")
            run("item.txt", "--to", "html", cwd=tmp_path)
            run(".", "--to", "md", "--output-dir", "out", cwd=tmp_path)
            found = [
                path
                for kind in ("STATE", "CACHE")
                for path in Path(os.environ[f"XDG_{kind}_HOME"]).rglob("*")
            ]
            private = [path for path in found if "templates" not in path.parts and path.name != ".gitignore"]
            wrong = [str(path) for path in private if path.stat().st_mode & 0o077]
            assert wrong == [] and len(private) > 4
            for path in private:  # files of an earlier version are closed to others
                path.chmod(0o755 if path.is_dir() else 0o644)
            if (tmp_path / "out").exists():
                (tmp_path / "item.txt").write_text(ITEM.format(n=2))
    finally:
        os.umask(old)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("http://ann:hush@host/a", "http://host/a"),
        ("http://ann@host", "http://host"),
        ("http://ann:hu@sh@host/@b", "http://host/@b"),
        ("http://ann:hu/sh@host/b", "http://host/b"),
        ("http://ann:hu sh@host/b", "http://host/b"),
        ("see https://ann:hu?sh@host/b, or ftp://a:b@c", "see https://host/b, or ftp://c"),
        ("http://host:80/@ann http://[::1]:80/@ann http://host/a@b", None),
        ("https://social.example/@ann mail a:b@c", None),
        ("https://host/?token=a&page=2&api_key=b#access_token=c", "https://host/?token=***&page=2&api_key=***#access_token=***"),
        ("/x?X-Amz-Signature=a&amp;password=b;apiKey=c", "/x?X-Amz-Signature=***&amp;password=***;apiKey=***"),
        ("https://host/?author=ann&page=2&q=token&keyword=x", None),
        ("`https://host/?token=a`: gone (?key=b), ?sid=c: no", "`https://host/?token=***`: gone (?key=***), ?sid=***: no"),
        ("invalid address 'ann:hush@host:1', https:/ann:hush@host/x", "invalid address 'host:1', https:/host/x"),
        ("'mailto:ann@host' 'a: b@c' C:/ann:x@y 'ann@host'", None),
        ("2 + 2 = 4, a=b", None),
    ],
)  # fmt: skip
def test_what_is_masked(text: str, shown: str | None) -> None:
    assert masked(text) == (text if shown is None else shown)
    assert str(feed2doc.Feed2docError(text)) == masked(text)
    env = feed2doc.Env()
    env.note("loss", text, text=text)
    assert (env.diagnostics[0].message, env.diagnostics[0].text) == (masked(text), masked(text))


def test_masking_is_linear() -> None:
    for piece in ("http://a:", "http://", "://a@", "?token", "&a=", "&token=::", "?" * 80, "@://"):
        masked(piece * 20_000)


def test_links_and_pictures_lose_user_names() -> None:
    item = (
        ITEM.format(n=1)
        + "<p><a href='https://ann:hush@port.example/@x'>A</a><img src='//bob@port.example/a.jpg'></p>"
    )
    text = json.dumps(json.loads(feed2doc.write(feed2doc.read(item.encode()), "json")))
    assert "https://port.example/@x" in text and "https://port.example/a.jpg" in text and "hush" not in text


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("http://ann:hush@port.example/1?page=2#token", "http://port.example/1?page=2"),
        ("http://port.example/1?token=hush", "http://port.example/1?token=***"),
        ("https://port.example/1", ""),
        ("urn:uuid:1", ""),
        ("tag:port.example,2025:1", ""),
        ("1234", ""),
        ("https:///1", ""),
        ("ftp://port.example/1", ""),
    ],
)
def test_referers(url: str, sent: str) -> None:
    with serving_pictures() as pictures, Fetcher(allow_hosts=["127.0.0.1"]) as fetcher:
        fetcher.fetch(Image(pictures.url("/ok.jpg")), url)
    assert pictures.requests == [("/ok.jpg", sent)]


class Vault(MemoryFileSystem):  # type: ignore[misc]
    """A storage in memory whose URLs have a user name, a password and a host."""

    protocol: ClassVar[str] = "vault"
    store: ClassVar[dict[str, Any]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return "/" + (urlsplit(path).path if "://" in path else path).strip("/")


def test_the_password_of_a_storage_is_not_recorded(tmp_path: Path) -> None:
    fsspec.register_implementation("vault", Vault, clobber=True)
    home = f"vault://{USER}:{PASSWORD}@host"
    for n in range(2):
        storage.save(f"{home}/in/{n}.txt", ITEM.format(n=n).encode())
    arguments = (f"{home}/in", "--to", "md", "--output-dir", f"{home}/out", "--report", tmp_path / "report")
    done = run(*arguments)
    assert done.returncode == 0, done.stderr
    assert (
        sorted(path.partition("/2025")[0] for path in done.stdout.decode().split())
        == ["vault://host/out"] * 2
    )
    assert b"2 unchanged" in run(*arguments).stderr
    Vault.store.pop(next(path for path in Vault.store if path.startswith("/out")))
    done = run(*arguments)
    assert b"1 converted, 1 unchanged" in done.stderr
    assert PASSWORD not in (done.stdout + done.stderr).decode()
    assert files_with_secrets(tmp_path, Path(os.environ["XDG_STATE_HOME"])) == []
