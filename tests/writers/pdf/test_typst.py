"""Typst sources and PDFs by Typst: the same content as WeasyPrint's, with only the book's pictures read."""

import io
import json
import os
import re
import subprocess
import tempfile
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import feed2doc
import msgspec
import pikepdf
import pytest
import typst
from feed2doc import Typst
from feed2doc import model as m
from feed2doc._text.xml import xml_safe
from feed2doc.batch.item import Item
from feed2doc.batch.job import Job, PictureSettings, Target
from feed2doc.batch.result import Staged
from feed2doc.batch.store import FileStore
from feed2doc.batch.work import Work
from feed2doc.batch.workers.processes import Processes
from feed2doc.errors import WriteError
from feed2doc.writers.pdf.options import VARIANTS, Pdf
from feed2doc.writers.typst.compiler import CompileError, TypstCompiler
from hypothesis import example, given
from hypothesis import strategies as st

from tests import paths
from tests.command import ITEM, one_line, run, run_process
from tests.kitchen_sink import DOCUMENT, PICTURE, env, p
from tests.pdf_pictures import red_png
from tests.pdf_text import ENGINES, article, elements, text_of
from tests.strategies import MANY, documents

BOOK = feed2doc.bundle([DOCUMENT, article(p("Words."), url="https://example.com/2")], title="Two", env=env())


def made(book: Any, env: feed2doc.Env | None = None, **options: Any) -> bytes:
    data = feed2doc.write(book, Pdf(engine="typst", **options), env=env)
    assert isinstance(data, bytes)
    return data


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def losses(env: feed2doc.Env) -> list[str]:
    return [each.message for each in env.diagnostics if each.kind == "loss"]


def squeezed(text: str) -> str:
    """Return the characters that a page shows, regardless of spacing and form."""
    return re.sub(r"[\s\u200b-\u200f\u2060-\u2064]", "", unicodedata.normalize("NFKC", text))


# ---- what WeasyPrint's have --------------------------------------------------------------------------


def facts(data: bytes) -> dict[str, Any]:
    """Return what a viewer shows about a PDF, and its outline."""
    with opened(data) as pdf, pdf.open_outline() as outline:

        def rows(items: list[Any]) -> list[Any]:
            return [(item.title, rows(item.children)) for item in items]

        info = {key: str(pdf.docinfo.get(f"/{key}")) for key in ("Title", "Author", "Subject", "Keywords")}
        return info | {
            "created": str(pdf.docinfo["/CreationDate"])[:10],
            "language": str(pdf.Root.Lang),
            "outline": rows(outline.root),
            "size": [round(float(each)) for each in pdf.pages[0].MediaBox],
            "ua": str(pdf.Root.ViewerPreferences.DisplayDocTitle),
        }


@pytest.mark.parametrize("book", [DOCUMENT, BOOK], ids=["article", "bundle"])
def test_both_engines_say_the_same_of_a_book(book: Any) -> None:
    theirs = feed2doc.write(book, Pdf(page="107x142mm"), env=env())
    assert isinstance(theirs, bytes)
    assert facts(made(book, env(), page="107x142mm")) == facts(theirs)


def test_both_engines_print_the_same_words(tmp_path: Path) -> None:
    """Except for page and note numbers, and for ordered lists with another start, which WeasyPrint starts at 1."""
    theirs = feed2doc.write(DOCUMENT, "pdf", env=env())
    assert isinstance(theirs, bytes)
    a, b = (
        Counter(re.sub(r"[\d./•·–◦-]", "", squeezed(text_of(data, tmp_path))))
        for data in (made(DOCUMENT, env()), theirs)
    )
    assert (a - b, b - a) == (Counter(), Counter())


@pytest.mark.parametrize("engine", ENGINES)
def test_code_is_set_from_left_to_right_in_any_language(engine: Any, tmp_path: Path) -> None:
    text = article(m.CodeBlock("def f(x):"), p("عربي ", m.Code("[g(y):]"), " نص"), language="ar")
    data = feed2doc.write(text, Pdf(engine=engine))
    assert isinstance(data, bytes)
    words = re.findall(r'xMin="([\d.]+)".*>(.+)</word>', text_of(data, tmp_path, "-bbox"))
    places = {word.strip("\u202a\u202c"): float(place) for place, word in words}
    assert places["def"] < places["f(x):"] < 300 < places["[g(y):]"]


@pytest.mark.parametrize("page, columns", [("90x122mm", False), ("a4", True)])
def test_program_text_is_within_its_page_and_column(page: str, columns: bool, tmp_path: Path) -> None:
    """The words of program text are longer than a line."""
    line = "result=harbour(first_argument,second_argument,third_argument,fourth_argument)"
    code, block = p(m.Code(line)), m.CodeBlock(f"    {line}\n{'é' * 90}")
    cells = ((m.Cell((code,)), m.Cell((p("a"),))), (m.Cell((p("b"),)), m.Cell((block,))))
    notes = p("words", m.Note((code, block)))
    blocks = (code, block, m.BulletList(((code, block),)), m.Quote((code, block)), m.Table(cells), notes)
    data = made(article(*blocks), page=page, columns=columns)
    with opened(data) as pdf:
        width = float(pdf.pages[0].MediaBox[2])
    words = re.findall(r'xMin="([\d.-]+)".* xMax="([\d.]+)"', text_of(data, tmp_path, "-bbox"))
    assert len(words) > 50 and all(float(end) < width - 15 for _, end in words)
    halves = [float(end) < width / 2 for start, end in words if float(start) < width / 2]
    assert not columns or halves.count(False) < 8  # the note is below both columns


def test_lines_of_program_text_are_not_indented_as_paragraphs(tmp_path: Path) -> None:
    data = feed2doc.write(
        article(m.CodeBlock("first\nsecond\n  third"), language="zh-CN"), Pdf(engine="typst", page="a5")
    )
    words = re.findall(r'xMin="([\d.]+)".*>(first|second|third)<', text_of(data, tmp_path, "-bbox"))
    first, second, third = (float(left) for left, _ in words)
    assert first == second and third - second < 20


def test_who_said_it_is_on_the_page_of_a_short_quotation(tmp_path: Path) -> None:
    quote = m.Quote((p("QUOTED"), p("It runs again. " * 9)), (m.Text("SPEAKER"),))
    for lines in range(5, 20):
        text = text_of(made(article(*[p("A line.")] * lines, quote), page="107x142mm"), tmp_path)
        assert any("QUOTED" in page and "SPEAKER" in page for page in text.split("\f"))


def test_bookmarks_have_no_signs_that_keep_lines_together() -> None:
    headline = "简报：老港的冰提前化了；灯塔换上新灯"
    data = made(m.Document(id="1", headline=headline, language="zh-CN"), env())
    with opened(data) as pdf, pdf.open_outline() as outline:
        assert [each.title for each in outline.root] == [headline]


def test_running_heads_page_numbers_and_contents(tmp_path: Path) -> None:
    pages = text_of(made(BOOK, env()), tmp_path).split("\f")[:-1]
    numbers = [re.findall(rf"(\d) ?/ ?{len(pages)}$", page.strip()) for page in pages]
    assert numbers == [[str(n)] for n in range(1, len(pages) + 1)]
    assert "海港日报 · 港口重开" in pages[2] and "海港日报 ·" not in "".join(pages[:2])
    assert re.search(r"Headline[ .]+" + str(len(pages)), pages[0])
    with opened(made(BOOK, env())) as pdf:
        inside = [a for a in pdf.pages[0].Annots if "/Dest" in a or ("/A" in a and a.A.S == "/GoTo")]
        assert len(inside) >= 2


def test_tags() -> None:
    def cell(text: str, *, header: bool = False, colspan: int = 1, rowspan: int = 1) -> m.Cell:
        return m.Cell((p(text),), header=header, colspan=colspan, rowspan=rowspan)

    table = m.Table(
        (
            (cell("Wind", header=True, colspan=2), cell("Swell", header=True)),
            (cell("N", rowspan=2), cell("4"), cell("2")),
            (cell("5"), cell("6")),
        )
    )
    link = m.Link((m.Text("a link"),), "https://example.com/a")
    figure = m.Figure(
        m.Image(PICTURE, "A harbour"), (m.Text("Caption"),), (m.Text("Credit"),), "https://example.com/b"
    )
    blocks = (
        table,
        p("See ", link),
        figure,
        m.Quote((p("Words."),), (m.Text("Who"),)),
        m.OrderedList(((p("x"),), (p("y"),)), 3),
    )
    with opened(made(article(*blocks), env())) as pdf:
        heads = [(str(each.A[0].Scope), int(each.A[0].get("/ColSpan", 1))) for each in elements(pdf, "/TH")]
        assert sorted(heads) == [("/Column", 1), ("/Column", 2)]
        assert len(list(elements(pdf, "/TD"))) == 5
        assert [str(each.Alt) for each in elements(pdf, "/Figure")] == ["A harbour"]
        assert all({str(kid.S) for kid in item.K} == {"/Lbl", "/LBody"} for item in elements(pdf, "/LI"))
        assert len(list(elements(pdf, "/BlockQuote"))) == len(list(elements(pdf, "/Caption"))) == 1
        links = [a for page in pdf.pages for a in page.get("/Annots", []) if a.get("/Subtype") == "/Link"]
        assert [str(a.A.URI) for a in links] == ["https://example.com/a", "https://example.com/b"]
        assert all("/Contents" in a and int(a.F) & 4 for a in links)


def test_lists_begin_where_they_say(tmp_path: Path) -> None:
    lists = (
        m.OrderedList(((p("three"),), (p("four"),)), 3),
        m.OrderedList(((p("less"),), (p("nought"),)), -1),
    )
    text = " ".join(text_of(made(article(*lists)), tmp_path).split())
    assert "3. three 4. four" in text and "-1. less 0. nought" in text.replace("−", "-")


@pytest.mark.parametrize("variant", VARIANTS)
def test_variants(variant: Any) -> None:
    """PDFs for archives are accessible to screen readers as well."""
    with opened(made(DOCUMENT, env(), variant=variant)) as pdf, pdf.open_metadata() as meta:
        assert pdf.Root.MarkInfo.Marked
        part = re.search(r"a-(\d)(a)", variant)
        assert (meta.get("pdfaid:part"), meta.get("pdfaid:conformance")) == (
            (part[1], part[2].upper()) if part else (None, None)
        )
        assert (meta.get("pdfuaid:part") == "1") is (variant != "none")


def test_an_archive_needs_a_date() -> None:
    with pytest.raises(feed2doc.OptionError, match="this has none: use pdf/ua-1"):
        made(article(p("x")), variant="pdf/a-2a")


@pytest.mark.parametrize("blank", ["\u00ad" * 9, " \u3000" * 9, "\ufeff" * 9])
def test_a_headline_that_shows_nothing_is_a_heading(blank: str) -> None:
    document = article(p("Words."), language="zh-CN")
    document = msgspec.structs.replace(document, headline=blank)
    assert made(document).startswith(b"%PDF")
    book = m.Book(title=blank, language="zh-CN", parts=(m.Part("", (document, document)),))
    assert made(book).startswith(b"%PDF")


@pytest.mark.parametrize("before", [(m.LineBreak(),), (m.Text(" "), m.LineBreak(), m.LineBreak())])
def test_a_heading_may_begin_with_line_breaks_or_have_nothing_else(before: m.Inlines) -> None:
    for heading in ((*before, m.Text("Quay")), before):
        section = m.Section(heading, blocks=(m.Paragraph((m.Text("Open."),)),))
        document = m.Document(id="1", headline="Harbour", sections=(section,))
        assert feed2doc.write(document, Pdf(engine="typst"))


def test_headings_have_no_gap_whatever_the_source_has() -> None:
    sections = (m.Section((m.Text("Deep"),), 4, (p("x"),)), m.Section((m.Text("\u00ad "),), 1, (p("y"),)))
    with opened(made(m.Document(id="1", headline="\u00ad", language="en", sections=sections))) as pdf:
        assert [len(list(elements(pdf, f"/H{n}"))) for n in (1, 2, 3)] == [1, 1, 0]


# ---- pages and fonts ---------------------------------------------------------------------------------


def test_a_figure_and_its_caption_are_on_one_page_if_it_has_room(tmp_path: Path) -> None:
    figure = m.Figure(m.Image(PICTURE, "A harbour"), (m.Text("CAPTION"),), (m.Text("CREDIT"),))
    blocks = [block for _ in range(6) for block in (p("The ferry runs again. " * 40), figure)]
    pages = text_of(made(article(*blocks), env(), page="a6"), tmp_path).split("\f")
    assert sum(page.count("CAPTION") for page in pages) == 6
    assert all(page.count("CAPTION") == page.count("CREDIT") for page in pages)


def test_content_that_does_not_fit_continues_on_the_next_page(tmp_path: Path) -> None:
    """Captions, boxes, header cells, notes and unbreakable words, all longer than a page."""
    long = " ".join(f"word{n}" for n in range(700))
    head = (m.Cell((p(long),), header=True), m.Cell((p("b"),), header=True))
    blocks = (
        m.Figure(m.Image(PICTURE, "x"), (m.Text(long),)),
        m.Figure(m.Image("https://example.com/none.jpg", "x"), (m.Text(long),)),
        m.Table((head, (m.Cell((p(long),)), m.Cell((p("c"),))))),
        m.Aside((p(long),), (m.Text(long),)),
        p("x", m.Note((p(long),))),
        p("x" * 3000),
        p("https://example.com/" + "y" * 3000),
    )
    text = text_of(made(article(*blocks), env(), page="a6"), tmp_path)
    assert [n for n in range(700) if len(re.findall(rf"word{n}\b", text)) < 7] == []
    assert text.count("x") > 3000 and text.count("y") == 3000


def test_a_table_as_wide_as_the_page_shows_every_word_and_tells_its_columns_apart(tmp_path: Path) -> None:
    def table(*rows: list[str]) -> m.Table:
        return m.Table(
            tuple(tuple(m.Cell((p(text),), header=row is rows[0]) for text in row) for row in rows)
        )

    many = table([f"Column{n}" for n in range(4)], [f"value {n}" for n in range(4)])
    long = table(
        ["Crossings per day and night", "Remarks"], ["NINE", "It runs again. " * 9], ["港" * 90, "TEN"]
    )
    data = made(article(many, long), page="90x122mm")
    found = re.findall(r'xMin="([\d.]+)".*xMax="([\d.]+)".*>(.+)</word>', text_of(data, tmp_path, "-bbox"))
    at = {word: (float(left), float(right)) for left, right, word in found}
    heads = [at[f"Column{n}"] for n in range(4)]
    assert all(right < left for (_, right), (left, _) in pairwise(heads))
    assert heads[-1][1] < 90 / 25.4 * 72 - 10
    assert at["Crossings"][1] < at["Remarks"][0] and at["NINE"][1] < at["TEN"][0]


def test_low_rows_of_a_table_stay_on_a_page(tmp_path: Path) -> None:
    row = (m.Cell((p("FIRST"),)), m.Cell((p("It runs again. " * 20 + "LAST"),)))
    text = text_of(made(article(p("x"), m.Table((row,) * 30)), page="a6"), tmp_path, "-raw")
    assert not [page for page in text.split("\f") if re.search(r"^(?:(?!FIRST).)*LAST", page, re.S)]


def test_each_language_has_the_fonts_of_its_region() -> None:
    span = m.Paragraph((m.Text("x"), m.Span((m.Text("直返海骨"),), "zh-HK")))
    parts = [article(p("直返海骨"), span, language=tag) for tag in ("zh-CN", "zh-TW", "ja", "ko")]
    book = feed2doc.Book(title="Forms", language="zh-CN", parts=(feed2doc.Part(documents=tuple(parts)),))
    with opened(made(book)) as pdf:
        names = {str(f.BaseFont) for page in pdf.pages for f in page.Resources.Font.values()}
    for region in ("sc", "tc", "jp", "kr", "hk"):
        assert any(f"CJK{region}" in name for name in names), (region, names)


def test_paragraphs() -> None:
    blocks = (p("The ferry runs again. " * 8), p("The ferry runs again. " * 8))
    for language, kinds in (("en", 2), ("zh-CN", 2)):
        ways: Any = ("language", "indent", "space")
        assert len({made(article(*blocks, language=language), paragraphs=way) for way in ways}) == kinds
    with pytest.raises(feed2doc.OptionError, match="must be one of language, indent, space"):
        Pdf(paragraphs="wide")  # type: ignore[arg-type]


def test_a_custom_font(tmp_path: Path) -> None:
    file = subprocess.run(
        ["fc-match", "-f", "%{file}", "DejaVu Sans Mono"], capture_output=True, text=True
    ).stdout
    for font in (file, "DejaVu Sans Mono", "dejavu sans mono"):
        (tmp_path / "x.pdf").write_bytes(made(article(p("Plain words.")), font=font))
        listed = subprocess.run(["pdffonts", tmp_path / "x.pdf"], capture_output=True, text=True).stdout
        assert "DejaVuSansMono" in listed
    (tmp_path / "no.ttf").write_bytes(b"no font")
    for font, message in (
        ("No Such Font", "no font of that family"),
        (str(tmp_path / "no.ttf"), "Typst cannot read this file"),
    ):
        with pytest.raises(feed2doc.OptionError, match=message):
            made(article(p("x")), font=font)


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_character_without_a_font_is_reported(variant: Any, tmp_path: Path) -> None:
    rare = "\U0003fffd"
    around = env()
    data = made(msgspec.structs.replace(DOCUMENT, headline=f"灯塔{rare} e\u0ad7"), around, variant=variant)
    (loss,) = (each for each in around.diagnostics if each.kind == "loss" and each.rule != "pictures")
    assert loss.rule == "fonts" and rare in loss.text and "apt install fonts-" in loss.message
    assert "灯塔" in text_of(data, tmp_path)


# ---- safety ------------------------------------------------------------------------------------------


def template_of(tmp_path: Path, more: str) -> feed2doc.Env:
    """Return an environment with a custom template: the shipped one plus this text."""
    shipped = (paths.ROOT / "templates/typst/template.typ").read_text("utf-8")
    (tmp_path / "typst").mkdir(exist_ok=True)
    (tmp_path / "typst" / "template.typ").write_text(f"{shipped}\n{more}\n", "utf-8")
    return feed2doc.Env(template_dirs=(tmp_path,))


def test_a_custom_template(tmp_path: Path) -> None:
    own = template_of(tmp_path, "#let rule() = [MINE]")
    assert "MINE" in text_of(made(article(p("x"), m.Rule(), p("y")), own), tmp_path)
    with pytest.raises(
        feed2doc.TemplateError, match=r"typst/template\.typ: Typst says: unknown variable: nothing"
    ):
        made(article(p("x")), template_of(tmp_path, "#let rule() = nothing\n#rule()"))


def test_nothing_but_the_pictures_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("not to be read")
    outward = "../" * 20 + str(tmp_path / "secret.txt")
    for path in (str(tmp_path / "secret.txt"), outward, "template.typ", "/proc/self/environ"):
        with pytest.raises(
            feed2doc.TemplateError, match=r"Typst says: (file not found|path .* would escape)"
        ):
            made(article(p("x")), template_of(tmp_path, f"#read({json.dumps(path)})"))
    with pytest.raises(feed2doc.TemplateError, match="imports a package"):
        made(article(p("x")), template_of(tmp_path, '#import "@preview/cetz:0.3.0"'))


def test_a_picture_that_cannot_be_shown_is_reported_and_the_rest_is_kept(tmp_path: Path) -> None:
    around = env()
    around.assets.add("https://example.com/bad.jpg", b"\xff\xd8\xff\xe0 no more")
    bad = m.Figure(m.Image("https://example.com/bad.jpg"), (m.Text("The bad one."),))
    good = m.Figure(
        m.Image(PICTURE), (m.Text("The good one."),)
    )  # its checksum is wrong, so it is converted again
    data = made(article(bad, good), around)
    assert losses(around) == ["PDF: pictures that Typst cannot show: 1"]
    with opened(data) as pdf:
        assert len(list(elements(pdf, "/Figure"))) == 1
    assert "The bad one." in text_of(data, tmp_path)


def test_the_same_book_gives_the_same_bytes_anywhere(tmp_path: Path) -> None:
    (tmp_path / "item.txt").write_text(ITEM.format(n=1))
    outputs = set()
    for n, zone in enumerate(("UTC", "Asia/Shanghai")):
        (tmp_path / f"tmp{n}").mkdir()
        out = tmp_path / f"{n}.pdf"
        done = run_process(
            tmp_path / "item.txt",
            "-o",
            out,
            "--pdf-engine",
            "typst",
            TZ=zone,
            TMPDIR=str(tmp_path / f"tmp{n}"),
        )
        assert done.returncode == 0, done.stderr
        outputs.add(out.read_bytes())
        assert not list((tmp_path / f"tmp{n}").iterdir())
    assert len(outputs) == 1 and str(tmp_path).encode() not in outputs.pop()
    undated = made(article(p("x")))
    with opened(undated) as pdf:
        assert "/CreationDate" not in pdf.docinfo
    assert made(BOOK, env()) == made(BOOK, env()) and undated == made(article(p("x")))


def test_processes_that_come_after_typst_was_used() -> None:
    """A pool of workers works; a process that other code forked gets an error, because Typst would wait in it forever."""
    made(article(p("x")))
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            made(article(p("y")))
        except feed2doc.WriteError as error:
            os.write(writer, str(error).encode())
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    assert b"start processes with the spawn method" in os.read(reader, 1000)
    os.close(reader)
    os.close(writer)


def test_a_pool_of_workers_after_typst_was_used(tmp_path: Path) -> None:
    made(article(p("x")))
    (tmp_path / "item.txt").write_text(ITEM.format(n=1))
    target = Target("pdf", feed2doc.Pdf(engine="typst"))
    job = Job(targets=(target,), folder=str(tmp_path), pictures=PictureSettings(offline=True))
    pool = Processes(job, FileStore(), 1)
    (result,) = pool.submit((Work(Item(str(tmp_path / "item.txt"))),)).result(timeout=500)
    pool.close()
    (event,) = result.events
    assert result.status == "converted" and isinstance(event, Staged)
    assert FileStore().publish(event).path == str(*tmp_path.glob("*.pdf"))


# ---- what is not installed ---------------------------------------------------------------------------


def test_options_of_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "item.txt").write_text(ITEM.format(n=1))
    (tmp_path / "own.css").write_text("p { color: red }")
    common = (tmp_path / "item.txt", "--output-dir", tmp_path / "out", "--pdf-engine", "typst")
    assert "--css does not apply to pdf with typst" in one_line(
        run(*common, "--to", "pdf", "--css", tmp_path / "own.css")
    )
    assert "--pdf-engine does not apply to markdown" in one_line(run(*common, "--to", "md"))
    assert run(*common, "--to", "pdf", "--to", "epub", "--css", tmp_path / "own.css").returncode == 0
    with pytest.raises(feed2doc.OptionError, match="css does not apply to Typst"):
        Pdf(engine="typst", css="p {}")
    with pytest.raises(feed2doc.OptionError, match="must be one of auto, weasyprint, typst"):
        Pdf(engine="latex")  # type: ignore[arg-type]


# ---- the source --------------------------------------------------------------------------------------


def test_a_source_compiles_unchanged(tmp_path: Path) -> None:
    """With its pictures next to it, it compiles with Typst alone; without them, links replace them."""
    sample = paths.ROOT / "samples" / "01-nytimes-cn-article.txt"
    for images, count in (("embed", 3), ("link", 0)):
        out = tmp_path / f"{images}.typ"
        done = run(
            sample, "-o", out, "--images", images, "--offline", "--page", "a5", "--font", "DejaVu Serif"
        )
        assert done.returncode == 0, done.stderr
        data = typst.compile(str(out), pdf_standards=["ua-1"], timestamp=0)
        with opened(data) as pdf:
            assert len(list(elements(pdf, "/Figure"))) == count
            assert round(float(pdf.pages[0].MediaBox[2])) == 420
            assert any("DejaVu" in str(f.BaseFont) for f in pdf.pages[0].Resources.Font.values())
    with pytest.raises(feed2doc.OptionError, match="use the family name here"):
        Typst(font="own.ttf")


def test_what_a_template_is_given_and_calls_is_documented() -> None:
    guide = (paths.ROOT / "docs" / "typst.md").read_text("utf-8")
    headline = m.Document(id="1", headline="港口今年新建码头，“夜间”的ABC渡轮", language="zh-CN")
    book = m.Book(
        title="Two",
        parts=(m.Part("News", (DOCUMENT, headline)), m.Part("More", (m.Document(id="2", headline="a"),))),
    )
    source = str(feed2doc.write(book, Typst(), env=env()))
    parameters, template, content = re.split(r"^// The style of .*$|^#show: book\.", source, flags=re.M)
    paper = re.search(r"#let paper = \((.*)\)", parameters)
    defined = set(re.findall(r"^#let ([a-z-]+)", template, re.M))
    called = defined & set(re.findall(r"[a-z-]+", re.sub(r'"(?:[^"\\]|\\.)*"', "", content)))
    assert paper and {"part", "article", "latin-gap", "line-end"} <= called
    names = [*re.findall(r"([a-z]+): ", paper[1]), *re.findall(r"^#let ([a-z]+)", parameters, re.M), *called]
    assert [name for name in names if f"`{name}`" not in guide] == []


def test_every_look_is_in_the_template() -> None:
    """The source after the template names no size, colour or font."""
    source = feed2doc.write(DOCUMENT, "typst", env=env())
    assert isinstance(source, str)
    content = source[source.index("#show: book.with(") :]
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', "", content)
    bare = re.sub(r", width: [\d.]+em, depth: [\d.]+em\)", ")", bare)  # of a drawn formula
    assert not re.search(r"\d(pt|mm|em)\b|rgb|font:|#set|fill:", bare)


# ---- anything that text can hold ---------------------------------------------------------------------

SYNTAX = "#[]*_`$<>@=-+/~'\"\\.:;(){}!?0123456789abcu \n\t&|%^,"
anything = st.text(st.one_of(st.sampled_from(SYNTAX), st.characters()), max_size=25)
# Characters that are set from left to right, one glyph per character.
plain = st.text(
    st.one_of(
        st.sampled_from(SYNTAX),
        st.characters(max_codepoint=0x24FF, categories=["L", "N", "P", "S"]),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    ),
    min_size=1,
    max_size=30,
)


def everywhere(v: str, w: str) -> m.Document:
    """Return a document that has these two texts in each place for text, and next to each kind of inline."""
    line = m.Paragraph(
        (
            *(
                m.Text(w),
                m.Strong((m.Text(v),)),
                m.Text(w),
                m.Emph((m.Text(w),)),
                m.Text(v),
                m.LineBreak(),
                m.Text(v),
            ),
            *(
                m.Link((m.Text(v),), f"https://example.com/{w}"),
                m.Text(w),
                m.Code(v),
                m.Text(w),
                m.Ruby((m.Text(w),), v),
            ),
            *(m.Text(v), m.Note((p(w),)), m.Text(w), m.Span((m.Text(v),), "ja", "rtl"), m.Text(w)),
        )
    )
    blocks = (
        p(v),
        line,
        m.Quote((p(v),), (m.Text(w),)),
        m.BulletList(((p(v),), (p(w), m.BulletList(((p(v),),))), ())),
        m.OrderedList(((p(w),),), 3),
        m.Table(((m.Cell((p(v),), True), m.Cell((p(w),))), (m.Cell((p(w),)),)), (m.Text(v),)),
        m.CodeBlock(f"{v}\n{w}", v),
        m.Aside((p(v),), (m.Text(w),)),
        m.Figure(m.Image(PICTURE, v, v), (m.Text(v),), (m.Text(w),)),
        m.Figure(m.Image(f"https://example.com/{v}", v), (m.Text(v),), (m.Text(w),)),
    )
    return m.Document(
        id="x",
        headline=v,
        publication=w,
        language="en",
        standfirst=(m.Text(w),),
        byline=(m.Person(v),),
        summary=w,
        tags=(v,),
        lead=m.Figure(None, (m.Text(w),), (m.Text(v),)),
        sections=(m.Section(blocks=blocks), m.Section((m.Text(v),), 1, (p(w),))),
        credits=(m.Credit("note", (m.Text(w),)),),
    )


@MANY
@given(anything, anything)
@example("", "\u1cd0")  # a mark that no font has, next to the signs of Typst's syntax
@example("\u1cd0", "a\u1cd0 \u1cd0\u1cd1")
@example("", "\ufeff")
def test_any_text_anywhere_compiles(v: str, w: str) -> None:
    around = env()
    assert made(everywhere(v, w), around, page="a5").startswith(b"%PDF")
    assert all(each.rule in ("fonts", "pictures") for each in around.diagnostics)


def test_a_symbol_is_shown_whatever_font_is_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Next to some fonts, Typst looks for U+2322 in one that lacks it, though others have it."""
    for block in (p("⌢ ⌣"), m.CodeBlock("⌢")):
        around = feed2doc.Env()
        assert made(article(block), around).startswith(b"%PDF") and not around.diagnostics
    monkeypatch.setattr("feed2doc.writers.typst.settings._SYMBOLS", "Noto Serif")
    around = feed2doc.Env()
    assert made(article(p("⌢ ⌣ a")), around).startswith(b"%PDF")
    assert not around.diagnostics or [each.rule for each in around.diagnostics] == ["fonts"]


def test_words_that_are_both_struck_and_inserted_have_one_line() -> None:
    edited = m.Strike((m.Text("a"), m.Insert((m.Text("b"), m.Strike((m.Text("c"),))))))
    assert made(article(m.Paragraph((edited, m.Insert((m.Text("d"),)))))).startswith(b"%PDF")


@MANY
@example(["⌢"])
@given(st.lists(plain, min_size=1, max_size=10))
def test_any_text_is_on_the_page_as_it_was(texts: list[str]) -> None:
    around = feed2doc.Env()
    with tempfile.TemporaryDirectory() as folder:
        got = Counter(squeezed(text_of(made(article(*map(p, texts)), around), Path(folder), "-raw")))
    lost = {letter for each in around.diagnostics if each.rule == "fonts" for letter in each.text}
    missing = Counter(squeezed("".join(map(xml_safe, texts)))) - got
    assert set(missing) <= lost


@pytest.mark.slow
@MANY
@given(documents())
def test_any_document_compiles_with_its_words(document: m.Document) -> None:
    around = feed2doc.Env()
    with tempfile.TemporaryDirectory() as folder:
        got = squeezed(text_of(made(document, around), Path(folder), "-raw"))
    assert [each for each in around.diagnostics if each.rule != "pictures"] == []
    words = [node.value for node in m.walk(document.sections) if isinstance(node, m.Text | m.Code)]
    assert Counter(squeezed("".join(words))) - Counter(got) == Counter()


@pytest.mark.parametrize("failing", ["compile_and_query", "compile"])
def test_a_layout_that_fails_after_a_good_one(failing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run with heights of pictures may fail, and so may a source without a standard."""
    around = feed2doc.Env()
    around.assets.add(PICTURE, red_png((800, 1000)))
    blocks = [p("The ferry runs again. " * 44), m.Figure(m.Image(PICTURE, "Quay"))] * 6
    document = article(*blocks)
    whole = made(document, around, page="a5", variant="none" if failing == "compile" else "pdf/ua-1")
    original = getattr(TypstCompiler, failing)
    sources = []

    def fails(self: TypstCompiler, source: str, *rest: Any) -> Any:
        sources.append(source)
        if len(sources) > (failing == "compile_and_query"):
            raise CompileError("internal error")
        return original(self, source, *rest)

    monkeypatch.setattr(TypstCompiler, failing, fails)
    if failing == "compile":
        with pytest.raises(WriteError, match="PDF: Typst says: internal error; try --pdf-engine weasyprint"):
            made(document, around, page="a5", variant="none")
    else:
        first = made(document, around, page="a5")
        assert len(sources) == 2 and first.startswith(b"%PDF") and first != whole
