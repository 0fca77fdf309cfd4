"""Lines that say who wrote, translated and edited an article."""

import feed2doc
import pytest
from feed2doc._text.han_names import surnames

from tests.readers.article.authors.test_roles_of_names import article, roles_of

# The line, its author, and the persons of other roles.
LINES = {
    "de": [
        ("Von Anna Ba, übersetzt von Otto Berg", "Anna Ba", {"translator": ["Otto Berg"]}),
        ("Anna Ba (Übersetzung: Otto Berg)", "Anna Ba", {"translator": ["Otto Berg"]}),
    ],
    "en": [
        (
            "By Ann Ba. Translated by Otto Berg. Edited by Ida Kai.",
            "Ann Ba",
            {"translator": ["Otto Berg"], "editor": ["Ida Kai"]},
        ),
        (
            "Ann Ba | Translated by Otto Berg | Edited by Ida Kai",
            "Ann Ba",
            {"translator": ["Otto Berg"], "editor": ["Ida Kai"]},
        ),
        (
            "Ann Ba, translated from the Norwegian by Otto Berg",
            "Ann Ba",
            {"translator": ["Otto Berg"]},
        ),
        (
            "Producer: Ida Kai. Graphics: Otto Berg. Reporter: Ann Ba.",
            "Ann Ba",
            {"contributor": ["Ida Kai", "Otto Berg"]},
        ),
    ],
    "es": [("Ana Ruiz (traducción de Otto Gil)", "Ana Ruiz", {"translator": ["Otto Gil"]})],
    "fr": [("Par Anne Ba, traduit du norvégien par Otto Berg", "Anne Ba", {"translator": ["Otto Berg"]})],
    "ja": [("（文・山田太郎／訳・鈴木花子）", "山田太郎", {"translator": ["鈴木花子"]})],
    "ko": [("김바다 기자 · 번역 이하늘", "김바다", {"translator": ["이하늘"]})],
    "pt": [
        ("Reportagem: Ana Silva | Edição: Otto Gil | Mapas: Ana Mar", "Ana Silva", {"editor": ["Otto Gil"]})
    ],
    "zh": [
        ("撰文/林海生 编辑/周水清 设计/王小明", "林海生", {"editor": ["周水清"], "contributor": ["王小明"]}),
        ("林海生 著 高山月 译", "林海生", {"translator": ["高山月"]}),
        ("[日]山田太郎 著 林海生 译", "山田太郎", {"translator": ["林海生"]}),
        ("實習記者林海生　責任編輯周水清", "林海生", {"editor": ["周水清"]}),
        ("记者：林海生　责编：周水清　网编洪海", "林海生", {"editor": ["周水清", "洪海"]}),
        ("文/林海生（北京） 编辑/周水清", "林海生", {"editor": ["周水清"]}),
        ("作者：林海生　译者：高山月　原文：海港周刊", "林海生", {"translator": ["高山月"]}),
    ],
}
CASES = [pytest.param(language, *each, id=each[0]) for language, lines in LINES.items() for each in lines]


@pytest.mark.parametrize("place", ["above", "below"])
@pytest.mark.parametrize(("language", "line", "author", "others"), CASES)
def test_each_person_gets_a_role(
    language: str, line: str, author: str, others: dict[str, list[str]], place: str
) -> None:
    document = article(line, language, place)
    assert [each.name for each in document.byline] == [author]
    assert roles_of(document) == [(role, name) for role, names in others.items() for name in names]
    printed = str(feed2doc.write(document, "txt", width=0))
    assert all(name in printed for names in (*others.values(), [author]) for name in names)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Ann Ba | Harbour master | Lower Harbour"),
        ("en", "Moby Dick, translated by Otto Berg"),
        ("en", "Hard Times, edited by Otto Berg"),
        ("zh", "高山 摄影：林海生"),
        ("zh", "研究方法"),
        ("zh", "策划方案 设计方案"),
        ("zh", "研究方法 编辑温度 翻译纪录"),
        ("en", "Ann Ba, edited and approved by nobody, left at noon."),
        ("de", "Anna Ba, übersetzt aus Langeweile"),
        ("zh", "林海生 译员 高山月 船长"),
        ("zh", "编辑部说，港口明天重开，译者也来了。"),
        ("ko", "번역의 역사 · 편집의 역사"),
        ("ko", "강원도 · 번역 이하늘"),
        ("ko", "이야기는 · 번역 이하늘"),
    ],
)
def test_text_about_such_people_stays_text(language: str, line: str) -> None:
    for place in ("above", "below"):
        document = article(line, language, place)
        assert not document.credits
        assert line in str(feed2doc.write(document, "txt", width=0))


def test_surnames_have_no_line_breaks() -> None:
    assert surnames().isalpha()
