"""Roles next to names: `Ann Ba (text) and Otto Berg (photos)`, `林海生/文`."""

import feed2doc
import pytest
from feed2doc.model import plain_text

BODY = {
    "ar": "الميناء مفتوح من جديد. تغادر العبارة كل ساعة وينتظر كثير من الناس على الرصيف.",
    "de": "Der Hafen ist wieder offen. Die Fähre fährt jede Stunde, und viele Leute stehen am Kai.",
    "en": "The port is open again. The ferry leaves every hour, and many people wait on the quay.",
    "es": "El puerto está abierto de nuevo. El barco sale cada hora y mucha gente espera en el muelle.",
    "fr": "Le port est rouvert. Le bac part chaque heure, et beaucoup de gens attendent sur le quai.",
    "it": "Il porto è di nuovo aperto. Il traghetto parte ogni ora e molta gente aspetta sul molo.",
    "ja": "港が再び開いた。渡し船は一時間ごとに出て、多くの人が岸壁で待っている。",
    "ko": "항구가 다시 열렸다. 나룻배는 한 시간마다 떠나고 많은 사람이 부두에서 기다린다.",
    "pt": "O porto está aberto de novo. A barca sai a cada hora e muita gente espera no cais.",
    "ru": "Порт снова открыт. Паром ходит каждый час, и многие люди ждут на причале.",
    "zh": "港口重新开放。渡轮每小时一班，许多人在码头等候，孩子们向船上的人挥手。",
}
# The author, and the photographer of lines of two persons.
PEOPLE = {
    "de": ("Anna Ba", "Otto Berg"),
    "en": ("Ann Ba", "Otto Berg"),
    "es": ("Ana Ruiz", "Otto Gil"),
    "fr": ("Anne Ba", "Otto Berg"),
    "it": ("Anna Ba", "Otto Berg"),
    "ja": ("山田太郎", "鈴木花子"),
    "ko": ("김바다", "이하늘"),
    "pt": ("Ana Silva", "Otto Gil"),
    "ru": ("Анна Ба", "Отто Берг"),
    "zh": ("林海生", "高山月"),
}
ONE = {
    "de": ["Text und Foto: Anna Ba", "Anna Ba (Text und Fotos)"],
    "en": ["Story and photos: Ann Ba", "Ann Ba (words and photos)"],
    "es": ["Textos y fotos: Ana Ruiz"],
    "fr": ["Textes et photos : Anne Ba"],
    "it": ["Testo e foto di Anna Ba"],
    "ja": ["文・写真　山田太郎"],
    "ko": ["글·사진 김바다", "글, 사진 김바다"],
    "ru": ["Текст и фото: Анна Ба"],
    "zh": ["文图/林海生", "本报记者 林海生 文/摄", "林海生（文/图）", "林海生 摄影报道"],
}
TWO = {
    "de": [
        "Anna Ba (Text) und Otto Berg (Fotos)",
        "Von Anna Ba (Text) und Otto Berg (Bilder)",
        "Ein Bericht von Anna Ba (Text), Otto Berg (Fotos)",
    ],
    "en": ["By Ann Ba (words) and Otto Berg (pictures)", "Ann Ba (text), Otto Berg (photos)"],
    "es": ["Por Ana Ruiz (texto) y Otto Gil (fotografías)"],
    "fr": ["Anne Ba (texte) et Otto Berg (photos)"],
    "it": ["di Anna Ba (testo) e Otto Berg (foto)"],
    "ja": ["山田太郎（文）、鈴木花子（写真）"],
    "ko": ["글 김바다 사진 이하늘"],
    "pt": ["Ana Silva (texto) e Otto Gil (fotos)"],
    "ru": ["Анна Ба (текст), Отто Берг (фото)"],
    "zh": [
        "文字｜林海生 图片｜高山月",
        "文 | 林海生 图 | 高山月",
        "文／林海生　圖／高山月",
        "林海生（文） 高山月（图）",
        "本报记者 林海生/文 高山月/摄",
        "記者林海生／文　高山月／攝影",
    ],
}
TEXTS = {
    "de": ["Der Hafen (Bild) liegt im Norden.", "Kiel (Video)", "Text und Bild gehören zusammen"],
    "en": [
        "Lower Harbour (photo from 2019)",
        "Lower Harbour (photo)",
        "Moby Dick (essay)",
        "The old rule (Article 5) and the new one (text) differ.",
        "Ann Ba (left) and Otto Berg (right) at the quay",
        "Text and photos: the quay at dawn",
    ],
    "fr": ["Les images (photos) et les mots (texte) disent autre chose"],
    "ja": ["港の朝（写真）", "富士山（写真）"],
    "ko": ["글 쓰는 법", "글 이야기"],
    "zh": [
        "港口重开（图）",
        "林海生（文） 高山月（图）说港口要重开。",
        "高山/图书馆 林海/文化馆",
        "文图并茂的书很少。",
    ],
}


def article(line: str, language: str, place: str) -> feed2doc.Document:
    body = f"<p>{BODY[language]}</p>" * 4
    html = f"<p>{line}</p>{body}" if place == "above" else f"{body}<p>{line}</p>"
    return feed2doc.read(f"[Port](https://quay.example/{language}/1)\n\n------\n\n{html}".encode())


def roles_of(document: feed2doc.Document) -> list[tuple[str, str]]:
    """Return the roles and persons of a document besides its authors, whose lines are notes."""
    return [(each.role, each.person) for each in document.credits if each.role not in ("note", "original")]


@pytest.mark.parametrize("place", ["above", "below"])
@pytest.mark.parametrize(("language", "line"), [(each, line) for each in ONE for line in ONE[each]])
def test_one_person_has_several_roles(language: str, line: str, place: str) -> None:
    document = article(line, language, place)
    assert [author.name for author in document.byline] == [PEOPLE[language][0]]
    assert roles_of(document) == []


@pytest.mark.parametrize("place", ["above", "below"])
@pytest.mark.parametrize(("language", "line"), [(each, line) for each in TWO for line in TWO[each]])
def test_the_author_and_the_photographer_are_told_apart(language: str, line: str, place: str) -> None:
    document = article(line, language, place)
    author, photographer = PEOPLE[language]
    assert [each.name for each in document.byline] == [author]
    assert roles_of(document) == [("photographer", photographer)]


@pytest.mark.parametrize("place", ["above", "below"])
@pytest.mark.parametrize(("language", "line"), [(each, line) for each in TEXTS for line in TEXTS[each]])
def test_text_with_such_words_stays_text(language: str, line: str, place: str) -> None:
    document = article(line, language, place)
    assert not document.byline and not document.credits
    paragraphs = [block for section in document.sections for block in section.blocks]
    assert any(plain_text(block.content) == line for block in paragraphs if hasattr(block, "content"))


def test_a_role_after_the_last_of_several_names_is_of_that_one() -> None:
    document = article("Von Anna Ba und Otto Berg (Fotos)", "de", "above")
    assert [author.name for author in document.byline] == ["Anna Ba"]
    assert [(each.role, each.person) for each in document.credits] == [("photographer", "Otto Berg")]


def test_a_photographer_in_the_byline_of_a_feed_is_credited() -> None:
    item = (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Kai</title><item><title>Port</title>'
        f"<dc:creator>Anna Ba und Otto Berg (Fotos)</dc:creator><description>&lt;p&gt;{BODY['de']}&lt;/p&gt;</description>"
        "</item></channel></rss>"
    )
    (document,) = feed2doc.read_all(item.encode())
    assert [author.name for author in document.byline] == ["Anna Ba"]
    assert [(each.role, each.person) for each in document.credits] == [("photographer", "Otto Berg")]
