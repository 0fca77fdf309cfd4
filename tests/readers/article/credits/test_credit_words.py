"""Credits, datelines, signatures and biographies that the words of a line show."""

import re

import feed2doc
import pytest
from feed2doc import model as m
from feed2doc.readers._rules.words.lexicon import lexicon

from tests.readers.rules.test_words import CASES, LANGUAGES, P, body, read


def is_latin(text: str) -> bool:
    return all(character < "\u0370" or "\u2000" < character < "\u2100" for character in text)


def read_any(html: str) -> feed2doc.Document:
    """Read a page whose language is declared, if its words are in Latin script."""
    if not is_latin(html):
        return read(html)
    for language in ("en", *LANGUAGES):
        document = read(html, language)
        if document.credits or any(f.credit for f in feed2doc.figures(document)):
            return document
    return read(html)


def letters(text: str) -> str:
    """Return the letters and figures of a text."""
    return "".join(filter(str.isalnum, text))


@pytest.mark.parametrize("case", CASES["credits"], ids=lambda case: case["line"][:30])
def test_credit_lines(case: dict[str, str]) -> None:
    start = "<p>Fog.</p>" * 3 if is_latin(case["line"]) else P
    document = read_any(f"{start}<p>{case['line']}</p>")
    if "role" not in case:
        assert not document.credits and m.plain_text(body(document)[-1].content) == case["line"]  # type: ignore[union-attr]
        return
    assert document.credits, "taken for text"
    assert (document.credits[0].role, document.credits[0].person) == (case["role"], case["person"])
    printed = "".join(m.plain_text(c.text) for c in document.credits)
    assert letters(printed) == letters(re.sub("<[^>]*>", "", case["line"]))


@pytest.mark.parametrize(
    ("text", "byline"),
    [
        ("（海港社記者林海北角29日電）渡輪回來了，碼頭上站滿了人。", ["林海"]),
        ("【海港日报2025年3月4日讯】（海港日报记者林海梅综合报导）渡轮回来了。", ["林海梅"]),
        ("渡轮回来了。记者林海报道说，码头上站满了人。", []),
        ("（林海北角）渡轮回来了，码头上站满了人。", []),
        ("渡輪回來了。#記者林海、梅林的採訪報導#碼頭上站滿了人。", ["林海", "梅林"]),
        ("渡轮回来了。#渡轮 #港口 码头上站满了人。", []),
        ("海港社北角5月3日电（记者林海、旺堆次仁）渡轮回来了。", ["林海", "旺堆次仁"]),
        ("〔記者林海／北角報導〕渡輪回來了，碼頭上站滿了人。", ["林海"]),
        ("［記者林海台北報導］渡輪回來了，碼頭上站滿了人。", ["林海"]),
        ("新华社北京5月3日电（记者 林海 旺堆次仁）渡轮回来了。", ["林海", "旺堆次仁"]),
        ("海港报讯（记者/林海）渡轮回来了。", ["林海"]),
        ("海港报讯（记者 林海 摄影 梅林）渡轮回来了。", ["林海"]),
        ("海港社北京5月3日电 (林海 梅林)渡轮回来了。", ["林海", "梅林"]),
        ("海港社北京5月3日电（综合）渡轮回来了。", []),
        ("【북항=항구뉴스】김바다 기자= 나룻배가 돌아왔다.", ["김바다"]),
        ("（记者手记）渡轮回来了，码头上站满了人。", []),
        ("【北崎＝浜辺里奈】渡し船が戻った。", ["浜辺里奈"]),
        ("【速報＝続き】渡し船が戻った。", []),
        ("(북항=항구뉴스) 김바다 기자 = 나룻배가 돌아왔다.", ["김바다"]),
        ("[북항=항구뉴스] 김바다 이파도 기자 = 나룻배가 돌아왔다.", ["김바다", "이파도"]),
        ("(북항=항구뉴스) 김바다·이파도 기자 = 나룻배가 돌아왔다.", ["김바다", "이파도"]),
        ("（北崎＝浜辺里奈）渡し船が戻った。", ["浜辺里奈"]),
        ("СЕВЕРНЫЙ МОЛ, 5 мая — ГАВАНЬ, Анна Морская. Паром вернулся.", ["Анна Морская"]),
        ("СЕВЕРНЫЙ МОЛ, 5 мая — ГАВАНЬ. Паром вернулся.", []),
    ],
)
def test_datelines_name_the_author_and_stay_in_the_text(text: str, byline: list[str]) -> None:
    document = read(f"<p>{text}</p>{P}", "zh")
    assert [person.name for person in document.byline] == byline
    assert m.plain_text(body(document)[0].content) == text  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Anne Ba, correspondante à Oslo", "fr"),
        ("Anne Ba / Corresponsal en Oslo", "es"),
        ("Anne Ba – Korrespondentin", "de"),
    ],
)
def test_a_name_next_to_an_occupation(line: str, language: str) -> None:
    document = read(f"<p>{line}</p>{P}", language)
    assert [person.name for person in document.byline] == ["Anne Ba"]
    assert len(body(document)) == 1


@pytest.mark.parametrize(
    ("end", "byline"),
    [
        ("渡し船は来週も出る。（浜辺里奈）", ["浜辺里奈"]),
        ("渡し船は来週も出る。（浜辺 里奈）", ["浜辺里奈"]),
        ("渡し船は来週も出る。（経済部）", []),
        ("渡し船は来週も出る。（文中敬称略）", []),
        ("渡し船は来週も出る。（北海道）", []),
        ("渡し船は来週も出る。（新約聖書）", []),
        ("渡し船は来週も出る。（一同爆笑）", []),
        ("渡し船は来週も出る。（注参照）", []),
        ("渡し船は来週も出る（浜辺里奈）。", []),
        ("渡轮下周也开。（北角码头）", []),
    ],
)
def test_a_name_at_the_end_of_a_japanese_text(end: str, byline: list[str]) -> None:
    document = read(f"{P}<p>{end}</p>", "ja")
    assert [person.name for person in document.byline] == byline


@pytest.mark.parametrize(
    ("byline", "line", "persons"),
    [
        ("海港日报", "记者：林海", ["林海"]),
        ("编辑部", "（撰稿：林海/责编：梅林）", ["林海"]),
        ("Quay Staff", "Reporting by Ann Ba", ["Ann Ba"]),
        ("林海 综合报道", "", ["林海"]),
        ("海港日报", "", ["海港日报"]),
        ("Otto Berg", "Reporting by Ann Ba", ["Otto Berg"]),
    ],
)
def test_a_byline_of_an_organisation_gives_way_to_a_person(
    byline: str, line: str, persons: list[str]
) -> None:
    start = "<p>Fog.</p>" * 3 if is_latin(byline + line) else P
    document = read(f"<p class='byline'>{byline}</p>{start}{f'<p>{line}</p>' if line else ''}", "zh")
    assert [person.name for person in document.byline] == persons


LONG = "渡轮在停航三年之后重新靠岸，码头上站满了人。"


def test_the_date_in_a_dateline_is_that_of_an_article_without_another() -> None:
    text = f"<p>【海港日报2025年5月5日讯】（海港日报记者林海报导）{LONG}</p>"
    document = read(text, "zh")
    assert document.published is not None and f"{document.published:%Y-%m-%d}" == "2025-05-05"
    dated = read(f"<time datetime='2025-05-06T09:30:00+08:00'>6日</time>{text}", "zh")
    assert dated.published is not None and f"{dated.published:%Y-%m-%d}" == "2025-05-06"
    assert read(f"<p>【重要】2025年5月5日，{LONG}</p>", "zh").published is None


def test_a_line_is_split_at_labels_only_where_something_follows_them() -> None:
    words = lexicon(("zh",))
    assert words.split_at_labels("记者：林海　责编：梅林") == ["记者：林海", "责编：梅林"]
    assert words.split_at_labels("记者：林海（责编：梅林）") == ["记者：林海（责编：梅林）"]
    assert words.split_at_labels("记者：林海 （责编：梅林）") == ["记者：林海", "（责编：梅林）"]
    assert words.split_at_labels("记者：林海 责编梅林") == ["记者：林海", "责编梅林"]
    assert words.split_at_labels("记者：林海 责编温度") == ["记者：林海 责编温度"]


@pytest.mark.parametrize(
    ("line", "byline", "others"),
    [
        ("海港周报《潮汐线》记者：林海生 晋中报道", ["林海生"], []),
        ("海港记者林海生 晋中报道", ["林海生"], []),
        ("海港记者：林海生、王青 晋中报道", ["林海生", "王青"], []),
        ("海港时报（www.quay-times.example）记者 林海生 北京报道", ["林海生"], []),
        ("《海港》记者 林海生/文", ["林海生"], []),
        ("《海港》記者林海生／文", ["林海生"], []),
        ("海港新闻记者 | 林海生", ["林海生"], []),
        ("海港周刊记者｜林海生 实习生｜王青", ["林海生"], [("contributor", "实习生｜王青")]),
        ("海港记者：林海生 海港编辑：王青", ["林海生"], [("editor", "海港编辑：王青")]),
        ("海港记者｜林海生 海港编辑｜王青", ["林海生"], [("editor", "海港编辑｜王青")]),
        ("林海生 译 王青 校", [], [("translator", "林海生 译"), ("editor", "王青 校")]),
    ],
)
def test_lines_of_papers_name_the_reporter(
    line: str, byline: list[str], others: list[tuple[str, str]]
) -> None:
    document = read(f"<p>{line}</p>{P}", "zh")
    credits_ = [(c.role, m.plain_text(c.text)) for c in document.credits]
    assert [person.name for person in document.byline] == byline
    assert [each for each in credits_ if each[0] != "note"] == others
    assert line not in [
        m.plain_text(each) for section in document.sections for each in m.texts_of_all(section.blocks)
    ]


@pytest.mark.parametrize(
    ("above", "byline", "roles"),
    [
        (
            "<p>本刊编者按：渡轮停航三年，今天重新开航。</p><p>作者：《海港》记者林海<br>编辑：梅林</p>",
            ["林海"],
            ["note", "editor"],
        ),
        (
            "<p>渡轮停航三年，今天重新开航。</p><p>作者：林海</p><p>编辑：梅林</p>",
            ["林海"],
            ["note", "editor"],
        ),
        ("<p><b>渡轮停航三年，今天重新开航。</b></p><p><b>海港特约撰稿 | 林海</b></p>", ["林海"], ["note"]),
        ("<p>渡轮停航三年，今天重新开航。</p><p>记者：林海</p>", [], []),
        ("<p>记者问起三年前的事。</p><p>记者：渡轮今天会来吗？</p><p>船长：会来。</p>", [], []),
    ],
)
def test_credits_below_an_introduction(above: str, byline: list[str], roles: list[str]) -> None:
    document = read(f"{above}{P}{P}", "zh")
    assert [person.name for person in document.byline] == byline
    assert [credit.role for credit in document.credits] == roles
    assert len(body(document)) == above.count("<p>") + 2 - len(roles or ()) + above.count("<br>")


def test_an_agency_names_its_reporters_below_the_text() -> None:
    line = "(Reporting by Ann Ba in Oslo; Writing by Otto Berg; Editing by Karin Holm)"
    document = read(f"{'<p>The fog came in.</p>' * 3}<p>{line}</p>", "en")
    assert [person.name for person in document.byline] == ["Ann Ba", "Otto Berg"]
    assert [credit.role for credit in document.credits] == ["note", "note", "editor"]


def test_the_reporters_of_an_agency_at_the_end() -> None:
    line = "(Reporting by Ann Ba in Oslo and Bo Cy in Lower Harbour; Editing by Otto Berg)"
    document = read(f"{P}{P}<p>{line}</p>", "en")
    assert [person.name for person in document.byline] == ["Ann Ba", "Bo Cy"]
    assert [(credit.role, credit.person) for credit in document.credits][1:] == [("editor", "Otto Berg")]


@pytest.mark.parametrize(
    ("html", "names"),
    [
        ("<p>本报讯（记者林海 通讯员梅林）渡轮昨天回来了。</p>", ["林海", "梅林"]),
        ("<p>渡し船が戻った。</p><p>港は人でいっぱいだった。【浜辺里奈】</p>", ["浜辺里奈"]),
    ],
)
def test_reporters_in_brackets(html: str, names: list[str]) -> None:
    assert [person.name for person in read(html + P, "zh").byline or read(html, "ja").byline] == names


@pytest.mark.parametrize(
    ("line", "credits"),
    [
        (
            "（譯者：林海/核稿：梅林）1140505",
            [("translator", "譯者：林海"), ("editor", "核稿：梅林 1140505")],
        ),
        ("编译 林海；审校 梅林", [("translator", "编译 林海"), ("editor", "审校 梅林")]),
        ("（编辑：林海　校对：梅林）", [("editor", "编辑：林海"), ("editor", "校对：梅林")]),
        ("（编辑：林海）", [("editor", "（编辑：林海）")]),
    ],
)
def test_credits_in_one_line_are_printed_without_slashes_and_half_brackets(
    line: str, credits: list[tuple[str, str]]
) -> None:
    env = feed2doc.Env(audit=True)
    page = f'<html lang="zh"><head><title>h</title></head><body>{P}{P}<p>{line}</p></body></html>'
    document = feed2doc.read(page.encode(), format="html", env=env)
    assert [(each.role, m.plain_text(each.text)) for each in document.credits] == credits
    assert not [each for each in env.diagnostics if each.kind == "loss"]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("本文根据《海港报》英文文章编译。", "original"),
        ("本文根据《海港报》英文文章编译", "original"),
        ("<ul><li>作者系自由撰稿人。</li></ul>", "author-bio"),
    ],
)
def test_last_lines_with_a_full_stop_or_a_bullet(line: str, role: str) -> None:
    document = read(f"{P}{P}<p>{line}</p>" if line[0] != "<" else f"{P}{P}{line}", "zh")
    assert [credit.role for credit in document.credits] == [role]
    assert [type(block) for block in body(document)] == [m.Paragraph] * 2


@pytest.mark.parametrize("box", ["<blockquote><p>{}</p></blockquote>", "<ul><li>{}</li></ul>"])
def test_a_biography_alone_in_a_box_at_the_end(box: str) -> None:
    document = read(P * 5 + box.format("作者系小说家、文化批评家。"), "zh")
    assert [credit.role for credit in document.credits] == ["author-bio"] and len(body(document)) == 5
    assert len(body(read(P * 5 + box.format("渡轮是海的作者。"), "zh"))) == 6
    announced = read(f"{P * 5}<p>他只写了一行：</p>{box.format('作者系小说家。')}", "zh")
    assert len(body(announced)) == 7 and not announced.credits


def test_a_signature_above_a_short_paragraph() -> None:
    help_line = "<p>若需要協助，可撥打港口專線。</p>"
    document = read(f"{P * 5}<p>渡輪回來了。（編輯：林海）1140505</p>{help_line}", "zh")
    assert [(each.role, each.person) for each in document.credits] == [("editor", "林海")]
    assert len(body(document)) == 7
    assert not read(f"{P * 5}<p>渡輪回來了。（編輯：林海）</p>{help_line * 2}", "zh").credits


def test_the_biography_of_someone_whom_the_byline_does_not_name() -> None:
    lines = "父亲在码头上等他。<br>林海(Lin Hai)是海港报驻北港记者。<br>Ann Ba报道港口新闻。<br>翻译：梅林"
    document = read(f"{P}{P}<p>{lines}</p>", "zh")
    found = [(credit.role, credit.person) for credit in document.credits]
    assert found[-1] == ("translator", "梅林")
    assert found[:-1] == [("author-bio", "林海"), ("author-bio", "Ann Ba")]
    text = "King Haakon was old, and the war was lost.<br>New York, the city of the story, is burning."
    document = read(f"<p>The sea.<br>{text}<br>Editor: Di Ed</p>", "en")
    assert [credit.role for credit in document.credits] == ["editor"]


def test_the_link_to_the_original_above_the_text() -> None:
    link = '<p>原文位置：<a href="https://other.example/a">other.example</a></p>'
    document = read(f"{link}{P}{P}", "zh")
    assert [(credit.role, credit.url) for credit in document.credits] == [
        ("original", "https://other.example/a")
    ]
    kept = "<p>首发于1999年的这首歌又响了起来。</p>"
    assert not read(f"{kept}{P * 6}", "zh").credits


@pytest.mark.parametrize(
    ("end", "name"),
    [
        ("<p><i>安•巴(Ann Ba)是《海港报》驻北角的港口记者</i></p><p>译者/林海</p>", "安•巴"),
        ("<p><em>Ann Ba is a reporter in Oslo.</em></p>", "Ann Ba"),
        ("<p>作者林海，供职于北港大学船舶系。</p>", "林海"),
        ("<p>作者林海，北港大學海洋史教授。</p>", "林海"),
    ],
)
def test_a_biography_set_apart_at_the_end_names_the_author(end: str, name: str) -> None:
    document = read(f"{P}{P}{end}", "en")
    assert document.credits[0].role == "author-bio" and document.credits[0].person == name
    assert [person.name for person in document.byline] == [name]


def test_a_verb_after_the_label_of_the_author_is_no_name() -> None:
    document = read(f"{P}<p>（作者系港口评论员，北港大学研究员。）</p>", "zh")
    assert document.byline == () and document.credits[0].role == "author-bio"


def test_the_signature_between_hash_signs_at_the_end() -> None:
    document = read(f"{P}<p>渡輪回來了，碼頭上站滿了人。#海港台記者林海報導#</p>", "zh")
    assert [person.name for person in document.byline] == ["林海"]
    assert m.plain_text(body(document)[-1].content) == "渡輪回來了，碼頭上站滿了人。"  # type: ignore[union-attr]


def test_a_full_stop_between_the_credits_of_a_line() -> None:
    document = read(f"{P}<p>海港电台记者 林海 北港报道。责编：梅林 网编：潮生</p>", "zh")
    assert [person.name for person in document.byline] == ["林海"]
    assert [(c.role, c.person) for c in document.credits] == [
        ("note", "林海"),
        ("editor", "梅林"),
        ("editor", "潮生"),
    ]


@pytest.mark.parametrize(
    "line", ["By Ann Ba, Harbour Correspondent", "Ann Ba, Ferries Editor", "Par Ann Ba, journaliste maritime"]
)
def test_an_occupation_of_two_words(line: str) -> None:
    document = read(f"<p>{line}</p><p>Fog.</p><p>Rain.</p>", "fr")
    assert [person.name for person in document.byline] == ["Ann Ba"]


def test_an_unknown_line_at_the_end_does_not_hide_those_above_it() -> None:
    end = "<p>责任编辑：林海</p><p>欢迎关注微信公众号“海港”。</p><p>值班：潮生（码头组）</p><p>版权所有</p>"
    document = read(f"{P}{P}{end}", "zh")
    assert [(c.role, c.person) for c in document.credits] == [("editor", "林海"), ("rights", "")]
    assert m.plain_text(body(document)[-1].content) == "值班：潮生（码头组）"  # type: ignore[union-attr]
    assert len(body(document)) == 3


@pytest.mark.parametrize(
    ("line", "role", "persons"),
    [
        ("林海/梅林（综合报道）", "note", ["林海", "梅林"]),
        ("林海／梅林 （綜合報導）", "note", ["林海", "梅林"]),
        ("题图为电影《渡轮》剧照", "note", []),
        ("（林海、梅林均为化名）", "note", []),
        ("（转自海港社）", "note", []),
        ("海港台《潮汐表》制作组", "contributor", []),
        ("主播：林海", "contributor", []),
        ("（林海、梅林、潮生、海灯均为化名）", "note", []),
        ("（转自海港之音，有删节）", "note", []),
        ("新海港北角台《潮汐直播》制作组", "contributor", []),
        ("海港大学潮汐教育课题组 出品", "contributor", []),
    ],
)
def test_more_lines_at_the_end_of_chinese_articles(line: str, role: str, persons: list[str]) -> None:
    document = read(f"{P}{P}<p>{line}</p>", "zh")
    assert [credit.role for credit in document.credits] == [role]
    assert [person.name for person in document.byline] == persons


def test_an_occupation_in_brackets_before_a_name() -> None:
    document = read(f"<p class='byline'>（采访记者） 林海</p>{P}", "zh")
    assert [person.name for person in document.byline] == ["林海"]


def test_the_last_line_of_a_story_in_italics_is_no_biography() -> None:
    for last in (
        "Otto Berg has a shop now, and no editor at all.",
        "Ann Ba was never a reporter, and only liked the light.",
    ):
        assert len(body(read(f"<p>We met Otto Berg at dawn.</p>{P}<p><em>{last}</em></p>", "en"))) == 3
