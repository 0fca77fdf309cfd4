"""Authors without a label: common names above the text and below it, and names of people whom the text is about."""

import json

import feed2doc
import pytest
from feed2doc import model as m
from feed2doc._text.given_names import is_surely_person

TEXT = {
    "en": "<p>The ferry came in at dawn, white and late, and the quay was full.</p><p>Nobody had slept.</p>",
    "de": "<p>Die Fähre kam in der Dämmerung an, weiß und spät, und der Kai war voll.</p><p>Niemand hatte geschlafen.</p>",
    "fr": "<p>Le bac est arrivé à l’aube, blanc et en retard, et le quai était plein.</p><p>Personne n’avait dormi.</p>",
    "pt": "<p>A barca chegou ao amanhecer, branca e atrasada, e o cais estava cheio.</p><p>Ninguém tinha dormido.</p>",
    "ru": "<p>Паром пришёл на рассвете, белый и поздний, и причал был полон.</p><p>Никто не спал.</p>",
    "zh": "<p>渡轮在黎明时分靠岸，白色的船身慢慢驶来，码头上站满了人。</p><p>没有人睡过觉。</p>",
    "ja": "<p>渡し船は夜明けに着き、岸壁には町中の人が立っていた。</p><p>だれも眠っていなかった。</p>",
    "ko": "<p>여객선은 새벽에 도착했고 부두는 사람들로 가득했다.</p><p>아무도 자지 않았다.</p>",
    "ar": "<p>وصلت العبارة عند الفجر وكان الرصيف مليئا بالناس.</p><p>لم ينم أحد.</p>",
}


def language(line: str) -> str:
    """Return the language of the text to put below a line, by its characters."""
    if any("\uac00" <= each <= "\ud7a3" for each in line):
        return "ko"
    if "山田" in line or "佐藤" in line:
        return "ja"
    if any("\u3400" <= each <= "\u9fff" for each in line):
        return "zh"
    if any("\u0400" <= each <= "\u04ff" for each in line):
        return "ru"
    if any("\u0600" <= each <= "\u06ff" for each in line):
        return "ar"
    marks = {" ist ": "de", " est ": "fr", " é ": "pt", "enviada": "pt"}
    return next((known for mark, known in marks.items() if mark in line), "en")


def read(above: str, below: str = "", text: str = "", headline: str = "h") -> feed2doc.Document:
    html = text or TEXT[language(above + below)]
    item = f"[{headline}](https://quay.example/2)\n------\n{above}{html}{below}"
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(item.encode(), env=env)
    assert not [each for each in env.diagnostics if each.kind == "loss"]
    return document


def names(document: feed2doc.Document) -> list[str]:
    return [person.name for person in document.byline]


def words(document: feed2doc.Document) -> str:
    return m.plain_article(document)


def body(document: feed2doc.Document) -> str:
    blocks = [block for section in document.sections for block in section.blocks]
    return "\n".join(m.plain_text(run) for block in blocks for run in m.texts_of(block))


@pytest.mark.parametrize(
    ("line", "persons", "published"),
    [
        ("Anna Berg and Otto Lund", ["Anna Berg", "Otto Lund"], ""),
        ("Anna Berg, Otto Lund", ["Anna Berg", "Otto Lund"], ""),
        ("Anna Berg, 5 May 2025", ["Anna Berg"], "2025-05-05"),
        ("Anna Berg, 05.05.2025", ["Anna Berg"], "2025-05-05"),
        ("Anna Berg in Oslo and Otto Lund in Bergen", ["Anna Berg", "Otto Lund"], ""),
        ("ANNA BERG IN OSLO", ["Anna Berg"], ""),
        ("ÉLODIE MARCHAND À BREST", ["Élodie Marchand"], ""),
        ("ANA MAR EN CÁDIZ", ["Ana Mar"], ""),
        ("OTTO LUND IN BAD SODEN", ["Otto Lund"], ""),
        ("By ANNA BERG IN OSLO", ["Anna Berg"], ""),
        ("Anna Berg / Quay News / May 5, 2025", ["Anna Berg"], "2025-05-05"),
        ("Anna Berg | Quay News", ["Anna Berg"], ""),
        ("Anna Berg — Porto Alto", ["Anna Berg"], ""),
        ("Anna Berg for Quay News", ["Anna Berg"], ""),
        ("Anna Berg aus Oslo", ["Anna Berg"], ""),
        ("Anna Berg • 5 min read", ["Anna Berg"], ""),
        ("Dr. Anna Berg, Professor of Law, Harbour University", ["Dr. Anna Berg"], ""),
        ("Ana Lund, enviada especial ao Porto", ["Ana Lund"], ""),
        ("<strong>Anna Berg</strong>", ["Anna Berg"], ""),
        ("Oslo, 5 May 2025 – Anna Berg", ["Anna Berg"], "2025-05-05"),
        ("Anna Berg (Oslo)", ["Anna Berg"], ""),
        ("Anna Berg and agencies", ["Anna Berg"], ""),
        ("Anna Berg, Quay News staff", ["Anna Berg"], ""),
        ("Anna Berg, special to Quay News", ["Anna Berg"], ""),
        ("Anna Berg, Otto Lund, and Eva Ruiz", ["Anna Berg", "Otto Lund", "Eva Ruiz"], ""),
        ("Анна Морева, «Северная почта»", ["Анна Морева"], ""),
        ("林文海／專欄作家", ["林文海"], ""),
        ("林文海 报道", ["林文海"], ""),
        ("林文海（发自上海）", ["林文海"], ""),
        ("林文海/王小兰（综合报道）", ["林文海", "王小兰"], ""),
        ("山田太郎＝東京", ["山田太郎"], ""),
        ("論説委員・山田太郎", ["山田太郎"], ""),
        ("Анна Морева, Иван Седов", ["Анна Морева", "Иван Седов"], ""),
        ("Анна Морева для «Северной почты»", ["Анна Морева"], ""),
        ("林文海、王小兰", ["林文海", "王小兰"], ""),
        ("林文海 王小兰", ["林文海", "王小兰"], ""),
        ("林文海 2025年5月5日", ["林文海"], "2025-05-05"),
        ("2025-05-05 林文海", ["林文海"], "2025-05-05"),
        ("林文海（海港日报记者）", ["林文海"], ""),
        ("林文海，海港大学教授", ["林文海"], ""),
        ("山田太郎、佐藤花子", ["山田太郎", "佐藤花子"], ""),
        ("山田太郎（港新聞記者）", ["山田太郎"], ""),
        ("김바다 해강대 교수", ["김바다"], ""),
        ("ليلى حداد، كاتبة لبنانية", ["ليلى حداد"], ""),
    ],
)  # fmt: skip
def test_a_first_line_of_common_names(line: str, persons: list[str], published: str) -> None:
    document = read(f"<p>{line}</p>")
    day = document.published.isoformat()[:10] if document.published else ""
    assert (names(document), day) == (persons, published)
    assert len(body(document).splitlines()) == 2


@pytest.mark.parametrize(
    "line",
    [
        "Romeo and Juliet",
        "New York and Boston",
        "New York, 5 May 2025",
        "Victoria Falls, 5 May 2025",
        "Anna Berg, 5 May 1925",
        "Anna Berg (born 1950)",
        "Anna Berg (right) and Otto Lund (left)",
        "Karl der Große in Aachen",
        "Henry V / Act IV",
        "Anna Street, Paris",
        "林文海（化名）",
        "山田太郎（歌手）",
        "Anna Berg, 34, mends nets in Oslo",
        "Anna Berg: a life in letters",
        "Peter and the Wolf",
        "Santa Cruz de Tenerife",
        "Иван и море",
        "江苏、浙江",
        "高山、流水",
        "王府井、西单",
        "梁山的渔夫",
        "東京、大阪",
        "서울, 부산",
        "قيس وليلى",
        "HARBOUR LIFE IN BREST",
        "THE FERRY IN WINTER",
        "LE PORT EN HIVER",
        "BARCOS VIEJOS EN CÁDIZ",
    ],
)
def test_first_lines_that_are_no_names(line: str) -> None:
    document = read(f"<p>{line}</p>")
    assert not document.byline
    assert line in words(document) or document.published is not None


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Anna Berg", "<p>When Berg left the harbour, nobody waved to her from the quay.</p>"),
        ("Anna Berg in Oslo", "<p>Anna Berg came to Oslo as a girl of nine with her goat.</p>"),
        ("ANNA BERG IN OSLO", "<p>Anna Berg came to Oslo as a girl of nine with her goat.</p>"),
        ("Анна Морева", "<p>Никто не видел, как Морева ушла с причала на рассвете.</p>"),
        ("林文海、王小兰", "<p>那一年，林文海离开了海港，再也没有回来看过渡轮。</p>"),
    ],
)
def test_names_of_people_whom_the_text_is_about(line: str, text: str) -> None:
    for above, below in ((f"<p>{line}</p>", ""), ("", f"<p>{line}</p>")):
        document = read(above, below, text + TEXT[language(line)] * 3)
        assert not document.byline and line in body(document)
    assert not read(f"<p>{line}</p>", headline=f"{line} – X").byline


def test_a_biography_at_the_end_does_not_make_the_author_a_subject() -> None:
    document = read("<p>Anna Berg in Oslo</p>", "<p>Anna Berg is a reporter of Quay News.</p>")
    assert names(document) == ["Anna Berg"]
    assert [credit.role for credit in document.credits] == ["author-bio"]


def test_another_author_is_stated() -> None:
    item = {
        "id": "1",
        "title": "Ferry",
        "authors": [{"name": "Otto Lund"}],
        "content_html": f"<p>Anna Berg</p>{TEXT['en']}",
    }
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Quay", "items": [item]}
    document = feed2doc.read(json.dumps(feed).encode())
    assert names(document) == ["Otto Lund"] and "Anna Berg" in body(document)


@pytest.mark.parametrize(
    "people",
    [
        "<ul><li>Anna Berg</li><li>Otto Lund</li></ul>",
        "<p>Anna Berg</p><p>Otto Lund</p><p>Eva Ruiz</p><p>Paul Sand</p>",
    ],
)
def test_a_list_of_people_is_text(people: str) -> None:
    for document in (read(people), read("", f"<p>These won:</p>{people}")):
        assert not document.byline and "Otto Lund" in body(document) and "Anna Berg" in body(document)


@pytest.mark.parametrize(
    "lines",
    [
        "<p>Guests:</p><p>Anna Berg</p>",
        "<p>Guests:<br>Anna Berg</p>",
        "<p>The first prize went to:</p><p>Odd Moor<br>Anna Berg</p>",
        "<p>嘉宾：</p><p>林文海</p>",
    ],
)
def test_a_name_that_the_line_above_asks_for_is_text(lines: str) -> None:
    document = read("", lines)
    assert not document.byline and not document.credits


@pytest.mark.parametrize("label", ["Text by:", "Written by:", "作者："])
def test_a_name_below_the_label_of_an_author(label: str) -> None:
    name = "林文海" if label == "作者：" else "Anna Berg"
    assert names(read("", f"<p>{label}</p><p>{name}</p>")) == [name]


@pytest.mark.parametrize(
    ("line", "persons"),
    [
        ("—Anna Berg", ["Anna Berg"]),
        ("— Anna Berg and Otto Lund", ["Anna Berg", "Otto Lund"]),
        ("<em>Anna Berg</em>", ["Anna Berg"]),
        ("Anna Berg, Oslo", ["Anna Berg"]),
        ("- Anna Berg, Quay News", ["Anna Berg"]),
        ("Anne BERG", ["Anne Berg"]),
        ("Анна Морева", ["Анна Морева"]),
        ("（林文海）", ["林文海"]),
        ("——林文海", ["林文海"]),
        ("（港新聞・山田太郎）", ["山田太郎"]),
        ("Anna Berg/dpa", ["Anna Berg"]),
        ("【山田太郎】", ["山田太郎"]),
    ],
)
def test_a_signature_of_common_names(line: str, persons: list[str]) -> None:
    document = read("", f"<p>{line}</p>")
    assert names(document) == persons
    assert [credit.role for credit in document.credits] == ["note"]
    assert len(body(document).splitlines()) == 2


@pytest.mark.parametrize(
    "line",
    [
        "— Romeo and Juliet",
        "—Harbour song, third verse",
        "— Anna Berg came back.",
        "（完）",
        "（高雄）",
        "——鲁迅《野草》",
        "——题记",
        "Happy New Year",
        "Anna Berg is the last of the fishers.",
        "Anna Berg was a teacher until the ferry came.",
        "Anna Berg is a professor of law. “It will rain,” she says.",
        "The harbour is a good teacher.",
    ],
)
def test_last_lines_that_are_neither_signatures_nor_introductions(line: str) -> None:
    document = read("", f"<p>{line}</p>")
    assert not document.byline and line in body(document)


def test_the_source_of_a_quotation_is_no_signature() -> None:
    document = read("", "<p>“The sea is a bad neighbour.”</p><p>— Anna Berg</p>")
    assert not document.byline and "Anna Berg" in body(document)


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("Anna Berg is a senior correspondent of Quay News.", "Anna Berg"),
        ("(Anna Berg is a writer in Oslo.)", "Anna Berg"),
        ("Anna Berg reports from Oslo.", "Anna Berg"),
        ("林文海，海港大学法学院教授。", "林文海"),
        ("Anna Berg ist Redakteurin im Ressort Hafen.", "Anna Berg"),
        ("Anne Berg est journaliste au service Mer.", "Anne Berg"),
        ("Ana Lund é jornalista e escritora.", "Ana Lund"),
        ("Анна Морева — журналист, автор книг о море.", "Анна Морева"),
    ],
)
def test_an_introduction_at_the_end(line: str, person: str) -> None:
    document = read("", f"<p>{line}</p>")
    assert names(document) == [person]
    assert [credit.role for credit in document.credits] == ["author-bio"]


@pytest.mark.parametrize(
    ("name", "is_person"),
    [
        ("Anna Berg", True),
        ("ANNA BERG", True),
        ("Jean-Luc Berg", True),
        ("María de la Cruz", True),
        ("林文海", True),
        ("佐藤 花子", True),
        ("Lower Harbour", False),
        ("Maria Island", False),
        ("Anna", False),
        ("Anna berg", False),
        ("高山", False),
        ("张家港", False),
        ("石川県", False),
        ("", False),
        ("佐伯みのり", True),
        ("大森エリカ", True),
        ("福島では", False),
        ("高橋さん", False),
    ],
)
def test_persons_by_their_names(name: str, *, is_person: bool) -> None:
    assert is_surely_person(name) == is_person


@pytest.mark.parametrize("line", ["林海/海港日报", "林海／海港青年报", "周海/北角社"])
def test_short_names_next_to_a_paper(line: str) -> None:
    assert names(read(f"<p>{line}</p>")) == [line[:2]]


@pytest.mark.parametrize("line", ["高山/流水", "林海/码头", "高山/海港"])
def test_words_next_to_a_slash_are_not_authors(line: str) -> None:
    document = read(f"<p>{line}</p>")
    assert not names(document)
    assert line in body(document)


@pytest.mark.parametrize("line", ["执笔：林海", "执笔/林海、王小明&李小飞", "执笔｜林海", "本文执笔：林海"])
def test_who_wrote_it_down(line: str) -> None:
    assert names(read(f"<p><strong>{line.replace('&', '&amp;')}</strong></p>"))[0] == "林海"


def test_a_section_next_to_a_time_is_not_an_author() -> None:
    section = '<span><strong><a href="/nh">North Harbour</a></strong> 09:31 May 5, 2025</span>'
    assert not names(read(section))
    author = '<span><strong><a href="/ann-ba">Anneke Ba</a></strong> 09:31 May 5, 2025</span>'
    assert names(read(author)) == ["Anneke Ba"]


@pytest.mark.parametrize(
    "line", ["采写：北角记者 林海青 王小明", "采写：北角见习记者 林海青", "作者：本报记者 林海青"]
)
def test_an_office_of_a_paper_before_names(line: str) -> None:
    found = names(read("", f"<p>{line}</p><p>作者：林海青</p>"))
    assert found[0] == "林海青"
    assert not [each for each in found if "角" in each or "报" in each]


@pytest.mark.parametrize("label", ["划重点：", "摘要：", "核心提示："])
def test_the_author_below_a_summary_in_a_list(label: str) -> None:
    above = f"<p>{label}</p><ul><li>一、渡轮归来。</li><li>二、码头开放。</li></ul><p>《海镜》作者 周海</p>"
    document = read(above)
    assert names(document) == ["周海"]
    assert "渡轮归来" in body(document)
