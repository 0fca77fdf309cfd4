"""Custom templates: exported, partly changed, and used."""

import zipfile
from pathlib import Path

import feed2doc
import msgspec
import pytest

from tests import paths
from tests.command import ITEM, one_line, run
from tests.pdf_text import article, text_of

SHIPPED = paths.ROOT / "templates"


def test_each_template_lists_its_variables() -> None:
    for path in SHIPPED.rglob("*.*"):
        if path.suffix == ".toml":
            assert path.read_text("utf-8").startswith(f'# The look "{path.stem}"')
            continue
        start, end = ("//", "\n\n") if path.suffix == ".typ" else ("{#", "#}")
        comment = path.read_text().partition(end)[0]
        assert comment.startswith(start) and (
            "Given:" in comment or "article` has:" in comment or "Needs" in comment
        ), path


def test_list_and_export(tmp_path: Path) -> None:
    listed = run("templates", "list").stdout.decode().split()
    there = sorted(path.relative_to(SHIPPED).as_posix() for path in SHIPPED.rglob("*.*"))
    # The pages of the shelf cannot be replaced.
    assert listed == [name for name in there if not name.startswith("shelf/")]
    done = run("templates", "export", tmp_path / "mine", "epub/style.css", "html")
    assert [
        Path(line).relative_to(tmp_path / "mine").as_posix() for line in done.stdout.decode().split()
    ] == [name for name in listed if name == "epub/style.css" or name.startswith("html/")]
    assert (tmp_path / "mine/epub/style.css").read_bytes() == (SHIPPED / "epub/style.css").read_bytes()
    again = run("templates", "export", tmp_path / "mine")
    assert again.returncode == 2 and "already exists" in one_line(again)
    assert run("templates", "export", tmp_path / "mine", "--force").stdout.count(b"\n") == len(listed)
    assert "no such template" in one_line(run("templates", "export", tmp_path, "mobi"))


def test_one_that_extends_the_shipped_one_changes_a_block(tmp_path: Path) -> None:
    (tmp_path / "item.txt").write_text(ITEM.format(n=1))
    mine = tmp_path / "mine" / "epub" / "chapter.xhtml"
    mine.parent.mkdir(parents=True)
    mine.write_text(
        '{% extends "!shipped/epub/chapter.xhtml" %}\n'
        "{% block body %}{{ super() }}<p>From the library of {{ article.headline }}</p>{% endblock %}\n"
    )
    done = run(tmp_path / "item.txt", "--template-dir", tmp_path / "mine", "-o", tmp_path / "a.epub")
    assert done.returncode == 0, done.stderr
    book = zipfile.ZipFile(tmp_path / "a.epub")
    page = next(book.read(name).decode() for name in book.namelist() if "article-" in name)
    assert "<p>From the library of Port opens</p>" in page and "The port is open again." in page


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("\n{{ article.tme }}", "line 2: 'dict object' has no attribute 'tme'"),
        ("\n\n{% block body %}", "line 3: Unexpected end of template"),
        ("{% include 'epub/mine.xhtml' %}", "line 1: there is no template epub/mine.xhtml"),
    ],
)
def test_an_error_names_the_file_and_line(tmp_path: Path, template: str, says: str) -> None:
    mine = tmp_path / "epub" / "chapter.xhtml"
    mine.parent.mkdir()
    mine.write_text(template)
    with pytest.raises(feed2doc.TemplateError) as error:
        feed2doc.write(article(), "epub", env=feed2doc.Env(template_dirs=(tmp_path,)))
    assert str(error.value).startswith(f"template {mine}, {says}")


def test_a_folder_that_replaces_no_template_is_reported(tmp_path: Path) -> None:
    (tmp_path / "item.txt").write_text(ITEM.format(n=1))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "chapter.xhtml").write_text("no folder epub above it")
    done = run(tmp_path / "item.txt", "--template-dir", tmp_path / "mine", "-o", tmp_path / "a.epub")
    assert done.returncode == 0
    assert f"--template-dir {tmp_path / 'mine'}: has no effect" in done.stderr.decode()


@pytest.mark.parametrize("to", ["html", "pdf"])
def test_a_block_of_the_page_has_each_article(to: str, tmp_path: Path) -> None:
    mine = tmp_path / to / "page.html"
    mine.parent.mkdir()
    mine.write_text(
        f'{{% extends "!shipped/{to}/page.html" %}}\n'
        "{% block article %}{{ super() }}<p>From the library of {{ article.headline }}</p>{% endblock %}\n"
    )
    book = feed2doc.bundle(
        [msgspec.structs.replace(article(), id=name, headline=name) for name in ("Oslo", "Bergen")]
    )
    data = feed2doc.write(book, to, env=feed2doc.Env(template_dirs=(tmp_path,)))
    text = text_of(data, tmp_path) if isinstance(data, bytes) else data
    assert text.count("From the library of Oslo") == text.count("From the library of Bergen") == 1
