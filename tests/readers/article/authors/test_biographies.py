"""Biographies of the author below an article."""

from __future__ import annotations

import feed2doc
import pytest
from feed2doc import model as m

TEXTS = {
    "zh": "码头上的灯亮了，渡轮慢慢靠岸，人们提着行李走下来，谁也没有说话。",
    "ja": "岸壁の灯がともり、連絡船がゆっくりと着いた。人びとは荷物を持って降りてきた。",
    "ko": "부두에 불이 켜지고 배가 천천히 들어왔다. 사람들은 짐을 들고 내렸다.",
    "en": "The lamp on the quay was lit, and the ferry came in slowly while people waited with their bags.",
    "de": "Die Lampe am Kai brannte, und die Fähre kam langsam an, während die Leute warteten.",
    "fr": "La lampe du quai brûlait et le bac arrivait lentement pendant que les gens attendaient.",
    "es": "La lámpara del muelle ardía y el barco llegaba despacio mientras la gente esperaba.",
    "it": "La lampada del molo ardeva e il traghetto arrivava piano mentre la gente aspettava.",
    "pt": "A lâmpada do cais ardia e o barco chegava devagar enquanto as pessoas esperavam.",
    "ru": "На причале зажгли фонарь, и паром медленно подошёл к берегу, а люди ждали.",
}
BIOGRAPHIES = [
    ("zh", "林海", "林海系海港大学历史系教授，著有《灯塔》。"),
    ("zh", "林海", "林海毕业于海港大学，现居桅城。"),
    ("zh", "梅林、林海", "林海(Lin Hai)是《海港时报》驻北港记者。"),
    ("zh", "林海", "林海，曾任海港日報記者，現為自由作家。"),
    ("ja", "林海", "林海（はやし・うみ）1970年生まれ。"),
    ("ko", "김바다", "김바다는 항구대 역사학과 교수다."),
    ("en", "Ann Ba and Bo Li", "Bo Li, a writer based in Oslo, is at work on a book about rope."),
    ("de", "Otto Berg und Anna Bach", "Anna Bach lebt in Kiel und schreibt über Schiffe."),
    ("fr", "Luc Port et Anne Bas", "Anne Bas enseigne l’histoire à l’université du Quai."),
    ("es", "Juan Mar y Ana Bas", "Ana Bas (Cádiz, 1970) es escritora."),
    ("it", "Anna Bassi", "Anna Bassi, storica, vive a Genova."),
    ("pt", "Ana Basto", "Ana Basto é historiadora e vive em Lisboa."),
    ("ru", "Анна Басова", "Анна Басова — историк, живёт в Кронштадте."),
]
BOXES = ["<p>{}</p>", "<blockquote><p>{}</p></blockquote>", "<p><b>{}</b></p>", "<hr><p>{}</p>"]


def read(language: str, byline: str, end: str) -> m.Document:
    text = TEXTS[language]
    html = f'<div class="byline">{byline}</div><p>{text}</p><p>{text * 2}</p><p>{text}</p>{end}'
    return feed2doc.read(
        f"<!--1-->\n[Lamp and ferry](https://quay.example/{language})\n------\n{html}".encode()
    )


def roles(document: m.Document) -> list[str]:
    return [credit.role for credit in document.credits]


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize(("language", "byline", "line"), BIOGRAPHIES)
def test_a_text_at_the_end_that_begins_with_the_author(
    language: str, byline: str, line: str, box: str
) -> None:
    document = read(language, byline, box.format(line))
    assert roles(document) == ["author-bio"]
    assert document.credits[0].person in byline and m.plain_text(document.credits[0].text) == line


def test_a_long_biography_in_a_quotation_has_no_word_for_a_profession() -> None:
    line = f"林海，中文名为林大海，二十岁时第一次看见海。{'此后他走遍了北方的港口，写下了每一座灯塔的名字。' * 6}"
    assert roles(read("zh", "林海", f"<blockquote><p>{line}</p></blockquote>")) == ["author-bio"]


@pytest.mark.parametrize(
    ("byline", "end"),
    [
        ("林海", "<blockquote><p>林海：灯塔是谁建的，教授？</p></blockquote>"),  # a speaker
        ("林海", "<p>林海说他什么也没有看见。</p>"),
        ("林海", "<p>梅林是海港大学教授。</p>"),
        ("林海", "<p>后来林海成了教授。</p><p>林海是海港大学教授。</p>"),  # named in the text
        ("海港通讯社", "<p>海港通讯社记者到过现场。</p>"),
        ("Ann Ba", "<p>Ann Bacon is a writer in the story.</p>"),
        ("Quay", "<p>Quay is a reporter no more.</p>"),
        ("Ann Ba", "<p>Ann Ba saw nothing of it.</p>"),
    ],
)
def test_texts_at_the_end_that_are_no_biographies(byline: str, end: str) -> None:
    assert "author-bio" not in roles(read("zh" if not byline.isascii() else "en", byline, end))


def test_a_text_that_is_nothing_but_a_biography_stays() -> None:
    item = "<!--1-->\n[Lin](https://quay.example/a)\n------\n<div class=byline>林海</div><p>林海是海港大学教授。</p>"
    assert m.plain_text(feed2doc.read(item.encode()).sections[0].blocks[0].content) == "林海是海港大学教授。"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("language", "byline", "line"),
    [
        ("en", "Ann Ba", "Ann Ba told the court that she lives in fear."),
        ("en", "Ann Ba", "Ann Ba had the last word: the works were done, and she was born again."),
        ("en", "Ann Ba", "Ann Ba's daughter lives in Oslo."),
        ("en", "Ann Ba", "Ann Ba and her student left the hall."),
        ("de", "Otto Berg", "Otto Bergs Sohn lebt in Oslo."),
        ("de", "Otto Berg", "Otto Berg sagte, er lebt nicht mehr dort."),
        ("fr", "Luc Port et Anne Bas", "Anne Bas dit que son fils vit à Oslo."),
        ("es", "Ana Mar", "Ana Mar dijo que su hijo vive en Oslo."),
        ("ru", "Иван Берг", "Иван Берг сказал, что сын его живёт в Осло."),
        ("zh", "林海", "林海说，他生于海港，死也要死在海港。"),
        ("zh", "林海", "林海毕业那天，渡轮沉了。"),
        ("zh", "林海", "林海的儿子是教授。"),
        ("zh", "林海", "林海，你的作家梦呢？"),
        ("ja", "山田太郎", "山田太郎が卒業した日、船は沈んだ。"),
        ("ko", "김바다", "김바다는 항구에서 태어났다고 말했다."),
    ],
)
def test_a_last_sentence_about_the_author(language: str, byline: str, line: str) -> None:
    document = read(language, byline, f"<p>{line}</p>")
    assert roles(document) == []
    assert line in m.plain_article(document)


def test_a_story_in_italics_about_someone() -> None:
    line = "Ann Ba, a teacher, was among the dead."
    assert roles(read("en", "Otto Berg", f"<p><em>{line}</em></p>")) == []


@pytest.mark.parametrize(
    ("end", "person"),
    [
        (
            '<p><i>Ann Lund is a reporter for the Quay Post. Follow her on Twitter </i><a href="https://twitter.com/annlund"><i>@annlund</i></a></p>',
            "Ann Lund",
        ),
        (
            '<p><a href="/people/ann-lund"><img src="https://quay.example/a.jpg"></a></p><p>Ann Lund covers the port. Since joining us, she has lived in Oslo.</p>',
            "Ann Lund",
        ),
        ("<p>Ann Lund / Ann is the Harbour Editor at the Quay Post.</p>", "Ann Lund"),
    ],
)
def test_a_biography_of_an_author_whom_nothing_else_names(end: str, person: str) -> None:
    document = read("en", "", end)
    assert roles(document) == ["author-bio"] and document.credits[0].person == person
    assert not feed2doc.figures(document)


@pytest.mark.parametrize(
    "end",
    [
        "<p>Ann Lund covers her ears when the horn sounds.</p>",
        '<p><a href="/people/otto-berg"><img src="https://quay.example/a.jpg"></a></p><p>Ann Lund covers her ears.</p>',
        '<p><a href="/photos/ann"><img src="https://quay.example/a.jpg"></a></p><p>Ann covers her ears.</p>',
    ],
)
def test_a_last_sentence_about_someone_without_a_portrait(end: str) -> None:
    assert roles(read("en", "", end)) == []


@pytest.mark.parametrize(
    ("last", "is_cut"),
    [
        ("They wait. <i>By Ann Lund</i>", True),
        ("They wait. <i>By Otto Berg</i>", False),
        ("A book <i>By Ann Lund</i>", False),
    ],
)
def test_the_stated_author_after_the_last_sentence(last: str, is_cut: bool) -> None:
    item = f"<title>Lamp</title><author>Ann Lund</author><link>https://quay.example/1</link><description><![CDATA[<p>{TEXTS['en']}</p><p>{last}</p>]]></description>"
    document = feed2doc.read(
        f"<rss version='2.0'><channel><title>Quay</title><item>{item}</item></channel></rss>".encode()
    )
    assert [each.name for each in document.byline] == ["Ann Lund"]
    assert (
        "By Ann Lund" not in m.plain_article(document) and "By Otto Berg" not in m.plain_article(document)
    ) == is_cut
