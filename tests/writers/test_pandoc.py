"""Pandoc's formats: the tree from the model, the output parsed again, and the handling of failures."""

import html
import io
import json
import re
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import feed2doc
import pypandoc
import pytest
from feed2doc import Pandoc, _formats
from feed2doc import model as m
from feed2doc._cli import run
from feed2doc.writers.pandoc.book import pandoc_tree
from feed2doc.writers.pandoc.formats import FORMATS
from hypothesis import given

from tests import paths
from tests.kitchen_sink import DOCUMENT, PICTURE, PIXEL
from tests.strategies import MANY, documents

SAMPLE = paths.ROOT / "samples" / "01-nytimes-cn-article.txt"


def env() -> feed2doc.Env:
    """Return an environment in which one of the document's pictures is available."""
    surroundings = feed2doc.Env()
    surroundings.assets.add(PICTURE, PIXEL)
    return surroundings


def written(to: str, book: m.Document | m.Book = DOCUMENT, /, **options: Any) -> bytes:
    data = feed2doc.write(book, Pandoc(to, **options), env=env())
    return data.encode() if isinstance(data, str) else data


def unzipped(data: bytes) -> str:
    """Return all text in the files of an archive."""
    book = zipfile.ZipFile(io.BytesIO(data))
    return "".join(book.read(n).decode("utf-8", "replace") for n in book.namelist() if not n.endswith(".png"))


def p(text: str) -> m.Paragraph:
    return m.Paragraph((m.Text(text),))


# An article whose parts are single words of ASCII letters, so that they can be found despite a format's escapes.
ARTICLE = m.Document(
    id="x",
    headline="Headword",
    byline=(m.Person("Bywordb"),),
    published=datetime(2025, 2, 3, 4, 5, 6, tzinfo=UTC),
    language="en",
    publication="Pubword",
    standfirst=(m.Text("Standword"),),
    lead=m.Figure(m.Image(PICTURE, "Altword"), (m.Text("Leadcap"),), (m.Text("Leadcred"),)),
    sections=(
        m.Section(
            blocks=(
                p("Paraword"),
                m.Quote((p("Quoteword"),), (m.Text("Attword"),)),
                m.BulletList(((p("Itemword"),),)),
                m.Table(
                    ((m.Cell((p("Cellhead"),), True),), (m.Cell((p("Cellword"),)),)), (m.Text("Tabcap"),)
                ),
                m.DefinitionList((m.Definition((m.Text("Termword"),), ((p("Meanword"),),)),)),
                m.CodeBlock("Codeword"),
                m.Paragraph(
                    (
                        m.Text("x"),
                        m.Note((p("Noteword"),)),
                        m.Link((m.Text("Linkword"),), "https://linkaddress/"),
                    )
                ),
                m.Paragraph((m.Code("Spanword"), m.Ruby((m.Text("Baseword"),), "Rubyword"))),
                m.Aside((p("Asideword"),), (m.Text("Asidetitle"),)),
                m.Embed("video", "https://embedaddress/", "Embedword"),
                m.Figure(m.Image(PICTURE), (m.Text("Midcap"),), (m.Text("Midcred"),)),
                m.Figure(None, (m.Text("Barecap"),)),
            )
        ),
        m.Section((m.Text("Secword"),), 1, (p("Endword"),)),
    ),
    credits=(m.Credit("rights", (m.Text("Credword"),)),),
)
ADDRESSES = {"linkaddress", "embedaddress"}
WORDS = (
    "Headword Bywordb 20250203 Pubword Standword Leadcap Leadcred Paraword Quoteword Attword Itemword Cellhead"
    " Cellword Tabcap Termword Meanword Codeword Noteword Linkword linkaddress Spanword Baseword Rubyword Asideword"
    " Asidetitle Embedword embedaddress Midcap Midcred Barecap Secword Endword Credword"
)


def test_lists_are_loose_or_tight() -> None:
    blocks = (
        m.BulletList(((p("a"), m.Quote((p("b"),))),)),
        m.BulletList(((p("c"),),), loose=True),
        m.BulletList(((p("d"), p("e")),)),
    )
    tree = feed2doc.write(m.Document(id="x", sections=(m.Section(blocks=blocks),)), "native")
    assert [re.sub(r"\s", "", row) for row in re.findall(r"(?:Plain|Para)\s*\[ Str \"\w\"", str(tree))] == [
        *('Plain[Str"a"', 'Para[Str"b"', 'Para[Str"c"', 'Para[Str"d"', 'Para[Str"e"'),
    ]


def test_the_table_has_what_pandoc_writes() -> None:
    named = subprocess.run(
        [pypandoc.get_pandoc_path(), "--list-output-formats"], capture_output=True, text=True, check=True
    ).stdout.split()
    assert set(named) - {"epub", "html", "json", "markdown", "pdf", "typst"} == set(FORMATS)
    assert set(_formats.family_names("writer")) == set(FORMATS)


def test_our_own_writers_win() -> None:
    assert [_formats.writer(n).description for n in ("epub", "html", "json") if n in FORMATS] == []
    assert _formats.writer("tex").name == "latex" and _formats.writer("DOCX").name == "docx"


def test_docx_opened_again() -> None:
    opened = docx.Document(io.BytesIO(written("docx")))
    headings = [
        (p.style.name, p.text) for p in opened.paragraphs if p.style and p.style.name.startswith("Head")
    ]
    assert headings == [("Heading 1", "第二节"), ("Heading 4", "引文里的标题"), ("Heading 2", "表与框")]
    titles = [p.text for p in opened.paragraphs if p.style and p.style.name in ("Title", "Author", "Date")]
    assert titles == [DOCUMENT.headline, "Mei Lin", "林海", "2025-02-25 11:13:15+08:00"]
    properties = opened.core_properties
    assert (properties.title, properties.author) == (DOCUMENT.headline, "Mei Lin; 林海")
    assert "".join(properties.keywords.split()) == "海港,渡轮" and str(properties.created).startswith(
        "2025-02-25 03:13:15"
    )
    (picture,) = (part for part in opened.part.package.iter_parts() if part.content_type == "image/png")
    assert picture.blob == PIXEL
    (table,) = (t for t in opened.tables if len(t.columns) == 3)
    assert [cell.text for cell in table.rows[0].cells] == ["航线", "班次 | 日", "班次 | 日"]
    assert table.cell(1, 0).text == table.cell(2, 0).text == "北岛"  # which spans two rows
    captions = [p.text for p in opened.paragraphs if p.style and "Caption" in p.style.name]
    assert "渡轮靠岸。 — Otto Berg/海港图片社" in captions
    footnotes = next(p for p in opened.part.package.iter_parts() if p.partname.endswith("footnotes.xml"))
    assert "脚注的话。" in footnotes.blob.decode()


@pytest.mark.parametrize("name", sorted(name for name, asked in FORMATS.items() if not asked.references))
def test_no_word_is_lost_in_any_format(name: str) -> None:
    surroundings = env()
    data = feed2doc.write(ARTICLE, name, env=surroundings)
    text = html.unescape(data if isinstance(data, str) else unzipped(data)).lower()
    letters = re.sub(r"[^a-z0-9]", "", text)
    lost = {word for word in WORDS.split() if word.lower() not in letters}
    assert lost == (ADDRESSES if name in ("plain", "ms") else set())  # which have no links
    assert not [d for d in surroundings.diagnostics if d.kind == "loss"]


def test_references() -> None:
    (entry,) = json.loads(written("csljson"))
    assert entry["title"].startswith("港口重开") and entry["container-title"] == "海港日报"
    assert entry["issued"]["date-parts"] == [[2025, 2, 25]] and len(entry["author"]) == 2
    assert "@article{" in written("bibtex").decode()


@pytest.mark.parametrize("name", ["docx", "odt", "pptx", "epub3", "fb2", "rst"])
def test_same_bytes_each_time_and_pictures_that_are_not_at_hand_are_links(name: str) -> None:
    assert written(name) == written(name)
    if name == "fb2":
        text = written(name).decode()
        assert (
            "https://example.com/gone.jpg" in text and text.count("<binary") == 2
        )  # one for each place where it occurs


@pytest.mark.slow
@MANY
@given(documents())
def test_pandoc_reads_any_tree_of_ours(document: m.Document) -> None:
    surroundings = feed2doc.Env()
    native = feed2doc.write(document, "native", env=surroundings)
    assert isinstance(native, str) and native.startswith("Pandoc")
    assert not [d for d in surroundings.diagnostics if d.kind == "loss"]


@pytest.mark.parametrize("name", [name for name, asked in FORMATS.items() if not asked.inner_headings])
def test_headings_inside_other_blocks_are_kept(name: str) -> None:
    heading = m.Heading(2, (m.Text("Beacon"),))
    document = m.Document(id="h", language="en", sections=(m.Section(blocks=(m.Quote((heading,)),)),))
    surroundings = feed2doc.Env()
    assert "Beacon" in str(feed2doc.write(document, name, env=surroundings))
    assert not surroundings.diagnostics


def test_a_book_has_a_heading_for_each_part_and_article() -> None:
    one, two = (
        m.Document(id=n, headline=f"Headline {n}", language="en", sections=(m.Section((m.Text("S"),), 1),))
        for n in "ab"
    )
    book = m.Book(title="Morning", language="en", parts=(m.Part("World", (one, two)),))
    tree = pandoc_tree(book, FORMATS["docx"], lambda image: "")
    levels = [int(level) for level in re.findall(r'"t": "Header", "c": \[(\d)', json.dumps(tree))]
    assert levels == [1, 2, 3, 2, 3]


def test_a_reference_document_gives_the_looks(tmp_path: Path) -> None:
    styled = docx.Document(io.BytesIO(written("docx")))
    styled.styles["Heading 1"].font.name = "Lighthouse"
    styled.save(str(tmp_path / "looks.docx"))
    looks: dict[str, Any] = {"reference_doc": tmp_path / "looks.docx", "arguments": ("--toc",)}
    opened = docx.Document(io.BytesIO(written("docx", **looks)))
    assert opened.styles["Heading 1"].font.name == "Lighthouse"
    with pytest.raises(feed2doc.OptionError, match="applies only to docx, odt and pptx"):
        written("rst", **looks)
    with pytest.raises(feed2doc.OptionError, match=r"nowhere\.docx: no such file"):
        written("docx", reference_doc=tmp_path / "nowhere.docx")


@pytest.mark.parametrize(
    "argument",
    [
        "-o/etc/x",
        "--output=x",
        "--outp=x",
        "--to=html",
        "-thtml",
        "file.md",
        "-",
        "--sandbox=false",
        "--defaults=x",
    ],
)
def test_arguments_that_are_not_the_callers(argument: str) -> None:
    with pytest.raises(feed2doc.OptionError, match="pandoc argument"):
        Pandoc(arguments=(argument,))


def test_arguments_that_are_the_callers() -> None:
    for argument in ("--toc", "--wrap=none", "-V", "--reference-links", "--top-level-division=part", "-s"):
        assert Pandoc(arguments=(argument,)).arguments == (argument,)


def test_warnings_of_pandoc_are_reported(tmp_path: Path) -> None:
    surroundings = feed2doc.Env()
    data = feed2doc.write(
        m.Document(
            id="x", headline="H", language="en", sections=(m.Section(blocks=(m.Paragraph((m.Text("t"),)),)),)
        ),
        Pandoc("html4", arguments=("--css=nowhere.css", "--embed-resources")),
        env=surroundings,
    )
    assert "<p>t</p>" in str(data)
    assert [d.kind for d in surroundings.diagnostics if "nowhere.css" in d.message] == ["loss"]
    with pytest.raises(feed2doc.WriteError, match="no-such-option"):
        written("rst", arguments=("--no-such-option",))
    with pytest.raises(feed2doc.WriteError, match=r"more than 0\.001 seconds"):
        written("docx", timeout=0.001)
    with pytest.raises(feed2doc.OptionError, match="more than 0"):
        Pandoc(timeout=0)


def test_no_file_is_read_for_a_picture(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(PIXEL)
    image = m.Figure(m.Image(str(tmp_path / "secret.png")), (m.Text("c"),))
    document = m.Document(id="x", headline="H", language="en", sections=(m.Section(blocks=(image,)),))
    opened = docx.Document(io.BytesIO(bytes(feed2doc.write(document, "docx"))))  # type: ignore[arg-type]
    assert not [p for p in opened.part.package.iter_parts() if p.content_type.startswith("image/")]


def test_notes_in_notes_are_read() -> None:
    inner = m.Note((m.Paragraph((m.Text("deep"),)),))
    note = m.Note((m.Paragraph((m.Text("n"), inner)),))
    document = m.Document(
        id="x", headline="H", language="en", sections=(m.Section(blocks=(m.Paragraph((m.Text("t"), note)),)),)
    )
    for to in ("docx", "rst", "latex"):
        assert written(to, document)


def test_without_pandoc_the_command_to_install_it_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def missing() -> str:
        raise OSError("No pandoc was found")

    monkeypatch.setattr(pypandoc, "get_pandoc_path", missing)
    # Several inputs too: the message is printed once, not for each of them.
    for inputs in ([str(SAMPLE)], [str(SAMPLE), str(SAMPLE)]):
        assert run([*inputs, "--to", "docx", "--offline", "--output-dir", str(tmp_path)]) == 4
        lines = capsys.readouterr().err.splitlines()
        assert len(lines) == 1 and f'{sys.executable} -m pip install "feed2doc[pandoc]"' in lines[0]
    assert list(tmp_path.iterdir()) == []


def test_docx_from_the_command_line_has_its_pictures(tmp_path: Path) -> None:
    assert run([str(SAMPLE), "--offline", "-o", str(tmp_path / "a.docx")]) == 0
    opened = docx.Document(str(tmp_path / "a.docx"))
    assert [p for p in opened.part.package.iter_parts() if p.content_type.startswith("image/")]
