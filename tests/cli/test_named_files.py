"""Files that a user names, which may be devices and pipes: reading them ends, with one line that says why."""

import os
import threading
from pathlib import Path

import feed2doc
import pytest
from feed2doc._files import named_files
from feed2doc._files.named_files import read_file, read_stream, read_text
from feed2doc.batch.storage import digest_of, version_tag

from tests.command import ITEM, one_line, run, run_process

ENDLESS = "/dev/zero"
COMMANDS = {
    "look": (2, "item.txt -o a.html --look {}"),
    "css": (2, "item.txt -o a.html --css {}"),
    "cover": (2, "item.txt -o a.epub --cover {}"),
    "configuration": (2, "item.txt -o a.html --config {}"),
    "allowed configuration": (2, "config allow {}"),
    "rules": (2, "item.txt -o a.html --site-rules rules"),
    "reference document": (2, "item.txt -o a.docx --reference-doc {}"),
    "font": (2, "item.txt -o a.pdf --font own.ttf"),
    "password": (3, "serve --library shelf --password-file {}"),
    "library": (3, "library import --library shelf {}"),
}
REASONS = {
    "device": ("it is a device", "no such file", "it is not a file"),
    "pipe": ("it is a pipe that nothing is written to", "no such file", "it is not a file"),
}
INPUTS = (
    "{} -o a.md",
    "item.txt {} --bundle -o a.md --fail-fast",
    "explain {}",
    "stories {}",
    "edition {} -o a.md",
    "pair item.txt {}",
    "check item.txt --against {}",
    "sync {} --to md --dest news -q",
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a folder with an item, and a folder for rules."""
    (tmp_path / "item.txt").write_text(ITEM.format(n=1))
    (tmp_path / "rules").mkdir()
    return tmp_path


@pytest.mark.parametrize("kind", ["device", "pipe"])
@pytest.mark.parametrize("use", COMMANDS)
def test_devices_and_pipes_that_nothing_is_written_to_are_refused(home: Path, use: str, kind: str) -> None:
    code, words = COMMANDS[use]
    name = ENDLESS if kind == "device" else "./pipe"
    os.mkfifo(home / "pipe")
    for link in ("rules/own.toml", "own.ttf"):
        (home / link).symlink_to(home / name)
    done = run(*(word.format(name) for word in words.split()), cwd=home)
    assert done.returncode == code, done.stderr
    assert any(f"{reason}\n" in one_line(done) for reason in REASONS[kind]), done.stderr


@pytest.mark.parametrize("words", INPUTS)
def test_inputs_that_never_end_are_refused(home: Path, words: str) -> None:
    done = run(*(word.format(ENDLESS) for word in words.split()), cwd=home)
    assert done.returncode in (1, 3) and b"cannot be read: it is a device" in done.stderr, done.stderr


def test_pipes_that_are_written_to_are_read(home: Path) -> None:
    reading, writing = os.pipe()  # as the shell makes one for `--css <(command)`
    os.write(writing, b"p { color: #123456 }\r\n")
    os.close(writing)
    os.mkfifo(home / "item")
    writer = threading.Thread(target=lambda: (home / "item").write_bytes((home / "item.txt").read_bytes()))
    writer.start()
    assert run("item", "-o", "a.html", "--css", f"/dev/fd/{reading}", cwd=home).returncode == 0
    writer.join()
    os.close(reading)
    page = (home / "a.html").read_text()
    assert "open again" in page and "#123456" in page


@pytest.mark.parametrize("way", ["pipe", "-"])
@pytest.mark.parametrize(
    "words", ["{} two.txt --to md --output-dir out", "sync {} two.txt --to md --dest out"]
)
def test_a_pipe_is_read_once_in_each_run(home: Path, words: str, way: str) -> None:
    (home / "two.txt").write_text(ITEM.format(n=2))
    (home / "out").mkdir()
    for n, headline in enumerate(("First", "Second", "Second")):
        content = ITEM.format(n=1).replace("Port opens", headline).encode()
        reading, writing = os.pipe()
        os.write(writing, content)
        os.close(writing)
        name = way if way == "-" else f"/dev/fd/{reading}"
        done = run(*(word.format(name) for word in words.split()), cwd=home, stdin=content)
        os.close(reading)
        assert done.returncode == 0, done.stderr
        assert (f"-{headline.lower()}-".encode() in done.stdout) == (n < 2), done.stdout


def test_a_pipe_has_no_version_and_no_digest(home: Path) -> None:
    os.mkfifo(home / "pipe")
    assert version_tag(str(home / "pipe")) == digest_of(str(home / "pipe")) == ""
    assert version_tag(str(home / "item.txt")) and digest_of(str(home / "item.txt"))


def test_a_pipe_is_put_into_a_library(home: Path) -> None:
    content = (home / "item.txt").read_bytes()
    done = run_process("serve", "--library", home / "shelf", "--import", "/dev/stdin", "-", stdin=content)
    assert done.stdout == b"1 article\n" and b"standard input: is empty" in done.stderr


def test_a_file_has_a_limit_whatever_size_it_says_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"12345678\r\n")
    assert read_file(path, 10) == path.read_bytes() and read_text(path) == "12345678\n"
    with pytest.raises(OSError, match="larger than 0 MiB"):
        read_file(path, 9)
    monkeypatch.setattr(named_files, "_PIECE", 3)
    for expected in (0, 4, 9, 10, 99):
        with path.open("rb") as file:
            assert read_stream(file, 10, expected=expected) == path.read_bytes()
        with path.open("rb") as file, pytest.raises(OSError, match="larger"):
            read_stream(file, 9, expected=expected)
    assert read_file(Path(os.devnull)) == b""


def test_endless_pictures_are_missing(home: Path) -> None:
    (home / "images").mkdir()
    (home / "images" / "quay.png").symlink_to(ENDLESS)
    env = feed2doc.Env()
    env.assets.add_file("https://example.com/quay.png", home / "images" / "quay.png")
    assert env.assets.raw("https://example.com/quay.png") is None
    env.assets.close()
