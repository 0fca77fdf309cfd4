"""Related articles, invitations and buttons that the words of a line show."""

import feed2doc
import pytest
from feed2doc import model as m

from tests.readers.article.credits.test_credit_words import LONG
from tests.readers.rules.test_words import CASES, LANGUAGES, P, body, read


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


@pytest.mark.parametrize("label", ["Related:", "Read more:", "See also:", "相关阅读：", "延伸阅读："])
def test_a_bold_label_of_links_may_have_no_links(label: str) -> None:
    html = f"<p>The ferry is back.</p><p><b>{label}</b></p><p>渡轮重新靠岸。</p>"
    document = feed2doc.read(f"[h](https://example.com/a)\n---\n{html}".encode())
    assert label.rstrip(":：") in feed2doc.write(document, "text")


def test_a_label_of_related_articles_without_any_is_text() -> None:
    document = read(f"{P}{P}<p><strong>Lire aussi :</strong></p><p>{LONG}</p>", "fr")
    assert len(body(document)) == 4


def test_a_link_to_another_article_in_a_quotation() -> None:
    box = '<blockquote><p><strong>Te puede interesar:</strong> <a href="/b">La lluvia no cesa</a></p></blockquote>'
    assert [type(block) for block in body(read(f"{P}{box}{P}", "es"))] == [m.Paragraph] * 2


def test_a_list_of_one_item_that_a_line_announces_stays() -> None:
    rule = "<p>There was one rule:</p><ul><li>Join us on deck, never on Facebook.</li></ul>"
    assert isinstance(body(read(f"{'<p>The ferry is back.</p>' * 2}{rule}", "en"))[-1], m.BulletList)


def test_a_list_of_one_item_that_is_text_stays() -> None:
    assert [type(block) for block in body(read(f"{P}{P}<ul><li>渡轮明天也开。</li></ul>", "zh"))][2:] == [
        m.BulletList
    ]


def test_an_invitation_in_italics_between_paragraphs() -> None:
    line = "<a href=/light>Sign up</a> to First Light, our free weekly newsletter."
    assert len(body(read(f"<p>Fog.</p><p><em>{line}</em></p><p>Rain.</p>", "en"))) == 2
    for text in ("She signed up to First Light.", "Support us, the members wrote, or the quay is lost."):
        assert len(body(read(f"<p>Fog.</p><p><em>{text}</em></p><p>Rain.</p>", "en"))) == 3


def test_a_slash_after_the_label_of_a_link_to_another_article() -> None:
    assert len(body(read(f"{P}<p>其它 / {LINK}</p>{P}", "zh"))) == 2


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
