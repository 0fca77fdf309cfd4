"""`stories` finds which articles are about one event, and which are one text."""

from datetime import UTC, datetime, timedelta

import feed2doc
import pytest
from feed2doc._text.folding import folded
from feed2doc.model import Document, Paragraph, Section, Text
from feed2doc.newspaper.clusters import clusters
from feed2doc.newspaper.same_text import is_same_text, signs
from hypothesis import given, settings
from hypothesis import strategies as st

NOON = datetime(2024, 5, 7, 12, tzinfo=UTC)

VOTE = (
    "礁湖市议会通过渡轮补贴案",
    "礁湖市议会周二以31票对18票通过渡轮补贴案，今后三年每年拨款4200万元，维持通往外岛的夜间渡轮。",
    "市长柯雅雯说，没有渡轮，外岛的居民就看不了夜间门诊。反对者认为，票价应当由乘客自己承担。",
    "渡轮公司表示，从6月1日起恢复晚上十点的班次，并为此招聘12名船员。",
)
VOTE_TOLD_BY_ANOTHER = (
    "夜间渡轮保住了：礁湖市议会投票支持补贴",
    "通往外岛的夜间渡轮将继续航行。礁湖市议会周二晚间以31票对18票支持渡轮补贴，每年4200万元，为期三年。",
    "“这是外岛居民的胜利，”市长柯雅雯在表决后说。渡轮公司将招聘12名船员。",
    "外岛人口约9000人，去年冬天夜间渡轮停航后，许多人抗议。",
)
NEXT_VOTE = (
    "柯雅雯签署渡轮拨款 反对者要求公投",
    "礁湖市长柯雅雯在码头签署了市议会通过的渡轮补贴案，维持夜间渡轮。反对者说，他们将收集签名，要求举行公民投票。",
    "渡轮公司表示，已经订购一艘新船，明年春天交付。",
)
STORM = (
    "台风逼近礁湖市 学校停课一天",
    "气象局周二说，台风将在周三凌晨登陆，礁湖市所有学校停课，渡轮停航。",
    "居民在超市排队购买饮水和电池。市政府开放了七处避难所，可以容纳3200人。",
    "气象局预计台风带来300毫米的雨量，山区有土石流的危险。",
)
PRICES_MONDAY = (
    "礁湖鱼市周一行情",
    "礁湖鱼市周一行情：鲭鱼每公斤31元，鲷鱼每公斤118元，乌贼每公斤96元，牡蛎每公斤55元，成交量共计2430公斤。",
    "鱼市管理处说明，以上为上午十点的平均价格，供渔民和商家参考，实际价格以成交时为准。",
)
PRICES_TUESDAY = (
    "礁湖鱼市周二行情",
    "礁湖鱼市周二行情：鲭鱼每公斤34元，鲷鱼每公斤109元，乌贼每公斤88元，牡蛎每公斤61元，成交量共计1985公斤。",
    "鱼市管理处说明，以上为上午十点的平均价格，供渔民和商家参考，实际价格以成交时为准。",
)
ALL = (VOTE, VOTE_TOLD_BY_ANOTHER, STORM, PRICES_MONDAY, PRICES_TUESDAY)


def article(texts: tuple[str, ...], language: str = "zh-CN", *, after: timedelta = timedelta(0)) -> Document:
    """Return an article with this headline and these paragraphs."""
    headline, *paragraphs = texts
    blocks = tuple(Paragraph((Text(text),)) for text in paragraphs)
    return Document(
        id=headline,
        headline=headline,
        language=language,
        published=NOON + after,
        sections=(Section(blocks=blocks),),
    )


def edited(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the texts after a light edit."""
    return (f"（更新）{texts[0]}", texts[1], *(text.replace("居民", "住户") for text in texts[2:]))


def test_an_event_that_two_papers_tell_is_one_story() -> None:
    found = feed2doc.stories([article(VOTE), article(STORM), article(VOTE_TOLD_BY_ANOTHER)])
    assert [story.articles for story in found] == [(0, 2), (1,)]
    assert found[0].editions == ()
    assert found[0].reasons[0].shared and not found[0].reasons[0].same_text


def test_an_edited_text_is_an_edition_and_the_newest_is_first() -> None:
    newer = article(edited(VOTE), after=timedelta(hours=3))
    (story,) = feed2doc.stories([article(VOTE), newer])
    assert story.editions == ((1, 0),) and story.articles == (1, 0)
    assert story.reasons[0].same_text and 0.6 < story.reasons[0].similarity < 1


def test_traditional_characters_are_the_same_text() -> None:
    from opencc import OpenCC

    traditional = tuple(map(OpenCC("s2t").convert, VOTE))
    assert folded(traditional[1]) == folded(VOTE[1]) and traditional[1] != VOTE[1]
    (story,) = feed2doc.stories([article(VOTE), article(traditional, "zh-TW")])
    assert len(story.editions) == 1


def test_reports_made_from_one_form_are_two_texts() -> None:
    monday, tuesday = signs(article(PRICES_MONDAY)), signs(article(PRICES_TUESDAY))
    assert not is_same_text(monday, tuesday) and is_same_text(monday, monday)
    form = (
        "以上价格由管理处的工作人员在码头逐家询问后取平均值得出，不含冰块、装卸和运输的费用，如有疑问请到窗口查询。",
        "管理处提醒商家，过秤时应当沥干水分，竹筐和泡沫箱的重量要另行扣除，违者按照市场的规定停业三天并通报批评。",
    )
    assert len(feed2doc.stories([article(PRICES_MONDAY + form), article(PRICES_TUESDAY + form)])) == 2


def test_events_weeks_apart_are_two_stories() -> None:
    later = article(VOTE_TOLD_BY_ANOTHER, after=timedelta(days=30))
    assert len(feed2doc.stories([article(VOTE), later])) == 2
    reprint = article(edited(VOTE), after=timedelta(days=30))
    assert len(feed2doc.stories([article(VOTE), reprint])) == 1


@pytest.mark.parametrize(("hours", "count"), [(3, 1), (48, 2)])
def test_the_next_event_of_an_affair_is_another_story(hours: int, count: int) -> None:
    later = article(NEXT_VOTE, after=timedelta(hours=hours))
    assert len(feed2doc.stories([article(VOTE), later])) == count


@pytest.mark.parametrize(("inner", "expected"), [(0.3, [[0, 1, 2, 3]]), (0.9, [[0, 1, 2], [3]])])
def test_the_average_counts_more_in_a_group_of_many_sides(inner: float, expected: list[list[int]]) -> None:
    similar = {(0, 1): inner, (0, 2): inner, (1, 2): inner, (0, 3): 0.28, (1, 3): 0.24, (2, 3): 0.22}
    assert clusters(4, similar, 0.26) == expected


def test_articles_without_text_are_alone() -> None:
    empty = Document(id="a")
    assert feed2doc.stories([empty, empty]) == (feed2doc.Story((0,)), feed2doc.Story((1,)))
    assert feed2doc.stories([]) == ()
    with pytest.raises(feed2doc.UsageError):
        feed2doc.stories(["a.txt"])  # type: ignore[list-item]


def test_versions_that_only_one_of_them_connects_are_in_one_story() -> None:
    sentences = ["".join(chr(0x4E00 + 97 * n + 13 * at) for at in range(12)) for n in range(16)]
    versions = [("栈桥", "，".join(sentences[at : at + 10])) for at in (0, 1, 2, 4, 5, 6)]
    documents = [article(each, after=timedelta(days=20 * n)) for n, each in enumerate(versions)]
    assert not is_same_text(signs(documents[0]), signs(documents[-1]))
    (story,) = feed2doc.stories(documents)
    assert story.editions == ((5, 4, 3, 2, 1, 0),)


@pytest.mark.parametrize("count", [3, 230])
def test_copies_are_one_story_however_many_there_are(count: int) -> None:
    documents = [article(VOTE), article(STORM)] * count + [article(VOTE_TOLD_BY_ANOTHER)]
    found = feed2doc.stories(documents)
    assert [len(story.articles) for story in found] == [count + 1, count]
    assert [len(each) for story in found for each in story.editions] == [count, count]


def test_edited_copies_are_one_story_however_many_there_are() -> None:
    versions = [(VOTE[0], *VOTE[1:], f"编辑{chr(0x4E00 + n)}{chr(0x5E00 + n)}") for n in range(210)]
    (story,) = feed2doc.stories(map(article, versions))
    assert [len(each) for each in story.editions] == [210]


@given(st.lists(st.sampled_from(ALL + tuple(map(edited, ALL))), max_size=7, unique=True))
@settings(max_examples=25, deadline=None)
def test_stories_are_a_partition_that_does_not_depend_on_the_order(texts: list[tuple[str, ...]]) -> None:
    found = feed2doc.stories(map(article, texts))
    assert sorted(n for story in found for n in story.articles) == list(range(len(texts)))
    assert all(set(edition) <= set(story.articles) for story in found for edition in story.editions)
    assert all(len(story.reasons) == len(story.articles) - 1 for story in found)
    turned = feed2doc.stories(map(article, texts[::-1]))
    assert {frozenset(texts[n] for n in story.articles) for story in found} == {
        frozenset(texts[::-1][n] for n in story.articles) for story in turned
    }
