"""What hostile items and failing machines leave: no crash, no wall of messages, no control characters, no files."""

import errno
import gc
import io
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from unittest import mock

import feed2doc
import pytest
from feed2doc._files.processes import is_running
from PIL import Image

from tests.command import ITEM, one_line, run

# What a terminal acts on, or what makes it show a text in another order: C0 without tab and newline, DEL, C1, Bidi_Control.
CONTROLS = (
    "\x00\x07\x1b\x7f\x80\x84\x9b\x9d\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def test_no_control_characters_reach_the_terminal(tmp_path: Path) -> None:
    """Not from fields, rules, file names, or words that are lost."""
    word = f"a{CONTROLS}b"
    document = {
        "type": "Document", "id": word, "headline": word, "tags": [word], "url": f"https://x.example/{word}",
        "publication": word,
        "sections": [{"blocks": [{"type": "Paragraph", "content": [{"type": "Text", "value": f"{word} quay"}]}]}],
    }  # fmt: skip
    (tmp_path / "item.json").write_text(json.dumps(document))
    (tmp_path / "page.html").write_text(
        f"<article><p class='{word[3:]}'>Quay {word[3:]} open.</p><form>{word[3:]}</form>"
    )
    name = "x\x1b[31m\x9b1m\u202e.txt"
    (tmp_path / name).write_text(
        ITEM.format(n=1) + f"<p>{word[3:]}</p><img src='http://127.0.0.1/{word[5:]}'>"
    )
    (tmp_path / "empty.txt").write_text("Nothing.")
    for arguments in (
        ["explain", "item.json"],
        ["explain", "item.json", "--json"],
        ["explain", "page.html", "--full"],
        ["explain", name],
        ["check", "empty.txt", "--against", "item.json"],
        ["check", "empty.txt", "--against", "item.json", "--json"],
        ["check", name, "--against", name],
        ["item.json", name, "--to", "epub", "--output-dir", "out", "--check"],
        [name, "--to", "\x1b[31m\x9b"],
        ["config", "show", "--profile", name],
    ):
        done = run(*arguments, cwd=tmp_path)
        printed = (done.stdout + done.stderr).decode()
        assert printed and not _CONTROL.search(printed), arguments
        assert b"Traceback" not in done.stderr
    found = json.loads(run("explain", "item.json", "--json", cwd=tmp_path).stdout)
    assert word in [part["text"] for part in found["fields"]]  # JSON has them, as escapes


def test_paths_on_a_terminal_have_no_control_characters(tmp_path: Path) -> None:
    """A program that reads the paths gets them as they are."""
    (tmp_path / "item.txt").write_text(ITEM.format(n=1))
    folder = "out\x1b]2;x\x9b"
    done = run("item.txt", "--to", "md", "--output-dir", folder, cwd=tmp_path)
    assert (tmp_path / done.stdout.decode().strip()).is_file()
    with mock.patch("feed2doc._cli._stdout._Output.isatty", return_value=True):
        done = run("item.txt", "--to", "md", "--output-dir", folder, cwd=tmp_path)
    assert done.stdout.startswith(b"out]2;x/2025") and not done.stderr


def test_tags_have_no_control_characters() -> None:
    item = {
        "id": "1",
        "title": "Port",
        "content_html": "<p>The port is open.</p>",
        "tags": [f"a{CONTROLS}b", "c\x9bd"],
    }
    feeds = [json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [item]})]
    feeds.append(
        "<rss version='2.0'><channel><title>x</title><item><title>Port</title><description>Open.</description>"
        "<category>a\x9b\u202e&#x202e;b</category><category>cd</category></item></channel></rss>"
    )
    feeds.append(
        "<html><meta property='article:tag' content='a&#x202e;b'><meta property='article:tag' content='cd'>"
        "<article><h1>Port</h1><p>The port is open.</p></article></html>"
    )
    for text in feeds:
        (document,) = feed2doc.read_all(text.encode())
        assert document.tags == ("ab", "cd")


def test_thousands_of_broken_pictures_are_a_few_lines(tmp_path: Path) -> None:
    pictures = "".join(f"<p><img src='data:image/jpeg;base64,AA{n:06}{'A' * 600}'></p>" for n in range(1000))
    (tmp_path / "item.txt").write_text(ITEM.format(n=1) + pictures)
    for arguments in (
        ["--to", "epub"],
        ["--to", "md", "--to", "html", "--images", "embed", "--report", "report"],
    ):
        done = run("item.txt", *arguments, "--offline", cwd=tmp_path)
        lines = done.stderr.decode().splitlines()
        assert len(lines) == 11 and max(map(len, lines)) < 120
        assert lines[-1] == "feed2doc: item.txt: lost: 990 more like this (pictures)"
    assert (tmp_path / "report").stat().st_size < 3_000


def test_a_link_to_itself_costs_one_picture(tmp_path: Path) -> None:
    for name in ("loop.jpg", "folder"):
        (tmp_path / name).symlink_to(name)
    names = ("loop.jpg", "folder/a.jpg", "a%00b.jpg", "x" * 300 + ".jpg", "quay.png")
    Image.new("RGB", (90, 60)).save(tmp_path / "quay.png")
    (tmp_path / "item.txt").write_text(
        ITEM.format(n=1) + "".join(f"<p><img src='{name}'></p>" for name in names)
    )
    for arguments in ([], ["--image-dir", "."]):
        done = run("item.txt", "--to", "md", "--images", "embed", "--offline", *arguments, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    assert len(list(tmp_path.glob("*.images/*"))) == 1


def test_addresses_of_pictures_do_not_lead_out_of_the_folder_of_pictures(tmp_path: Path) -> None:
    """Nor is one that is not valid an error."""
    Image.new("RGB", (90, 60)).save(tmp_path / "secret.jpg")
    (tmp_path / "pictures" / "deep").mkdir(parents=True)
    (tmp_path / "items").mkdir()
    sources = [
        "http://../secret.jpg", "http://.../secret.jpg", "http://%2e%2e/secret.jpg", "http://..%2f/secret.jpg", "//../secret.jpg",
        "http://..:80/secret.jpg", "http://x@../secret.jpg", "http://a/%2e%2e/secret.jpg", "http://a/..%2fsecret.jpg",
        f"http://a/{tmp_path}/secret.jpg", f"http://a/%2f{tmp_path}/secret.jpg", "http://[/secret.jpg", "http://a/%00/secret.jpg",
    ]  # fmt: skip
    blocks = [{"type": "Figure", "image": {"type": "Image", "src": each}} for each in sources]
    document = {"type": "Document", "id": "x", "headline": "Port", "sections": [{"blocks": blocks}]}
    (tmp_path / "items" / "a.json").write_text(json.dumps(document))
    (tmp_path / "items" / "b.txt").write_text(
        ITEM.format(n=1) + "".join(f"<img src='{each}'>" for each in sources)
    )
    folders = ("--image-dir", "pictures", "--image-dir", "pictures/deep")
    done = run(
        "items", "--to", "md", "--images", "embed", *folders, "--offline", "--output-dir", "out", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert list((tmp_path / "out").glob("*.images")) == []


@pytest.mark.parametrize("function", ["TemporaryFile", "mkdtemp"])
def test_no_space_for_temporary_files_is_one_line(tmp_path: Path, function: str) -> None:
    Image.new("RGB", (90, 60)).save(tmp_path / "quay.png")
    (tmp_path / "item.txt").write_text(ITEM.format(n=1) + "<p><img src='quay.png'></p>")
    arguments = ["--pdf-engine", "typst", "--to", "pdf"] if function == "mkdtemp" else ["--to", "epub"]
    original = getattr(tempfile, function)

    def full(*arguments: Any, **options: Any) -> Any:
        if str(options.get("prefix", "")).startswith("feed2doc-"):
            raise OSError(errno.ENOSPC, "No space left on device")
        return original(*arguments, **options)

    with mock.patch(f"tempfile.{function}", full):
        done = run("item.txt", *arguments, "--offline", cwd=tmp_path)
        assert done.returncode == 6
        assert (
            "temporary files cannot be written: No space left on device: make room, or set TMPDIR"
            in one_line(done)
        )
        if function == "TemporaryFile":
            env = feed2doc.Env()
            document = feed2doc.read(tmp_path / "item.txt", env=env)
            with pytest.raises(feed2doc.WriteError, match="set TMPDIR"):
                feed2doc.gather(document, env)


def test_a_disk_that_becomes_full_while_pictures_are_kept_is_one_line(tmp_path: Path) -> None:
    class Full(io.RawIOBase):
        def writable(self) -> bool:
            return True

        readable = seekable = writable

        def seek(self, at: int, whence: int = 0) -> int:
            return at

        def write(self, data: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    Image.new("RGB", (90, 60)).save(tmp_path / "quay.png")
    (tmp_path / "item.txt").write_text(ITEM.format(n=1) + "<p><img src='quay.png'></p>")
    original = tempfile.TemporaryFile

    def made(*arguments: Any, **options: Any) -> Any:
        ours = str(options.get("prefix", "")).startswith("feed2doc-")
        return io.BufferedRandom(Full()) if ours else original(*arguments, **options)

    with mock.patch("tempfile.TemporaryFile", made):
        done = run("item.txt", "--to", "epub", "--offline", cwd=tmp_path)
        assert done.returncode == 6 and "temporary files cannot be written: No space left" in one_line(done)


KILLED = """
import os, sys
from pathlib import Path
from feed2doc._files.atomic import write_part
from feed2doc._files.temporary import new_folder
Path(new_folder(), "x").write_text("x")
for path in sys.argv[1:]:
    write_part(Path(path), b"half")
os.kill(os.getpid(), 9)
"""


def test_the_next_run_removes_what_a_killed_one_has_left(tmp_path: Path) -> None:
    temporary, out = tmp_path / "temporary", tmp_path / "out"
    for each in (temporary, out / "a.images", out / "b.typ.images"):
        each.mkdir(parents=True)
    (out / "c.images").symlink_to(tmp_path)
    mine = temporary / "feed2doc-mine"
    mine.mkdir()
    paths = [str(out / "x.md"), str(out / "a.images" / "001.jpg"), str(out / "b.typ.images" / "001.jpg")]
    environment = os.environ | {"TMPDIR": str(temporary)}
    done = subprocess.run([sys.executable, "-c", KILLED, *paths, str(tmp_path / "y")], env=environment)
    assert done.returncode == -9 and len(list(temporary.iterdir())) == 2
    assert len([*out.rglob("*.part"), *tmp_path.glob("*.part")]) == 4
    (tmp_path / "item.txt").write_text(ITEM.format(n=1))
    run("item.txt", "--to", "md", "--to", "typst", "--output-dir", "out", cwd=tmp_path, TMPDIR=str(temporary))
    assert list(temporary.iterdir()) == [mine] and list(out.rglob("*.part")) == []
    assert len(list(tmp_path.glob("*.part"))) == 1  # links are not followed


TAKEN = """
import os, sys
from pathlib import Path
from feed2doc.batch.state.claims import taken
for _ in taken(Path(sys.argv[1])):
    os.kill(os.getpid(), 9)
"""


def test_outputs_are_known_although_the_process_that_took_the_notes_of_them_was_killed(
    tmp_path: Path,
) -> None:
    state = str(tmp_path / "state")
    (tmp_path / "item.txt").write_text(ITEM.format(n=1))
    run("item.txt", "--to", "html", "-o", "book.html", cwd=tmp_path, XDG_STATE_HOME=state)
    (notes,) = Path(state).rglob("*.outputs")
    done = subprocess.run([sys.executable, "-c", TAKEN, str(notes.with_suffix(".sqlite"))])
    assert done.returncode == -9 and not notes.exists()
    done = run(".", "--to", "md", "--output-dir", ".", cwd=tmp_path, XDG_STATE_HOME=state)
    assert done.returncode == 0 and done.stdout.count(b"\n") == 1  # the book is not an input
    assert not list(Path(state).rglob("*.outputs*"))


def test_a_process_that_was_killed_is_not_running_even_if_its_end_was_not_asked_for() -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as process:
        assert is_running(process.pid) and is_running(os.getpid())
        process.kill()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert is_running(process.pid) == (not os.path.exists("/proc/self/stat"))
    assert not is_running(process.pid)


def test_fonts_of_a_page_are_in_a_folder_that_is_found_again(tmp_path: Path) -> None:
    from feed2doc.fonts.faces import font_files

    font = next(path for path in font_files() if str(path).endswith(".ttf"))
    with mock.patch("feed2doc.writers.pdf._weasyprint.new_folder", return_value=str(tmp_path)) as new_folder:
        feed2doc.write(feed2doc.read(ITEM.format(n=1).encode()), "pdf", font=str(font))
    gc.collect()
    assert new_folder.called and not tmp_path.exists()
