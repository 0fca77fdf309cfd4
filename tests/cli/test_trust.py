"""A feed2doc.toml that was found in a folder sets looks only, unless the user has allowed it. Outputs follow no links."""

import os
import stat
import subprocess
from pathlib import Path
from unittest import mock

import pytest
from feed2doc._cli._config import load
from PIL import Image

from tests.command import ITEM, one_line, run


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a folder with an item, in a folder that has a configuration."""
    folder = tmp_path / "archive" / "deep"
    folder.mkdir(parents=True)
    (folder / "item.txt").write_text(ITEM.format(n=1))
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.css").write_text("p { color: navy }")
    return folder


def found(home: Path, text: str) -> Path:
    path = home.parent / "feed2doc.toml"
    path.write_text(text)
    return path


def warning(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return the only line about a file that is not obeyed."""
    (line,) = [line for line in done.stderr.decode().splitlines() if "not obeyed" in line]
    return line


REFUSED = [
    'O = "pandoc-arg=--lua-filter=x.lua"',
    'O = ["json-indent=2"]',
    'template-dir = "."',
    'site-rules = "."',
    'transform = "short"',
    'reference-doc = "x.docx"',
    'allow-host = "127.0.0.1"',
    'base-url = "https://example.org/"',
    'scheduler = "tcp://example.org:1"',
    'report = "report.jsonl"',
    'output = "item.txt"',
    "force = true",
    "jobs = 9",
    "quiet = true",
    'css = "../outside/secret.css"',
    'css = "~/x.css"',
    'css = "link.css"',
    'image-dir = ["deep", ".."]',
    'image-dir = "/"',
    'output-dir = "../outside"',
    'output-dir = "s3://bucket/x"',
    'output-dir = "file:///tmp"',
    'cover = "../outside/x.png"',
    'font = "/x.otf"',
    "offline = false",
    "strict = false",
    'sync.dest = ".."',
    'sync.sources = "https://example.org/feed"',
    'sync.keep = "1h"',
    'profile.nook.css = "/x.css"',
]


def test_a_found_file_sets_looks_only(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home.parent / "link.css").symlink_to(home.parent.parent / "outside" / "secret.css")
    monkeypatch.chdir(home)
    for line in REFUSED:
        file = found(home, f'to = "md"\n{line}\n')
        table, _, key = line.partition(" =")[0].rpartition(".")
        shown = f"[{table}] {key}" if table else key
        (warned,) = load().warnings()
        assert warned == f"{file}: not obeyed: {shown}: read it, then: feed2doc config allow {file}"
    done = run("sync", "item.txt", "--dest", "news", cwd=home)
    assert done.stdout.endswith(b".md\n")  # the rest of the file is obeyed
    found(home, 'to = "md"\n[sync]\nkeep = "1h"\ndest = ".."\n')
    done = run("item.txt", cwd=home)
    assert done.returncode == 0 and done.stdout.endswith(b".md\n") and not done.stderr
    assert "not obeyed: [sync] keep, [sync] dest: read" in warning(
        run("sync", "item.txt", "--dest", "n", cwd=home)
    )


def test_looks_of_a_found_file_are_obeyed(home: Path) -> None:
    (home.parent / "mine.css").write_text("p { color: navy }")
    found(
        home,
        'to = ["html", "epub"]\ncss = "mine.css"\noutput-dir = "books"\nfont = "DejaVu Serif"\ncover = "text"\n'
        'offline = true\nname = "{date} {headline}"\n[sync]\ndest = "news"\n[profile.x]\nwidth = 40\n',
    )
    done = run("item.txt", "-v", cwd=home)
    assert done.stderr.decode() == f"feed2doc: obeyed: {home.parent / 'feed2doc.toml'}\n"
    page, book = map(Path, done.stdout.decode().splitlines())
    assert page.parent == home.parent / "books" and "color: navy" in page.read_text() and book.exists()


@pytest.mark.parametrize(
    "text",
    [
        "@import url(https://x.example/)",
        "p { background: url(//x.example/a) }",
        r'@import "https:\2f/x.example"',
        r"a{b:url(\/\/x)}",
        "a{b:'/*'; background: url(//x.example/a); c:'*/'}",
        "a{b:" + 5000 * "(" + "}",
        'a{b:url("http:x.example/a")}',
        r'a{b:url("http:\\x.example/a")}',
        "a{b:image-set('HTTPS:x.example/a' 1x)}",
        r"@import 'f\69le:x'",
    ],
)
def test_a_style_sheet_that_loads_from_elsewhere_needs_permission(home: Path, text: str) -> None:
    (home.parent / "mine.css").write_text(text)
    found(home, 'to = "html"\ncss = "mine.css"\n')
    assert ": not obeyed: css: read it" in warning(run("item.txt", cwd=home))


def test_files_of_brackets_are_answered_by_one_line(home: Path) -> None:
    brackets = "x = " + "[" * 5000
    (home / "deep.toml").write_text(f"extends = 'classic'\n{brackets}")
    done = run("item.txt", "--look", "deep.toml", "--to", "html", "-o", "-", cwd=home)
    assert (
        done.returncode == 2 and b"deep.toml: not valid TOML" in done.stderr and done.stderr.count(b"\n") == 1
    )
    found(home, brackets)
    done = run("item.txt", "--to", "html", "-o", "-", cwd=home)
    assert (
        done.returncode == 2
        and b"feed2doc.toml: not valid TOML" in done.stderr
        and done.stderr.count(b"\n") == 1
    )


def test_comments_of_a_style_sheet_may_have_addresses(home: Path) -> None:
    (home.parent / "mine.css").write_text("/* MIT, see https://x.example/licence */ p { color: navy }")
    found(home, 'to = "html"\ncss = "mine.css"\n')
    assert b"navy" in run("item.txt", "-o", "-", cwd=home).stdout


def test_an_allowed_file_is_obeyed_until_it_changes(home: Path, tmp_path: Path) -> None:
    text = 'to = "html"\ncss = "../outside/secret.css"\n'
    file = found(home, text)
    assert b"navy" not in run("item.txt", "-o", "-", cwd=home).stdout
    done = run("config", "allow", cwd=home)
    assert done.returncode == 0 and done.stderr.decode() == f"feed2doc: {file}: allowed until it changes\n"
    done = run("item.txt", "-o", "-", cwd=home)
    assert b"navy" in done.stdout and not done.stderr
    file.write_text(text + 'template-dir = "deep"\n')
    done = run("item.txt", "-o", "-", cwd=home)
    assert b"navy" not in done.stdout
    assert f"{file}: has changed since it was allowed: not obeyed: css, template-dir: read it" in warning(
        done
    )
    assert run("config", "allow", str(file), cwd=home).returncode == 0
    assert b"navy" in run("item.txt", "-o", "-", cwd=home).stdout
    file.write_text(text)  # an earlier content is not allowed for good
    assert b"navy" not in run("item.txt", "-o", "-", cwd=home).stdout
    copy = tmp_path / "feed2doc.toml"  # nor the same content elsewhere
    file.rename(copy)
    assert "css" in warning(run("item.txt", "-o", "-", cwd=home))
    (record,) = Path(os.environ["XDG_STATE_HOME"], "feed2doc", "allowed").iterdir()
    assert [stat.S_IMODE(each.stat().st_mode) for each in (record, record.parent)] == [0o600, 0o700]


def test_the_configuration_shows_what_is_not_obeyed(home: Path) -> None:
    file = found(home, 'to = "html"\ncss = "/x.css"\noffline = false\nO = "json-indent=1"\n')
    done = run("config", cwd=home)
    assert done.stdout.decode().splitlines() == [
        f'to = ["html"]  # {file}',
        f"# {file}: css: not obeyed: leads out of the folder of the file",
        f"# {file}: offline: not obeyed: may only be turned on",
        f"# {file}: O: not obeyed: does more than set how things look",
    ]
    assert "not obeyed: css, offline, O: read it" in warning(done)


def test_a_file_of_another_user_is_never_obeyed(home: Path) -> None:
    file = found(home, 'to = "html"\nthis is not TOML')
    with mock.patch("os.geteuid", return_value=os.geteuid() + 1):
        done = run("item.txt", "--to", "txt", cwd=home)
        assert done.returncode == 0 and done.stdout.endswith(b".txt\n")
        assert f"{file}: not obeyed: belongs to another user: copy it, or use --config" in warning(done)
        assert f"{file}: belongs to another user" in one_line(run("config", "allow", cwd=home))
        assert f"# {file}: not obeyed: belongs to another user" in run("config", cwd=home).stdout.decode()


def test_a_named_file_and_the_users_own_are_obeyed(home: Path, tmp_path: Path) -> None:
    found(home, 'to = "txt"\n')
    named = tmp_path / "outside" / "my.toml"
    named.write_text('to = "html"\ncss = "secret.css"\n')
    own = Path(os.environ["XDG_CONFIG_HOME"], "feed2doc", "feed2doc.toml")
    own.parent.mkdir(parents=True)
    own.write_text(f'to = "md"\ncss = "{named.parent}/secret.css"\nreport = "report.jsonl"\n')
    for done in (
        run("item.txt", "--config", str(named), "-o", "-", cwd=home),
        run("item.txt", "-o", "-", cwd=home, FEED2DOC_CONFIG=str(named)),
    ):
        assert b"navy" in done.stdout and not done.stderr
    done = run("item.txt", f"--config={named}", "-v", cwd=home)
    assert done.stderr.decode() == f"feed2doc: obeyed: {named}, {own}\n"
    assert (own.parent / "report.jsonl").exists()
    assert "gone.toml: cannot be read" in one_line(run("item.txt", "--config", "gone.toml", cwd=home))


@pytest.fixture
def linked(home: Path) -> Path:
    """Return a file outside the output folder `out`, which has links to it and to its folder."""
    victim = home / "outside" / "victim.md"
    victim.parent.mkdir()
    victim.write_text("mine")
    item = home / "item.txt"
    item.write_text(item.read_text() + "<p><img src='quay.png'></p>")
    Image.new("RGB", (90, 60)).save(home / "quay.png")
    (home / "out").mkdir()
    return victim


MARKDOWN = ("--to", "md", "--images", "embed", "--offline", "--force")


@pytest.mark.parametrize(
    "command",
    [("item.txt", "--output-dir"), ("sync", "item.txt", "--dest"), ("--bundle", "item.txt", "--output-dir")],
)
def test_outputs_follow_no_links_out_of_their_folder(
    home: Path, linked: Path, command: tuple[str, ...]
) -> None:
    file = home / run(*command, "out", *MARKDOWN, cwd=home).stdout.decode().strip()
    images = file.with_suffix(".images")
    (picture,) = images.iterdir()
    for each in (file, picture):
        each.unlink()
        each.symlink_to(linked)
    done = run(*command, "out", *MARKDOWN, cwd=home)
    assert done.returncode == 0, done.stderr
    assert not file.is_symlink() and not picture.is_symlink() and picture.stat().st_size > 4
    picture.unlink()
    images.rmdir()
    images.symlink_to(linked.parent)
    done = run(*command, "out", *MARKDOWN, cwd=home)
    assert done.returncode == 6
    assert f"{images.relative_to(home)}: is a symbolic link, which is not followed" in done.stderr.decode()
    assert linked.read_text() == "mine" and os.listdir(linked.parent) == [linked.name]


def test_sync_takes_a_link_for_a_file_of_another(home: Path, linked: Path) -> None:
    sync = ("sync", "item.txt", "--dest", "out", "--to", "txt")
    file = home / run(*sync, cwd=home).stdout.decode().strip()
    linked.write_bytes(file.read_bytes())
    file.unlink()
    file.symlink_to(linked)
    (home / "item.txt").write_text(ITEM.format(n=1).replace("again", "at last"))
    assert "was edited, so it is kept" in run(*sync, cwd=home).stderr.decode()
    assert b"again" in linked.read_bytes()
    os.utime(linked, (1e9, 1e9))
    run(*sync, "--keep", "1d", cwd=home)
    assert file.is_symlink() and linked.exists()


def test_an_output_that_the_user_names_may_be_a_link(home: Path, linked: Path) -> None:
    (home / "out" / "link.md").symlink_to(linked)
    assert run("item.txt", *MARKDOWN, "-o", "out/link.md", cwd=home).returncode == 0
    assert "open again" in linked.read_text() and (home / "out" / "link.images" / "001.png").exists()
    (home / "elsewhere").symlink_to(home / "out")
    assert run("item.txt", "--to", "txt", "--output-dir", "elsewhere", cwd=home).returncode == 0
    assert list((home / "out").glob("*.txt"))


def test_the_configuration_named_in_the_environment_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own.toml").write_text("page = 'a6'\n")
    monkeypatch.setenv("FEED2DOC_CONFIG", str(tmp_path / "own.toml"))
    monkeypatch.setenv("FEED2DOC_VERBOSE", "1")
    done = run("config", "show")
    assert done.returncode == 0 and b"a6" in done.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a" + ".a" * 50_000 + " = 1", "line 1 has a key of more than 50 parts"),  # minutes in tomllib
        ("\n[a" + ".a" * 50_000 + "]", "line 2 has a key of more than 50 parts"),
        ("#" * 2**20 + "\n", "larger than 1 MiB"),
        ("a = " + "[" * 50_000, "not valid TOML: "),
        ('a = "\\ud800"', "not valid TOML: "),
    ],
)
def test_toml_that_is_made_to_be_slow_is_refused(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "item.txt").write_text(ITEM.format(n=1))
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.toml").write_text(text)
    (tmp_path / "look.toml").write_text(text)
    for given in (("--site-rules", tmp_path / "rules"), ("--look", tmp_path / "look.toml")):
        done = run(tmp_path / "item.txt", "--to", "html", "-o", "-", *given)
        assert done.returncode == 2 and said in one_line(done)
    (tmp_path / "feed2doc.toml").write_text(text)
    done = run("item.txt", "--to", "html", "-o", "-", cwd=tmp_path)
    assert done.returncode == 2 and said in one_line(done)
