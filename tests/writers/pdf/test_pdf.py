"""PDFs as viewers and screen readers see them."""

import html
import io
import re
import subprocess
from pathlib import Path
from typing import Any

import feed2doc
import pikepdf
import pytest
from feed2doc import model as m
from feed2doc.checking.comparison import proof
from feed2doc.fonts.families import families_of, note_missing
from feed2doc.writers._shared.autospace import spaced
from feed2doc.writers._shared.page_layout import page_of
from feed2doc.writers.pdf.options import VARIANTS, Pdf
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.command import run_process
from tests.kitchen_sink import DOCUMENT, PICTURE, PIXEL, env
from tests.pdf_text import ENGINES, article, elements, text_of


def made(
    book: m.Document | feed2doc.Book, options: Pdf | None = None, env: feed2doc.Env | None = None
) -> bytes:
    data = feed2doc.write(book, options or Pdf(), env=env)
    assert isinstance(data, bytes)
    return data


# ---- tags --------------------------------------------------------------------------------------------


def test_every_link_is_tagged_and_printed_and_says_where_it_leads() -> None:
    content = (
        m.Text("one "),
        m.Strong((m.Text("two "), m.Emph((m.Text("three"),)))),
        m.LineBreak(),
        m.Text(" four"),
    )
    data = made(article(m.Paragraph((m.Text("See "), m.Link(content, "https://example.com/a"), m.Text(".")))))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        links = [a for page in pdf.pages for a in page.get("/Annots", []) if a.get("/Subtype") == "/Link"]
        tagged = list(elements(pdf, "/Link"))
        assert len(links) == len(tagged) == 4
        assert all(str(a.A.URI) == "https://example.com/a" and int(a.F) & 4 for a in links)
        assert all("/Contents" in a and "/StructParent" in a for a in links)


@pytest.mark.parametrize("engine", ENGINES)
def test_each_link_is_in_a_link_of_the_structure(engine: Any) -> None:
    """ISO 14289-1 7.18.5, also for the contents of a book, and emphasis, program text and pictures in links."""
    icon = m.InlineImage(m.Image(PICTURE, "A gull"))
    linked = m.Link((m.Text("see "), m.Emph((m.Text("this"),)), m.Code("x"), icon), "https://example.com/a")
    articles = [article(m.Paragraph((m.Text("Text "), linked))) for _ in range(3)]
    book = feed2doc.bundle(
        [
            replace(each, id=str(n), headline=f"Quay {n}", url=f"https://quay.example/{n}")
            for n, each in enumerate(articles)
        ],
        title="Book",
    )
    with pikepdf.open(io.BytesIO(made(book, Pdf(engine=engine), env=env()))) as pdf:
        nums = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        owners = dict(zip(map(int, nums[::2]), nums[1::2], strict=True))
        links = [a for page in pdf.pages for a in page.get("/Annots", []) if a.get("/Subtype") == "/Link"]
        assert len(links) > 6
        for link in links:
            owner = owners[int(link.StructParent)]
            assert owner.S == "/Link"
            assert any(
                "/Obj" in part and part.Obj.objgen == link.objgen
                for part in owner.K
                if isinstance(part, pikepdf.Object)
            )


@pytest.mark.parametrize("engine", ENGINES)
def test_running_heads_and_page_numbers_are_artifacts(engine: Any) -> None:
    """ISO 14289-1 7.8."""
    words = tuple(m.Paragraph((m.Text("The ferry came back to the port. " * 40),)) for _ in range(8))
    with pikepdf.open(io.BytesIO(made(article(*words), Pdf(engine=engine)))) as pdf:
        assert len(pdf.pages) > 2
        for page in list(pdf.pages)[1:]:
            marks = [
                [str(each) for each in row.operands]
                for row in pikepdf.parse_content_stream(page)
                if str(row.operator) == "BDC"
            ]
            margins = [marked for marked in marks if marked[0] == "/Artifact" and "/Pagination" in marked[1]]
            assert len(margins) >= 2, marks  # the running head and the page number


def test_the_link_of_a_picture_is_in_its_caption_where_it_can_be_tagged() -> None:
    figure = m.Figure(m.Image(PICTURE, "A chart"), (m.Text("Winds"),), url="https://example.com/chart")
    with pikepdf.open(io.BytesIO(made(article(figure), env=env()))) as pdf:
        (caption,) = elements(pdf, "/Caption")
        (link,) = elements(pdf, "/Link")
        assert link.P.objgen == caption.objgen
        assert [str(a.A.URI) for a in pdf.pages[0].Annots] == ["https://example.com/chart"]


def test_header_cells_say_what_they_head() -> None:
    def cell(text: str, *, header: bool = False, colspan: int = 1) -> m.Cell:
        return m.Cell((m.Paragraph((m.Text(text),)),), header=header, colspan=colspan)

    rows = (
        (cell("Wind", header=True, colspan=2), cell("Swell", header=True)),
        (cell("North", header=True), cell("4"), cell("2")),
    )
    with pikepdf.open(io.BytesIO(made(article(m.Table(rows))))) as pdf:
        heads = sorted(str(each.A.Scope) for each in elements(pdf, "/TH"))
        assert heads == ["/Column", "/Column", "/Row"]
        assert all("/Headers" not in each.A or len(each.A.Headers) for each in elements(pdf, "/TD"))


def test_each_cell_of_a_table_without_header_cells_has_a_header() -> None:
    rows = tuple(
        tuple(m.Cell((m.Paragraph((m.Text(text),)),), rowspan=rowspan) for text, rowspan in row)
        for row in ((("Tern", 1), ("24 m", 1)), (("Plover", 2), ("18 m", 1)), (("3 t", 1),))
    )
    with pikepdf.open(io.BytesIO(made(article(m.Table(rows))))) as pdf:
        assert [str(each.A.Scope) for each in elements(pdf, "/TH")] == ["/Row", "/Row"]
        assert len(list(elements(pdf, "/TD"))) == 3


def test_list_items_have_a_label_and_a_body() -> None:
    line = m.Paragraph((m.Text("A line of the list."),))
    lists = (
        m.BulletList(((line,), (line, line), (line, m.BulletList(((line,),)))), loose=True),
        m.OrderedList(((line,),)),
    )
    with pikepdf.open(
        io.BytesIO(made(article(*lists, m.DefinitionList((m.Definition((m.Text("Term"),), ((line,),)),)))))
    ) as pdf:
        items = list(elements(pdf, "/LI"))
        assert len(items) == 7
        for item in items:
            kinds = [str(kid.S) for kid in item.K]
            assert set(kinds) <= {"/Lbl", "/LBody"} and kinds.count("/LBody") == 1, kinds
            assert all(kid.P.objgen == item.objgen for kid in item.K)


def test_lists_begin_where_they_say(tmp_path: Path) -> None:
    line = m.Paragraph((m.Text("x"),))
    lists = (
        m.OrderedList(((line,), (line, m.OrderedList(((line,),), 7)), (line,)), 3),
        m.OrderedList(((line,),)),
    )
    assert re.findall(r"\d+\.", text_of(made(article(*lists)), tmp_path)) == ["3.", "4.", "7.", "5.", "1."]


def test_outline_and_headings_have_no_gap() -> None:
    book = feed2doc.bundle([DOCUMENT, article(m.Paragraph((m.Text("x"),)))], title="Two", env=env())
    with pikepdf.open(io.BytesIO(made(book))) as pdf:
        kinds = [
            str(e.get("/S"))
            for e in pdf.objects
            if isinstance(e, pikepdf.Dictionary) and re.fullmatch(r"/H\d", str(e.get("/S", "")))
        ]
        levels = sorted({int(kind[2]) for kind in kinds})
        assert levels == list(range(1, levels[-1] + 1))
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20250225")
        assert str(pdf.docinfo["/Title"]) == "Two"


# ---- variants, pages, fonts --------------------------------------------------------------------------


# WeasyPrint leaves its colour profile file to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("variant", VARIANTS)
def test_variants(variant: Any) -> None:
    with (
        pikepdf.open(io.BytesIO(made(DOCUMENT, Pdf(variant=variant), env()))) as pdf,
        pdf.open_metadata() as meta,
    ):
        assert pdf.Root.MarkInfo.Marked
        assert (meta.get("pdfuaid:part") == "1") is (variant == "pdf/ua-1")
        part = re.search(r"a-(\d)a", variant)
        assert meta.get("pdfaid:part") == (part[1] if part else None)


@pytest.mark.parametrize(
    ("size", "points"),
    [
        ("a4", (595, 842)),
        ("Letter", (612, 792)),
        ("107x142mm", (303, 403)),
        ("90 mm 122 mm", (255, 346)),
        ("4x6in", (288, 432)),
    ],
)
def test_pages(size: str, points: tuple[int, int]) -> None:
    with pikepdf.open(io.BytesIO(made(DOCUMENT, Pdf(page=size), env()))) as pdf:
        box = [round(float(each)) for each in pdf.pages[0].MediaBox]
        assert tuple(box[2:]) == points


@pytest.mark.parametrize("size", ["a99", "10x10mm", "100", "0x0", "9999x9999mm", "-5x8in", "a4;} x{"])
def test_invalid_page_sizes(size: str) -> None:
    with pytest.raises(feed2doc.OptionError, match="page"):
        Pdf(page=size)


def test_lines_are_a_whole_number_of_characters() -> None:
    for size in ("a4", "a5", "letter", "107x142mm"):
        page = page_of(size)
        characters = (page.width - 2 * page.side) / (page.type_size * 25.4 / 72)
        assert abs(characters - round(characters)) < 1e-6 and 18 <= characters <= 46, size


def test_each_language_has_the_fonts_of_its_region() -> None:
    han = m.Paragraph((m.Text("直接返海骨"),))
    parts = tuple(article(han, language=tag) for tag in ("zh-CN", "zh-TW", "ja", "ko", "zh-HK"))
    book = feed2doc.Book(title="Forms", language="zh-CN", parts=(feed2doc.Part(documents=parts),))
    with pikepdf.open(io.BytesIO(made(book))) as pdf:
        names = {str(f.BaseFont) for page in pdf.pages for f in page.Resources.Font.values()}
    for region in ("SC", "TC", "JP", "KR", "HK"):
        assert any(f"CJK-{region}" in name for name in names), (region, names)
    assert families_of("ar")[0].endswith("Arabic")


def test_a_custom_font(tmp_path: Path) -> None:
    file = subprocess.run(
        ["fc-match", "-f", "%{file}", "DejaVu Sans Mono"], capture_output=True, text=True
    ).stdout
    own = Path(file)
    assert own.suffix == ".ttf"
    data = made(article(m.Paragraph((m.Text("Plain words."),))), Pdf(font=str(own)))
    (tmp_path / "x.pdf").write_bytes(data)
    listed = subprocess.run(["pdffonts", tmp_path / "x.pdf"], capture_output=True, text=True).stdout
    assert "feed2doc-own" in listed and "Plain words." in text_of(data, tmp_path)
    family = made(article(m.Paragraph((m.Text("Plain words."),))), Pdf(font="DejaVu Sans"))
    (tmp_path / "x.pdf").write_bytes(family)
    assert (
        "DejaVu-Sans"
        in subprocess.run(["pdffonts", tmp_path / "x.pdf"], capture_output=True, text=True).stdout
    )
    with pytest.raises(feed2doc.OptionError, match="no font of that family"):
        made(article(), Pdf(font="No Such Font"))
    with pytest.raises(feed2doc.OptionError, match="no such file"):
        Pdf(font="nowhere.ttf")


def test_a_character_without_a_font_is_reported() -> None:
    around = feed2doc.Env()
    made(article(m.Paragraph((m.Text("A rare one: \U0003fffd."),))), env=around)
    (loss,) = (d for d in around.diagnostics if d.kind == "loss")
    assert loss.rule == "fonts" and loss.text == "\U0003fffd" and "apt install fonts-" in loss.message
    around = feed2doc.Env()
    made(article(m.Paragraph((m.Text("灯塔 light маяк"),)), language="zh-CN"), env=around)
    assert not [d for d in around.diagnostics if d.kind == "loss"]


def test_for_missing_emoji_an_emoji_font_is_suggested() -> None:
    around = feed2doc.Env()
    note_missing("\U0001f469\u200d\U0001f680\U0001f3fd", around)
    (loss,) = around.diagnostics
    assert (
        "no installed font has \U0001f469 \U0001f680 \U0001f3fd: apt install fonts-noto-color-emoji"
        in loss.message
    )


def test_the_mark_of_a_note_does_not_begin_a_line(tmp_path: Path) -> None:
    for count in range(18, 24):  # a line has 22 characters
        words = m.Paragraph(
            (m.Text("港" * count + "……"), m.Note((m.Paragraph((m.Text("注"),)),)), m.Text("港" * 50))
        )
        text = text_of(made(article(words, language="zh-CN"), Pdf(page="a6")), tmp_path)
        assert "……1" in text


def test_fonts_are_embedded_with_what_they_say(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(made(DOCUMENT, env=env()))
    rows = subprocess.run(
        ["pdffonts", tmp_path / "x.pdf"], capture_output=True, text=True
    ).stdout.splitlines()[2:]
    assert rows and all(re.search(r" yes +yes +yes +\d+ +\d+$", row) for row in rows), rows


# ---- text, pictures, safety --------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["a4", "90x120mm"])
@pytest.mark.parametrize("language, before", [("en", "See "), ("zh-CN", "见")])
def test_nothing_too_long_for_its_line_is_off_the_page(language: str, before: str, page: str) -> None:
    addresses = [f"https://harbour.example/{n}/" + "ferry0123456789" * 12 + "end" for n in range(10)]
    texts = [(m.Text(before), m.Link((m.Text(address),), address)) for address in addresses]
    one, two, three, four, five, six, seven, eight, nine, ten = texts
    lists = (
        m.BulletList(((m.Paragraph(two), m.BulletList(((m.Paragraph(three),),))),)),
        m.Quote((m.Paragraph(four),)),
    )
    table = m.Table(((m.Cell((m.Paragraph(five),), True), m.Cell((m.Paragraph((m.Text("beside"),)),))),), six)
    terms = m.DefinitionList((m.Definition(seven, ((m.Paragraph(eight),),)),))
    document = article(
        m.Paragraph(one), *lists, table, terms, m.Figure(None, nine), m.Aside((), ten), language=language
    )
    assert proof(made(document, Pdf(page=page)), "x.pdf", [document]).findings == ()


def test_words_of_a_table_that_fits_are_whole(tmp_path: Path) -> None:
    long = "The northern island has a lighthouse, two boats and a school. " * 8
    rows = (("Passengers", "Description", "Destination"), ("120,000", long, "Island"))
    table = m.Table(tuple(tuple(m.Cell((m.Paragraph((m.Text(t),)),)) for t in row) for row in rows))
    for page in ("a4", "120x160mm"):
        text = text_of(made(article(table), Pdf(page=page)), tmp_path).split()
        assert {"Passengers", "Description", "Destination", "120,000"} <= set(text)


def test_a_figure_and_its_caption_are_on_one_page(tmp_path: Path) -> None:
    filler = m.Paragraph((m.Text("The ferry runs again. " * 40),))
    figure = m.Figure(m.Image(PICTURE, "A harbour", "", 800, 520), (m.Text("CAPTION"),), (m.Text("CREDIT"),))
    blocks = [block for _ in range(6) for block in (filler, figure)]
    data = made(article(*blocks), Pdf(page="a6"), env())
    (tmp_path / "x.pdf").write_bytes(data)
    pages = text_of(data, tmp_path).split("\f")
    assert sum(page.count("CAPTION") for page in pages) == 6
    assert all(page.count("CAPTION") == page.count("CREDIT") for page in pages)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", ["图片 一.png", "b c.png", "d&e+f%.png"])
def test_pictures_may_have_any_name(name: str, engine: Any, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(PIXEL)
    document = article(m.Figure(m.Image(name)))
    with pikepdf.open(io.BytesIO(feed2doc.write(document, Pdf(engine=engine), pictures=tmp_path))) as pdf:
        assert len(pdf.pages[0].get_images()) == 1


def test_nothing_but_the_pictures_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"not to be read")
    around = feed2doc.Env()
    css = (
        f"body {{ background: url('{secret.as_uri()}') }} h1 {{ background: url(http://127.0.0.1:9/x.png) }}"
    )
    data = made(article(m.Paragraph((m.Text("x"),))), Pdf(css=css), around)
    assert b"not to be read" not in data and data.startswith(b"%PDF")
    assert len([d for d in around.diagnostics if "only the book's pictures" in d.message]) == 2
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "/EmbeddedFiles" not in pdf.Root.get("/Names", {})


@pytest.mark.parametrize("engine", ENGINES)
def test_a_cover_is_the_first_page(engine: Any, tmp_path: Path) -> None:
    around = feed2doc.Env()
    book = feed2doc.bundle(
        [m.Document(id=name, headline=name) for name in ("One", "Two")], title="Morning", env=around
    )
    covered = feed2doc.with_cover(book, "text", around)
    plain, data = (made(each, Pdf(engine=engine, page="90x122mm"), around) for each in (book, covered))
    pages = text_of(data, tmp_path).split("\f")
    assert not pages[0].strip() and pages[1].strip().startswith("Morning")
    assert len(pages) == len(text_of(plain, tmp_path).split("\f")) + 1
    with pikepdf.open(io.BytesIO(data)) as pdf:
        first = pdf.pages[0]
        [picture] = first.get_images().values()
        assert (int(picture.Width), int(picture.Height)) == (1600, 2560)
        assert [round(float(each)) for each in first.MediaBox][2:] == [255, 346]
        assert [str(each.Alt) for each in elements(pdf, "/Figure")] == [covered.cover.alt]  # type: ignore[union-attr]
    single = feed2doc.with_cover(
        feed2doc.Book.of(m.Document(id="One", headline="One", publication="P")), "text", around
    )
    text = text_of(made(single, Pdf(engine=engine), around), tmp_path)
    assert text.count("One") == 1  # no running head above the headline


def test_css_cannot_end_its_element(tmp_path: Path) -> None:
    data = made(article(m.Paragraph((m.Text("words"),))), Pdf(css="</style><p>injected</p>"))
    assert "injected" not in text_of(data, tmp_path)


def test_the_same_book_gives_the_same_bytes() -> None:
    book = feed2doc.bundle([DOCUMENT, article(m.Paragraph((m.Text("x"),)))], title="Two")
    assert made(book, env=env()) == made(book, env=env())


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_without_chinese_fonts_latin_is_set_and_chinese_is_reported(engine: str, tmp_path: Path) -> None:
    """Simulate a system with one font: fontconfig sees a folder that contains no other."""
    (tmp_path / "fonts").mkdir()
    file = subprocess.run(
        ["fc-match", "-f", "%{file}", "DejaVu Serif"], capture_output=True, text=True
    ).stdout
    (tmp_path / "fonts" / "one.ttf").write_bytes(Path(file).read_bytes())
    (tmp_path / "fonts.conf").write_text(
        f"<?xml version='1.0'?><fontconfig><dir>{tmp_path}/fonts</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>"
    )
    for text, lost in (("Plain words.", False), ("灯塔", True)):
        item = f"[{text}](https://example.com/1)\n-----\n\n<p>{text} {text}</p>\n"
        done = run_process(
            "-",
            "--to",
            "pdf",
            "-o",
            tmp_path / "x.pdf",
            "--pdf-engine",
            engine,
            stdin=item.encode(),
            FONTCONFIG_FILE=str(tmp_path / "fonts.conf"),
        )
        assert done.returncode == 0, done.stderr
        assert (
            "no installed font has 塔" in done.stderr.decode()
            and b"apt install fonts-noto-cjk" in done.stderr
        ) is lost
    strict = run_process(
        "-",
        "--to",
        "pdf",
        "--strict",
        "-o",
        tmp_path / "y.pdf",
        "--pdf-engine",
        engine,
        stdin=item.encode(),
        FONTCONFIG_FILE=str(tmp_path / "fonts.conf"),
    )
    assert strict.returncode == 5 and not (tmp_path / "y.pdf").exists()


def test_han_and_latin_are_spaced_and_the_text_is_as_written(tmp_path: Path) -> None:
    assert spaced("在2025年，Otto Berg说") == (
        '在<span class="after before">2025</span>年，<span class="before">Otto Berg</span>说'
    )
    assert spaced("plain <b>") == "plain &lt;b&gt;" and spaced("渡轮，OK。") == "渡轮，OK。"
    data = made(article(m.Paragraph((m.Text("在2025年的Port说了3.5%的话。"),)), language="zh-CN"))
    assert "在2025年的Port说了3.5%的话。" in text_of(data, tmp_path)


@given(st.text("渡轮，。 aZ09.%&<'’-é", max_size=40))
def test_spacing_changes_no_character(value: str) -> None:
    assert html.unescape(re.sub(r"</?span[^>]*>", "", spaced(value))) == value
