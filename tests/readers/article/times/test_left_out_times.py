"""The time in a line above the text that a rule leaves out, and reporters whose markup says so in East Asian papers."""

import feed2doc
import pytest

TEXT = {
    "en": "<p>The ferry came back after three years, and the whole town stood on the quay to see it.</p><p>It rained.</p>",
    "zh-CN": "<p>渡轮在停航三年之后重新靠岸。</p><p>全城的人都站在码头上。</p>",
    "zh-TW": "<p>渡輪在停航三年之後重新靠岸。</p><p>全城的人都站在碼頭上。</p>",
    "ko": "<p>여객선은 삼 년 만에 새벽에 돌아왔다.</p><p>온 마을이 부두에 서 있었다.</p>",
}


def read(above: str, language: str = "en", below: str = "", generator: str = "") -> feed2doc.Document:
    head = f'<head><title>Ferry - Quay</title><meta name="generator" content="{generator}"></head>'
    body = f"<article><h1>Ferry</h1>{above}<div>{TEXT[language]}</div>{below}</article>"
    return feed2doc.read(f'<html lang="{language}">{head}<body>{body}</body></html>'.encode(), format="html")


def day_of(document: feed2doc.Document) -> str | None:
    return document.published.date().isoformat() if document.published else None


@pytest.mark.parametrize(
    ("generator", "language", "line"),
    [
        (
            "Hexo 7.3",
            "zh-CN",
            '<div class="post-meta-container">发表于 <time datetime="2025-05-05T09:30:00+08:00">2025-05-05</time> 本文字数：1.2k</div>',
        ),
        (
            "Drupal 10",
            "en",
            '<div class="node__meta"><span>By <a href="/user/1" class="username">Ann Bale</a>, 5 May, 2025</span></div>',
        ),
        (
            "Drupal 10",
            "en",
            '<div class="node__meta">Submitted on <time datetime="2025-05-05">Monday</time></div>',
        ),
        ("Jekyll", "en", '<div class="page__meta"><time datetime="2025-05-05">May 5</time> in Birds</div>'),
        (
            "",
            "en",
            '<div class="share-bar">May 5, 2025 <a href="https://www.facebook.com/sharer.php?u=x">Share</a></div>',
        ),
    ],
)
def test_the_time_in_a_line_that_is_left_out(generator: str, language: str, line: str) -> None:
    document = read(line, language, generator=generator)
    assert day_of(document) == "2025-05-05"
    assert [len(section.blocks) for section in document.sections] == [2]


def test_a_stated_time_and_times_below_the_text_come_first() -> None:
    line = '<div class="node__meta">Submitted on 5 May, 2025</div>'
    stated = '<p>Published <time datetime="2025-04-04">4 April 2025</time></p>'
    assert day_of(read(stated + line, generator="Drupal 10")) == "2025-04-04"
    assert day_of(read("", below=line, generator="Drupal 10")) is None
    several = '<div class="node__meta">5 May, 2025 and 6 May, 2025</div>'
    assert day_of(read(several, generator="Drupal 10")) is None


@pytest.mark.parametrize(
    ("line", "language", "name"),
    [
        (
            '<span class="author"><a href="/p">海港網</a> 記者<a href="/r">林海生</a>／北角即時報導</span>',
            "zh-TW",
            "林海生",
        ),
        ('<div class="author">海港報 記者林海生／台北報導</div>', "zh-TW", "林海生"),
        ('<span class="author">記者<a href="/r">林海生</a>／北角報導</span>', "zh-TW", "林海生"),
        ('<div class="byline">海港日报记者 林海生 北角报道</div>', "zh-CN", "林海生"),
        ('<div class="byline">해강일보 김하늘 기자</div>', "ko", "김하늘"),
    ],
)
def test_the_reporter_in_a_line_marked_as_a_byline(line: str, language: str, name: str) -> None:
    document = read(line, language)
    assert [person.name for person in document.byline] == [name]
    assert [len(section.blocks) for section in document.sections] == [2]
