"""Lines that lead to other articles of the author are no text: `View all posts by Ann Ba`."""

import feed2doc
import pytest

TEXTS = {
    "en": "The quay is open again. It was closed for a year, and the ferries went to the other side of the bay.",
    "de": "Der Kai ist wieder offen. Er war ein Jahr lang geschlossen, und die Fähren fuhren auf die andere Seite.",
    "fr": "Le quai est de nouveau ouvert. Il était fermé depuis un an, et les bacs allaient de l'autre côté.",
    "es": "El muelle está abierto de nuevo. Estuvo cerrado un año, y los barcos iban al otro lado de la bahía.",
    "pt": "O cais está aberto outra vez. Não abria havia um ano, e as embarcações iam para o outro lado da baía.",
    "it": "Il molo è di nuovo aperto. Era chiuso da un anno, e i traghetti andavano dall'altra parte della baia.",
    "ru": "Причал снова открыт. Он был закрыт целый год, и паромы ходили на другую сторону залива.",
    "ja": "桟橋が再び開いた。一年間閉まっていたので、渡し船は湾の向こう側に着いていた。前日も雨で、誰も来なかった。",
    "ko": "부두가 다시 열렸다. 일 년 동안 닫혀 있었고 배들은 만의 반대편으로 다녔다. 전날에도 비가 와서 아무도 오지 않았다.",
    "zh-CN": "码头又开放了。它关了整整一年，渡轮都停在海湾的另一边。前一天也下了雨，一个人都没有来，只有守灯的老人。",
    "zh-TW": "碼頭又開放了。它關了整整一年，渡輪都停在海灣的另一邊。前一天也下了雨，一個人都沒有來，只有守燈的老人。",
    "ar": "الرصيف مفتوح مرة أخرى بعد عام من الإغلاق، وكانت العبارات ترسو في الجانب الآخر من الخليج طوال تلك المدة.",
}
LINES = [
    ("en", "View all posts by Ann Ba →"),
    ("en", "More stories by Ann Ba"),
    ("en", "View author archive"),
    ("de", "Alle Beiträge von Ann Ba anzeigen"),
    ("de", "Zeige alle Beiträge von Ann Ba →"),
    ("fr", "Voir tous les articles de Ann Ba →"),
    ("fr", "Tous ses articles"),
    ("es", "Ver todas las entradas de Ana Ruiz →"),
    ("es", "Más artículos de Ana Ruiz"),
    ("pt", "Ver todos os posts de Ana Ruiz →"),
    ("it", "Vedi tutti gli articoli di Anna Ba →"),
    ("ru", "Посмотреть все записи Анны →"),
    ("ru", "Все публикации автора"),
    ("ja", "高橋徹のすべての投稿を表示 →"),
    ("ja", "投稿一覧を見る"),
    ("ko", "김바다의 모든 글 보기 →"),
    ("ko", "김바다 기자의 다른 기사 보기"),
    ("zh-CN", "查看林海生的所有文章 →"),
    ("zh-CN", "作者其他文章"),
    ("zh-TW", "檢視林海生的所有文章 →"),
    ("ar", "عرض جميع المقالات بواسطة ليلى"),
]
URL = "https://quay.example/author/7/"


def _written(language: str, below: str) -> str:
    text = f"<p>{TEXTS[language]}</p>" * 2
    item = f"[1](https://quay.example/1)\n------\n{text}{below}"
    return " ".join(feed2doc.write(feed2doc.read(item.encode()), "text").split())


@pytest.mark.parametrize(("language", "line"), LINES)
def test_links_to_other_articles_of_the_author_are_left_out(language: str, line: str) -> None:
    link = f'<a href="{URL}" rel="author">{line}</a>'
    office = "<h4>Ann Ba</h4><p>Ann Ba reports from Oslo.</p>"
    for below, kept in (
        (f"<p>{link}</p>", ""),
        (f"<div class=author-box>{office}{link}</div>", "Ann Ba reports from Oslo."),
        (f"<div class=author-box><p>Ann Ba reports from Oslo. {link}</p></div>", "Ann Ba reports from Oslo."),
    ):
        text = _written(language, below)
        assert line not in text and URL not in text and kept in text


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Read all stories by <a>Ann Ba</a>, who knows the quay, and think again."),
        ("en", "See all work by <a>hand</a> as a gift!"),
        ("en", "All posts by <a>the quay</a> are taken."),
        ("en", "View all posts by Ann Ba"),
        ("de", "Alle Artikel der <a>Verfassung</a> gelten."),
        ("ru", "Все статьи <a>закона</a> отменены."),
        ("zh-CN", "查看<a>码头</a>的所有文章都说，船已经来了。"),
    ],
)
def test_sentences_and_lines_without_a_link_stay(language: str, line: str) -> None:
    words = line.replace("<a>", "").replace("</a>", "[1]")
    assert words in _written(language, f"<p>{line.replace('<a>', f'<a href={URL}>')}</p>")


def test_a_box_above_the_text_has_them_too() -> None:
    box = f"<div class=author-box><img src=/a.jpg><h4>Ann Ba</h4><p>Ann Ba reports from Oslo.</p><a href={URL}>View all posts by Ann Ba</a></div>"
    item = f"[1](https://quay.example/1)\n------\n{box}<p>{TEXTS['en']}</p>"
    read = feed2doc.read(item.encode())
    assert [(credit.role, credit.person) for credit in read.credits] == [("author-bio", "Ann Ba")]
    assert "all posts" not in feed2doc.write(read, "text")
