"""The words of the trade (`words/*.toml`): credits, captions, junk and related articles of sources without a rule."""

import re
import tomllib
from typing import Any

import feed2doc
import pytest
from feed2doc import model as m
from feed2doc._compiled_data import FOLDER, word_files
from feed2doc._decoding import convert
from feed2doc.readers._rules.names import _is_latin_name, are_names
from feed2doc.readers._rules.words.lexicon import _compiled, languages_in, lexicon
from feed2doc.readers._rules.words.patterns import rules_of
from feed2doc.readers._rules.words.phrases import WordSearch, needs_of, parts_of, starts_of, template
from feed2doc.readers._rules.words.word_file import Bylines, WordFile

from tests import paths

CASES: dict[str, list[Any]] = tomllib.loads((paths.TESTS / "data" / "words.toml").read_text("utf-8"))
P = "<p>渡轮在停航三年之后重新靠岸。</p>"
LANGUAGES = ("de", "fr", "es", "pt", "it", "nl", "sv", "pl", "cs")
# Text that a page of a language has, so that its language is not taken for another one.
SENTENCES = {
    "de": "Die Fähre kam nach drei Jahren im Morgengrauen zurück, und die ganze Stadt stand am Kai.",
    "fr": "Le bac est revenu à l'aube après trois ans, et toute la ville était sur le quai.",
    "pt": "A balsa voltou ao amanhecer depois de três anos, e toda a cidade estava no cais.",
    "it": "Il traghetto è tornato all'alba dopo tre anni, e tutta la città era sul molo.",
    "ru": "Паром вернулся на рассвете после трёх лет, и весь город стоял на причале.",
    "ar": "عادت العبارة عند الفجر بعد ثلاث سنوات ووقفت المدينة كلها على الرصيف.",
    "ja": "渡し船は三年ぶりに夜明けに戻り、町中の人が岸壁に立っていた。",
    "ko": "여객선은 삼 년 만에 새벽에 돌아왔고 온 마을이 부두에 서 있었다.",
}


def read(html: str, language: str = "") -> feed2doc.Document:
    head = '<title>h</title><link rel="canonical" href="https://quay.example/2025/a">'
    page = f'<html lang="{language}"><head>{head}</head><body>{html}</body></html>'
    return feed2doc.read(page.encode(), format="html")


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


def body(document: feed2doc.Document) -> list[m.Block]:
    lead = [document.lead] if document.lead else []
    return [*lead, *(block for section in document.sections for block in section.blocks)]


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


@pytest.mark.parametrize("case", CASES["captions"], ids=lambda case: case["text"][:30])
def test_photo_credits(case: dict[str, str]) -> None:
    figure = f'<figure><img src="https://quay.example/a.jpg"><figcaption>{case["text"]}</figcaption></figure>'
    (found,) = (b for b in body(read_any(f"<p>{case['text']}</p>{figure}")) if isinstance(b, m.Figure))
    assert (m.plain_text(found.caption), m.plain_text(found.credit)) == (case["caption"], case["credit"])


@pytest.mark.parametrize("case", CASES["photo_lines"], ids=lambda case: case["line"][:30])
def test_lines_below_a_picture(case: dict[str, str]) -> None:
    env = feed2doc.Env(audit=True)
    picture = '<p><img src="https://quay.example/a.jpg"></p>'
    page = f"<html><body>{P}{P}{picture}<p>{case['line']}</p>{P}</body></html>"
    document = feed2doc.read(page.encode(), format="html", env=env)
    (figure,) = (b for b in body(document) if isinstance(b, m.Figure))
    assert m.plain_text(figure.credit) == case.get("credit", "") and not figure.caption
    assert (case["line"] in m.plain_article(document)) == (
        "credit" not in case or figure.credit == (m.Text(case["line"]),)
    )
    assert not [d for d in env.diagnostics if d.kind == "loss"]


@pytest.mark.parametrize("line", CASES["junk"])
def test_lines_that_are_no_part_of_an_article(line: str) -> None:
    env = feed2doc.Env(audit=True)
    for language in ("", *LANGUAGES):
        page = f'<html lang="{language}"><body>{P}<p>{line}</p>{P}</body></html>'
        if len(body(feed2doc.read(page.encode(), format="html", env=env))) == 2:
            break
    else:
        pytest.fail("kept")
    dropped = [d for d in env.diagnostics if d.kind == "dropped"]
    assert [d.text for d in dropped] == [line] and dropped[0].rule.startswith("words/")
    assert not [d for d in env.diagnostics if d.kind == "loss"]


def test_an_invitation_in_the_last_line_of_a_paragraph() -> None:
    for end in ("微信搜索“海港书评”：重申航海想象。", "关注我们的公众号", "Follow us on Facebook"):
        document = read(f"{P}<p>渡轮回来了。<br>———<br>{end}</p>", "zh")
        assert m.plain_text(body(document)[-1].content) == "渡轮回来了。"  # type: ignore[union-attr]


@pytest.mark.parametrize("line", CASES["invitations"])
def test_invitations_at_the_end_of_an_article(line: str) -> None:
    env = feed2doc.Env(audit=True)
    for language in ("", *LANGUAGES):
        page = f'<html lang="{language}"><body>{P}{P}<p>{line}</p></body></html>'
        document = feed2doc.read(page.encode(), format="html", env=env)
        if len(body(document)) == 2 and not document.credits:
            break
    else:
        pytest.fail("kept")
    assert not [d for d in env.diagnostics if d.kind == "loss"]


@pytest.mark.parametrize(
    ("end", "count"),
    [
        ("<h2>Thank you for reading!</h2>", 2),
        ("<h3>Follow us on Facebook</h3>", 2),
        ("<h2>Thank you for reading!</h2><figure><img src='https://quay.example/1.jpg'></figure>", 4),
        ("<h2>Thank you for reading!</h2><p>The next boat leaves on Monday.</p>", 4),
        ("<h2>Sources</h2>", 3),
        ("<h2>By the old mill</h2>", 3),
    ],
)
def test_a_heading_at_the_end_that_asks_for_something(end: str, count: int) -> None:
    page = (
        f'<html lang="en"><body><p>The ferry is back in the harbour.</p><p>It is noon.</p>{end}</body></html>'
    )
    document = feed2doc.read(page.encode(), format="html")
    assert len(body(document)) + sum(bool(each.heading) for each in document.sections) == count


@pytest.mark.parametrize("name", [name for name in word_files() if name not in ("ja", "ko")])
def test_what_is_left_out_anywhere_is_known_by_its_beginning(name: str) -> None:
    """Else each paragraph is searched for it, which takes a tenth of the time of reading. Verbs are last in ja and ko."""
    words = convert(tomllib.loads((FOLDER / "words" / f"{name}.toml").read_text("utf-8")), WordFile)
    assert not [rule for rule in rules_of(words) if rule.kind == "junk" and not rule.starts]


@pytest.mark.parametrize("space", ["\u00a0", "\n", "  "])
def test_words_with_other_spaces_between_them(space: str) -> None:
    last = f"<p>Follow us on{space}Facebook and Instagram.</p>".replace("Follow us", f"Follow{space}us")
    assert len(body(read(f"{P}{P}{last}", "en"))) == 2


@pytest.mark.parametrize("line", CASES["last_lines"])
def test_last_lines_that_are_text(line: str) -> None:
    for language in ("", *LANGUAGES):
        assert len(body(read(f"{P}{P}<p>{line}</p>", language))) == 3


@pytest.mark.parametrize("line", CASES["text"])
def test_lines_that_only_look_like_junk(line: str) -> None:
    for language in ("", *LANGUAGES):
        assert len(body(read(f"{P}<p>{line}</p>{P}", language))) == 3


@pytest.mark.parametrize(
    ("html", "caption", "credit"),
    [
        ('<div class="pic"><img src="/a.jpg">渡轮靠岸 图片由港务局提供</div>', "渡轮靠岸", "图片由港务局提供"),
        ('<div><div><img src="/a.jpg"></div><div>The ferry at dawn</div></div>', "The ferry at dawn", ""),
        ('<p><img src="/a.jpg"></p><p style="text-align:center">The ferry</p>', "The ferry", ""),
        ('<p class="centeredimage"><img src="/a.jpg"><br>The ferry is back!</p>', "The ferry is back!", ""),
        ('<p class="story"><img src="/a.jpg"><br>The ferry is back!</p>', "", ""),
        (f'<p><img src="/a.jpg"><br><em>{"The ferry is back, " * 8}they say.</em></p>', f'{"The ferry is back, " * 8}they say.', ""),
        (f'<p><img src="/a.jpg"><br>{"The ferry is back, " * 8}they say.</p>', "", ""),
        (f'<p><img src="/a.jpg"><br><span>{"The ferry is back in the old harbour, " * 4}they say. (Ann Ba/AFP)</span></p>', f'{"The ferry is back in the old harbour, " * 4}they say.', "Ann Ba/AFP"),
        ('<p><span><span><img src="/a.jpg"></span> <span class="caption"><span>The ferry.</span></span></span> It came at noon.</p>', "The ferry.", ""),
        ('<figure data-component="image"><img src="/a.jpg"></figure><ul><li><p>The ferry at noon</p></li></ul>', "The ferry at noon", ""),
        ('<p><img src="/a.jpg"></p><p><em>The ferry at dawn</em></p>', "The ferry at dawn", ""),
        ('<img src="/a.jpg" alt="The ferry at dawn."><p>The ferry at dawn.</p>', "The ferry at dawn.", ""),
        ('<img src="/a.jpg"><p>The ferry at dawn. (Reuters)</p>', "The ferry at dawn.", "Reuters"),
        ('<figure><img src="/a.jpg"><figcaption>Fog</figcaption></figure><p>AFP via Getty Images</p>', "Fog", "AFP via Getty Images"),
        ('<figure><img src="/a.jpg"><p>The ferry</p></figure>', "The ferry", ""),
        ('<figure><img src="/a.jpg"><figcaption>Fog<span class="copyright">Otto Berg</span></figcaption></figure>', "Fog", "Otto Berg"),
        ('[caption id="a" width="300"]<img src="/a.jpg"> The quay.[/caption]', "The quay.", ""),
        ('[caption id="a" caption="The quay."]<img src="/a.jpg">[/caption]', "The quay.", ""),
        ('<p><img src="/a.jpg"><br><em>The ferry at dawn. © Otto Berg</em></p>', "The ferry at dawn.", "© Otto Berg"),
        ('<div><img src="/a.jpg"><div class="bildunterschrift">Die Fähre <span class="copyright">© Otto Berg</span></div></div>', "Die Fähre", "© Otto Berg"),
        ('<div><img src="/a.jpg"><span class="image-caption">The ferry.</span> <span class="image-credit-text">Otto Berg</span></div>', "The ferry.", "Otto Berg"),
        ('<p><img src="/a.jpg"></p><p>图2 码头的早晨</p>', "图2 码头的早晨", ""),
        ('<p><img src="/a.jpg"></p><p>图2 是码头的早晨，渡轮还没有回来。</p>', "", ""),
        ('<p><img src="/a.jpg"></p><p class="pie-de-foto">The ferry came in at dawn.</p>', "The ferry came in at dawn.", ""),
        ('<dl><dt><img src="/a.jpg"></dt><dd>The ferry</dd></dl>', "The ferry", ""),
        ('<img src="/a.jpg"><h6>The ferry</h6>', "The ferry", ""),
        ('<img src="/a.jpg"><h6>The ferry</h6><h6>The quay</h6>', "", ""),
        ('<p><img src="/a.jpg"></p><p><small>The ferry</small></p>', "The ferry", ""),
        ('<p><img src="/a.jpg"></p><p><span style="font-size: 12px; color: #888">The ferry</span></p>', "The ferry", ""),
        ('<p><img src="/a.jpg"></p><p style="color: rgb(136, 136, 136)">The ferry</p>', "The ferry", ""),
        ('<p><img src="/a.jpg"></p><p style="font-size: 12px">The ferry</p><p style="font-size: 12px">It</p>', "", ""),
        ('<p><img src="/a.jpg"></p><p style="color: #808">The ferry</p>', "", ""),
        ('<p><img src="/a.jpg"></p><p style="color: rgb(52, 52, 52)">The ferry</p><p><br></p>', "", ""),
        ('<p><img src="/a.jpg"></p><p style="color: rgb(90, 90, 90)">The ferry</p><p><br></p><p style="color: rgb(90, 90, 90)">It</p>', "", ""),
        ('<p><img src="/a.jpg"></p><p style="color: rgb(90, 90, 90)">The ferry</p><p><br></p><p>It</p>', "The ferry", ""),
        ('<div><img src="/a.jpg"></div><div class="caption"><p>The ferry</p></div>', "The ferry", ""),
        ('<div style="color: #888"><img src="/a.jpg"><br><br> <br>The ferry</div>', "", ""),
        ('<div style="color: #888"><img src="/a.jpg"><br>The ferry</div>', "The ferry", ""),
        ('<div><img src="/a.jpg"><br><br><i>The ferry</i></div>', "The ferry", ""),
        ('<div><img src="/a.jpg"><p itemprop="caption">The ferry</p><p itemprop="copyrightHolder">Otto Berg</p></div>', "The ferry", "Otto Berg"),
        ('<figure><img src="/a.jpg"><figcaption><span>The ferry at the quay</span><span>Otto Berg/AFP</span></figcaption></figure>', "The ferry at the quay", "Otto Berg/AFP"),
        ('<figure><img src="/a.jpg"><figcaption><span>Captain</span><span>Otto Berg</span></figcaption></figure>', "Captain Otto Berg", ""),
        ('<figure><img src="/a.jpg"><figcaption><span>사진 속 김바다는 웃고 있다</span><span>Otto Berg/AFP</span></figcaption></figure>', "사진 속 김바다는 웃고 있다", "Otto Berg/AFP"),
        ('<figure><img src="/a.jpg"><figcaption><span>船长林海（左）和船员梅林（右）</span><span>Otto Berg/AFP</span></figcaption></figure>', "船长林海（左）和船员梅林（右）", "Otto Berg/AFP"),
        ('<figure><img src="/a.jpg"><figcaption>Fähre / Hafen / Stadt</figcaption></figure>', "Fähre / Hafen / Stadt", ""),
        ('<img src="/a.jpg"><p>The ferry came in at dawn, white and late.</p>', "", ""),
        ('<p><img src="/a.jpg">The ferry came in at dawn.</p>', "", ""),
        ('<div><figure><img src="/a.jpg"></figure><p>The ferry came in at dawn. It was white and late.</p></div>', "", ""),
    ],
)  # fmt: skip
def test_text_next_to_a_picture(html: str, caption: str, credit: str) -> None:
    document = read(f"<p>Text. More text.</p>{html}<p>The harbour is full.</p><p>End.</p>", "zh")
    (figure,) = (block for block in body(document) if isinstance(block, m.Figure))
    assert (m.plain_text(figure.caption), m.plain_text(figure.credit)) == (caption, credit)


LINK = '<a href="https://quay.example/2025/b">The tar came on Monday</a>'
CARD = f"<article><h3>{LINK}</h3><p>A teaser of a sentence or two.</p></article>"
OTHER = '<a href="https://ropes.example/b">A history of rope</a>'


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        (f"<ul><li><b>{LINK}</b></li></ul><p>End.</p>", 4),
        (f"<h3>Related articles</h3><ul><li>{LINK}</li><li>{OTHER}</li></ul>", 3),
        (f"<p>延伸閱讀</p><p>{LINK}</p>", 3),
        (f"<p><strong>Lire aussi :</strong> {LINK}</p>", 3),
        (f"<ul><li>{LINK}</li><li>{LINK}</li></ul>", 3),
        (
            f"<p>One thing and another thing happened at the quay on that very long day.</p><ul><li>{LINK}</li><li>{LINK}</li></ul><p>End.</p>",
            5,
        ),
        (
            "<div><a href='https://www.quay.example/c'><i></i><span>The ferry and the fog</span></a></div><p>End.</p>",
            4,
        ),
        (f"<p>更多有关渡轮的报道：</p><ul><li>{LINK}</li></ul><p>End.</p>", 4),
        (f"<h4>Sur le même sujet</h4><p>{LINK}</p><p>{LINK}</p><p>End.</p>", 4),
        (f"<p><b>À lire aussi</b></p><ul><li>{LINK}</li><li>{OTHER}</li></ul><p>End.</p>", 4),
        (f"<h2>More stories</h2>{CARD}{CARD}", 3),
        (f"<p><b>&gt;&gt; {LINK}</b></p><p>End.</p>", 4),
        (f"<p>👉 {LINK}</p>", 3),
        # Links that belong to the text.
        (f"<h2>More stories</h2>{CARD}{CARD}<p>Four.</p><p>Five.</p>", 7),
        (f"<h2>Stories from the quay</h2>{CARD}{CARD}", 5),
        (f"<p>The report is here:</p><p>👉 {LINK}</p>", 5),
        (f"<p>→ See {LINK}, which is short.</p>", 4),
        (f"<p>Read these first:</p><ul><li>{LINK}</li><li>{LINK}</li></ul><p>End.</p>", 6),
        (f"<p><b>Sources</b></p><ul><li>{LINK}</li><li>{LINK}</li></ul><p>End.</p>", 5),
        (f"<p>{LINK}</p><p>A.</p><p>{LINK}</p><p>B.</p><p>{LINK}</p><p>C.</p><p>{LINK}</p><p>D.</p>", 11),
        (f"<p><b>{LINK}</b></p><p>A.</p>", 5),
        (f"<p>See {LINK}.</p><p>A.</p>", 5),
        (f"<ul><li>{OTHER}</li></ul><p>End.</p>", 5),
        (f"<h3>Sources</h3><ul><li>{LINK}</li><li>{LINK}</li></ul>", 4),
        (f"<p>I wrote three texts:</p><ul><li>{LINK}</li><li>{LINK}</li></ul>", 5),
        ("<h2>Related posts</h2><p>The related posts of a mole are the piles under it.</p>", 4),
        (f"<p>Related: she wrote {LINK} last week.</p>", 4),
    ],
)
def test_lists_of_other_articles(html: str, kept: int) -> None:
    document = read(f"<p>One.</p><p>Two.</p><p>Three.</p>{html}", "fr")
    assert len(body(document)) == kept


def test_the_link_to_the_rest_is_dropped_and_its_text_kept() -> None:
    document = read('<p>One.</p><p>Otto says...<a href="/a">Read more</a></p>', "en")
    assert m.plain_text(body(document)[-1].content) == "Otto says..."  # type: ignore[union-attr]


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


@pytest.mark.parametrize("name", word_files())
def test_word_files_are_valid(name: str) -> None:
    words = convert(tomllib.loads((FOLDER / "words" / f"{name}.toml").read_text("utf-8")), WordFile)
    for rule in rules_of(words):
        re.compile(rule.pattern)
        assert rule.starts or rule.needs, rule
        assert "" not in rule.needs, rule
        # What begins with ^ is only tried at the start, so it must not be one of several alternatives.
        assert not rule.pattern.startswith("^") or _is_one(rule.pattern), rule


def _is_one(expression: str) -> bool:
    """Return True if the expression has no alternatives outside groups."""
    flat = re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]", "", expression)
    while (inner := re.sub(r"\([^()]*\)", "", flat)) != flat:
        flat = inner
    return "|" not in flat


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


def test_the_subtitle_of_a_story_of_medium() -> None:
    counter = '<img src="https://medium.com/_/stat?event=a" width="1" height="1">'
    for rest, standfirst in (("<h4>码头</h4>", "副标题"), ("<h3>码头</h3>", "")):
        document = read(f"<h3>副标题</h3>{P}{rest}{P}{counter}", "zh")
        assert m.plain_text(document.standfirst) == standfirst
    picture = '<figure><img src="https://quay.example/a.jpg"></figure>'
    for above, standfirst in ((picture, "副标题"), ("", "")):
        document = read(f"<h4>副标题</h4>{above}{P}<h4>码头</h4>{P}{counter}", "zh")
        assert m.plain_text(document.standfirst) == standfirst


def test_the_date_in_a_dateline_is_that_of_an_article_without_another() -> None:
    text = f"<p>【海港日报2025年5月5日讯】（海港日报记者林海报导）{LONG}</p>"
    document = read(text, "zh")
    assert document.published is not None and f"{document.published:%Y-%m-%d}" == "2025-05-05"
    dated = read(f"<time datetime='2025-05-06T09:30:00+08:00'>6日</time>{text}", "zh")
    assert dated.published is not None and f"{dated.published:%Y-%m-%d}" == "2025-05-06"
    assert read(f"<p>【重要】2025年5月5日，{LONG}</p>", "zh").published is None


@pytest.mark.parametrize("label", ["Related:", "Read more:", "See also:", "相关阅读：", "延伸阅读："])
def test_a_bold_label_of_links_may_have_no_links(label: str) -> None:
    html = f"<p>The ferry is back.</p><p><b>{label}</b></p><p>渡轮重新靠岸。</p>"
    document = feed2doc.read(f"[h](https://example.com/a)\n---\n{html}".encode())
    assert label.rstrip(":：") in feed2doc.write(document, "text")


def test_a_label_of_related_articles_without_any_is_text() -> None:
    document = read(f"{P}{P}<p><strong>Lire aussi :</strong></p><p>{LONG}</p>", "fr")
    assert len(body(document)) == 4


@pytest.mark.parametrize(
    "typed", ["Loading", "Loading...", "Loading…", "Loading ...", "Audio player loading…", "Like Loading..."]
)
def test_an_ellipsis_in_a_phrase_is_found_however_it_is_typed(typed: str) -> None:
    document = read(f"<p>Fog.</p><p>{typed}</p><p>Fog on the quay.</p>", "en")
    assert [m.plain_text(block.content) for block in body(document)] == ["Fog.", "Fog on the quay."]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "kept", ["Loading the ferry took", "Loading took an hour…", "Audio player loading is slow"]
)
def test_an_ellipsis_in_a_phrase_does_not_stand_for_words(kept: str) -> None:
    document = read(f"<p>Fog.</p><p>{kept}</p><p>Fog on the quay.</p>", "en")
    assert kept in [m.plain_text(block.content) for block in body(document)]  # type: ignore[union-attr]


def test_phrases_are_regular_expressions() -> None:
    assert re.fullmatch(template("[...]"), "[…]") and not re.fullmatch(template("[...]"), "[at noon]")
    assert re.fullmatch(template("加载中..."), "加载中……") and re.fullmatch(
        template("Sign up…"), "Sign up for fog"
    )
    assert needs_of(["Wait..."]) == ("Wait",) and starts_of(["...more"]) == ()
    assert parts_of("Sign up… for {name}'s 摘*编...") == ("sign", "for", "up", "s", "摘", "编")


def test_any_of_many_words_is_found() -> None:
    words = WordSearch(["Photo", "图片", "图片来源", "(c)", "^"])
    assert all(map(words.is_in, ["A Photo", "图片来源：林海", "The quay (c) 2025", "a^b"]))
    assert not any(map(words.is_in, ["", "photo", "图", "(", "片图"]))
    assert sorted(words.ends_at("在图片来源", 1)) == [3, 5] and list(words.ends_at("图", 1)) == []
    assert WordSearch(["quay", "queue"]).is_in("A quay") and not WordSearch([]).is_in("A quay")


@pytest.mark.parametrize(
    "text",
    [
        "林海",
        "欧阳林海",
        "林海、梅林",
        "林海 梅林",
        "林海和梅林",
        "林海 與 梅林",
        "𠮷田林",
        "露西•凯拉韦(Lucy Kellaway)",
        "林·A·海",
        "Ann van Berg",
        "J. R. Ångström and Ann O'Ba",
        "Анна Берг, И. Береза",
        "さくら",
        "김철수",
        "محمد علي",
    ],
)
def test_names(text: str) -> None:
    assert are_names(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "林",
        "the quay",
        "дом и лес",
        "서울 특파원",
        "林·海·梅·林·岸",
        "林·海2",
        "(Ann Ba)",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert not are_names(text)


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


def test_a_typed_rule_above_a_line_that_is_left_out_goes_with_it() -> None:
    document = read(f"{P}{P}<p>———<br>微信搜索“<b>海港书评</b>”：重申文化想象</p>", "zh")
    assert len(body(document)) == 2


def test_an_agency_names_its_reporters_below_the_text() -> None:
    line = "(Reporting by Ann Ba in Oslo; Writing by Otto Berg; Editing by Karin Holm)"
    document = read(f"{'<p>The fog came in.</p>' * 3}<p>{line}</p>", "en")
    assert [person.name for person in document.byline] == ["Ann Ba", "Otto Berg"]
    assert [credit.role for credit in document.credits] == ["note", "note", "editor"]


def test_a_rule_is_tried_on_texts_with_the_beginning_of_a_phrase() -> None:
    assert starts_of(["Lire l’article", "D'après…", "文／…", "Read more..."]) == ("d", "lire", "read", "文／")
    assert starts_of(["Read more", "…が撮影"]) == ()


@pytest.mark.parametrize("typed", ["—— END ——", "* * *", "———", "__________", "__", "⁂", "***"])
def test_a_typed_rule_is_a_rule(typed: str) -> None:
    kinds = [type(block) for block in body(read(f"{P}<p>{typed}</p>{P}", "zh"))]
    assert kinds == [m.Paragraph, m.Rule, m.Paragraph]


@pytest.mark.parametrize(
    "line",
    [
        "<code>***</code>",
        "<a href='https://quay.example/b'>***</a>",
        "* * <img src='https://quay.example/a.png' alt=''> *",
        "<kbd>---</kbd>",
        "<del>* * *</del>",
    ],
)
def test_a_row_of_signs_that_is_more_than_text_is_no_rule(line: str) -> None:
    blocks = body(read(f"{P}<p>{line}</p>{P}", "en"))
    assert len(blocks) > 2 and not [block for block in blocks if isinstance(block, m.Rule)]


def test_the_reporters_of_an_agency_at_the_end() -> None:
    line = "(Reporting by Ann Ba in Oslo and Bo Cy in Lower Harbour; Editing by Otto Berg)"
    document = read(f"{P}{P}<p>{line}</p>", "en")
    assert [person.name for person in document.byline] == ["Ann Ba", "Bo Cy"]
    assert [(credit.role, credit.person) for credit in document.credits][1:] == [("editor", "Otto Berg")]


def test_a_link_to_another_article_in_a_quotation() -> None:
    box = '<blockquote><p><strong>Te puede interesar:</strong> <a href="/b">La lluvia no cesa</a></p></blockquote>'
    assert [type(block) for block in body(read(f"{P}{box}{P}", "es"))] == [m.Paragraph] * 2


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


def test_a_list_of_one_item_that_a_line_announces_stays() -> None:
    rule = "<p>There was one rule:</p><ul><li>Join us on deck, never on Facebook.</li></ul>"
    assert isinstance(body(read(f"{'<p>The ferry is back.</p>' * 2}{rule}", "en"))[-1], m.BulletList)


def test_a_list_of_one_item_that_is_text_stays() -> None:
    assert [type(block) for block in body(read(f"{P}{P}<ul><li>渡轮明天也开。</li></ul>", "zh"))][2:] == [
        m.BulletList
    ]


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


def test_a_caption_and_its_element_may_both_have_a_credit() -> None:
    caption = "<figcaption>渡轮靠岸。（记者林海摄）<span class=copyright>Photo: QNA</span></figcaption>"
    (figure,) = feed2doc.figures(read(f"{P}<figure><img src='/a.png'>{caption}</figure>{P}", "zh"))
    assert m.plain_text(figure.caption) == "渡轮靠岸。"
    assert m.plain_text(figure.credit) == "记者林海摄 Photo: QNA"
    others = caption.replace("Photo: QNA", "记者林海摄影")
    (figure,) = feed2doc.figures(read(f"{P}<figure><img src='/a.png'>{others}</figure>{P}", "zh"))
    assert m.plain_text(figure.credit) == "记者林海摄 记者林海摄影"
    again = caption.replace("Photo: QNA", "记者林海摄")
    (figure,) = feed2doc.figures(read(f"{P}<figure><img src='/a.png'>{again}</figure>{P}", "zh"))
    assert m.plain_text(figure.credit) == "记者林海摄"


def test_the_legal_lines_below_the_last_picture_are_not_its_credit() -> None:
    legal = "© 2025 海港日报版权声明：本文受著作权法保护。未经书面授权，不得使用。"
    document = read(
        f'{P}<div><img src="/a.jpg"><b>旧灯塔</b>：灯塔在码头的北边，灯还亮着。</div><p><em>{legal}</em></p>',
        "zh",
    )
    assert [(credit.role, m.plain_text(credit.text)) for credit in document.credits] == [("rights", legal)]
    assert [m.plain_text(figure.credit) for figure in feed2doc.figures(document)] == [""]


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


def test_an_invitation_in_italics_between_paragraphs() -> None:
    line = "<a href=/light>Sign up</a> to First Light, our free weekly newsletter."
    assert len(body(read(f"<p>Fog.</p><p><em>{line}</em></p><p>Rain.</p>", "en"))) == 2
    for text in ("She signed up to First Light.", "Support us, the members wrote, or the quay is lost."):
        assert len(body(read(f"<p>Fog.</p><p><em>{text}</em></p><p>Rain.</p>", "en"))) == 3


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


def test_a_slash_after_the_label_of_a_link_to_another_article() -> None:
    assert len(body(read(f"{P}<p>其它 / {LINK}</p>{P}", "zh"))) == 2


@pytest.mark.parametrize(
    ("text", "stated", "expected"),
    [
        ("The quay.", "", ()),
        ("The quay — “open”, ５ ⓘ 🚢", "fr-FR", ("fr",)),
        ("渡轮，停航。", "en", ("en", "zh")),
        ("渡轮「カモメ」", "", ("ja", "zh")),
        ("부두 Паром مرفأ", "", ("ar", "ko", "ru")),
        # The characters after those of the scripts, and half of a pair.
        ("\u0500\u0700\u31f0\ua000\ue000\ud800", "", ()),
    ],
)
def test_languages_by_the_scripts_of_a_text(text: str, stated: str, expected: tuple[str, ...]) -> None:
    assert languages_in(text, stated) == expected


def test_the_last_line_of_a_story_in_italics_is_no_biography() -> None:
    for last in (
        "Otto Berg has a shop now, and no editor at all.",
        "Ann Ba was never a reporter, and only liked the light.",
    ):
        assert len(body(read(f"<p>We met Otto Berg at dawn.</p>{P}<p><em>{last}</em></p>", "en"))) == 3


def test_rules_without_letters_of_two_cases_do_not_ignore_case() -> None:
    words = WordFile(
        languages=("zh",), labels={"editor": ("编辑", "Editor")}, bylines=Bylines(notes=("报道",))
    )
    by_pattern = {rule.pattern: rule.exact for rule in rules_of(words)}
    assert {exact for pattern, exact in by_pattern.items() if "Editor" in pattern} == {False}
    assert {exact for pattern, exact in by_pattern.items() if "报道" in pattern} == {True}


@pytest.mark.parametrize(
    ("line", "language", "is_credit"),
    [
        ("Photo: AP", "en", True),
        ("Photo: Ann Ba / Getty Images", "en", True),
        ("Photo: the lamp on the quay", "en", False),
        ("Фото: Анна Морева", "ru", True),
        ("Фото: причал утром", "ru", False),
        ("Foto: Rui Faro/Agência Brasil", "pt", True),
        ("Foto: Ansa", "it", True),
        ("Photo : Luc Morel", "fr", True),
        ("写真：共同通信", "ja", True),
        ("写真：朝の岸壁", "ja", False),
        ("사진: 김바다 기자", "ko", True),
        ("图：新华社", "zh", True),
        ("图：早市", "zh", False),
    ],
)
def test_a_kind_of_picture_and_a_colon_below_it(line: str, language: str, is_credit: bool) -> None:
    for after in (P + P, ""):
        [figure] = [
            block
            for block in body(read(f"{P}<p><img src=/a.png></p><p>{line}</p>{after}", language))
            if isinstance(block, m.Figure)
        ]
        caption, credit = m.plain_text(figure.caption), m.plain_text(figure.credit)
        assert (caption, credit) == (("", line) if is_credit else (line, ""))


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("Moradores no cais | Foto: Rui Faro/Agência Brasil", "Moradores no cais", "Foto: Rui Faro/Agência Brasil"),
        ("The lamp at dawn – Photo: Ann Ba", "The lamp at dawn", "Photo: Ann Ba"),
        ("낡은 부두의 등대. 해강/김바다 기자", "낡은 부두의 등대.", "해강/김바다 기자"),
        ("낡은 부두의 등대. 해강일보/연합뉴스", "낡은 부두의 등대.", "해강일보/연합뉴스"),
    ],
)  # fmt: skip
def test_signs_around_a_credit_are_not_left_in_the_caption(text: str, caption: str, credit: str) -> None:
    for figure in (
        f"<figure><img src=/a.png><figcaption>{text}</figcaption></figure>",
        f"<table><tr><td><img src=/a.png></td></tr><tr><td>{text}</td></tr></table>",
    ):
        env = feed2doc.Env()
        document = feed2doc.read(
            f"[h](https://q.example/2)\n---\n{P}{figure}{P}<p>부두와 cais.</p>".encode(), env=env
        )
        found = next(b for b in m.walk(document) if isinstance(b, m.Figure))
        assert (m.plain_text(found.caption), m.plain_text(found.credit)) == (caption, credit)
        assert not [d for d in env.diagnostics if d.kind == "loss"]


@pytest.mark.parametrize(
    ("last", "language", "is_kept"),
    [
        ("O mestre do porto o viu no dia seguinte.", "pt", False),
        ("Há mais nos textos seguintes.", "pt", True),
        ("El capitán lo vio al día siguiente.", "es", False),
        ("Es gab am folgenden Tag keine Fähre.", "de", False),
        ("Mehr sagen die folgenden Texte.", "de", True),
        ("The ferry left on the following day.", "en", False),
        ("I wrote more in the following.", "en", True),
        ("다음 날 나룻배는 떠났다.", "ko", False),
        ("다음 글에 더 썼다.", "ko", True),
        ("次の日に船は出た。", "ja", False),
        ("气温降到零度以下。", "zh", False),
        ("更多请看以下文章。", "zh", True),
    ],
)
def test_the_next_day_does_not_announce_a_list_of_links(last: str, language: str, is_kept: bool) -> None:
    links = "".join(
        f"<li><a href='https://quay.example/{n}'>The lamp is out again in part {n}</a></li>" for n in "ab"
    )
    document = read(f"{P}{P}<p>{last}</p><ul>{links}</ul>", language)
    assert any(isinstance(b, m.BulletList) for b in body(document)) == is_kept


@pytest.mark.parametrize("sign", ["+ ", "▶ ", "» ", "→"])
def test_a_sign_before_a_single_link_between_paragraphs(sign: str) -> None:
    link = "<a href='https://quay.example/1'>The lamp is out again on the quay</a>"
    assert len(body(read(f"{P}{P}<p>{sign}{link}</p>{P}", "en"))) == 3
    assert len(body(read(f"{P}{P}<p>See {link}</p>{P}", "en"))) == 4
    assert len(body(read(f"{P}{P}<p><i>[{link}]</i></p>{P}", "en"))) == 3


@pytest.mark.parametrize(
    ("text", "language", "caption"),
    [
        ("Der Hafen am Morgen. Otto Berg/dpa", "de", "Der Hafen am Morgen."),
        ("Der Hafen am Morgen. Bildrechte: Otto Berg", "de", "Der Hafen am Morgen."),
        ("Le port au matin. LUC MOREL / AFP", "fr", "Le port au matin."),
        ("Le port au matin. LP/Luc Morel", "fr", "Le port au matin."),
        ("O porto ao amanhecer - Rui Faro/Lusa", "pt", "O porto ao amanhecer"),
        ("Il porto all'alba (ansa)", "it", "Il porto all'alba"),
        ("Порт на рассвете © Олег Берег/РИА Новости", "ru", "Порт на рассвете"),
        ("Порт на рассвете. Автор фото, Getty Images", "ru", "Порт на рассвете."),
        ("الميناء عند الفجر (أ ف ب)", "ar", "الميناء عند الفجر"),
        ("夜明けの港（共同）", "ja", "夜明けの港"),
        ("夜明けの港＝はまべ潮撮影", "ja", "夜明けの港"),
        ("夜明けの港（c）AFP", "ja", "夜明けの港"),
        ("새벽의 항구. 2025.5.5/뉴스1", "ko", "새벽의 항구. 2025.5.5"),
        ("清晨的港口 图/视觉中国", "zh", "清晨的港口"),
        ("清晨的港口（海港晚报 林海/图）", "zh", "清晨的港口"),
    ],
)
def test_a_caption_and_a_credit_in_a_line_below_a_picture(text: str, language: str, caption: str) -> None:
    around = "".join(f"<p>{SENTENCES[language]}</p>" for _ in range(2)) if language in SENTENCES else P + P
    for picture in (
        f"<figure><img src=/a.png><figcaption>{text}</figcaption></figure>",
        f"<p><img src=/a.png></p><p>{text}</p>",
        f"<p><img src=/a.png><br><em>{text}</em></p>",
    ):
        document = read(f"{around}{picture}{around}", language)
        found = next(block for block in m.walk(document) if isinstance(block, m.Figure))
        credit = letters(m.plain_text(found.credit))
        assert m.plain_text(found.caption) == caption
        assert credit and letters(text) == letters(caption) + credit


@pytest.mark.parametrize(
    "line", ["Ann Ba / Getty Images", "Photo by Ann Ba/AP", "林海/新华社", "Courtesy Ann Ba/AP"]
)
def test_a_line_below_a_picture_that_is_only_a_credit(line: str) -> None:
    document = read(f"{P}<p><img src=/a.png></p><p>{line}</p>{P}", "en")
    found = next(block for block in m.walk(document) if isinstance(block, m.Figure))
    assert (m.plain_text(found.caption), m.plain_text(found.credit)) == ("", line)


def test_a_rule_is_not_compiled_for_a_text_that_lacks_what_it_needs() -> None:
    """An invitation needs a verb and an object, a name before a bracket the words in it."""
    _compiled.cache_clear()
    for text in ("点击这条航道的照片", "林海报道了渡轮"):
        assert lexicon(("zh",)).find("credit", text) is None
    assert _compiled.cache_info().currsize == 0
    assert (
        lexicon(("zh",)).find("credit", "林海（综合报道）") is not None
        and _compiled.cache_info().currsize == 1
    )


@pytest.mark.parametrize(
    "name", ["Ann Ba", "J. R. de la Cruz", "Ann B C", "Otto van der Berg", "Lin Д. Море"]
)
def test_names_have_capitals_and_particles(name: str) -> None:
    assert are_names(name)
    for wrong in (
        f"{name} de",
        f"ann {name}",
        f"{name} de la di Cruz",
        f"{name} A Ba C D E F",
        f"{name}  Ba",
    ):
        assert not _is_latin_name(wrong)


@pytest.mark.parametrize(
    "label",
    [
        *(
            "Read: ",
            "READ MORE: ",
            "» Lire aussi : ",
            "[À LIRE] ",
            "Lesen Sie hier: ",
            "LEA: ",
            "LEIA: ",
            "Leggi: ",
        ),
        *(
            "Подробнее: ",
            "【関連記事】",
            "関連：",
            "▶ 관련기사: ",
            "[관련기사] ",
            "함께 보기: ",
            "【相关报道】",
            "更多：",
            "【延伸閱讀】",
            "《延伸閱讀》",
            "相關報導👉",
            "🔎 LEIA MAIS: ",
            "<span>Lesen Sie auch</span>",
        ),
        *(
            "Explainer | ",
            "Interview: ",
            "Entretien : ",
            "L'intervista: ",
            "اقرأ أيضاً.. ",
            "[함께 읽는 기사] ",
        ),
        *("More on this story: ", "More on the strike: ", "Relire notre enquête : ", "更多海港報導："),
    ],
)
def test_labels_with_signs_and_brackets_before_a_link(label: str) -> None:
    link = "<a href='https://quay.example/1'>The lamp is out again on the quay</a>"
    line = f"<p>{label}{link}</p>"
    lengths = {len(body(read(f"{P}{P}{line}{P}", language))) for language in ("en", "ja", *LANGUAGES)}
    assert min(lengths) == 3
    assert len(body(read(f"{P}{P}<p>{label}{link}, says the captain of the ferry.</p>{P}", "en"))) == 4


@pytest.mark.parametrize(
    "line",
    [
        "[Read: LINK]",
        "[<a href='https://quay.example/1'>Lesen Sie dazu auch: Die Lampe ist aus</a>]",
        "+++ Lesen Sie auch: LINK +++",
        "<a href='https://quay.example/1'><strong>READ MORE: The lamp is out</strong></a>",
        "+ <a href='https://quay.example/1'>Leia também: A lâmpada apagou</a>",
    ],
)
def test_labels_of_a_link_in_brackets_between_signs_or_in_the_link(line: str) -> None:
    said = line.replace("LINK", "<a href='https://quay.example/1'>The lamp is out again on the quay</a>")
    language = "de" if "Lesen" in line else "pt" if "Leia" in line else "en"
    for html in (f"{P}{P}<p>{said}</p>{P}", f"{P}{P}{P}<p>{said}</p>"):
        assert len(body(read(html, language))) == 3


@pytest.mark.parametrize(
    "line", ["See also LINK.", "[Read on LINK, he said]", "Related to LINK by marriage »"]
)
def test_lines_that_only_begin_like_a_label_are_kept(line: str) -> None:
    said = line.replace("LINK", "<a href='https://quay.example/1'>the lamp</a>")
    assert len(body(read(f"{P}{P}<p>{said}</p>{P}", "en"))) == 4


@pytest.mark.parametrize("words", ["Related", "Read also", "相关阅读"])
def test_a_heading_of_links_at_the_end_without_any_is_left_out(words: str) -> None:
    language = "en" if words.isascii() else "zh-CN"
    headings = [
        [m.plain_text(section.heading) for section in read(html, language).sections]
        for html in (f"{P}{P}{P}<h3>{words}</h3>", f"{P}{P}<h3>{words}</h3>{P}")
    ]
    assert headings == [[""], ["", words]]


@pytest.mark.parametrize(
    "line",
    [
        *("Get unlimited access", "Diesen Artikel anhören", "Je m'inscris", "Suscribirse", "Seja assinante"),
        *(
            "Abbonati ora",
            "Слушать эту статью",
            "سجّل الآن",
            "有料プランを見る",
            "회원 가입하기",
            "成为会员",
            "點我看全文",
        ),
    ],
)
def test_the_words_of_buttons_at_the_end(line: str) -> None:
    button = f"<p><a href='https://quay.example/1'>{line}</a></p>"
    lengths = {len(body(read(f"{P}{P}{P}{button}", language))) for language in ("en", *LANGUAGES)}
    assert min(lengths) == 3
    assert len(body(read(f"{P}{P}{P}<p>{line}, said the captain.</p>", "en"))) == 4
