"""What stays together on a page of a PDF, and where the lines of headings and first pages end."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feed2doc
import pytest
from feed2doc import Pdf
from feed2doc import model as m
from msgspec.structs import replace

from tests.pdf_pictures import first_picture, last_ink, red_png, rendered
from tests.pdf_text import ENGINES, KOBO, article, text_of

SENTENCE = "The ferry to the north island runs again after three years. "
PICTURE = "https://example.com/1.png"


def paragraph(words: str) -> m.Paragraph:
    return m.Paragraph((m.Text(words),))


def bold(words: str) -> m.Paragraph:
    return m.Paragraph((m.Strong((m.Text(words),)),))


def pages_of(
    documents: list[m.Document], tmp_path: Path, look: str = "classic", engine: Any = "typst"
) -> list[str]:
    env = feed2doc.Env()
    env.assets.add(PICTURE, red_png((600, 400)))
    numbered = tuple(replace(each, id=str(n)) for n, each in enumerate(documents))
    book = feed2doc.Book(title="Book", language="en", parts=(feed2doc.Part(documents=numbered),))
    data = feed2doc.write(book, Pdf(engine=engine, page=KOBO, look=look), env=env)
    pages = text_of(data, tmp_path, "-layout").split("\f")[:-1]
    return [
        page for page in pages if "1 min" not in page
    ]  # those of the contents have the first words of articles


CARD = m.Aside((paragraph("BELOW"), m.Figure(m.Image(PICTURE), (m.Text("CAPTION"),))), (m.Text("ABOVE"),))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "above, below",
    [
        (bold("ABOVE at dusk"), paragraph("BELOW " + SENTENCE * 3)),
        (paragraph("Three, ABOVE:"), m.BulletList(((paragraph("BELOW"),), (paragraph("b"),)))),
        (paragraph("It prints ABOVE:"), m.CodeBlock("BELOW\nb\nc\nd")),
        (paragraph("She says ABOVE："), m.Quote((paragraph("BELOW " + SENTENCE * 3),))),
        (CARD, paragraph("End.")),
    ],
)
def test_no_page_ends_with_a_line_that_leads_to_the_next(
    above: m.Block, below: m.Block, engine: Any, tmp_path: Path
) -> None:
    documents = [
        article(*[paragraph("Text.")] * before, above, below, paragraph("End.")) for before in range(12)
    ]
    pages = pages_of(documents, tmp_path, engine=engine)
    assert sum("ABOVE" in page for page in pages) == 12
    assert all(("ABOVE" in page) == ("BELOW" in page) for page in pages)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_title_and_the_date_of_a_card_are_on_the_page_of_its_picture(engine: Any, tmp_path: Path) -> None:
    documents = [article(*[paragraph("Text.")] * before, CARD, paragraph("End.")) for before in range(12)]
    pages = pages_of(documents, tmp_path, engine=engine)
    assert all(("ABOVE" in page) == ("CAPTION" in page) for page in pages)


def test_a_page_ends_after_a_list_of_one_item_below_a_heading(tmp_path: Path) -> None:
    """By WeasyPrint. The line below the list is on the next page with the credits."""
    credits = tuple(m.Credit("note", (m.Text(f"CREDIT {n}"),)) for n in range(3))
    start = m.Section(blocks=(paragraph("Text."),) * 2)
    one = m.Section((m.Text("ABOVE"),), 1, (m.BulletList(((paragraph("ITEM"),),)), paragraph(SENTENCE * 4)))
    pages = []
    for more in range(4, 9):
        filled = replace(start, blocks=start.blocks * more)
        document = replace(article(), sections=(filled, one), credits=credits)
        pages += pages_of([document, article()], tmp_path, engine="weasyprint")
    assert sum("ITEM" in page and SENTENCE.strip() not in page for page in pages)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("rows", [4, 12, 31])
def test_no_page_has_only_the_first_or_the_last_row_of_a_table(
    engine: Any, rows: int, tmp_path: Path
) -> None:
    cells = [
        tuple(m.Cell((paragraph(word),), header=n == 0) for word in (f"{'ROW' if n else 'HEAD'}", "b"))
        for n in range(rows + 1)
    ]
    for caption in ((), (m.Text("Departures"),)):
        table = m.Table(tuple(cells), caption)
        documents = [
            article(*[paragraph("Text.")] * before, table, paragraph("End.")) for before in range(13)
        ]
        pages = [page.count("ROW") for page in pages_of(documents, tmp_path, engine=engine)]
        assert sum(pages) == 13 * rows and 1 not in pages


@pytest.mark.parametrize("words", ["Back.", "渡轮在停航三年之后又重新靠岸了。", SENTENCE])
def test_a_page_may_end_between_two_items_of_several_lines(words: str, tmp_path: Path) -> None:
    """By WeasyPrint. A short last item is on the page of the one before it."""
    items = m.BulletList(((paragraph("ABOVE " + words),), (paragraph("BELOW " + words),)))
    end = paragraph(SENTENCE * 9)
    documents = [article(*[paragraph("Text.")] * before, items, end) for before in range(12)]
    pages = pages_of(documents, tmp_path, engine="weasyprint")
    assert any(("ABOVE" in page) != ("BELOW" in page) for page in pages) == (words != "Back.")


@pytest.mark.parametrize("look", ["classic", "newspaper", "modern"])
def test_no_page_ends_with_a_heading(look: str, tmp_path: Path) -> None:
    documents = [
        replace(
            article(*[paragraph("Text.")] * before),
            sections=(
                m.Section(blocks=(paragraph("Text."),) * before),
                m.Section((m.Text("ABOVE"),), 1, (paragraph("BELOW " + SENTENCE * 2),)),
            ),
        )
        for before in range(12)
    ]
    pages = pages_of(documents, tmp_path, look)
    assert all(("ABOVE" in page) == ("BELOW" in page) for page in pages)


def test_the_line_above_the_credits_is_on_their_page(tmp_path: Path) -> None:
    credits = tuple(m.Credit("note", (m.Text(f"CREDIT {n} {SENTENCE * 2}"),)) for n in range(6))
    for before in range(4, 12):
        document = article(*[paragraph("Text.")] * before, credits=credits)
        data = feed2doc.write(document, Pdf(engine="typst", page=KOBO))
        assert isinstance(data, bytes)
        words = [
            [float(at) for at in re.findall(r'yMax="([\d.]+)">[^<]*[A-Za-z]', page)]
            for page in text_of(data, tmp_path, "-bbox").split("<page ")[1:]
        ]
        height = 122 * 72 / 25.4
        for lines, page in zip(words, rendered(data, tmp_path, dpi=72), strict=True):
            assert last_ink(page) <= max(lines) / height + 0.02


@pytest.mark.parametrize(
    "headline", ["为什么会有人花这么多钱去买一根很小的香蕉？", "The devilish details in the big story"]
)
def test_the_lines_of_a_heading_have_about_the_same_length(headline: str, tmp_path: Path) -> None:
    language = "zh-CN" if headline[0] == "为" else "en"
    document = replace(
        article(language=language), sections=(m.Section((m.Text(headline),), 1, (paragraph("Text."),)),)
    )
    data = feed2doc.write(document, Pdf(engine="typst", page=KOBO))
    lines = [line.strip() for line in text_of(data, tmp_path, "-layout").splitlines()]
    found = [line for line in lines if len(line) > 3 and line in headline]
    assert len(found) == 2 and min(map(len, found)) > 0.6 * max(map(len, found)), lines


def test_the_lines_of_a_headline_as_wide_as_the_page_have_about_the_same_length(tmp_path: Path) -> None:
    headline = "港口的渡轮回到了灯塔之岸，作者·卡泰兰的长篇报道"
    document = replace(article(paragraph("Text."), language="zh-CN"), headline=headline)
    data = feed2doc.write(document, Pdf(engine="weasyprint", page="letter"))
    text = text_of(data, tmp_path, "-raw").replace("\u2060", "").replace("\u200b", "")
    assert text.splitlines()[:2] == [headline[:13], headline[13:]]


def test_a_date_and_a_source_that_do_not_fit_on_a_line_are_two(tmp_path: Path) -> None:
    for host in ("a.example", "a-very-long-name-of-a-host.example"):
        document = article(
            paragraph("Text."),
            url=f"https://{host}/1",
            language="zh-CN",
            published=datetime(2026, 11, 29, 9, 30, tzinfo=UTC),
            published_has_time=True,
        )
        text = text_of(feed2doc.write(document, Pdf(engine="typst", page=KOBO)), tmp_path, "-layout")
        lines = [line.strip() for line in text.splitlines()]
        assert not any(line.endswith("·") for line in lines) and any(line.endswith(host) for line in lines)


def test_the_last_word_of_a_paragraph_is_not_hyphenated(tmp_path: Path) -> None:
    words = "It is the same with all that was said about her in those days of "
    blocks = [paragraph(words[n:] + "motherhood.") for n in range(40)]
    text = text_of(feed2doc.write(article(*blocks), Pdf(engine="typst", page=KOBO)), tmp_path, "-layout")
    assert text.count("motherhood.") == 40


def test_an_apostrophe_in_a_latin_word_among_han_is_narrow(tmp_path: Path) -> None:
    blocks = [paragraph(f"渡轮 {word} 靠岸。") for word in ("Harbour’s", "Harbour's", "港口’的")]
    data = feed2doc.write(article(*blocks, language="zh-CN"), Pdf(engine="typst", page=KOBO))
    words = re.findall(
        r'xMin="([\d.]+)".*xMax="([\d.]+)".*>(\S*Harbour\S*)<', text_of(data, tmp_path, "-bbox")
    )
    (narrow, straight) = (float(right) - float(left) for left, right, _ in words)
    assert narrow < straight + 2


@pytest.mark.parametrize("engine", ENGINES)
def test_quotation_marks_of_a_latin_sentence_among_han_are_narrow(engine: Any, tmp_path: Path) -> None:
    """Those of a Latin word in a Chinese sentence are Chinese."""
    quoted = [paragraph(words) for words in ("Meet at the “Quay”", "船在 “Quay”")]
    data = feed2doc.write(article(*quoted, language="zh-CN"), Pdf(engine=engine, page="a4"))
    boxes = re.findall(r'xMin="([\d.]+)".*xMax="([\d.]+)".*>(\S*Quay\S*)<', text_of(data, tmp_path, "-bbox"))
    narrow, wide = (float(right) - float(left) for left, right, _ in boxes)
    assert narrow < wide - 11


def test_no_quotation_begins_before_the_ellipsis_of_a_running_head(tmp_path: Path) -> None:
    for before in range(18, 24):
        headline = "“" + "渡" * before + "‘新年’，" + "轮" * 20 + "”"
        document = replace(article(*[paragraph(SENTENCE * 9)] * 3, language="zh-CN"), headline=headline)
        data = feed2doc.write(document, Pdf(engine="typst", page=KOBO))
        second = text_of(data, tmp_path, "-layout").split("\f")[1]
        assert "…" in second.splitlines()[0] and not re.search("[“‘，]…", second)


@pytest.mark.parametrize("count", [2, 5])
def test_no_note_begins_on_the_page_before_its_mark(count: int, tmp_path: Path) -> None:
    words = "渡轮在停航三年之后重新靠岸，码头上站满了人。"
    note = m.Note((paragraph("NOTE"), paragraph("注释的内容。" * 12)))
    documents = [
        article(
            paragraph(words * before),
            m.Paragraph((m.Text(words * (count - 1) + "MARK"), note, m.Text(words))),
            paragraph(words * 5),
            language="zh-CN",
        )
        for before in range(10, 24)
    ]
    pages = [page for page in pages_of(documents, tmp_path) if "MARK" in page or "NOTE" in page]
    assert len(pages) == 14 and all("MARK" in page and "NOTE" in page for page in pages)


def test_a_picture_shrinks_below_the_title_and_the_date_of_its_card(tmp_path: Path) -> None:
    env = feed2doc.Env()
    env.assets.add(PICTURE, red_png((600, 400)))
    pages = []
    for before in range(4, 9):
        document = article(*[paragraph("Text.")] * before, CARD, paragraph("End."))
        data = feed2doc.write(document, Pdf(engine="typst", page="a6"), env=env)
        assert isinstance(data, bytes)
        pages.append([height for _, height in map(first_picture, rendered(data, tmp_path)) if height])
    natural = max(height for (height,) in pages)
    assert any(0.59 * natural < height < 0.95 * natural for (height,) in pages), pages


def test_no_line_ends_within_a_short_credit(tmp_path: Path) -> None:
    env = feed2doc.Env()
    env.assets.add(PICTURE, red_png((600, 100)))
    figures = [
        m.Figure(
            m.Image(PICTURE),
            (m.Text("渡轮在停航三年之后重新靠岸，码头上站满了人啊"[:n] + "。"),),
            (m.Text("海灯摄影社"),),
        )
        for n in range(12, 23)
    ]
    data = feed2doc.write(article(*figures, language="zh-CN"), Pdf(engine="typst", page=KOBO), env=env)
    assert text_of(data, tmp_path, "-layout").count("海灯摄影社") == 11


def test_no_line_of_the_contents_has_one_han_character(tmp_path: Path) -> None:
    words = "港口渡轮停航三年之后今天早上重新靠岸码头上站满了人灯塔也亮了"
    documents = [
        replace(article(paragraph("Text."), language="zh-CN"), id=str(n), headline=words[:n] + "？")
        for n in range(14, 31)
    ]
    data = feed2doc.write(feed2doc.bundle(documents, title="Book"), Pdf(engine="typst", page=KOBO))
    pages = text_of(data, tmp_path, "-layout").split("\f")
    lines = [line.strip() for page in pages for line in page.splitlines() if re.search(r"\.\s?\d+$", line)]
    assert len(lines) >= 14 and not any(re.match(r"\S{0,2}[ .]", line) for line in lines), lines


def test_no_line_in_latin_letters_begins_with_the_quotation_mark_before_a_dash(tmp_path: Path) -> None:
    blocks = [paragraph("a" * n + " she called it “warfare”—Biden begins with it") for n in range(1, 24)]
    text = text_of(feed2doc.write(article(*blocks), Pdf(engine="typst", page=KOBO)), tmp_path, "-layout")
    assert text.count("”—") == 23 and not re.search("^ *”", text, re.M)
