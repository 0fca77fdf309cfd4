"""The man pages match the commands."""

import subprocess
from shutil import which

import pytest
from feed2doc._cli.sync import command as sync

from docs.make_man import pages
from tests import paths

FOLDER = paths.ROOT / "docs" / "man"


@pytest.mark.usefixtures("golden")  # man pages are expected outputs, too
def test_the_man_pages_are_up_to_date(request: pytest.FixtureRequest) -> None:
    made = pages()
    if request.config.getoption("--update-golden"):
        for path in FOLDER.glob("*.1"):
            path.unlink()
        FOLDER.mkdir(exist_ok=True)
        for name, text in made.items():
            (FOLDER / name).write_text(text, "utf-8")
    assert made == {path.name: path.read_text("utf-8") for path in FOLDER.iterdir()}, (
        "run make golden, then read the man pages"
    )
    assert {"feed2doc.1", "feed2doc-convert.1", "feed2doc-sync.1", "feed2doc-config-show.1"} <= made.keys()


def test_every_option_is_in_its_page() -> None:
    page = (FOLDER / "feed2doc-sync.1").read_text().replace("\\-", "-")
    assert all(option in page for parameter in sync.params[1:] for option in parameter.opts)


@pytest.mark.skipif(which("man") is None, reason="man is not installed")
def test_man_shows_them() -> None:
    for path in FOLDER.iterdir():
        done = subprocess.run(["man", "--warnings", "-l", path], capture_output=True, text=True)
        assert done.returncode == 0 and done.stderr == "" and "SYNOPSIS" in done.stdout
