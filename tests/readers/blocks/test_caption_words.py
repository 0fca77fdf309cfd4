"""Captions and photo credits that the words of a line show."""

import feed2doc
import pytest
from feed2doc import model as m

from tests.readers.article.credits.test_credit_words import letters, read_any
from tests.readers.rules.test_words import CASES, P, body, read

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


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("（渔船归来。记者林海摄）", "渔船归来。", "记者林海摄"),
        (
            "(渔船归来。码头上站满了人。《海镜》记者林海生/摄）",
            "渔船归来。码头上站满了人。",
            "《海镜》记者林海生/摄",
        ),
        ("（渔船归来。）", "渔船归来。", ""),
    ],
)
@pytest.mark.parametrize("around", ["{}", "<em>{}</em>"])
def test_credits_of_captions_in_brackets(line: str, caption: str, credit: str, around: str) -> None:
    sentences = "<p>渡轮在黎明时分靠岸，码头上站满了人。</p>"
    picture = f'<p><img src="https://quay.example/a.jpg"></p><p>{around.format(line)}</p>'
    found = [
        each for each in body(read_any(f"{sentences}{picture}{sentences}")) if isinstance(each, m.Figure)
    ]
    assert len(found) == 1
    if credit:
        assert (m.plain_text(found[0].caption), m.plain_text(found[0].credit)) == (caption, credit)
    else:
        assert not found[0].credit
