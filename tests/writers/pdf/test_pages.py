"""Pages of PDFs by both engines, as readers see them: running heads, lines, tables, quotations and contents."""

import re
from collections.abc import Iterable
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Literal

import feed2doc
import pytest
from feed2doc import model as m
from feed2doc._text.phrases import Piece, phrases_of
from feed2doc._text.wrap import DOTS_AND_DASHES
from feed2doc.writers._shared.line_breaks import broken_at_quotations, joined, kept
from feed2doc.writers._shared.running_heads import running_head
from feed2doc.writers.pdf._weasyprint import _page
from feed2doc.writers.pdf.options import Pdf
from msgspec.structs import replace
from PIL import ImageStat

from tests.pdf_pictures import first_picture, has_running_head, last_ink, red_png, rendered
from tests.pdf_text import ENGINES, KOBO, article, text_of
from tests.raised_signs import raised_pages

SENTENCE = "渡轮在停航三年之后重新靠岸，码头上站满了人。"


def paragraph(words: str) -> m.Paragraph:
    return m.Paragraph((m.Text(words),))


def pages_of(book: m.Document | feed2doc.Book, engine: Any, tmp_path: Path, page: str = KOBO) -> list[str]:
    data = feed2doc.write(book, Pdf(engine=engine, page=page))
    assert isinstance(data, bytes)
    return text_of(data, tmp_path, "-layout").replace("\u2060", "").split("\f")[:-1]


def one_book(documents: Iterable[m.Document]) -> feed2doc.Book:
    """Return the articles as one book, which takes half as long as a PDF of each and has the same pages of them."""
    numbered = tuple(replace(each, id=str(n)) for n, each in enumerate(documents))
    return feed2doc.Book(
        title="Book", language=numbered[0].language, parts=(feed2doc.Part(documents=numbered),)
    )


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("headline", "shown"),
    [
        ("港口的渡轮", "海港日报 · 港口的渡轮"),
        ("港口的渡轮在停航三年之后，今天又回到了灯塔之岸", "港口的渡轮在停航三年之后，今天又回到了灯塔之岸"),
        ("港口的渡轮回到了灯塔之岸，船长说大家在码头等了很久很久", "港口的渡轮回到了灯塔之岸"),
        (
            "The long way round North Point and the lighthouse, then back",
            "The long way round North Point and the lighthouse",
        ),
        ("渡" * 90, "渡" * 24),
    ],
)
def test_a_running_head_is_one_line_and_ends_after_a_phrase(
    engine: Any, headline: str, shown: str, tmp_path: Path
) -> None:
    blocks = [paragraph(SENTENCE * 6)] * 6
    document = article(*blocks, language="zh-CN")
    document = m.Document(
        id="1", headline=headline, publication="海港日报", language="zh-CN", sections=document.sections
    )
    for page in pages_of(document, engine, tmp_path)[1:]:
        first, second, *_ = [line.strip() for line in page.splitlines() if line.strip()]
        assert first == shown
        assert "渡轮在停航" in second or "码头上" in second or "重新靠岸" in second or "站满" in second


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("publication", ["חדשות הנמל", "Harbour News"])
def test_a_running_head_from_right_to_left_fills_its_line(
    engine: Any, publication: str, tmp_path: Path
) -> None:
    document = article(*[paragraph("המעבורת חזרה לנמל. " * 20)] * 4, language="he")
    document = replace(document, headline="המעבורת חזרה לנמל אחר", publication=publication)
    data = feed2doc.write(document, Pdf(engine=engine, page=KOBO))
    _, page, *_ = rendered(data, tmp_path, dpi=72)
    words = text_of(data, tmp_path, "-f", "2", "-l", "2", "-bbox")
    places = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)"[^>]*>([^<]*)<', words)
    highest = min(float(top) for _, top, *_ in places)
    starts = [float(start) for start, top, *_ in places if float(top) < highest + 5]
    head = page.convert("L").point([255] * 200 + [0] * 56).crop((0, 0, page.width, int(highest + 9)))
    left, _, right, _ = head.getbbox() or (0, 0, 0, 0)
    # No word is cut.
    assert right > page.width * 0.9 and len(starts) == 7 and abs(min(starts) - left) < 3
    if publication.isascii():
        assert max(float(end) for *_, end, word in places if word == "News") > page.width * 0.6


@pytest.mark.parametrize("phrase", ["灯塔与渡轮，", "lamp and ferry, "])
def test_a_running_head_is_found_without_measuring_all_of_a_long_headline(phrase: str) -> None:
    short, long = (running_head("Quay", phrase * count, 30) for count in (40, 20_000))
    assert short == long and 10 < len(long) < 80


def test_only_beginnings_and_turns_of_a_headline_that_may_fit_on_lines_are_measured_by_typst() -> None:
    headline = "灯塔与渡轮，" * 20_000
    document = m.Document(id="1", headline=headline, language="zh-CN")
    source = str(feed2doc.write(document, "typst"))
    assert re.findall(r"beginnings: \((.*?)\)", source)[0].count("], ") < 30
    assert len(source) < 20 * len(headline)  # it is not written again for each of its turns


def test_the_running_head_by_weasyprint_is_one_text() -> None:
    """Of several, the one at the end of the line would be cut, and its ellipsis by the edge of the page."""
    headline = "港口的渡轮回到了灯塔之岸" * 5
    document = m.Document(id="1", headline=headline, publication="海港日报", language="zh-CN")
    page = _page(feed2doc.bundle([document]), Pdf(page=KOBO), feed2doc.Env())
    assert re.findall(r'<div class="running">(.*?)</div>', page) == [
        "港口的渡轮回到了灯塔之岸港口的渡轮回到了灯塔之岸"
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_the_page_that_an_article_opens_has_no_running_head(engine: Any, tmp_path: Path) -> None:
    names = ("渡轮", "灯塔", "码头")
    articles = [
        m.Document(
            id=name,
            headline=name,
            publication="海港日报",
            language="zh-CN",
            sections=(m.Section(blocks=(paragraph(f"{sign}海。" * 150),)),),
        )
        for name, sign in zip(names, "天地人", strict=True)
    ]
    pages = pages_of(feed2doc.bundle(articles), engine, tmp_path)
    for name in names:
        opening, *others = [page for page in pages[2:] if name in page]  # after the contents
        assert f"· {name}" not in opening and others
        assert all(page.lstrip().startswith(f"海港日报 · {name}") for page in others)


@pytest.mark.parametrize("engine", ENGINES)
def test_no_line_begins_with_a_raised_number(engine: Any, tmp_path: Path) -> None:
    number, url = (m.Text("7"),), "https://a.example/"
    for raised in (m.Sup(number), m.Link((m.Sup(number),), url), m.Sup((m.Link(number, url),))):
        blocks = [
            m.Paragraph((m.Text("港口渡轮船长" * 3 + "海" * n), raised, m.Text("。" + "岸" * 30)))
            for n in range(22)
        ]
        for page in pages_of(article(*blocks, language="zh-CN"), engine, tmp_path):
            lines = (line.strip() for line in page.splitlines())
            # A number that is raised may be shown above its line, which begins with the full stop if the number did.
            assert not [line for line in lines if line[:1] in {"7", "。"} and line != "7"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("paragraphs", [2, 9])
def test_a_last_picture_leaves_room_for_the_credits(engine: Any, paragraphs: int, tmp_path: Path) -> None:
    env = feed2doc.Env()
    env.assets.add("https://a.example/1.png", red_png((900, 600)))
    blocks = [*[paragraph(SENTENCE)] * paragraphs, m.Figure(m.Image("https://a.example/1.png", "渡轮"))]
    credits = (m.Credit("note", (m.Text("CREDIT"),)),)
    data = feed2doc.write(
        article(*blocks, language="zh-CN", credits=credits), Pdf(engine=engine, page=KOBO), env=env
    )
    _, height = first_picture(rendered(data, tmp_path)[-1])
    assert 0.17 < height < 0.36 and "CREDIT" in text_of(data, tmp_path).split("\f")[-2]


def test_what_keeps_raised_signs_at_their_words_is_not_in_the_text() -> None:
    """A test in Chromium (`make soak`) proves that it keeps them there."""
    for _, page in raised_pages():
        assert 'sup::before { content: "\\2060"; }' in page and "\u2060" not in page


def test_a_last_picture_on_a_page_of_its_own_leaves_room_for_the_credits(tmp_path: Path) -> None:
    """By Typst; with some of these captions the picture is a little too high for it, but not for the caption."""
    env = feed2doc.Env()
    env.assets.add("https://a.example/1.png", red_png((900, 600)))
    credits = tuple(m.Credit("note", (m.Text(f"CREDIT {n}"),)) for n in range(3))
    for sentences in range(2, 12):
        caption = (m.Text(SENTENCE * sentences),)
        pictures = [m.Figure(m.Image("https://a.example/1.png"), caption) for _ in range(3)]
        data = feed2doc.write(
            article(*pictures, language="zh-CN", credits=credits), Pdf(engine="typst", page=KOBO), env=env
        )
        last = text_of(data, tmp_path, "-raw").split("\f")[-2]
        assert "CREDIT 0" in last and last.count("。") >= sentences


def test_credits_are_below_a_last_picture_that_is_above_too() -> None:
    env = feed2doc.Env()
    env.assets.add("https://a.example/1.png", red_png((900, 600)))
    figure = m.Figure(m.Image("https://a.example/1.png"))
    credits = (m.Credit("note", (m.Text("CREDIT"),)),)
    source = str(
        feed2doc.write(article(figure, paragraph("Text."), figure, credits=credits), "typst", env=env)
    )
    _, _, below = source.rpartition("#pic(")
    assert "CREDIT" in below and source.count("CREDIT") == 1


@pytest.mark.parametrize("engine", ENGINES)
def test_no_page_has_one_line_of_the_credits(engine: Any, tmp_path: Path) -> None:
    credits = tuple(m.Credit("note", (m.Text(f"CREDIT {n}"),)) for n in range(5))
    documents = [
        article(*[paragraph(f"Text {n}.") for n in range(count)], credits=credits) for count in range(1, 9)
    ]
    counts = [page.count("CREDIT") for page in pages_of(one_book(documents), engine, tmp_path)]
    assert sum(counts) == 8 * 5 and 1 not in counts


@pytest.mark.parametrize("engine", ENGINES)
def test_no_page_has_only_the_credits(engine: Any, tmp_path: Path) -> None:
    """The last lines of the text go with them, or the last paragraph if it is short."""
    credits = (m.Credit("note", (m.Text("CREDIT"),)),)
    items = m.BulletList(tuple((paragraph(SENTENCE * 2),) for _ in range(3)))
    for first, last in ((1, None), (12, paragraph(SENTENCE * 2)), (12, paragraph(SENTENCE * 6)), (3, items)):
        documents = [
            article(
                paragraph(SENTENCE * count),
                last or paragraph(SENTENCE * count),
                credits=credits,
                language="zh-CN",
            )
            for count in range(first, first + 13)
        ]
        pages = [page for page in pages_of(one_book(documents), engine, tmp_path) if "CREDIT" in page]
        assert len(pages) == 13 and all("人" in page for page in pages)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_page_may_end_within_a_long_credit_or_before_many_notes(engine: Any, tmp_path: Path) -> None:
    long = m.Credit("note", (m.Text(SENTENCE * 5),))
    credits = (long, *[m.Credit("note", (m.Text("CREDIT"),))] * 2)
    notes = [m.Note((paragraph("注释的内容。" * 4),)) for _ in range(8 * (engine == "weasyprint"))]
    for count in range(6, 16):
        text = m.Paragraph((m.Text(SENTENCE * count), *notes, m.Text("。")))
        data = feed2doc.write(article(text, credits=credits, language="zh-CN"), Pdf(engine=engine, page=KOBO))
        assert max(0.9 - last_ink(each) for each in rendered(data, tmp_path)[:-1]) < 0.33


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("lines", [1, 2, 3])
def test_no_page_ends_early_for_credits(engine: Any, lines: int, tmp_path: Path) -> None:
    """Three credits of so many lines are not all on the page of a last paragraph that stays whole."""
    credits = tuple(
        m.Credit("note", (m.Text(SENTENCE * lines if lines > 1 else "CREDIT"),)) for _ in range(3)
    )
    last = paragraph(SENTENCE * 2)
    documents = [
        article(*[paragraph("Text.")] * before, last, credits=credits, language="zh-CN")
        for before in range(10, 24)
    ]
    data = feed2doc.write(one_book(documents), Pdf(engine=engine, page=KOBO))
    pages = rendered(data, tmp_path)
    holes = [0.9 - last_ink(before) for before, after in pairwise(pages) if has_running_head(after)]
    assert len(holes) > 13 and max(holes) < 1 / 3
    if lines == 1:
        assert all("人" in page for page in text_of(data, tmp_path).split("\f") if "CREDIT" in page)


@pytest.mark.parametrize("count", [3, 6])
def test_no_page_by_typst_has_only_the_credits_of_a_text_with_notes(count: int, tmp_path: Path) -> None:
    credits = (m.Credit("note", (m.Text("CREDIT"),)),)
    note = m.Note((paragraph("注释的内容。"),))
    last = m.Paragraph((m.Text("渡轮"), note, m.Text("靠岸。" + SENTENCE * count)))
    documents = [
        article(paragraph(SENTENCE * before), last, credits=credits, language="zh-CN")
        for before in range(8, 21)
    ]
    pages = [page for page in pages_of(one_book(documents), "typst", tmp_path) if "CREDIT" in page]
    assert len(pages) == 13 and all("人" in page for page in pages)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_last_paragraph_is_indented_as_the_others(engine: Any, tmp_path: Path) -> None:
    for last in (1, 12):
        blocks = (
            paragraph("ALPHA runs."),
            paragraph("BETA runs."),
            paragraph("GAMMA" + " runs again after three years." * last),
        )
        document = article(*blocks, credits=(m.Credit("note", (m.Text("CREDIT"),)),))
        data = feed2doc.write(document, Pdf(engine=engine, page=KOBO, paragraphs="indent"))
        places = text_of(data, tmp_path, "-bbox")
        starts = [re.findall(rf'xMin="([\d.]+)".*>{word}<', places) for word in ("ALPHA", "BETA", "GAMMA")]
        assert starts[0] != starts[1] == starts[2]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("sign", ["·卡泰兰", "——包括海", "……一切", "”他说", "》——船长"])
def test_no_line_begins_with_a_sign_that_must_not(engine: Any, sign: str, tmp_path: Path) -> None:
    """The sign is at each place of a line; pages are so wide that a line has 20 characters."""
    blocks = [paragraph("港口渡轮船长" * 3 + "海" * n + sign + "港" * 30) for n in range(8)]
    for page in pages_of(article(*blocks, language="zh-CN"), engine, tmp_path):
        assert not [line for line in page.splitlines() if line.strip()[:1] == sign[0]]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_line_of_chinese_is_filled_up_to_a_quotation(engine: Any, tmp_path: Path) -> None:
    for n in range(8):
        block = paragraph("港口渡轮船长" * 3 + "海" * n + "“" + "港" * 60 + "”" + "岸" * 30)
        (page,) = pages_of(article(block, language="zh-CN"), engine, tmp_path)
        lines = [line.strip() for line in page.splitlines() if set(line) & set("海港岸")]
        assert len({len(line) for line in lines[2:-1]}) <= 2 and min(map(len, lines[1:-1])) >= 19


@pytest.mark.parametrize("engine", ENGINES)
def test_the_header_of_a_table_is_on_each_of_its_pages(engine: Any, tmp_path: Path) -> None:
    head = tuple(m.Cell((paragraph(words),), True) for words in ("Boat", "Leaves"))
    rows = [tuple(m.Cell((paragraph(words),)) for words in (f"Tern {n}", f"{n % 12}:15")) for n in range(40)]
    for before in range(6, 12):  # so that somewhere only the header would fit below the text
        blocks = [*[paragraph("Text.")] * before, m.Table((head, *rows[before + 1 :]))]
        for page in pages_of(article(*blocks), engine, tmp_path):
            assert ("Boat" in page) == ("Tern" in page)
            # Typst has no way to keep two rows together.
            assert engine == "typst" or page.count("Tern") != 1


def in_parts(headlines: list[str], papers: list[str], title: str) -> feed2doc.Book:
    articles = [
        m.Document(
            id=headline,
            headline=headline,
            publication=papers[n % len(papers)],
            url=f"https://example.com/{n}",
            language="zh-CN",
            sections=(m.Section(blocks=(paragraph(SENTENCE),)),),
        )
        for n, headline in enumerate(headlines)
    ]
    return feed2doc.bundle(articles, title=title)


@pytest.mark.parametrize("engine", ENGINES)
def test_forty_articles_have_one_page_of_contents_and_parts_have_none(engine: Any, tmp_path: Path) -> None:
    headlines = [f"港口的渡轮回到了灯塔之岸，第{n}次航行的记录与说明" for n in range(40)]
    book = in_parts(headlines, [f"报纸{n}" for n in range(8)], "晨报")
    pages = ["".join(page.split()) for page in pages_of(book, engine, tmp_path, page="a4")]
    assert len(pages) == 41
    assert all(pages[0].count(f"报纸{n}") == 1 for n in range(8)) and "第39次" in pages[0]
    starts = [page for page in pages[1:] if "5篇" in page]
    assert len(starts) == 8 and all(SENTENCE[:8] in page for page in starts)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("size", ["a5", KOBO])
def test_forty_articles_in_twenty_one_parts_have_one_page_of_contents(
    engine: Any, size: str, tmp_path: Path
) -> None:
    """Parts are named in the line of their first article where headings take too much room."""
    words = (
        "The long way round North Point, told again",
        "港口的渡轮回到灯塔之岸，航行的记录与说明",
        "船长的一天",
    )
    headlines = [f"{words[n % 3]} №{n + 100}" for n in range(40)]
    papers = [f"海港日报{n + 10}" for n in range(21)]
    book = in_parts(headlines, papers, "文章选集 · 2026年1月23日至2026年12月28日")
    pages = ["".join(page.split()) for page in pages_of(book, engine, tmp_path, page=size)]
    contents = "".join(pages[:-40])
    assert len(pages) == 41
    assert all(contents.count(f"№{n + 100}") == 1 for n in range(40))
    assert all(contents.count(paper) == 1 for paper in papers)


@pytest.mark.parametrize("engine", ENGINES)
def test_page_numbers_of_contents_from_right_to_left_are_apart_from_their_dots(
    engine: Any, tmp_path: Path
) -> None:
    articles = [
        replace(article(language="he"), id=name, headline=name) for name in ("הרציף בנמל", "סירת הבוקר")
    ]
    data = feed2doc.write(feed2doc.bundle(articles, title="בוקר"), Pdf(engine=engine, page=KOBO))
    page = text_of(data, tmp_path, "-f", "1", "-l", "1", "-bbox")
    dots = min(float(x) for x in re.findall(r'xMin="([\d.]+)"[^>]*>\.+<', page))
    numbers = sorted(float(x) for x in re.findall(r'xMax="([\d.]+)"[^>]*>[23]<', page))
    assert all(dots - each > 2 for each in numbers[:2])  # the last one is at the foot of the page


@pytest.mark.parametrize("engine", ENGINES)
def test_no_line_of_the_title_of_a_book_ends_in_a_date(engine: Any, tmp_path: Path) -> None:
    for name in ("选集", "文章选集", "文章选集一", "文章选集之一"):
        book = in_parts(["渡轮", "灯塔"], ["海港日报"], f"{name} · 2026年1月23日至2026年12月28日")
        contents = pages_of(book, engine, tmp_path)[0].replace(" ", "")
        assert "2026年1月23日" in contents and "2026年12月28日" in contents, contents


def test_no_line_begins_with_a_dot_or_ends_before_a_quotation() -> None:
    assert joined("作者·卡•兰——海 a·b") == "作者\u2060·卡\u2060•兰\u2060——海 a·b"
    assert broken_at_quotations("达到“九成”的“人”，a“b”c") == "达到|“九成”|的|“人”，a“b”c".replace(
        "|", "\u200b"
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_no_line_of_emphasis_ends_before_a_quotation(engine: Any, tmp_path: Path) -> None:
    words = "，她们会觉得这“仅仅是家务活”，不是“正经劳动”。"
    lines = [m.Paragraph((m.Strong((m.Text("渡" * n + words),)),)) for n in range(30)]
    (page, *pages) = pages_of(article(*lines, language="zh-CN"), engine, tmp_path)
    found = [line.rstrip() for each in (page, *pages) for line in each.splitlines()]
    assert len(found) > 60 and not [line for line in found if line.endswith("“")]


@pytest.mark.parametrize(
    "phrases",
    [
        "灯塔|周报：|港口|今年|新建|码头|15座",
        "2024年10月|渡船|回到了|北岸",
        "修道院|图书馆：|北角|三十年的|房价",
        "柯雅雯|与林海|生谈|“夜间|渡轮”",
        "陈海生的|船",
        "渡口|重修|多|地道觀 |燈塔|照常",
        "港の|渡し船が|三年|ぶりに",
        "The |ferry |is |back",
        "玛丽|亚•|居里|夫人⸺⸺|港口|今年",
    ],
)
def test_headlines_are_divided_into_phrases(phrases: str) -> None:
    headline = phrases.replace("|", "")
    assert "|".join(phrases_of(headline)) == phrases


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("sign", "；：、，。！？…—")
def test_no_line_of_a_headline_begins_with_punctuation(engine: Any, sign: str, tmp_path: Path) -> None:
    articles = [
        m.Document(id=str(n), headline="海" * n + f"老港的冰提前化了{sign}灯塔换上新灯", language="zh-CN")
        for n in range(8)
    ]
    for page in pages_of(feed2doc.bundle(articles), engine, tmp_path):
        assert not [line for line in page.splitlines() if line.strip()[:1] == sign]


@pytest.mark.parametrize("engine", ENGINES)
def test_lines_of_headlines_end_between_phrases(engine: Any, tmp_path: Path) -> None:
    headline = "礁湖市议会通过夜间渡轮补贴方案，3年内每年拨款4200万元，市长称“外岛居民可以放心”"
    ends = set(accumulate(len(phrase) for phrase in phrases_of(headline)))
    for page in (KOBO, "110x150mm", "120x160mm", "a5"):
        document = m.Document(id="1", headline=headline, language="zh-CN")
        text = "".join(pages_of(document, engine, tmp_path, page))
        lines = ["".join(line.split()) for line in text.splitlines()]
        shown = [each for each in accumulate(lines) if each and headline.startswith(each)]
        assert shown[-1] == headline and {len(each) for each in shown} <= ends


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("老港村民自筹经费修好了两座码头", "新船票价从今天起全免一年"),
        ("離島圖書館今天開館", "首日就借出三百冊書"),
    ],
)
def test_a_line_of_a_headline_may_be_longer_to_end_where_readers_pause(
    engine: Any, first: str, second: str, tmp_path: Path
) -> None:
    document = m.Document(id="1", headline=f"{first} {second}", language="zh")
    page = "a5" if len(first) > 10 else KOBO
    lines = pages_of(document, engine, tmp_path, page)[0].split("\n")
    assert [line.strip() for line in lines if line.strip()][:2] == [first, second]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_short_caption_is_below_the_middle_of_its_picture_and_its_credit_follows(
    engine: Any, tmp_path: Path
) -> None:
    words = [m.Text(each) for each in ("Anchors.", "Pier", "A caption of many words. " * 8, "Quay")]
    figures = [
        m.Figure(m.Image("https://a.example/1.png", "red"), (words[0],), (words[1],)),
        m.Figure(m.Image("https://a.example/1.png", "red"), (), (words[3],)),
        m.Figure(m.Image("https://a.example/1.png", "red"), (words[2],)),
    ]
    env = feed2doc.Env()
    env.assets.add("https://a.example/1.png", red_png((60, 30)))
    data = feed2doc.write(article(*figures), Pdf(engine=engine, page="a4"), env=env)
    boxes = re.findall(
        r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)"[^>]*>([^<]+)<', text_of(data, tmp_path, "-bbox")
    )
    places = {word: (float(left), float(top), float(right)) for left, top, right, word in reversed(boxes)}
    middle = 595.28 / 2
    caption, credit, alone = places["Anchors."], places["Pier"], places["Quay"]
    assert abs(caption[1] - credit[1]) < 3 and caption[2] < credit[0] < caption[2] + 12
    assert abs(caption[0] + credit[2] - 2 * middle) < 3 and abs(alone[0] + alone[2] - 2 * middle) < 3
    assert places["A"][0] < middle / 2


@pytest.mark.parametrize("engine", ENGINES)
def test_no_line_of_a_headline_begins_with_a_dot_or_dash(engine: Any, tmp_path: Path) -> None:
    documents = [
        m.Document(
            id=f"{sign}{n}", headline=f"{'新' * n}玛丽亚{sign}斯克沃夫人获得诺贝尔奖", language="zh-CN"
        )
        for sign in sorted(DOTS_AND_DASHES)
        for n in range(3, 12)
    ]
    book = m.Book(title="港", language="zh-CN", parts=(m.Part("", tuple(documents)),))
    pages = pages_of(book, engine, tmp_path, "90x122mm")
    assert not [line for page in pages for line in page.splitlines() if line.strip()[:1] in DOTS_AND_DASHES]


def test_only_punctuation_and_a_space_after_han_are_a_pause() -> None:
    texts = ("港口，", "港口： ", "港口 ", "港口", "바다 ", "port ", "“port” ", " ", "")
    assert [Piece(text).is_pause for text in texts] == [1, 1, 1, 0, 0, 0, 1, 0, 0]


def test_the_first_word_before_other_markup_is_not_alone_on_its_line(tmp_path: Path) -> None:
    """The text ends with a space anywhere near the end of a line."""
    blocks = []
    for n in range(240):
        text = m.Text("First " + "word " * (5 + n % 3) + "i" * (n // 3 % 20) + "l" * (n // 60) + " ")
        blocks.append(
            m.Paragraph((text, m.Strong((m.Text("anybody asks"),)), m.Text(" or not, ever since.")))
        )
    for page in pages_of(article(*blocks), "weasyprint", tmp_path):
        assert "First" not in [line.strip() for line in page.splitlines()]


@pytest.mark.parametrize("engine", ENGINES)
def test_no_page_ends_within_a_cell_of_several_rows(engine: Any, tmp_path: Path) -> None:
    rows: list[tuple[m.Cell, ...]] = []
    for n in range(24):
        rows += [
            (m.Cell((paragraph(f"Tern {n}"),), rowspan=2), m.Cell((paragraph("FIRST"),))),
            (m.Cell((paragraph("LAST"),)),),
        ]
    for page in pages_of(article(paragraph("Text."), m.Table(tuple(rows))), engine, tmp_path):
        assert page.count("FIRST") == page.count("LAST")


def test_a_page_by_typst_is_full_although_a_cell_spans_many_rows(tmp_path: Path) -> None:
    head = tuple(m.Cell((paragraph(words),), True) for words in ("Pier", "Boat"))
    rows: list[tuple[m.Cell, ...]] = [
        (m.Cell((paragraph("North"),), rowspan=12), m.Cell((paragraph("Tern 0"),)))
    ]
    rows += [(m.Cell((paragraph(f"Tern {n}"),)),) for n in range(1, 12)]
    blocks = [*[paragraph("Text.")] * 6, m.Table((head, *rows))]
    first, second = pages_of(article(*blocks), "typst", tmp_path)
    assert first.count("Tern") > 2 and first.count("Tern") + second.count("Tern") == 12
    assert "Boat" in first and "Boat" in second


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("high", [None, 5])
def test_no_row_is_broken_because_another_is_high_or_a_cell_spans_columns(
    engine: Any, high: int | None, tmp_path: Path
) -> None:
    words = "The ferry to the north island runs again. "
    rows: list[tuple[m.Cell, ...]] = [(m.Cell((paragraph("Boats"),), True, colspan=2),)] * (high is None)
    for n in range(10):
        long = words * (24 if n == high else 3 if high is None else 5)
        rows.append((m.Cell((paragraph(f"First{n}"),)), m.Cell((paragraph(f"{long}Last{n}"),))))
    for before in range(6):
        pages = pages_of(article(*[paragraph("Text.")] * before, m.Table(tuple(rows))), engine, tmp_path)
        for page in pages:
            assert all((f"First{n}" in page) == (f"Last{n}" in page) for n in range(10) if n != high)


@pytest.mark.parametrize("engine", ENGINES)
def test_lines_of_a_chinese_paragraph_begin_below_each_other(engine: Any, tmp_path: Path) -> None:
    lines = (m.Text("第一行"), m.LineBreak(), m.Strong((m.Text("第二行"), m.LineBreak(), m.Text("第三行"))))
    each: tuple[tuple[Literal["language", "space"], bool], ...] = (("language", True), ("space", False))
    for paragraphs, indented in each:
        data = feed2doc.write(
            article(m.Paragraph(lines), language="zh-CN"), Pdf(engine=engine, paragraphs=paragraphs)
        )
        (left,) = re.findall(r'xMin="([\d.]+)".*>Headline<', text_of(data, tmp_path, "-bbox"))
        starts = re.findall(r'xMin="([\d.]+)".*>第.行<', text_of(data, tmp_path, "-bbox"))
        assert len(starts) == 3 and len(set(starts)) == 1
        assert (float(starts[0]) - float(left) > 20) is indented


@pytest.mark.parametrize("engine", ENGINES)
def test_a_chinese_paragraph_that_is_all_emphasised_is_not_bold(engine: Any, tmp_path: Path) -> None:
    words = (m.Text(SENTENCE * 6),)

    def ink(*content: m.Inline) -> float:
        document = article(m.Paragraph(content), m.Quote((m.Paragraph(content),)), language="zh-CN")
        (page,) = rendered(feed2doc.write(document, Pdf(engine=engine)), tmp_path)
        return 255 - ImageStat.Stat(page.convert("L")).mean[0]

    plain = ink(*words)
    assert ink(m.Emph(words)) < 1.1 * plain < ink(m.Emph(words), m.Text("。"))


def test_embeds_without_a_title_name_their_host(tmp_path: Path) -> None:
    embed = m.Embed("iframe", "https://player.example.com/embed/1")
    for engine in ENGINES:
        data = feed2doc.write(article(embed, language="zh-CN"), Pdf(engine=engine))
        assert "嵌入页面：player.example.com" in text_of(data, tmp_path)
    assert "嵌入页面：player.example.com</a>" in str(feed2doc.write(article(embed, language="zh-CN"), "html"))


def emphasised(words: str) -> m.Paragraph:
    return m.Paragraph((m.Emph((m.Text(words),)),))


@pytest.mark.parametrize("engine", ENGINES)
def test_an_emphasised_note_begins_next_to_its_number(engine: Any, tmp_path: Path) -> None:
    def pages(words: m.Paragraph) -> list[list[str]]:
        noted = m.Paragraph((m.Text("渡轮靠岸"), m.Note((words,)), m.Text("。")))
        return [page.splitlines() for page in pages_of(article(noted, language="zh-CN"), engine, tmp_path)]

    words = "码头上站满了人。"
    assert pages(emphasised(words)) == pages(paragraph(words))


def test_chinese_emphasised_as_a_whole_is_marked_in_items_cells_and_notes() -> None:
    words = emphasised("码头上站满了人。")
    cells = m.Table(((m.Cell((words,)), m.Cell((words, m.BulletList(((words,),))))),))
    noted = m.Paragraph((m.Text("渡轮"), m.Note((words,))))
    page = feed2doc.write(article(m.BulletList(((words,),)), cells, noted, language="zh-CN"), "html")
    assert page.count('class="stressed"') == page.count("<em>码头") == 5


@pytest.mark.parametrize("engine", ENGINES)
def test_a_line_break_at_the_end_of_a_paragraph_makes_no_empty_line(engine: Any, tmp_path: Path) -> None:
    def pages(*end: m.Inline) -> list[str]:
        first = m.Paragraph((m.Text("渡轮"), m.LineBreak(), m.Strong((m.Text("靠岸。"), *end)), *end))
        blocks = (first, m.BulletList(((first,),)), m.Table(((m.Cell((first,)),),)), paragraph(SENTENCE))
        return pages_of(article(*blocks, language="zh-CN"), engine, tmp_path)

    assert pages(m.LineBreak(), m.Text(" "), m.LineBreak()) == pages()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("渡轮·灯塔", "渡[轮·]灯塔"),
        ("渡轮——灯塔", "渡[轮——]灯塔"),
        ("渡轮—————灯", "渡[轮————]—灯"),
        ("—渡·カ・ナ—a—b", "—[渡·]カ・[ナ—]a—b"),
        ("a·b”—c\n—d", "a·b[”—]c\n—d"),
    ],
)
def test_signs_are_in_one_span_with_the_character_before_them(text: str, shown: str) -> None:
    assert kept(text) == shown.replace("[", '<span class="keep">').replace("]", "</span>")
