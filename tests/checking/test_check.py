"""`feed2doc check`: finds what is in an output and reports what is missing; `--check` does this after each conversion."""

import contextlib
import functools
import json
import os
import re
import shutil
import subprocess
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

import feed2doc
import msgspec
import pytest
from feed2doc import model as m
from feed2doc.checking.comparison import compare, proof
from feed2doc.checking.expected import pieces_of
from feed2doc.checking.extraction import readings_of
from feed2doc.checking.letters import letters_of, words_of
from feed2doc.errors import ReadError
from feed2doc.formulas.convert import formula_of_tex
from feed2doc.writers import markdown
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from tests import paths
from tests.command import ITEM, one_line, run
from tests.kitchen_sink import DOCUMENT
from tests.strategies import MANY, documents

SAMPLES = paths.ROOT / "samples"
FORMATS = ["epub", "kepub", "pdf", "markdown", "text", "html", "json", "jsonl", "docx", "odt"]
ENDINGS = {"markdown": "md", "text": "txt", "kepub": "kepub.epub"}
CAPTION, CUT = "渡轮靠岸。", "，海港局的旧灯塔第一次亮到天明"
LONG = "周一傍晚，第一班渡轮驶入港口" + CUT + "，港长在码头上等了三个小时。"


def p(text: str) -> m.Paragraph:
    return m.Paragraph((m.Text(text),))


def article(long: str = LONG, caption: str = CAPTION) -> m.Document:
    """Return an article, complete unless the arguments say otherwise."""
    figure = m.Figure(None, (m.Text(caption),) if caption else (), (m.Text("海灯/图片社"),))
    sections = (
        m.Section(blocks=(p(long), figure, p("乘客说，风比三年前小。"))),
        m.Section(
            (m.Text("船与人"),), 1, (m.BulletList(((p("两班早船"),), (p("一班夜船"),))), p("夏天再加一班。"))
        ),
    )
    return m.Document(
        id="https://example.com/1",
        headline="港口重开",
        url="https://example.com/1",
        language="zh-CN",
        publication="海港日报",
        byline=(m.Person("Mei Lin", "MEI LIN"),),
        sections=sections,
    )


def write(document: m.Document | feed2doc.Book, name: str, path: Path) -> Path:
    data = feed2doc.write(document, name)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.fixture
def item(tmp_path: Path) -> Path:
    """Write the article as an item in the model's JSON, and return its path."""
    path = tmp_path / "item.json"
    path.write_bytes(msgspec.json.encode(article()))
    return path


def output(name: str, folder: Path) -> Path:
    return folder / f"out.{ENDINGS.get(name, name)}"


def text_formats(name: str) -> bool:
    return name not in ("epub", "kepub", "pdf")


# ---- what is there ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_every_sample_is_in_its_output(name: str) -> None:
    for path in (
        SAMPLES / "01-nytimes-cn-article.txt",
        SAMPLES / "09-zaobao-table.txt",
        SAMPLES / "23-feed.xml",
    ):
        for document in feed2doc.read_all(path):
            data = feed2doc.write(document, name)
            found = proof(
                data.encode() if isinstance(data, str) else data, output(name, Path()).name, [document]
            )
            assert (found.findings, found.percentage) == ((), 100.0) and found.words > 20


@pytest.mark.parametrize("name", FORMATS)
def test_every_kind_of_text_is_found(name: str) -> None:
    data = feed2doc.write(DOCUMENT, name)
    found = proof(data.encode() if isinstance(data, str) else data, output(name, Path()).name, [DOCUMENT])
    assert found.findings == ()
    kinds = {piece.kind for piece in pieces_of(DOCUMENT)}
    assert kinds >= {
        "standfirst",
        "heading",
        "caption",
        "picture credit",
        "list item",
        "cell",
        "note",
        "credit",
        "formula",
    }
    assert kinds >= {"quotation", "source of a quotation", "term", "definition", "program text", "box"}


@pytest.mark.parametrize("name", [*FORMATS, "typst", "pptx", "tei", "latex", "docbook"])
def test_formulas_are_looked_for(name: str) -> None:
    formulas = [
        formula_of_tex(tex, display=display)
        for tex, display in ((r"\pi r^2 | 4817", False), (r"\begin{pmatrix}7193&8214\end{pmatrix}", True))
    ]
    line, block = [each for each in formulas if each is not None]
    before, after = "The area of the pond is ", " and no more, she says."

    def written(*content: m.Inline, blocks: m.Blocks = ()) -> bytes:
        sections = (m.Section(blocks=(m.Paragraph(content), *blocks, p("The rope holds until noon."))),)
        data = feed2doc.write(m.Document(id="1", headline="Ponds", sections=sections), name)
        return data.encode() if isinstance(data, str) else data

    sections = (
        m.Section(
            blocks=(
                m.Paragraph((m.Text(before), line, m.Text(after))),
                block,
                p("The rope holds until noon."),
            )
        ),
    )
    document = m.Document(id="1", headline="Ponds", sections=sections)
    path = output(name, Path()).name
    whole = proof(written(m.Text(before), line, m.Text(after), blocks=(block,)), path, [document])
    assert whole.findings == () and whole.percentage == 100.0
    found = proof(written(m.Text(before), m.Text(after)), path, [document]).findings
    assert [(each.fault, each.where) for each in found] == [
        ("missing", "formula 1 of 2"),
        ("missing", "formula 2 of 2"),
    ]


@pytest.mark.slow
@MANY
@given(documents())
def test_markdown_is_read_as_commonmark_reads_it(document: m.Document) -> None:
    written = str(feed2doc.write(document, "markdown"))
    (read,) = readings_of(written.encode(), "x.md")
    body = re.sub(r"\A---\n.*?\n---\n", "", written, flags=re.S)
    tree = html.fragment_fromstring(
        MarkdownIt("commonmark").enable("table").enable("strikethrough").render(body), create_parent="div"
    )
    texts = (
        re.sub(r"\d", "", letters_of(text)) for text in (read, tree.text_content())
    )  # list numbers do not count
    assert next(texts).endswith(next(texts))


@pytest.mark.parametrize("name", ["markdown", "text", "html", "pdf"])
def test_scripts_that_join_or_run_from_right_to_left(name: str) -> None:
    arabic = (
        "أعلن مكتب الميناء يوم الاثنين 3 مارس 2025 أن العبّارة ستعود إلى العمل.",
        "وقال مدير الشركة (Harbour Lines) إن 250 راكبًا سافروا، وسعر التذكرة 12.5 دولارًا.",
    )
    thai = ("สำนักงานท่าเรือกล่าวว่าเรือข้ามฟากจะกลับมาให้บริการ", "น้ำขึ้นสูงเมื่อเช้านี้")
    hindi = ("बंदरगाह कार्यालय ने सोमवार को कहा कि नौका सेवा फिर से शुरू होगी।", "25 यात्री खुश हैं।")
    for language, texts in (("ar", arabic), ("th", thai), ("hi", hindi)):
        document = m.Document(
            id="s",
            headline=texts[0][:12],
            language=language,
            sections=(m.Section(blocks=tuple(map(p, texts))),),
        )
        data = feed2doc.write(document, name)
        found = proof(data.encode() if isinstance(data, str) else data, "x.md", [document])
        assert found.findings == ()
        # Text in Indic scripts that cannot be extracted from a PDF is not a loss, but reported as not checked.
        assert (found.unread_words > 0) == (language == "hi" and name == "pdf")


def test_ways_of_writing_the_same_are_the_same() -> None:
    text = "The ﬁrst oﬃce in Ａarhus; re­opened, naïve, ½"
    other = "The first of-\nfice in Aarhus;\u00a0reopened, nai\u0308ve, 1⁄2"
    assert letters_of(text) == letters_of(other) == letters_of(unicodedata.normalize("NFD", text))
    assert words_of("三月4日，don't panic") == ["三", "月", "4", "日", "dont", "panic"]


# ---- what is not -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["epub", "kepub", "pdf", "markdown", "text", "html", "docx"])
def test_a_caption_that_was_removed_and_a_paragraph_that_was_cut_are_named(
    name: str, item: Path, tmp_path: Path
) -> None:
    whole = write(article(), name, output(name, tmp_path))
    path = os.environ["PATH"] if text_formats(name) else _path_without(tmp_path, "java")
    assert run("check", whole, "--against", item, PATH=path).returncode == 0
    lacking = write(article(LONG.replace(CUT, ""), ""), name, output(name, tmp_path))
    done = run("check", lacking, "--against", item, PATH=path)
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 5 and "2 of " in lines[0] and re.search(r"\b[78]\d\.\d %", lines[0])
    missing, cut = sorted(lines[1:3], key=lambda line: "missing" not in line)
    assert missing.split() == ["missing", "caption:", CAPTION]
    assert "cut" in cut and "paragraph 1 of 3" in cut and CUT.strip("，")[:10] in cut
    assert not done.stderr


def test_texts_removed_from_an_epub_are_named(item: Path, tmp_path: Path) -> None:
    whole = write(article(), "epub", tmp_path / "whole.epub")
    cut = tmp_path / "cut.epub"
    with zipfile.ZipFile(whole) as given, zipfile.ZipFile(cut, "w") as made:
        for info in given.infolist():
            data = given.read(info)
            if info.filename.endswith(".xhtml"):
                data = data.replace(f"<li>{'两班早船'}</li>".encode(), b"").replace("船与人".encode(), b"...")
            made.writestr(info, data)
    done = run("check", cut, "--against", item, "--json", PATH=_path_without(tmp_path, "java"))
    result = json.loads(done.stdout)
    assert done.returncode == 5 and result["ok"] is False
    assert [(f["fault"], f["where"]) for f in result["findings"]] == [
        ("missing", "heading"),
        ("missing", "list item 1 of 2, under “船与人”"),
    ]
    assert [v["by"] for v in result["validators"]] == ["EPUBCheck", "Ace"]
    assert all("not installed" in v["skipped"] for v in result["validators"])


@pytest.mark.parametrize("name", ["epub", "markdown", "text"])
def test_no_text_of_a_sample_can_be_missing_unseen(name: str) -> None:
    """Take out each text, and a word of each, in turn."""
    document = feed2doc.read(SAMPLES / "01-nytimes-cn-article.txt")
    data = feed2doc.write(document, name)
    (text,) = readings_of(data.encode() if isinstance(data, str) else data, output(name, Path()).name)
    tried = 0
    for piece in pieces_of(document):
        if text.count(piece.text) != 1:  # wrapped, or part of another text too
            continue
        tried += 1
        for less in ("", piece.text[:3] + piece.text[5:]):
            found = compare(text.replace(piece.text, less), [document])
            assert [finding.where for finding in found.findings] == [piece.where]
            assert found.findings[0].fault == ("cut" if less else "missing") and found.percentage < 100
    assert tried > 8


def test_order_counts_but_for_notes() -> None:
    one, two = "渡轮在三年之后回到了港口。", "灯塔的看守人说他每夜都点灯。"
    document = m.Document(id="o", headline="H", sections=(m.Section(blocks=(p(one), p(two), p("完。"))),))
    assert compare(f"H {one} {two} 完", [document]).findings == ()
    (swapped,) = compare(f"H {two} {one} 完", [document]).findings
    assert swapped.fault == "out of order" and compare(f"H {two} {one} 完", [document]).percentage == 100
    rest = "夏天再加一班船，冬天减为两班，乘客们说风比三年前小得多。"
    noted = (m.Paragraph((m.Text(one), m.Note((p(two),)))), p(rest))
    document = m.Document(id="n", headline="H", sections=(m.Section(blocks=noted),))
    assert compare(f"H {one} {two} {rest}", [document]).findings == ()


def test_columns_of_a_table_are_read_across_their_lines() -> None:
    texts = [
        "the northern island has a lighthouse and two boats",
        "每日四班，冬季减为两班，夏季增开夜班",
        "12.5",
    ]
    row = tuple(m.Cell((p(text),)) for text in texts)
    document = m.Document(
        id="t", headline="H", sections=(m.Section(blocks=(p("前言。"), m.Table((row,)), p("完。"))),)
    )
    written = str(feed2doc.write(document, "text"))
    assert texts[0] not in written and compare(written, [document]).findings == ()
    (finding,) = compare(written.replace("12.5", ""), [document]).findings
    assert (finding.where, finding.lost) == ("cell 3 of 3", "125")


@given(st.lists(st.text("abc灯塔 ", min_size=1, max_size=8), max_size=12), st.integers(0, 11))
def test_a_comparison_takes_any_texts(texts: list[str], left_out: int) -> None:
    document = m.Document(id="x", sections=(m.Section(blocks=tuple(map(p, texts))),))
    assert compare("\n".join(texts), [document]).findings == ()
    found = compare("\n".join(texts[:left_out] + texts[left_out + 1 :]), [document])
    gone = left_out < len(texts) and bool(texts[left_out].strip())
    assert bool(found.findings) == gone == (found.percentage < 100)


# ---- bundles ---------------------------------------------------------------------------------------


def _several() -> Iterator[m.Document]:
    for number in range(5):
        blocks = tuple(
            p(f"第{number}条消息的第{n}段，{chr(0x4E00 + 97 * number + n) * 6}。") for n in range(6)
        )
        yield m.Document(
            id=f"{number}",
            headline=f"消息之{number}",
            language="zh-CN",
            publication="海港日报",
            sections=(m.Section(blocks=blocks),),
        )


@pytest.mark.parametrize("name", ["epub", "pdf", "markdown", "text", "html", "jsonl"])
def test_a_bundle_has_all_its_articles_in_any_order(name: str, tmp_path: Path) -> None:
    articles = list(_several())
    items = tmp_path / "items"
    items.mkdir()
    for document in articles:
        (items / f"{document.id}.json").write_bytes(msgspec.json.encode(document))
    (items / "notes.txt").write_text("no item")
    path = os.environ["PATH"] if text_formats(name) else _path_without(tmp_path, "java")
    book = write(
        feed2doc.bundle(articles[::-1], title="Morning", order="given"), name, output(name, tmp_path)
    )
    done = run("check", book, "--against", items, PATH=path)
    assert done.returncode == 0 and b"notes.txt" in done.stderr
    lacking = [articles[0], *articles[2:4], msgspec.structs.replace(articles[4], sections=())]
    book = write(feed2doc.bundle(lacking, title="Morning"), name, output(name, tmp_path))
    done = run(
        "check", book, "--against", items / "0.json", "--against", items / "[14].json", "--json", PATH=path
    )
    found = [(f["headline"], f["fault"], f["where"]) for f in json.loads(done.stdout)["findings"]]
    assert done.returncode == 5 and ("消息之1", "missing", "article") in found
    assert {headline for headline, _, _ in found} == {"消息之1", "消息之4"}


# ---- validators ------------------------------------------------------------------------------------


def _path_without(folder: Path, *programs: str) -> str:
    """Return a PATH that has what checking uses except these programs."""
    found = folder / "bin"
    found.mkdir(exist_ok=True)
    for name in ("pdftotext", "pdffonts", "java", "fc-list", "fc-match"):
        if name not in programs and (path := shutil.which(name)) and not (found / name).exists():
            (found / name).symlink_to(path)
    return str(found)


def test_the_output_of_another_item_is_named_as_such(item: Path, tmp_path: Path) -> None:
    write(article(), "md", tmp_path / "x.md")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "other.txt").write_text(ITEM.format(n=1))
    (tmp_path / "in" / "notes.txt").write_text("just notes")
    done = run("check", "x.md", "--against", "in", cwd=tmp_path)
    assert done.returncode == 5 and b"was the output made from another item?" in done.stdout
    assert done.stderr == b"feed2doc: in/notes.txt: skipped, not a feed item\n"


def test_each_text_of_a_missing_article_counts(tmp_path: Path) -> None:
    """Even if some of its words occur in the output."""
    for name, sentence in (
        ("storm", "Storm {} came over the hills with rain."),
        ("crane", "Crane {} is with the ship."),
    ):
        body = "".join(f"<p>{sentence.format(n)}</p>" for n in range(8))
        (tmp_path / f"{name}.txt").write_text(
            f"<!--1740454621000-->\n[The {name}](https://x.example/)\n---\n\n{body}"
        )
    assert run("crane.txt", "--to", "txt", "-o", "out.txt", cwd=tmp_path).returncode == 0
    done = run("check", "out.txt", "--against", "storm.txt", cwd=tmp_path)
    assert done.returncode == 5 and b", 9 of 10 texts differ" in done.stdout, done.stdout


def test_errors_of_epubcheck_are_findings(
    item: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command in docs/checking.md starts the real one, and `test_books.py` has its report on a book with an error."""
    program = tmp_path / "epubcheck"
    report = {"messages": [{"severity": "ERROR", "ID": "RSC-005", "message": "not allowed here"}]}
    program.write_text(f"#!/bin/sh\necho '{json.dumps(report)}' >\"$3\"\n")
    program.chmod(0o755)
    monkeypatch.setattr("feed2doc.checking.validators.epubcheck_command", lambda: (str(program),))
    book = write(article(), "epub", tmp_path / "x.epub")
    done = run("check", book, "--against", item)
    assert done.returncode == 5 and b"are there" in done.stdout
    assert b"ERROR RSC-005: not allowed here" in done.stdout


def test_fonts_of_a_pdf_are_to_be_embedded(item: Path, tmp_path: Path) -> None:
    pdf = write(article(), "pdf", tmp_path / "x.pdf")
    assert b"fonts: 0 errors" in run("check", pdf, "--against", item).stdout
    bare = tmp_path / "bare.pdf"
    bare.write_bytes(_pdf_without_fonts("Harbour"))
    (tmp_path / "bare.txt").write_text("[Harbour](https://example.com/b)\n------\n\n<p>Harbour</p>")
    done = run("check", bare, "--against", tmp_path / "bare.txt")
    assert done.returncode == 5 and b"Helvetica is not embedded" in done.stdout


def _pdf_without_fonts(text: str) -> bytes:
    drawn = f"BT /F 24 Tf 20 60 Td ({text}) Tj 0 -30 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        body
        + b"xref\n0 6\n0000000000 65535 f \n%strailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (
            table,
            len(body),
        )
    )


# ---- what cannot be checked ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name, data, says",
    [
        ("x.epub", b"PK\x03\x04 no zip", "damaged zip"),
        ("x.pdf", b"%PDF-1.7 no PDF", "damaged PDF"),
        ("x.json", b'{"type":"Document"}', "not a feed2doc document"),
        ("x.bin", b"\xff\xfe\x00\x01", "cannot be checked"),
        ("x.rtf", b"{\\rtf1 text}", "cannot be checked"),
        ("x.txt", b"  \n", "empty"),
        ("x.html", b"<!doctype html>", "empty"),
        ("x.xml", b"<?xml version='1.0'?><a>", "well-formed"),
    ],
)
def test_an_output_that_cannot_be_read_is_exit_3(
    name: str, data: bytes, says: str, item: Path, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    done = run("check", tmp_path / name, "--against", item)
    assert done.returncode == 3 and name in (message := one_line(done)) and says in message


@given(st.sampled_from(["epub", "docx", "html", "markdown"]), st.randoms(use_true_random=False))
def test_a_damaged_output_is_refused_or_compared(name: str, random: Random) -> None:
    data = bytearray(_whole(name))
    for _ in range(random.choice((1, 5))):
        at = random.randrange(len(data))
        data[at : at + random.randrange(60)] = random.randbytes(random.randrange(9))
    with contextlib.suppress(ReadError):
        assert proof(bytes(data), output(name, Path()).name, [article()]).percentage <= 100


@functools.cache
def _whole(name: str) -> bytes:
    data = feed2doc.write(article(), name)
    return data.encode() if isinstance(data, str) else data


def test_missing_files_are_errors(item: Path, tmp_path: Path) -> None:
    assert run("check", item).returncode == 2
    assert run("check", tmp_path / "gone.md", "--against", item).returncode == 3
    assert run("check", item, "--against", tmp_path / "gone.txt").returncode == 3
    (tmp_path / "empty").mkdir()
    done = run("check", item, "--against", tmp_path / "empty")
    assert done.returncode == 3 and "no feed items" in one_line(done)


def test_without_poppler_a_pdf_is_exit_4_with_the_command(item: Path, tmp_path: Path) -> None:
    pdf = write(article(), "pdf", tmp_path / "x.pdf")
    path = _path_without(tmp_path, "pdftotext", "pdffonts")
    done = run("check", pdf, "--against", item, PATH=path)
    assert done.returncode == 4 and "poppler" in one_line(done)
    done = run(item, "--to", "pdf", "--check", "--output-dir", tmp_path / "out", PATH=path)
    assert done.returncode == 4 and "poppler" in one_line(done) and not (tmp_path / "out").exists()


# ---- --check ---------------------------------------------------------------------------------------


def _lossy(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """Run the command with a Markdown writer that drops three characters."""
    whole = markdown.WRITER

    def write_most(*given: Any) -> bytes:
        return whole.write(*given).replace("乘客说".encode(), b"")

    with mock.patch.object(markdown, "WRITER", msgspec.structs.replace(whole, write=write_most)):
        return run(*arguments, cwd=cwd)


def test_check_reads_what_was_written_and_fails_with_5(item: Path, tmp_path: Path) -> None:
    done = run(item, "--to", "md", "--to", "txt", "--to", "epub", "--check", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"") and len(done.stdout.split()) == 3
    done = _lossy(item, "--to", "md", "--to", "txt", "--check", "--force", cwd=tmp_path)
    assert done.returncode == 5 and len(done.stdout.split()) == 2  # both are kept for inspection
    (message,) = done.stderr.decode().splitlines()
    assert ".md: " in message and "paragraph 2 of 3 is cut: “乘客说”" in message
    done = _lossy(item, "--to", "md", "--bundle", "--title", "T", "--check", cwd=tmp_path)
    assert done.returncode == 5 and len(done.stdout.split()) == 1 and done.stderr.count(b"\n") == 1


def test_check_fails_one_of_many_and_is_done_again(item: Path, tmp_path: Path) -> None:
    other = msgspec.structs.replace(
        article(), id="2", headline="另一篇", sections=(m.Section(blocks=(p("无事。"),)),)
    )
    items = tmp_path / "items"
    items.mkdir()
    shutil.copy(item, items / "1.json")
    (items / "2.json").write_bytes(msgspec.json.encode(other))
    call = (items, "--to", "md", "--output-dir", tmp_path / "out", "--report", tmp_path / "r.jsonl")
    done = _lossy(*call, "--check", cwd=tmp_path)
    assert done.returncode == 1 and b"1 converted, 1 failed" in done.stderr
    report = [json.loads(line) for line in (tmp_path / "r.jsonl").read_text().splitlines()]
    assert [(line["status"], (line["error"] or {}).get("exit_code")) for line in report] == [
        ("failed", 5),
        ("converted", None),
    ]
    again = run(*call, "--check")
    assert again.returncode == 0 and b"1 converted, 1 unchanged" in again.stderr


def test_check_says_of_a_format_that_it_cannot_be_read_back(item: Path, tmp_path: Path) -> None:
    done = run(item, "--to", "rtf", "--check", cwd=tmp_path)
    assert done.returncode == 0 and b"not checked" in done.stderr


def test_an_article_of_nothing_but_formulas_is_checked() -> None:
    formula = formula_of_tex("a^2+b", display=True)
    assert formula is not None
    document = m.Document(id="1", headline="Ebb", sections=(m.Section(blocks=(formula, formula)),))
    text = feed2doc.write(document, "text")
    assert isinstance(text, str) and not compare(text, [document]).findings
    assert len(compare("Ebb", [document]).findings) == 1


@pytest.mark.parametrize("images", ["none", "link"])
def test_a_link_around_a_small_picture_is_found(tmp_path: Path, images: str) -> None:
    badge = '<a href="https://ci.example/q"><img src="https://ci.example/badge.svg" alt="build: passing" height="20"></a>'
    item = tmp_path / "item.txt"
    item.write_text(f"[h](https://quay.example/a)\n------\n<p>Status {badge} of the gate.</p>")
    words = ("--to", "md", "--offline", "--check", "--images", images, "--output-dir", tmp_path)
    result = run(item, *words)
    assert result.returncode == 0, result.stderr
