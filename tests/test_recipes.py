"""The recipes of docs/recipes work unchanged."""

import os
import re
import shlex
import socket
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.utils import format_datetime
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.feed_server import entry, feed, serving

pytestmark = pytest.mark.slow
RECIPES = Path(__file__).parent.parent / "docs" / "recipes"


def script(command: list[str | Path], home: Path, **env: str) -> list[str]:
    """Return the lines that a script prints; it has the command `feed2doc` and its own home folder."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        list(map(str, command)),
        env=os.environ | {"PATH": path, "HOME": str(home), "USER": "reader"} | env,
        capture_output=True,
        text=True,
        timeout=500,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_kobo(tmp_path: Path) -> None:
    kobo = tmp_path / "KOBOeReader"
    (kobo / ".kobo").mkdir(parents=True)
    with serving() as server:
        server.files["/feed"] = feed(entry(1), entry(2))
        paths = script([RECIPES / "kobo.sh", server.url("/feed")], tmp_path, KOBO=str(kobo))
        assert len(paths) == 2 and all(path.endswith(".kepub.epub") for path in paths)
        assert script([RECIPES / "kobo.sh", server.url("/feed")], tmp_path, KOBO=str(kobo)) == []
    none = subprocess.run(
        [RECIPES / "kobo.sh", "x"], env={"PATH": os.environ["PATH"]}, capture_output=True, text=True
    )
    assert (none.returncode, none.stderr) == (1, "no Kobo is found: plug it in, or set KOBO to its folder\n")


def test_koreader(tmp_path: Path) -> None:
    with serving() as server:
        today = format_datetime(datetime.now(UTC))
        server.files["/feed"] = feed(entry(1, date=today), entry(2, date=today))
        (path,) = script([RECIPES / "koreader.sh", tmp_path / "shared", server.url("/feed")], tmp_path)
    names = zipfile.ZipFile(path).namelist()
    assert (
        Path(path).name == f"news-{datetime.now(UTC):%Y-%m-%d}.epub"
        and sum("article-" in name for name in names) == 2
    )


class Mailbox(Sink):
    """A mail server that keeps what is sent, or refuses it."""

    def __init__(self) -> None:
        self.mails: list[Message] = []
        self.answer = "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.mails.append(message_from_bytes(envelope.content))
        return self.answer


def test_kindle(tmp_path: Path) -> None:
    mailbox = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with serving() as server:
            server.files["/feed"] = feed(entry(1), entry(2))
            outbox = tmp_path / "kindle-outbox"
            mail = {
                "SMTP_HOST": "127.0.0.1",
                "SMTP_PORT": str(port),
                "MAIL_FROM": "me@example.com",
                "KINDLE_MAIL": "me@kindle.example",
            }
            command: list[str | Path] = [RECIPES / "kindle.sh", server.url("/feed")]
            mailbox.answer = "451 try again later"
            with pytest.raises(AssertionError, match=r"(?s)(try again later.*){2}"):  # each is tried
                script(command, tmp_path, **mail)
            assert len(list(outbox.iterdir())) == 2
            mailbox.answer = "250 OK"
            with pytest.raises(AssertionError, match="/gone: cannot be fetched"):
                script([command[0], server.url("/gone"), *command[1:]], tmp_path, **mail)
            assert len(mailbox.mails) == 2
            for _ in range(2):  # what was sent is not sent again
                script(command, tmp_path, **mail)
                assert len(mailbox.mails) == 2 and list(outbox.iterdir()) == []
            server.files["/feed"] = feed(entry(1, "shut"), entry(2))
            script(command, tmp_path, **mail)
            assert len(mailbox.mails) == 3
    finally:
        controller.stop()
    (book,) = (part for part in mailbox.mails[0].walk() if part.get_content_type() == "application/epub+zip")
    payload = book.get_payload(decode=True)
    assert isinstance(payload, bytes) and payload[:2] == b"PK"
    assert str(book.get_filename()).endswith(".epub") and mailbox.mails[0]["To"] == "me@kindle.example"


def test_kindle_without_its_variables() -> None:
    command = [sys.executable, str(RECIPES / "kindle-mail.py"), "book.epub"]
    done = subprocess.run(command, capture_output=True, text=True, env={"SMTP_HOST": "127.0.0.1"})
    assert done.returncode == 1
    assert done.stderr.startswith("KINDLE_MAIL, MAIL_FROM: not set: see ") and done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "pattern"), [("news.service", r"^ExecStart=(.*)$"), ("crontab", r"^15 \* \* \* \* (.*)$")]
)
def test_timers(name: str, pattern: str, tmp_path: Path) -> None:
    found = re.search(pattern, (RECIPES / name).read_text(), re.M)
    assert found
    command = found[1].replace("%h", str(tmp_path))
    path = re.search(r"^Environment=PATH=(.*)$", (RECIPES / name).read_text(), re.M)
    bin_ = tmp_path / ".local" / "bin"  # where pipx installs it
    bin_.mkdir(parents=True)
    (bin_ / "feed2doc").symlink_to(Path(sys.executable).parent / "feed2doc")
    (tmp_path / "Sync").mkdir()
    with serving() as server:
        server.files["/feed"] = feed(entry(1))
        shell = command.replace("https://example.com/feed.xml", shlex.quote(server.url("/feed")))
        given = path[1].replace("%h", str(tmp_path)) if path else "/usr/bin:/bin"
        script(["sh", "-c", shell], tmp_path, PATH=given)
    assert [path.suffix for path in (tmp_path / "Sync" / "news").iterdir()] == [".epub"]


def test_every_recipe_is_named_in_the_docs() -> None:
    text = "".join(page.read_text("utf-8") for page in RECIPES.parent.glob("*.md"))
    assert set(re.findall(r"\(recipes/([\w.-]+)\)", text)) == {p.name for p in RECIPES.iterdir()}
