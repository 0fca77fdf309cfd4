"""feed2doc.toml, profiles and FEED2DOC_* variables: settings apply, and mistakes are reported."""

import os
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from tests import paths
from tests.command import ITEM, one_line, run
from tests.feed_server import entry, feed, serving

PROFILE = """
[profile.nook]
to = "epub"
cover = "text"
[profile.nook.device]
longest_side = 300
grey = true
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a folder with an item. A configuration may be in the folder above."""
    folder = tmp_path / "library" / "deep"
    folder.mkdir(parents=True)
    (folder / "item.txt").write_text(ITEM.format(n=1))
    return folder


def ask(home: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    return run(*arguments, cwd=home, stdin=b"", XDG_CONFIG_HOME=str(home.parent.parent / "config"), **env)


def own(home: Path) -> Path:
    """Return the path of the configuration in the user's folder."""
    path = home.parent.parent / "config" / "feed2doc" / "feed2doc.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def test_the_nearest_file_wins_then_the_users_then_the_defaults(home: Path) -> None:
    near = home.parent / "feed2doc.toml"
    near.write_text('to = ["md", "json"]\noutput-dir = "out"\n')
    own(home).write_text('to = "txt"\nfront-matter = "none"\nwidth = 40\n')
    done = ask(home, "item.txt", "--to", "md")
    (path,) = map(Path, done.stdout.decode().splitlines())
    assert path.parent == home.parent / "out" and path.read_text().startswith("# Port opens")
    assert {Path(line).suffix for line in ask(home, "item.txt").stdout.decode().splitlines()} == {
        ".md",
        ".json",
    }
    done = ask(home, "item.txt", "--front-matter", "plain", "--to", "md")  # the command line wins
    assert Path(done.stdout.decode().strip()).read_text().startswith("---\n")
    assert ask(home, "item.txt", FEED2DOC_TO="html").stdout.endswith(b".html\n")  # then the environment
    near.unlink()
    assert ask(home, "item.txt").stdout.endswith(b".txt\n")


def test_a_custom_profile(home: Path) -> None:
    own(home).write_text(PROFILE)
    (home / "item.txt").write_text(ITEM.format(n=1) + "<p><img src='quay.jpg'></p>")
    Image.new("RGB", (900, 600), (200, 60, 30)).save(home / "quay.jpg")
    done = ask(home, "item.txt", "--profile", "nook", "--offline")
    assert done.stdout.endswith(b".epub\n"), done.stderr
    import io
    import zipfile

    book = zipfile.ZipFile(home / done.stdout.decode().strip())
    pictures = [Image.open(io.BytesIO(book.read(name))) for name in book.namelist() if name.endswith(".jpg")]
    assert sorted(picture.mode for picture in pictures) == ["L", "L"]  # the picture, and a cover
    assert any(max(picture.size) == 300 for picture in pictures)
    assert ask(home, "item.txt", "--profile", "nook", "--to", "md", "--cover", "auto").stdout.endswith(
        b".md\n"
    )
    own(home).write_text(PROFILE + '[convert]\nprofile = "nook"\n')
    assert ask(home, "item.txt").stdout.endswith(b".epub\n")
    assert b"choose from apple, kindle, kobo, koreader, nook, print, tablet" in ask(
        home, "item.txt", "--profile", "cybook"
    ).stderr.replace(b"default, ", b"")


def test_sync_with_only_a_configuration(home: Path) -> None:
    with serving() as server:
        server.files["/feed"] = feed(entry(1), entry(2))
        (home.parent / "feed2doc.toml").write_text(
            f'[sync]\nsources = ["{server.url("/feed")}", "deep"]\ndest = "news"\nto = "md"\nkeep = "2w"\n'
        )
        assert ask(home, "config", "allow").returncode == 0
        paths = ask(home, "sync").stdout.decode().splitlines()
    assert len(paths) == 3 == len(list((home.parent / "news").iterdir()))


def test_settings_are_shown_with_their_source(home: Path) -> None:
    near = home.parent / "feed2doc.toml"
    near.write_text('images = "none"\n[sync]\nkeep = "2w"\n' + PROFILE)
    assert ask(home, "config", "allow", str(near)).returncode == 0
    own(home).write_text('images = "link"\nlinks = "strip"\n')
    done = ask(home, "config", "show", "--profile", "nook", FEED2DOC_OFFLINE="1", FEED2DOC_COLOR="1")
    lines = done.stdout.decode().splitlines()
    assert set(lines) == {
        f'images = "none"  # {near}',
        f'links = "strip"  # {own(home)}',
        f'keep = "2w"  # {near}, for sync',
        f'to = ["epub"]  # {near} [profile.nook]',
        f'cover = "text"  # {near} [profile.nook]',
        'profile = "nook"  # --profile',
        "offline = true  # FEED2DOC_OFFLINE",
    }
    assert done.stderr == b"feed2doc: FEED2DOC_COLOR: unknown option: see docs/configuration.md\n"
    near.unlink()
    own(home).unlink()
    assert ask(home, "config", "show").stdout.startswith(b"# nothing is set")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("too = 'md'", "too: unknown key: did you mean to?"),
        ("[convert]\nkeep = '2w'", "[convert] keep: unknown key: set it under [sync]"),
        ("zzzz = 1", "zzzz: unknown key: see docs/reference.md"),
        ("[profile.x]\nimage = 'none'", "[profile.x] image: unknown key: did you mean images?"),
        ("[profile.x]\ndevice = 'nook'", "[profile.x] device: unknown profile 'nook'"),
        (
            "[profile.x.device]\nlongest_side = 3",
            "[profile.x] device: longest_side: expected a whole number >= 100",
        ),
        ("[profile.x.device]\ngrey = 'yes'", "[profile.x] device: grey: expected true or false"),
        (
            "[profile.x.device]\nlongest = 3",
            "[profile.x] device: longest: unknown key: did you mean longest_side?",
        ),
        ("profile = 'kobo'", "profile: expects one table per profile"),
        ("images = 'all'", "images: 'all' is not one of"),
        ("width = 'wide'", "width: 'wide' is not a number such as 78"),
        ("offline = 'yes'", "offline: expects true or false"),
        ("images = true", "images: expects a value, not true or false"),
        ("images = ['none']", "images: expects one value"),
        ("to = [['md']]", "to: expects a list of values"),
        ("to = md", "not valid TOML"),
        ("convert = 1", "convert: expects a table"),
        ("bundle = 'daily'", "bundle: has another meaning in convert: set it under [sync]"),
        ("bundle = true", "bundle: has another meaning in sync: set it under [convert]"),
        ("bundle = 3", "bundle: expects true or false"),
        ("[profile.x]\nprofile = 'kobo'", "[profile.x] profile: profiles cannot be nested: set device"),
    ],
)
def test_errors_name_the_file_and_the_key(home: Path, text: str, says: str) -> None:
    near = home.parent / "feed2doc.toml"
    near.write_text(text)
    done = ask(home, "item.txt", "--to", "md")
    assert done.returncode == 2 and f"{near}: " in one_line(done) and says in one_line(done)
    assert ask(home, "--version").returncode == 0 == ask(home, "formats").returncode


def test_paths_are_relative_to_the_file(home: Path) -> None:
    (home.parent / "mine.css").write_text("p { color: navy }")
    (home.parent / "feed2doc.toml").write_text('css = "mine.css"\nto = "html"\n')
    done = ask(home, "item.txt", "-o", "-")
    assert b"color: navy" in done.stdout
    assert os.listdir(home) == ["item.txt"]
    Image.new("RGB", (900, 600), (200, 60, 30)).save(home.parent / "my.png")
    (home.parent / "feed2doc.toml").write_text('[profile.x]\ncover = "my.png"\nto = "epub"\n')
    done = ask(home, "item.txt", "--offline", "--profile", "x")
    assert done.returncode == 0, done.stderr
    for name, says in (("gone.png", "cover"), ("gone.otf", "font")):
        (home.parent / "feed2doc.toml").write_text(f'to = ["epub", "pdf"]\n{says} = "{name}"\n')
        assert f"{home.parent}/{name}" in one_line(ask(home, "item.txt", "--offline"))
    (home.parent / "feed2doc.toml").write_text('to = "pdf"\nfont = "DejaVu Serif"\ncover = "text"\n')
    assert b'font = "DejaVu Serif"' in ask(home, "config", "show").stdout


def test_a_profile_has_what_suits_the_command(home: Path) -> None:
    near = home.parent / "feed2doc.toml"
    near.write_text('[profile.day]\nbundle = "daily"\nto = "md"\n')
    done = ask(home, "sync", "item.txt", "--dest", "news", "--profile", "day", "--title", "News")
    assert done.stdout.startswith(b"news/news-"), done.stderr
    assert b"open.md" not in done.stdout and ask(home, "item.txt", "--profile", "day").returncode == 0


def test_sources_from_the_environment(home: Path) -> None:
    (home / "other.txt").write_text(ITEM.format(n=2))
    done = ask(home, "sync", "--dest", "news", "--to", "md", FEED2DOC_SOURCES="item.txt other.txt")
    assert done.stdout.count(b"\n") == 2, done.stderr
    shown = ask(home, "config", "show", FEED2DOC_SOURCES="item.txt", FEED2DOC_INPUTS="item.txt")
    assert shown.stdout == b'sources = ["item.txt"]  # FEED2DOC_SOURCES, for sync\n'
    assert b"FEED2DOC_INPUTS: unknown option" in shown.stderr


def test_a_wrong_value_names_its_variable(home: Path) -> None:
    done = ask(home, "item.txt", "--to", "md", FEED2DOC_IMAGES="nothing")
    assert one_line(done).startswith("feed2doc: FEED2DOC_IMAGES: 'nothing' is not one of ")


def test_the_documented_one_works(home: Path) -> None:
    text = (paths.ROOT / "docs" / "configuration.md").read_text()
    own(home).write_text(text.partition("```toml\n")[2].partition("```")[0])
    (own(home).parent / "rules").mkdir()
    shown = ask(home, "config", "show", "--profile", "nook").stdout.decode()
    assert 'keep = "14d"' in shown and 'cover = "text"' in shown and "[profile.nook]" in shown
    assert ask(home, "item.txt", "--offline").stdout.endswith(b".epub\n")


@pytest.mark.parametrize("command", ["convert", "sync"])
def test_the_help_is_shown_despite_a_wrong_configuration(home: Path, command: str) -> None:
    (home / "feed2doc.toml").write_text("zzzz = 1\n")
    assert ask(home, command, "--to", "md").returncode == 2
    done = ask(home, command, "--help")
    assert done.returncode == 0 and b"Usage" in done.stdout
