"""Pages of the themes of publishing systems, as their templates write them: what is around the text is not the text."""

from __future__ import annotations

import feed2doc
import pytest
from feed2doc.model import plain_article

from tests import paths

ENGLISH = (
    "The council voted on Monday to keep the library open for another year, the mayor said in a statement.",
    "It opens on Sundays, too, and lends books without a fee to all who live here.",
    "The readers were glad, and the reading room was full in the evening.",
)
CHINESE = (
    "市议会周一投票决定让图书馆再开放一年，市长在一份声明中说。",
    "图书馆每天开放八小时，周日也开门，借书不收费。",
    "读者们都很高兴，晚上阅览室里坐满了人。",
)
TEXTS = {
    "en": ("Library stays", ENGLISH),
    "zh": ("图书馆留下来了", CHINESE),
    "ja": (
        "図書館は残った",
        (
            "市議会は月曜日、図書館をもう一年開くことを決めたと市長が声明で述べた。",
            "図書館は日曜日も開いており、無料で本を貸す。",
            "読者は喜び、夜の閲覧室は満員だった。",
        ),
    ),
    "ko": (
        "도서관은 남았다",
        (
            "시의회는 월요일 도서관을 일 년 더 열기로 했다고 시장이 성명에서 말했다.",
            "도서관은 일요일에도 열리고 책을 무료로 빌려준다.",
            "독자들은 기뻐했고 저녁에 열람실이 가득 찼다.",
        ),
    ),
    "ru": (
        "Библиотека остаётся",
        (
            "Городской совет в понедельник решил оставить библиотеку открытой ещё на год, сообщил мэр.",
            "Она работает и по воскресеньям и бесплатно выдаёт книги.",
            "Читатели были рады, и вечером читальный зал был полон.",
        ),
    ),
}
# Standfirsts and credits, which are not left out.
ABOVE_AND_BELOW = {
    "The city keeps its library open for one more year.",
    "The city keeps its library open for one more year",
    "The city keeps its library open.",
    "Ann Ba writes about libraries and lives in Oslo.",
    "来源：湾报",
    "（责任编辑：梅林）",
    "责任编辑：梅林",
    "责任编辑：林海",
    "来源: 湾报",
    "本文来源：湾报",
    "责任编辑：林海_B123",
    "Ann Ba",
}
PAGES = paths.TESTS / "data" / "themes"


@pytest.mark.parametrize(
    ("theme", "persons", "published", "publication"),
    [
        ("twentytwenty", ["Ann Ba"], "2025-05-05", "Bay Notes"),
        ("astra", ["Ann Ba"], "2025-05-05", "Bay Notes"),
        ("generatepress", ["Ann Ba"], "2025-05-05", "Bay Notes"),
        ("ghost-casper", ["Ann Ba"], "2025-05-05", "Bay Notes"),
        ("blogger", ["Ann Ba"], "2025-05-05", "Bay Notes"),
        ("hugo-papermod", ["Ann Ba"], "2025-05-05", "Bay Notes"),
        ("jekyll-minima", ["Ann Ba"], "2025-05-05", "Bay Notes"),
        ("hexo-next", ["林海"], "2025-05-05", "湾记"),
        ("hexo-butterfly", [], "2025-05-05", "湾记"),
        ("typecho", ["林海"], "2025-05-05", "湾记"),
        ("drupal", ["ann"], "2025-05-05", "Bay Notes"),
        ("joomla", ["Ann Ba"], "2025-05-05", "Bay Notes"),
        ("medium", ["Ann Ba"], "2025-05-05", ""),
        ("substack", ["Ann Ba"], "2025-05-05", ""),
        ("dwnews", ["林海"], "2025-05-05", "湾网"),
        ("wechat", ["林海"], "2025-05-05", ""),
        ("csdn", ["林海"], "2025-05-05", "CSDN博客"),
        ("cnblogs", ["林海"], "2025-05-05", ""),
        ("zhihu", ["林海"], "2025-05-05", "知乎"),
        ("sina", [], "2025-05-05", "新浪新闻"),
        ("netease", [], "2025-05-05", ""),
        ("sohu", [], "2025-05-05", ""),
        ("note", ["はまべ潮"], "2025-05-05", "はまべ潮"),
        ("hatena", ["hama"], "2025-05-05", "はま日記"),
        ("naver", ["김바다"], "2025-05-05", ""),
        ("tistory", ["김바다"], "2025-05-05", ""),
        ("habr", ["annaba"], "2025-05-05", "Хабр"),
        ("docusaurus", ["Ann Ba"], "2025-05-05", "Bay Notes"),
        ("twentytwentyfour", ["Ann Ba"], "2025-05-05", "Bay Notes"),
        ("newspaper-td", ["Ann Ba"], "2025-05-05", "Bay Notes"),
    ],
)
def test_only_the_text_of_a_page_is_text(
    theme: str, persons: list[str], published: str, publication: str
) -> None:
    template = (PAGES / f"{theme}.html").read_text("utf-8")
    headline, text = TEXTS[template.partition('lang="')[2][:2]]
    env = feed2doc.Env(audit=True)
    page = template.replace("{text}", "".join(f"<p>{each}</p>" for each in text))
    document = feed2doc.read(page.encode(), format="html", env=env)
    assert (document.headline, document.publication) == (headline, publication)
    assert [person.name for person in document.byline] == persons
    assert str(document.published)[:10] == published
    assert document.lead is None
    lines = plain_article(document).split("\n")
    assert [line for line in lines if line in text] == list(text)
    assert not {*lines} - {headline, *text} - ABOVE_AND_BELOW
    assert not [each for each in env.diagnostics if each.kind == "loss"]
