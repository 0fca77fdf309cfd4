"""Authors of whom each has an element of their own, and names with kana next to a time."""

import feed2doc
import pytest

TEXT = {
    "en": "<p>The ferry came back after three years.</p><p>The whole town stood on the quay.</p>",
    "ja": "<p>渡し船は三年ぶりに戻った。</p><p>町中の人が岸壁に立っていた。</p>",
    "zh-TW": "<p>渡輪在停航三年之後重新靠岸。</p><p>全城的人都站在碼頭上。</p>",
}


def read(header: str, language: str = "en") -> feed2doc.Document:
    head = f'<html lang="{language}"><head><title>Ferry - Quay</title></head>'
    page = f"{head}<body><article><h1>Ferry</h1>{header}{TEXT[language]}</article></body></html>"
    return feed2doc.read(page.encode(), format="html")


def names(document: feed2doc.Document) -> list[str]:
    return [person.name for person in document.byline]


@pytest.mark.parametrize(
    "header",
    [
        '<ul class="authors"><li><a href="/a">Ann Bale</a></li><li><a href="/o">Otto Berg</a></li></ul>',
        '<ul class="authors"><li>Ann Bale, Science Editor</li><li>Otto Berg, Reporter</li></ul>',
        '<div class="author">Ann Bale</div><div class="author">Otto Berg</div>',
        '<div class="byline"><div>Ann Bale</div><div>Editor</div><div>Otto Berg</div><div>Reporter</div></div>',
        '<div><p class="author"><a rel="author" href="/a">Ann Bale</a> <span>Editor</span></p>'
        '<p class="author"><a rel="author" href="/o">Otto Berg</a> <span>Reporter</span></p></div>',
        '<div class="author">Ann Bale</div><time>May 5, 2025</time><div class="author">Otto Berg</div>',
    ],
)
def test_each_author_in_an_element_is_one(header: str) -> None:
    document = read(header)
    assert names(document) == ["Ann Bale", "Otto Berg"]
    assert not document.credits
    assert [len(section.blocks) for section in document.sections] == [2]


@pytest.mark.parametrize(
    "header",
    [
        '<div class="byline">By Ann Bale</div><div class="byline">Ann Bale</div>',
        '<div class="byline">Ann Bale</div><div class="byline">Quay News</div>',
        '<div class="byline">By Ann Bale</div><div class="byline">Photographs by Otto Berg</div>',
        '<div class="byline">By Ann Bale</div><div class="byline">Quay Times</div>',
        '<div class="author">Ann Bale</div><div class="editor">Otto Berg</div>',
    ],
)
def test_other_lines_next_to_the_author_add_none(header: str) -> None:
    assert names(read(header)) == ["Ann Bale"]


@pytest.mark.parametrize(
    "line",
    [
        "2025年5月5日 9:30　前田はるか",
        "2025年5月5日　鈴木ゆき",
        "前田はるか　2025年5月5日",
        "2025.5.5　佐藤まなみ",
        "2025年5月5日 9時30分｜前田はるか",
    ],
)
def test_a_name_with_hiragana_next_to_a_time(line: str) -> None:
    document = read(f"<p>{line}</p>", "ja")
    assert len(names(document)) == 1 and names(document)[0] in line
    assert document.published is not None and document.published.date().isoformat() == "2025-05-05"


def test_words_with_hiragana_next_to_a_day_are_text() -> None:
    document = read("<p>2025年5月5日　港まつり</p>", "ja")
    assert not document.byline and [len(section.blocks) for section in document.sections] == [3]


@pytest.mark.parametrize(
    "line",
    [
        "發布時間：114年5月5日　文／許若水",
        "發布日期：114年5月5日",
        "發布日期：114/05/05",
        "更新時間：114-05-05 10:30",
        "民國114年5月5日",
    ],
)
def test_years_of_the_republic_in_a_header(line: str) -> None:
    document = read(f"<p>{line}</p>", "zh-TW")
    assert document.published is not None and document.published.date().isoformat() == "2025-05-05"
    assert [len(section.blocks) for section in document.sections] == [2]
