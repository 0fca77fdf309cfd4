"""Bundles made by the command line: in every format, with their names, failures and templates."""

import re
import zipfile
from pathlib import Path

import feed2doc
import pytest

from tests.command import one_line, run


@pytest.fixture
def items(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    for n in range(3):
        (folder / f"f{n}").mkdir(parents=True)
        (folder / f"f{n}" / "item.txt").write_text(
            f"<!--17404546{n}1000-->\n[Port {n}](https://harbour.example/{n})\n------\n\n<p>The port {n}.</p><img src='p.png'>\n"
        )
        pixel = bytes.fromhex(
            "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
            "3a7e9b550000000a49444154789c6368000000820081775dac5d0000000049454e44ae426082"
        )
        if n < 2:
            (folder / f"f{n}" / "p.png").write_bytes(pixel)
    return folder


def test_bundle_by_the_command_line(items: Path, tmp_path: Path) -> None:
    done = run(
        items,
        "--to",
        "epub",
        "--to",
        "html",
        "--bundle",
        "--title",
        "Port",
        "--offline",
        "--output-dir",
        tmp_path / "out",
    )
    assert done.returncode == 0, done.stderr
    names = [Path(line).name for line in done.stdout.decode().split()]
    assert [re.sub("-[0-9a-f]{12}", "", name) for name in names] == ["port.epub", "port.html"]
    again = run(items, "--bundle", "--title", "Port", "--offline", "-o", tmp_path / "again.epub")
    assert again.returncode == 0
    assert (tmp_path / "again.epub").read_bytes() == (tmp_path / "out" / names[0]).read_bytes()


def test_pictures_of_one_name_in_two_folders_are_two(items: Path, tmp_path: Path) -> None:
    from PIL import Image as Pillow

    for n, colour in enumerate(("red", "blue")):
        Pillow.new("RGB", (40, 30), colour).save(items / f"f{n}" / "p.png")
    assert (
        run(
            items, "--bundle", "--title", "P", "--cover", "none", "--offline", "-o", tmp_path / "b.epub"
        ).returncode
        == 0
    )
    names = zipfile.ZipFile(tmp_path / "b.epub").namelist()
    assert len([n for n in names if "/images/" in n]) == 2


def test_one_bad_input_fails_alone(items: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text("no item")
    done = run(items, tmp_path / "bad.txt", "--bundle", "--offline", "-o", tmp_path / "b.epub")
    assert done.returncode == 1 and b"bad.txt: not a feed item" in done.stderr
    assert len([n for n in zipfile.ZipFile(tmp_path / "b.epub").namelist() if "article-" in n]) == 3


def test_strict_writes_no_book_that_lacks_something(items: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"[A](https://a.example)\n-----\n\n<p>\xff is no UTF-8</p>\n")
    done = run(
        items / "f0", tmp_path / "bad.txt", "--bundle", "--strict", "--offline", "-o", tmp_path / "b.epub"
    )
    assert done.returncode == 5 and b"not UTF-8" in done.stderr
    assert not (tmp_path / "b.epub").exists()


def test_names_of_several_formats(items: Path, tmp_path: Path) -> None:
    formats = ["--to", "epub", "--to", "kepub", "--to", "html"]
    for given_, stem in (("news.v2", "news.v2"), ("news.kepub.epub", "news")):
        done = run(items, "--bundle", *formats, "--offline", "-o", tmp_path / given_)
        names = [Path(line).name for line in done.stdout.decode().split()]
        assert names == [f"{stem}.epub", f"{stem}.kepub.epub", f"{stem}.html"], done.stderr


@pytest.mark.parametrize(
    "template",
    [
        b"{{ 1/0 }}",
        b"\xff",
        b"{% extends 'epub/chapter.xhtml' %}",
        b"<p>no page",
        b"{% extends 'none.xhtml' %}",
    ],
)
def test_a_broken_template_is_reported_in_one_line(items: Path, tmp_path: Path, template: bytes) -> None:
    (tmp_path / "t" / "epub").mkdir(parents=True)
    (tmp_path / "t" / "epub" / "chapter.xhtml").write_bytes(template)
    for to in ("epub", "kepub"):
        done = run(
            items / "f0" / "item.txt", "--to", to, "--template-dir", tmp_path / "t", "--offline", cwd=tmp_path
        )
        line = one_line(done)
        assert done.returncode == 2 and "template " in line and "epub/chapter.xhtml" in line


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--to", "md", "--cover", "text"], "--cover does not apply to markdown"),
        (["--to", "epub", "--cover", __file__], "not a picture that can be shown"),
        (["--to", "epub", "--title", "x"], "add --bundle"),
        (["--to", "epub", "--bundle", "--group-by", "colour"], "'colour' is not one of"),
        (["--to", "md", "--css", "none.css"], "does not apply to markdown"),
        (["--to", "epub", "--css", "none.css"], "--css none.css: cannot be read"),
        (["--to", "epub", "--template-dir", "nowhere"], "--template-dir nowhere: not a folder"),
        (
            ["--to", "epub", "--site-rules", __file__],
            f"{__file__}: not a folder: name the folder that contains it",
        ),
        (["--to", "epub", "--cover", "nowhere.jpg"], "nowhere.jpg"),
        (["--to", "epub", "--to", "pdf", "--bundle", "-o", "-"], "several formats"),
    ],
)
def test_wrong_use_is_an_error(items: Path, arguments: list[str], says: str) -> None:
    done = run(items / "f0" / "item.txt", *arguments, "--offline")
    assert done.returncode == 2 and says in one_line(done)


def test_custom_css_and_templates(items: Path, tmp_path: Path) -> None:
    (tmp_path / "own.css").write_text("p { color: teal }")
    (tmp_path / "t" / "epub").mkdir(parents=True)
    (tmp_path / "t" / "epub" / "chapter.xhtml").write_text(
        "{% extends '!shipped/epub/chapter.xhtml' %}{% block body %}<p>MINE {{ article.headline }}</p>{% endblock %}"
    )
    item = items / "f0" / "item.txt"
    run(
        item,
        "--css",
        tmp_path / "own.css",
        "--template-dir",
        tmp_path / "t",
        "--offline",
        "-o",
        tmp_path / "a.epub",
    )
    files = zipfile.ZipFile(tmp_path / "a.epub")
    assert files.read("EPUB/own.css") == b"p { color: teal }"
    (page,) = (files.read(n).decode() for n in files.namelist() if "article-" in n)
    assert "MINE Port 0" in page and 'href="own.css"' in page
    run(item, "--css", tmp_path / "own.css", "--offline", "-o", tmp_path / "a.html")
    assert "color: teal" in (tmp_path / "a.html").read_text()


def test_profile_asks_for_paragraphs_as_books_have_them(items: Path, tmp_path: Path) -> None:
    for profile, indented in (("kobo", True), ("tablet", False)):
        run(items / "f0" / "item.txt", "--profile", profile, "--offline", "-o", tmp_path / "a.epub")
        style = zipfile.ZipFile(tmp_path / "a.epub").read("EPUB/style.css").decode()
        assert ("text-indent: 1.2em; margin-bottom: 0; }" in style) is indented
    with pytest.raises(feed2doc.OptionError, match="sideways"):
        from feed2doc import Epub

        Epub(paragraphs="sideways")  # type: ignore[arg-type]
