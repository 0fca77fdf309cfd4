"""Limits: what a few bytes of input can multiply is bounded, in every reader and writer."""

import gzip
import io
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import feed2doc
import pytest
import zstandard
from feed2doc import Jsonl
from feed2doc import model as m
from feed2doc.checking._archives import text_of_archive
from feed2doc.checking._markup import text_of_html
from feed2doc.readers._blocks.open_block import OpenBlock
from feed2doc.shelf.processes.fetching import _linked_feeds
from feed2doc.writers import PdfEngine
from feed2doc.writers.pdf._long_words import with_broken_words
from feed2doc.writers.pdf._marks import with_few_marks
from feed2doc.writers.pdf.options import Pdf
from PIL import Image

from tests.pdf_text import ENGINES
from tests.picture_server import huge_png

FORMATS = ["text", "markdown", "html", "epub", "typst", "docx"]
HEAD = "<!--1611230000000-->\n[Harbour](https://harbour.example/a)\n------\n"


def read(body: str, *, before: str = "") -> tuple[m.Document, list[str]]:
    """Return an item with this text, and what was noted about it."""
    env = feed2doc.Env()
    document = feed2doc.read((before + HEAD + body).encode(), env=env)
    return document, [each.message for each in env.diagnostics]


@pytest.mark.parametrize(
    ("matter", "message"),
    [
        ("tags: " + "[" * 30_000, "nested deeper than 16 levels"),
        ("tags: " + "{a: " * 5_000, "nested deeper than 16 levels"),
        ("tags: [" + "a," * 20_000 + "]", "longer than 32 KiB"),
    ],
)
def test_front_matter_has_limits(matter: str, message: str) -> None:
    document, notes = read("<p>Ships.</p>", before=f"---\n{matter}\n---\n")
    assert document.tags == () and f"invalid YAML front matter: {message}" in notes


def test_front_matter_is_not_multiplied() -> None:
    """Merge keys, and long numbers, which Python converts in quadratic time."""
    rows = [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, 9)]
    matter = "\n".join(
        ["a0: &a0 {x: 1}", *rows, f"b: {'1' * 5000}", f"c: {'1:' * 5000}1", "tags: [sea, yes]"]
    )
    start = time.process_time()
    document, notes = read("<p>Ships.</p>", before=f"---\n{matter}\n---\n")
    assert time.process_time() - start < 2
    assert document.tags == ("sea", "yes") and not any("front matter" in each for each in notes)


def spanning(rows: int) -> m.Document:
    cell = m.Cell((m.Paragraph((m.Text("ship"),)),), colspan=1000, rowspan=65534)
    table = m.Table(tuple((cell,) for _ in range(rows)))
    return m.Document(id="a", headline="Harbour", sections=(m.Section(blocks=(table,)),))


@pytest.mark.parametrize("to", FORMATS)
def test_spans_of_tables_are_bounded_in_every_format(to: str) -> None:
    """The output of one row has the style or the template, which are no part of the table."""
    one, many = (len(feed2doc.write(spanning(rows), to)) for rows in (1, 500))
    assert many < one + 12_000


def test_spans_are_shortened_when_read() -> None:
    row = "<tr><td rowspan=65534 colspan=1000>ship</td><td>sea</td></tr>"
    document, notes = read(f"<table border=1>{row * 300}<tr><th>x</th></tr></table>")
    assert "a table has more than 20 positions per cell: its spans were shortened" in notes
    assert m.plain_article(document).count("ship") == 300
    cells = [
        cell for table in m.walk(document) if isinstance(table, m.Table) for row in table.rows for cell in row
    ]
    assert {(cell.colspan, cell.rowspan) for cell in cells} == {(1, 1)}


def test_spans_that_a_table_needs_are_kept() -> None:
    wide = (
        "<tr><th colspan=1000>Tides</th></tr>"
        + "<tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr>" * 3
    )
    document, _ = read(f"<table>{wide}</table>")
    (table,) = (each for each in m.walk(document) if isinstance(each, m.Table))
    assert [[(c.colspan, c.rowspan) for c in row] for row in table.rows] == [
        [(2, 1)], *[[(1, 2), (1, 1)], [(1, 1)]] * 3
    ]  # fmt: skip


def test_long_rows_of_a_large_table_are_divided() -> None:
    cell = m.Cell((m.Paragraph((m.Text("ship"),)),))
    rows = m.bounded_rows(((cell,) * 2000, *((cell,),) * 2000))
    assert sum(map(len, rows)) == 4000 and len(rows) * max(map(len, rows)) < 25 * 4000


@pytest.mark.parametrize(
    "rows", ["<tr><td>a<td>b<tr><th>c", "<tr><td>a<td rowspan=3>b<tr><td>c", "<tr><td colspan=2>a<td rowspan=3>b<tr><td>c<td>d"]
)  # fmt: skip
def test_pandoc_takes_tables_with_missing_cells_and_long_spans(rows: str) -> None:
    document, _ = read(f"<table border=1>{rows}</table>")
    assert not feed2doc.check(feed2doc.write(document, "docx"), document).findings


@pytest.mark.parametrize("line", ["[" * 50 + "]()" * 1300, "[" + "](" * 2000, "[a\n" * 600])
def test_looking_for_a_headline_takes_linear_time(line: str) -> None:
    start = time.process_time()
    with pytest.raises(feed2doc.ReadError):
        feed2doc.read_all(f"{line}\n".encode() * 40)
    with pytest.raises(feed2doc.ReadError):
        feed2doc.read_all(b"[" + b"]()" * 1_000_000)
    assert time.process_time() - start < 1.5


def article(*blocks: m.Block, headline: str = "Harbour") -> m.Document:
    return m.Document(id="a", headline=headline, sections=(m.Section(blocks=blocks),))


def p(*texts: str) -> m.Paragraph:
    return m.Paragraph(tuple(map(m.Text, texts)))


@pytest.mark.parametrize("engine", ENGINES)
def test_very_long_words_are_laid_out_in_time(engine: PdfEngine) -> None:
    """Engines look for the place to break a word letter by letter, in quadratic time."""
    word, other = ("".join(f"{letter}{n}" for n in range(4_000)) for letter in "ab")
    document = article(p(word), m.Table(((m.Cell((p(other),)), m.Cell((p("sea"),))),)))
    start = time.process_time()
    data = feed2doc.write(document, Pdf(engine=engine))
    assert (
        time.process_time() - start < 15
    )  # more than a minute with WeasyPrint, and with a table in Typst, before
    assert not feed2doc.check(data, document).findings


def test_only_very_long_words_are_broken() -> None:
    bold = tuple(m.Strong((m.Text("h" * 90),)) if n % 2 else m.Text("a" * 90) for n in range(40))
    for words in ((m.Text("x" * 5000),), bold, (m.Code("）" * 5000),), (m.Text("字\u2060" * 2000),)):
        broken = with_broken_words(m.Paragraph(words))
        pieces = m.plain_text(broken.content).split("\u200b")
        assert "".join(pieces) == m.plain_text(words) and max(map(len, pieces)) < 20
    address = "https://harbour.example/" + "tide-" * 150
    for text in (
        address,
        "字" * 9000,
        "你好，世界。" * 3000,
        "ships and harbours " * 900,
        "ship\u00a05 " * 900,
    ):
        kept = p(f"See {text}, please.")
        assert with_broken_words(kept) is kept


def test_breaks_in_words_do_not_separate_marks() -> None:
    for letter in ("e\u0301", "e" + "\u0301" * 8, "\U0001f468\u200d\U0001f469"):
        broken = with_broken_words(p(letter * 2000)).content[0]
        assert isinstance(broken, m.Text) and not {each[0] for each in broken.value.split("\u200b")} & {
            "\u0301",
            "\u200d",
        }


def test_a_letter_of_a_pdf_has_eight_marks_at_most() -> None:
    for marks in ("\u0301" * 50_000, "\u0301\u200d" * 25_000, "\u0489\u0e31" * 25_000):
        env = feed2doc.Env()
        (few,) = with_few_marks(p(f"An a{marks} and e\u0301."), env).content
        assert few == m.Text(f"An a{marks[:8]} and e\u0301.")
        (loss,) = env.diagnostics
        assert loss.kind == "loss" and "49,992 marks are cut off" in loss.message
    for ignored in "\u00ad\u034f\u115f\u200b\u2060\ufe0f\U000e0020":
        (few,) = with_few_marks(p("a" + f"\u0301\u0302{ignored}" * 40), env).content
        assert isinstance(few, m.Text) and few.value.count("\u0301") == (
            3 if ignored in "\u034f\ufe0f" else 4
        )
    env = feed2doc.Env()
    for kept in (
        "渡轮——————————————————————————————————。",
        "👩\u200d👧" * 40,
        "tie\u0302\u0301ng " * 40,
        "्".join("कषम" * 20),
    ):
        assert with_few_marks(p(kept), env) == p(kept)
    linked = m.Link((m.Text("a"),), "https://harbour.example/" + "\u0301" * 50)
    assert with_few_marks(linked, env) is linked and not env.diagnostics


def test_the_marks_on_a_letter_may_be_in_several_texts() -> None:
    """1,600 abbreviations of eight marks each took Typst 23 seconds."""
    eight, env = "\u0301" * 8, feed2doc.Env()
    abbreviation = m.Abbreviation((m.Text(f"\u200b{eight}"),), "x")
    more: m.Inlines = (abbreviation, m.Text(eight))
    pile = m.Paragraph((m.Text("a\u0301"), m.Text(""), *more * 800))
    document = m.Document(id="1", headline="H", sections=(m.Section(blocks=(pile, p(f"{eight}b"))),))
    few = with_few_marks(document, env)
    shown = [
        m.plain_text(block.content) for block in few.sections[0].blocks if isinstance(block, m.Paragraph)
    ]
    assert [text.count("\u0301") for text in shown] == [8, 8]
    assert "12,793 marks are cut off" in env.diagnostics[0].message
    kept = m.Paragraph((m.Text(f"a{eight}"), m.Strong((m.Text("b"), m.Text(eight))), m.Text(f"字{eight}")))
    assert with_few_marks(kept, env) is kept
    start = time.process_time()
    feed2doc.write(document, feed2doc.Pdf(engine="typst"))
    assert time.process_time() - start < 2


@pytest.mark.parametrize("engine", ["weasyprint", "typst"])
@pytest.mark.parametrize(
    "words",
    ["An a" + "\u0301" * 50_000 + " and e.", "".join("a" + chr(0x300 + n % 40) * 30 for n in range(600))],
)
def test_letters_with_many_marks_take_no_more_time_than_others(engine: PdfEngine, words: str) -> None:
    document = feed2doc.model.Document(id="a", headline="Ebb", sections=(m.Section(blocks=(p(words),)),))
    env, start = feed2doc.Env(), time.process_time()
    assert len(feed2doc.write(document, Pdf(engine=engine), env=env)) < 200_000
    assert [each.rule for each in env.diagnostics if each.kind == "loss"] == ["marks"]
    assert time.process_time() - start < 4


@pytest.mark.parametrize(
    ("data", "seconds"),
    [
        pytest.param(b"<!---->" * 30 + b"<!--", 1, id="comments"),  # exponential
        pytest.param(b"---\na: b\n---\n" + b"``a`" * 30_000, 2, id="ticks"),
        pytest.param(b"---\na: b\n---\n" + b"<!--" * 50_000, 2, id="open comments"),
        pytest.param(b"---\na: b\n---\n" + b"[](" * 20_000, 3, id="open links"),
    ],
)
def test_any_output_is_checked_in_time(data: bytes, seconds: float) -> None:
    start = time.process_time()
    assert feed2doc.check(data, article(p("Ships."))).findings
    assert time.process_time() - start < seconds


MANY = f"<p {' '.join(f'a{n}' for n in range(80_000))}>Ships.</p>"


@pytest.mark.parametrize(
    "data",
    [
        HEAD + MANY,
        HEAD + re.sub(r"(a\d+)", r"\1='>'", MANY),
        f"<article><p>a</p><script type='math/mml'><math>{MANY}</math></script></article>",
    ],
)
def test_elements_with_very_many_attributes_are_refused(data: str) -> None:
    start = time.process_time()
    with pytest.raises(feed2doc.LimitError, match="more than 1,000 attributes"):
        feed2doc.read(data.encode())
    with pytest.raises(feed2doc.LimitError, match="more than 1,000 attributes"):
        text_of_html(MANY.encode(), "page.html")
    assert _linked_feeds(MANY.encode(), "https://harbour.example/") == ()
    assert time.process_time() - start < 3


def test_any_number_of_children_is_read_in_time() -> None:
    """A tuple that grows with each of them would take minutes."""
    table, items = OpenBlock("table"), OpenBlock("ul")
    start = time.process_time()
    for _ in range(100_000):
        table.set_caption((m.Text("Ships."),), ())
        items.add(m.BulletList(((p("Ships."),),)))
    assert len(table.caption) == 199_999 and len(items.all_items()[0]) == 100_000
    document, _ = read(f"<p>Ships.</p><dl><dt>Words</dt>{'<dd>Sea.</dd>' * 70_000}</dl>")
    assert time.process_time() - start < 9
    (_, found) = document.sections[0].blocks
    assert isinstance(found, m.DefinitionList) and len(found.items[0].meanings) == 70_000


def test_any_number_of_texts_between_pictures_is_joined_in_time() -> None:
    """Text that grows with each piece would be copied each time, which took a minute."""
    start = time.process_time()
    document, _ = read(f"<p>Ships.</p><pre>{'<img src=/a.png> below' * 60_000}</pre>")
    assert time.process_time() - start < 9
    assert m.plain_article(document).count("below") == 60_000


@pytest.mark.parametrize("there", [4000, 2000])
def test_equal_paragraphs_are_checked_in_time(there: int) -> None:
    line = "the same words here again and again"
    start = time.process_time()
    found = feed2doc.check("\n".join(["Harbour", *[line] * there]).encode(), article(*[p(line)] * 4000))
    assert time.process_time() - start < 4
    assert found.missing_words == 7 * (4000 - there)


ZEROS = """
import sys
from resource import RLIMIT_AS, setrlimit
import feed2doc
setrlimit(RLIMIT_AS, (600 << 20, 600 << 20))
try:
    feed2doc.read(sys.argv[1])
except feed2doc.LimitError as error:
    print(error)
"""


def zeros_in_zstandard(file: Path) -> None:
    packer = zstandard.ZstdCompressor(level=1).compressobj()
    file.write_bytes(b"".join(packer.compress(bytes(1 << 24)) for _ in range(64)) + packer.flush())


def zeros_in_gzip(file: Path) -> None:
    member = gzip.compress(bytes(1 << 24), 9)
    file.write_bytes(member * 64)


def test_decompression_stops_at_the_limit(tmp_path: Path) -> None:
    """A gigabyte of zeros, with less memory than that."""
    for write in (zeros_in_zstandard, zeros_in_gzip):
        file = tmp_path / write.__name__
        write(file)
        said = subprocess.run([sys.executable, "-c", ZEROS, file], capture_output=True, text=True, check=True)
        assert re.search(r"zeros_in_\w+: is larger than \d+ MiB when decompressed", said.stdout)


def epub(pages: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED, times: int = 1) -> bytes:
    out = io.BytesIO()
    items = "".join(f'<item id="{name}" href="{name}"/>' for name in pages)
    spine = "".join(f'<itemref idref="{name}"/>' for name in pages) * times
    with zipfile.ZipFile(out, "w", compression) as archive:
        archive.writestr("META-INF/container.xml", '<a><rootfile full-path="a.opf"/></a>')
        archive.writestr("a.opf", f"<a>{items}{spine}</a>")
        for name, page in pages.items():
            archive.writestr(name, page)
    return out.getvalue()


@pytest.mark.parametrize(
    ("book", "message"),
    [
        (lambda: epub({"a": b"<p>" + b"<i/>" * 5_000_001 + b"</p>"}), "a: more than 5,000,000 elements"),
        (lambda: epub({"a": b"<p>x</p>"}, zipfile.ZIP_BZIP2), "has a compression that such files do not use"),
    ],
)
def test_archives_to_check_have_limits(book: Callable[[], bytes], message: str) -> None:
    with pytest.raises(feed2doc.ReadError, match=message):
        feed2doc.check(book(), article(p("Ships.")))


def test_the_text_of_an_archive_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feed2doc.checking._archives.MAX_BYTES", 1 << 20)
    book = epub(dict.fromkeys("abcd", b"<p>" + b" " * (1 << 18) + b"</p>"))
    with pytest.raises(feed2doc.LimitError, match="contains more than 1 MiB of text"):
        feed2doc.check(book, article(p("Ships.")))


def test_a_page_that_a_book_names_many_times_is_read_once() -> None:
    assert text_of_archive(epub({"a": b"<p>Ships</p>"}, times=5000), "a.epub") == "Ships"


PEAK = """
import io, re, sys
import feed2doc
from feed2doc import Jsonl
from feed2doc import model as m
from PIL import Image
data = sys.stdin.buffer.read()
urls = [f"https://harbour.example/{n}.png" for n in range(4)]
env = feed2doc.Env()
for url in urls:
    env.assets.add(url, data)
blocks = tuple(m.Figure(m.Image(url)) for url in urls)
feed2doc.gather(m.Document(id="a", sections=(m.Section(blocks=blocks),)), env)
assert not env.diagnostics, env.diagnostics
print(int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured in /proc")
def test_large_pictures_are_decoded_one_at_a_time() -> None:
    out = io.BytesIO()
    Image.new("RGB", (5000, 5000)).save(out, "PNG")
    done = subprocess.run([sys.executable, "-c", PEAK], input=out.getvalue(), capture_output=True, check=True)
    assert int(done.stdout) < 300  # MiB


def test_a_picture_of_too_many_pixels_is_reported_with_the_limit() -> None:
    env = feed2doc.Env()
    env.assets.add("https://harbour.example/a.png", huge_png())
    feed2doc.gather(article(m.Figure(m.Image("https://harbour.example/a.png"))), env)
    assert [each.message for each in env.diagnostics] == [
        "picture https://harbour.example/a.png: more than 64,000,000 pixels"
    ]


FEW_FILES = """
import resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))
from feed2doc.__main__ import main
sys.exit(main())
"""


def test_items_with_pictures_leave_no_files_open(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for n in range(60):
        Image.new("RGB", (9, 9), (n, 9, 9)).save(tmp_path / f"in/{n}.jpg")
        item = HEAD.replace("/a)", f"/{n})") + f'<p>Pier {n}</p><img src="https://harbour.example/{n}.jpg">'
        (tmp_path / f"in/{n}.txt").write_text(item)
    arguments = [
        "in",
        "--to",
        "epub",
        "--image-dir",
        "in",
        "--offline",
        "--strict",
        "-j",
        "1",
        "--output-dir",
        "out",
    ]
    done = subprocess.run(
        [sys.executable, "-c", FEW_FILES, *arguments], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.count(b"\n") == 60


def nested(levels: int) -> m.Document:
    block: m.Block = p("deep")
    for n in range(levels):
        block = m.Quote((block,)) if n % 2 else m.BulletList(((block,),))
    return article(block)


def test_the_json_of_deeply_nested_documents_is_refused_with_the_limit() -> None:
    before, after = '{"type": "Quote", "blocks": [', "]}"
    whole = feed2doc.write(article(m.Quote((p("deep"),))), Jsonl())
    assert isinstance(whole, str)
    for levels in (200, 5000):
        inner = f"{before * levels}{after * levels}"
        data = whole.replace('{"type":"Quote","blocks":[', f'{{"type":"Quote","blocks":[{inner},')
        assert data != whole
        for text in (data, whole + data):
            with pytest.raises(feed2doc.LimitError, match="nested deeper than 128 levels"):
                list(feed2doc.read_all(text.encode()))


@pytest.mark.parametrize("to", [*FORMATS, "kepub", "json"])
def test_every_format_takes_what_json_may_nest(to: str) -> None:
    document = nested(120)
    assert feed2doc.read(str(feed2doc.write(document, "json")).encode()) == document
    assert feed2doc.write(document, to)


def test_a_document_that_is_nested_too_deeply_to_be_written_is_an_error() -> None:
    with pytest.raises(feed2doc.LimitError, match="html: the document is nested deeper than 64 levels"):
        feed2doc.write(nested(900), "html")


@pytest.mark.parametrize(
    "start", ['{"version": "https://jsonfeed.org/version/1.1", "items": [', "<rss><channel>"]
)
def test_feeds_have_a_limit_of_size(start: str) -> None:
    with pytest.raises(feed2doc.LimitError, match="the feed is larger than 64 MiB"):
        list(feed2doc.read_all(start.encode() + b" " * (65 << 20)))


def test_a_feed_of_nothing_but_brackets_is_refused() -> None:
    head = b'{"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": ['
    with pytest.raises(feed2doc.LimitError, match="more than 1,000,000 lists and objects"):
        feed2doc.read(head + b"[]," * 1_000_001 + b"{}]}", format="feed")


def test_a_feed_may_have_a_million_brackets_in_its_texts() -> None:
    text = r"[1] {2} \\ \"[3]" * 90
    items = ",".join(f'{{"id": "{n}", "content_text": "{text}"}}' for n in range(4000))
    feed = f'{{"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [{items}]}}'
    assert next(iter(feed2doc.read_all(feed.encode(), format="feed"))).id == "0"


def test_formulas_have_a_limit_of_size() -> None:
    document, _ = read("<p>a <math><mrow>" + "<mi>x</mi><mo>+</mo>" * 6000 + "</mrow></math> b</p>")
    assert not [node for node in m.walk(document) if isinstance(node, m.Math)]
    assert m.plain_article(document).count("x") == 6000


def test_caches_of_formulas_keep_short_ones_only() -> None:
    from feed2doc.formulas import drawing, tex

    tex.mathml_of_tex("x" + "+x" * 50)
    before = tex._kept.cache_info().currsize, drawing._kept.cache_info().currsize
    long = m.Math(tex="y" + "+y" * 400)
    assert feed2doc.write(article(long), "epub")
    assert (tex._kept.cache_info().currsize, drawing._kept.cache_info().currsize) == before


def test_blocks_that_begin_with_a_formula_are_written_to_pdf() -> None:
    blocks = (m.Math("x", "", "x", True), m.Rule(), p("ship"))
    note = m.Paragraph((m.Text("See"), m.Note(blocks)))
    assert with_broken_words(note) is note
