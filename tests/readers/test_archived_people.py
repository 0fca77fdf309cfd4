"""Archived items: who wrote them, where a feed names the account or the paper, and biographies in quotations at the end."""

from __future__ import annotations

import feed2doc
import pytest
from feed2doc import model as m

P = "<p>渡轮在停航三年之后重新靠岸，人们在码头等候。</p>"
STAMP = "<!--1739262415000-->\n"
BIOGRAPHY = "林海生，海港大学历史系教授，著有《灯塔》。"


def read(url: str, html: str, author: str = "", tag: str = "") -> feed2doc.Document:
    """Return the item, in which nothing may be lost."""
    env = feed2doc.Env(audit=True)
    front = f"---\nauthor: {author}\ntags: [ {tag} ]\ncategories: [ {tag} ]\n---\n" if author else ""
    document = feed2doc.read(f"{front}{STAMP}[渡轮回来了]({url})\n------\n\n{html}\n".encode(), env=env)
    assert not [each for each in env.diagnostics if each.kind == "loss"], env.diagnostics
    return document


def names(document: feed2doc.Document) -> list[str]:
    return [person.name for person in document.byline]


def kinds(document: feed2doc.Document) -> list[type[m.Block]]:
    return [type(block) for section in document.sections for block in section.blocks]


@pytest.mark.parametrize("author", ["林海生", "Lin"])
def test_the_feed_of_an_account_has_its_name(author: str) -> None:
    document = read("https://medium.com/@lin/ferry-1", P + P, author, author)
    assert names(document) == [author]
    assert document.publication == "Medium"
    assert names(read("https://courier.example/1", P + P, author, author)) == []


def test_the_author_of_a_feed_with_another_tag_stays() -> None:
    assert names(read("https://medium.com/@lin/ferry-1", P + P, "梅林", "medium")) == ["梅林"]


def test_a_paper_in_title_marks_is_not_an_author() -> None:
    html = f"<div><i>《海港日报》<br>2025-02-11 10:00:00</i></div>{P}{P}"
    document = read("https://courier.example/1", html, "海港日报", "海港日报")
    assert names(document) == []
    assert document.byline_text == ""
    assert document.published_text == "2025-02-11 10:00:00"
    named = html.replace("《海港日报》", "林海生")
    assert names(read("https://courier.example/1", named, "海港日报", "海港日报")) == ["林海生"]


@pytest.mark.parametrize(
    "line", ["撰稿丨林海生", "作者丨林海生", "作者︱林海生（海港大学教授）", "作者丨[德]林海生"]
)
def test_the_first_line_outranks_who_posted_an_article(line: str) -> None:
    document = read("https://m.allnow.com/post/1", f"<p>{line}</p>{P}{P}", "值班", "海港书评")
    assert names(document) == ["林海生"]
    assert names(read("https://m.allnow.com/post/1", P + P, "值班", "海港书评")) == ["值班"]


@pytest.mark.parametrize("box", ["<blockquote><p>{}</p></blockquote>", "<hr><p>{}</p>"])
def test_a_biography_set_apart_of_an_author_whom_an_introduction_names(box: str) -> None:
    above = "<p>本刊特发表林海生《渡轮是什么？》一文。</p>"
    document = read("https://courier.example/1", f"{above}{P}{P}{box.format(BIOGRAPHY)}", "林海生", "海港")
    assert [(credit.role, credit.person) for credit in document.credits] == [("author-bio", "林海生")]
    assert m.Quote not in kinds(document)


@pytest.mark.parametrize("line", ["林海生，渡轮的朋友，那天也在码头等候。", "林海生：我在码头等候渡轮。"])
def test_other_words_about_such_an_author_stay(line: str) -> None:
    above = "<p>本刊特发表林海生《渡轮是什么？》一文。</p>"
    html = f"{above}{P}{P}<blockquote><p>{line}</p></blockquote>"
    document = read("https://courier.example/1", html, "林海生", "海港")
    assert document.credits == ()
    assert m.Quote in kinds(document)


def test_the_people_of_a_translation_in_a_quotation_at_the_end() -> None:
    lines = ("原文刊于《码头评论》。", BIOGRAPHY, "梅林，桅城人，海港大学博士，现为海港大学文学院讲师。")
    box = "".join(f"<p>{line}</p>" for line in lines)
    html = f"{P}{P}<p>翻译丨梅林</p><blockquote>{box}</blockquote>"
    document = read("https://courier.example/1", html, "林海生", "海港")
    assert names(document) == ["林海生"]
    assert [credit.role for credit in document.credits][:3] == ["translator", "original", "author-bio"]
    assert m.Quote not in kinds(document)


def test_the_biography_of_a_translator_does_not_name_the_author() -> None:
    lines = ("原文刊于《码头评论》。", BIOGRAPHY, "梅林，海港大学文学院讲师。")
    box = "".join(f"<p>{line}</p>" for line in lines)
    html = f"{P}{P}<p>翻译丨梅林</p><blockquote>{box}</blockquote>"
    assert names(read("https://courier.example/1", html)) == ["林海生"]


def test_a_quotation_with_a_line_that_is_not_a_credit_stays() -> None:
    html = f"{P}{P}<blockquote><p>灯亮了，船来了。</p><p>{BIOGRAPHY}</p></blockquote>"
    document = read("https://courier.example/1", html, "林海生", "海港")
    assert kinds(document)[-1] is m.Quote


def test_the_people_of_a_programme_above_its_address() -> None:
    lines = "策划：林海生、梅林<br>主播：高月<br>撰文：江帆<br>海港财经："
    end = f"<p>{lines}<a href='https://quay.example/1'>https://quay.example/1</a></p><p>责任编辑：林海#</p>"
    document = read("https://www.epochtimes.com/gb/25/2/11/n1.htm", P + P + end)
    assert names(document) == ["江帆"]
    assert [credit.role for credit in document.credits] == ["contributor", "contributor", "note", "editor"]


@pytest.mark.parametrize(
    "seen",
    ["<div><strong{}>渡轮回来了</strong></div>", "<p><b{}>渡轮回来了</b></p>", "<h2{}>渡轮回来了</h2>"],
)
@pytest.mark.parametrize("attributes", ["", " dir='ltr'", " aria-hidden='true'"])
def test_a_headline_for_screen_readers_above_the_one_that_is_seen(seen: str, attributes: str) -> None:
    html = "<h1>渡轮回来了</h1>" + seen.format(attributes) + P + P
    document = read("https://courier.example/1", html)
    assert kinds(document) == [m.Paragraph, m.Paragraph]
    assert [section.heading for section in document.sections] == [()]


def test_a_headline_that_is_all_of_the_text_stays() -> None:
    document = read("https://courier.example/1", "<h1>渡轮回来了</h1><p><b>渡轮回来了</b></p>")
    assert kinds(document) == [m.Paragraph]


def test_the_original_is_the_article_and_not_its_section() -> None:
    section, article = "https://quay.example/future", "https://quay.example/future/story/2025-ferry"
    line = f'<p>请访问 <a href="{section}">Quay Future</a> 阅读 <a href="{article}">英文原文</a>。</p>'
    assert read("https://courier.example/1", P + P + line).original_url == article
