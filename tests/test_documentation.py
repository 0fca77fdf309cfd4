"""Tests of the documentation: its commands run as printed, its links work, its pictures exist.

The `sh` blocks of a page run in order, in one folder with the files that pages use (`prepare`). A comment before a block

- `<!-- not run: why -->` marks a block that no test can run,
- `<!-- file: NAME -->` saves the block as a file, for the blocks after it.

A `text` block directly after an `sh` block is its expected output, on stdout and stderr. `python` blocks run too.
"""

import doctest
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from docs.make_pictures import MADE, MOST_BYTES
from tests.feed_server import entry, feed, serving

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]

_BLOCK = re.compile(
    r"^(?:<!-- (?P<mark>not run|file): (?P<said>[^\n]+) -->\n)?```(?P<kind>\w+)\n(?P<text>.*?)^```$",
    re.M | re.S,
)
PAGE = '<html lang="en"><h1>The bell in the fog</h1><p>When the fog is thick, the bell is rung by <a href="/hand">hand</a>.</p></html>'


@dataclass(frozen=True)
class Block:
    """A block of a page, with its expected output if the page shows one."""

    kind: str
    text: str
    mark: str
    said: str
    prints: str | None


def blocks(page: Path) -> Iterator[Block]:
    text = page.read_text("utf-8")
    for found in _BLOCK.finditer(text):
        after = _BLOCK.match(text, found.end() + 2) if found["kind"] == "sh" else None
        prints = after["text"] if after and after["kind"] == "text" else None
        yield Block(found["kind"], found["text"], found["mark"] or "", found["said"] or "", prints)


def runs(page: Path) -> bool:
    return any(is_run(block) for block in blocks(page))


def is_run(block: Block) -> bool:
    """Return True for programs, but not for examples of the library, which have their own test."""
    return block.kind in ("sh", "python") and block.mark != "not run" and ">>>" not in block.text


def prepare(folder: Path) -> None:
    """Create the files that the pages use; the folder is also the home folder."""
    shutil.copy(SAMPLES / "08-economist-english.txt", folder / "item.txt")
    feed_file = (SAMPLES / "23-feed.xml").read_text("utf-8")
    # Its pictures are on this machine, so they are refused without a request.
    (folder / "feed.xml").write_text(
        feed_file.replace("https://harbour.example", "http://127.0.0.1"), "utf-8"
    )
    (folder / "page.html").write_text(PAGE)
    (folder / "archive").mkdir()
    shutil.copy(SAMPLES / "01-nytimes-cn-article.txt", folder / "archive" / "2025-03-04-harbour.txt")
    shutil.copy(SAMPLES / "08-economist-english.txt", folder / "archive" / "2021-01-21-weather.txt")
    for place in (folder, folder / "archive"):
        shutil.copytree(SAMPLES / "images", place / "images")
    (folder / "mine").mkdir()
    (folder / "my-rules").mkdir()
    (folder / ".venv").symlink_to(sys.prefix)
    (folder / "samples").symlink_to(SAMPLES)
    (folder / "docs").symlink_to(ROOT / "docs")
    examples = ROOT / "docs" / "examples"
    for name in ("tide-table", "translated"):
        (folder / name).symlink_to(examples / name)
    for text in (examples / "translated").iterdir():
        (folder / text.name).symlink_to(text)


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("FEED2DOC_", "XDG_"))}
    home = {"HOME": str(folder), "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"]}
    env = plain | home | {"PATH": path, "TERM": "dumb", "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        command, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=500
    )


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in PAGES if runs(page)], ids=lambda page: page.stem)
def test_the_commands_of_a_page_work(page: Path, tmp_path: Path) -> None:
    prepare(tmp_path)
    with serving() as server:
        server.files["/feed.xml"] = feed(entry(1), entry(2))
        for block in blocks(page):
            if block.mark == "file":
                path = tmp_path / block.said
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block.text, "utf-8")
            elif is_run(block):
                text = block.text.replace("https://example.com/feed.xml", server.url("/feed.xml"))
                program = ["bash", "-euo", "pipefail"] if block.kind == "sh" else [sys.executable]
                done = run([*program, "-c", text], tmp_path)
                assert done.returncode == 0, f"{block.text}\n{done.stdout}"
                if block.prints is not None:
                    assert_prints(block.prints, done.stdout)


def assert_prints(shown: str, printed: str) -> None:
    """Compare the output with the expected one; `...` matches anything, and white space at line ends is ignored.

    The summary of a single input is ignored too: it is printed only if the machine is so slow that a run takes ten seconds.
    """
    printed = re.sub(r"^feed2doc: 1 converted in [\d.]+ s\n", "", printed, flags=re.M)
    lines = "\n".join(line.rstrip() for line in printed.splitlines()) + "\n"
    if not doctest.OutputChecker().check_output(shown, lines, doctest.ELLIPSIS):
        assert lines == shown


def test_the_blocks_are_found() -> None:
    """Otherwise no page would run and no test would fail."""
    found = {page.name: list(blocks(page)) for page in PAGES}
    fences = {page.name: page.read_text("utf-8").count("\n```") for page in PAGES}
    assert {name: 2 * len(each) for name, each in found.items()} == fences
    assert {"README.md", "start.md", "templates.md", "sync.md"} <= {page.name for page in PAGES if runs(page)}
    assert any(block.prints for block in found["start.md"])
    indented = re.compile(r"^ {4,}(\.venv/bin/)?feed2doc [^:]", re.M)  # such a command would not run
    assert not [page.name for page in PAGES if indented.search(page.read_text("utf-8"))]
    asks = re.compile(r"\b(pip|pipx|npm|apt|brew|dnf) install")
    assert not [b for each in found.values() for b in each if is_run(b) and asks.search(b.text)], "mark it"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site as `make docs` does, in strict mode: broken links and pages missing in the navigation fail."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


def test_the_site_is_complete_and_needs_no_network(site: Path) -> None:
    from lxml import html

    pages = {page.stem for page in (ROOT / "docs").glob("*.md")}
    assert pages == {path.stem for path in site.glob("*.html")} - {"404"}
    for path in site.glob("*.html"):
        page: Any = html.parse(str(path)).getroot()
        needed = page.xpath(
            "//script/@src | //img/@src | //iframe/@src | //link[not(@rel='canonical')]/@href"
        )
        assert needed and not [address for address in needed if "//" in address], path.name
        missing = [
            a for a in needed if not a.startswith(("data:", "/")) and not (site / a.split("?")[0]).is_file()
        ]
        assert not missing, path.name
    assert not (site / "make_pictures.py").exists()


def test_links_from_outside_the_site_lead_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", SAMPLES / "README.markdown"):
        links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8"))
        assert not [link for link in links if not (page.parent / link).exists()], page.name
    readme = (ROOT / "README.md").read_text("utf-8")
    assert readme.count("](docs/") > 10 and "](docs/pictures/" in readme


def test_pictures_are_small_and_shown() -> None:
    shown = set(re.findall(r"pictures/([\w-]+\.png)", "".join(page.read_text("utf-8") for page in PAGES)))
    there = {path.name: path.stat().st_size for path in (ROOT / "docs" / "pictures").iterdir()}
    assert set(there) == shown and max(there.values()) < MOST_BYTES
    assert {Path(name).stem for name in there} == set(MADE)


def test_the_extras_are_listed_once() -> None:
    page = (ROOT / "docs" / "install.md").read_text("utf-8")
    listed = re.findall(r"^\| `(\w+)` \|", page.partition("## Extras")[2].partition("\n## ")[0], re.M)
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert sorted(listed) == sorted(extras)


LIBRARY = ROOT / "docs" / "library.md"


def test_the_examples_of_the_library_give_what_they_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(tmp_path)
    monkeypatch.chdir(tmp_path)
    said: list[str] = []
    names = {"__name__": "__main__"}
    test = doctest.DocTestParser().get_doctest(
        LIBRARY.read_text("utf-8"), names, "library.md", str(LIBRARY), 0
    )
    assert len(test.examples) > 20
    outcome = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS).run(test, out=said.append)
    assert outcome.failed == 0, "".join(said)
