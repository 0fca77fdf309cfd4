"""Headings that are numbered or bold lines of text, and lines that only look like them."""

import feed2doc
import pytest
from feed2doc import model as m

P = "<p>渡轮在停航三年之后重新靠岸。</p>"
LONG = "渡轮在停航三年之后重新靠岸，码头上站满了人。"


def read(html: str, language: str) -> feed2doc.Document:
    page = f'<html lang="{language}"><head><title>h</title></head><body>{html}</body></html>'
    return feed2doc.read(page.encode(), format="html")


def body(document: feed2doc.Document) -> list[m.Block]:
    return [block for section in document.sections for block in section.blocks]


def headings_of(document: feed2doc.Document) -> list[str]:
    return [m.plain_text(section.heading) for section in document.sections if section.heading]


@pytest.mark.parametrize(
    ("html", "headings"),
    [
        ("<p><b>Three channels</b></p>", ["Three channels"]),
        ("<p>**三条水道**</p>", ["三条水道"]),
        ("<p><b>The ferry was late, as always.</b></p>", []),
        ("<p><b>Q: How late?</b></p>", []),
        ("<p><b>Quay Notes: How late?</b></p><p>Very.</p><p><b>Quay Notes: And why?</b></p>", []),
    ],
)
def test_bold_lines_above_text(html: str, headings: list[str]) -> None:
    document = read(f"<p>Text.</p>{html}<p>Text.</p>", "en")
    assert [m.plain_text(section.heading) for section in document.sections if section.heading] == headings


@pytest.mark.parametrize(
    ("lines", "headings"),
    [
        (["1.给绳子降温", "2.收网", "3、回港"], 3),
        (["一、渡轮", "二、码头", "三、灯塔"], 3),
        (["3. The lamp", "2. The rope", "1. The quay"], 3),
        (["（一）渡轮", "（二）码头", "（三）灯塔？"], 3),
        # Lists, sentences, years, and lines out of order.
        (["1.给绳子降温", "2.收网"], 0),
        (["1.他说要给绳子降温。", "2.他说收网。", "3.他说回港。"], 0),
        (["3. The lamp", "1. The rope", "2. The quay"], 0),
        (["2025.5", "2025.6", "2025.7"], 0),
    ],
)
def test_numbered_lines_above_text(lines: list[str], headings: int) -> None:
    document = read("".join(f"<p>{line}</p><p>{LONG}</p>" for line in lines), "zh")
    assert sum(bool(section.heading) for section in document.sections) == headings


def test_numbered_lines_one_below_the_other_are_a_list() -> None:
    document = read(f"{P}<p>1. The lamp</p><p>2. The rope</p><p>3. The quay</p>{P}", "en")
    assert not any(section.heading for section in document.sections)


def test_the_first_block_is_a_heading_if_there_are_others() -> None:
    for first, number in (("海港网｜渡轮回来了", 2), ("渡轮回来了，码头上站满了人。", 1)):
        document = read(f"<p><b>{first}</b></p>{P}<p><b>灯塔</b></p>{P}", "zh")
        assert sum(bool(section.heading) for section in document.sections) == number


@pytest.mark.parametrize(
    ("numbers", "headings"),
    [
        (["<b>01</b>", "<b>02</b>"], ["01", "02"]),
        (["一", "二", "三"], ["一", "二", "三"]),
        (["<strong><em>I</em></strong>", "<strong>II.</strong>"], ["I", "II."]),
        # Too few of them, out of order, or something else.
        (["1", "2"], []),
        (["<b>01</b>", "<b>03</b>"], []),
        (["<b>1</b>", "<b>2</b>", "<b>2</b>"], []),
        (["MIX", "3m", "（"], []),
    ],
)
def test_numbers_alone_above_text(numbers: list[str], headings: list[str]) -> None:
    document = read("".join(f"<p>{number}</p><p>{LONG}</p>" for number in numbers), "zh")
    assert headings_of(document) == headings


def test_a_number_below_a_picture_is_no_caption() -> None:
    picture = '<p><img src="https://quay.example/1.jpg"></p>'
    parts = "".join(f'<p style="text-align: center">{number}</p><p>{LONG}</p>' for number in "一二三")
    document = read(picture + parts, "zh")
    assert headings_of(document) == ["一", "二", "三"]
    assert not feed2doc.figures(document)[0].caption


def test_the_score_below_the_text_is_no_number_of_a_section() -> None:
    assert headings_of(read(f"{P}<p>1</p><p>2</p><p>3</p>{P}", "zh")) == []


def _run_in(titles: list[str]) -> feed2doc.Document:
    return read("".join(f"<p><b>{title} </b><br>{LONG}<br>{LONG}</p>" for title in titles), "zh")


def test_numbered_bold_lines_in_the_paragraph_below_them() -> None:
    document = _run_in(["1. 渡轮", "2. 码头", "3. 灯塔"])
    assert headings_of(document) == ["1. 渡轮", "2. 码头", "3. 灯塔"]
    (text,) = document.sections[0].blocks
    assert isinstance(text, m.Paragraph) and m.plain_text(text.content) == f"{LONG}\n{LONG}"
    linked = "<p><b>4. 绳子</b><a href='https://quay.example/r'><b><br>绳子</b></a>在码头上。</p>"
    others = "".join(f"<p><b>{n}. 渡轮</b><br>{LONG}</p>" for n in (1, 2, 3))
    assert headings_of(read(others + linked, "zh"))[3:] == ["4. 绳子"]


@pytest.mark.parametrize(
    "titles",
    [
        ["1. 渡轮", "2. 码头"],
        ["3. 渡轮", "2. 码头", "1. 灯塔"],
        ["林海", "梅林", "潮生"],
        ["1. 渡轮。", "2. 码头。", "3. 灯塔。"],
    ],
)
def test_bold_first_lines_that_are_text(titles: list[str]) -> None:
    document = _run_in(titles)
    assert headings_of(document) == [] and len(body(document)) == len(titles)


@pytest.mark.parametrize(
    "line",
    [
        "“渡轮在停航三年之后重新靠岸”",
        "海港书店特约撰稿 | 林海",
        "编辑：梅林",
        "渡轮就在这里👇",
        "下面是渡轮⬇️",
    ],
)
def test_bold_lines_that_are_not_headings(line: str) -> None:
    assert headings_of(read(f"<p>{LONG}</p>{P}<p><b>{line}</b></p>{P}", "zh")) == []


def test_a_bold_line_in_quotation_marks_may_be_a_heading() -> None:
    assert headings_of(read(f"<p>{LONG}</p>{P}<p><b>“我们从来没有见过冰”</b></p>{P}", "zh")) == [
        "“我们从来没有见过冰”"
    ]


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        (["1. 收网。", "2.别再等潮水", "3、回港，上岸。"], 3),
        (["1. 收网。", "2.别再等潮水。", "3、回港，上岸。"], 0),
        (["2. 收网。", "1.别再等潮水", "3、回港，上岸。"], 1),
    ],
)
def test_numbered_bold_lines_some_of_which_are_sentences(lines: list[str], count: int) -> None:
    document = read(P + "".join(f"<p><b>{line}</b></p><p>{LONG}</p>" for line in lines), "zh")
    assert len(headings_of(document)) == count


@pytest.mark.parametrize("label", ["海港书评", "问"])
def test_a_heading_above_a_bold_question_of_an_interview(label: str) -> None:
    turn = f"<p><b>{label}：码头为什么这样安静？</b></p><p>林海：{LONG}</p>"
    document = read(P + turn + "<p><b>没有船的码头</b></p>" + turn * 2, "zh")
    assert headings_of(document) == ["没有船的码头"]
    document = read(P + "<p><b>没有船的码头</b></p><p><b>没有码头的船</b></p>" + turn * 2, "zh")
    assert headings_of(document) == ["没有码头的船"]


def test_the_questions_of_an_interview_may_be_longer_than_headings() -> None:
    questions = ["海港书评：码头为什么这样安静？", f"海港书评：{LONG * 5}"]
    html = "".join(f"<p><b>{question}</b></p><p>林海：{LONG}</p>" for question in questions)
    assert headings_of(read(P + html, "zh")) == []


def test_a_bold_sentence_in_quotation_marks_is_no_heading() -> None:
    assert headings_of(read(f"{P}{P}<p><b>“我们从来没有见过这样少的冰。”</b></p>{P}", "zh")) == []


def test_what_is_next_to_a_heading_in_a_paragraph_stays_with_it() -> None:
    html = "".join(
        f"<p><b>{n}. Lamp</b><sup><a href='#n{n}' id='r{n}'>{n}</a></sup><img src='https://e.org/{n}.png' alt='' width=16 height=16><br>{LONG}</p>"
        for n in (1, 2, 3)
    )
    notes = "".join(f"<li id='n{n}'>Oil. <a href='#r{n}'>↩</a></li>" for n in (1, 2, 3))
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(f"<h1>Q</h1>{html}<ol>{notes}</ol>".encode(), format="html", env=env)
    assert [m.plain_text(section.heading) for section in document.sections] == [
        "1. Lamp",
        "2. Lamp",
        "3. Lamp",
    ]
    assert sum(isinstance(node, m.Note | m.InlineImage) for node in m.walk(document)) == 6
    assert not [each for each in env.diagnostics if each.kind == "loss"]


def test_a_numbered_heading_keeps_its_language_and_direction() -> None:
    html = "".join(f'<p><span dir="ltr" lang="en">{n}. The lamp</span></p>{P}' for n in (1, 2, 3))
    spans = [section.heading[0] for section in read(P + html, "zh").sections if section.heading]
    assert [(type(span), span.lang, span.dir) for span in spans if isinstance(span, m.Span)] == [
        (m.Span, "en", "ltr")
    ] * 3


def test_the_bold_line_below_the_first_picture_is_a_heading_if_there_are_others() -> None:
    picture = '<img src="https://quay.example/a.jpg">'
    for others, headings in (("", []), (f"<p><b>灯塔</b></p>{P}", ["渡轮的历史", "灯塔"])):
        assert headings_of(read(f"{picture}<p><b>渡轮的历史</b></p>{P}{P}{others}", "zh")) == headings
