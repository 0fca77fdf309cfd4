"""Whole pages: where their article is, and the header above it."""

import feed2doc
import pytest

TEXT = [
    "The harbour reopened on Monday after three years, and two hundred boats came back to the pier.",
    "The first catch of the year is sold on the quay, and the town wants a second pier before autumn.",
]
PARAGRAPHS = "".join(f"<p>{each}</p>" for each in TEXT)
AROUND = (
    '<div id="top"><p class="claim">Notes from the water</p><ul><li><a href="/s">Sport</a></li></ul></div>'
)
SIDE = '<div id="side"><p>Read us each morning.</p><ul><li><a href="/1">A late ferry</a></li></ul></div>'


def read(body: str, title: str = "The harbour is open | Quay Post") -> feed2doc.Document:
    """Return the article of a page. Nothing is lost."""
    env = feed2doc.Env(audit=True)
    page = f"<!DOCTYPE html><html lang=en><head><title>{title}</title></head><body>{body}</body></html>"
    document = feed2doc.read(page.encode(), env=env)
    assert not [each for each in env.diagnostics if each.kind == "loss" or each.rule == "account"]
    return document


def text_of(document: feed2doc.Document) -> str:
    return str(feed2doc.write(document, "text", width=0, links=False))


@pytest.mark.parametrize(
    "mark",
    [
        'class="post hentry"',
        'class="h-entry"',
        'itemscope itemtype="https://schema.org/NewsArticle"',
        'itemscope itemtype="http://schema.org/BlogPosting"',
        'role="main"',
        'role="article"',
    ],
)
def test_the_article_of_a_page_without_the_element(mark: str) -> None:
    document = read(f"{AROUND}<div {mark}><h1>The harbour is open</h1>{PARAGRAPHS}</div>{SIDE}")
    text = text_of(document)
    assert all(each in text for each in TEXT)
    assert not any(each in text for each in ("Notes from the water", "Sport", "each morning", "late ferry"))


@pytest.mark.parametrize("mark", ['class="hentry"', 'role="main"'])
def test_an_element_with_little_of_the_text_is_not_the_article(mark: str) -> None:
    document = read(f"<div {mark}><p>Short.</p></div><h1>The harbour is open</h1>{PARAGRAPHS}")
    assert all(each in text_of(document) for each in ("Short.", *TEXT))


def test_all_posts_of_a_thread_without_paragraphs_are_kept() -> None:
    posts = "".join(f"<article><div>{each}</div></article>" for each in (*TEXT, "Take the blue rope."))
    document = read(f"<h1>The harbour is open</h1><div>{posts}</div>")
    assert all(each in text_of(document) for each in (*TEXT, "Take the blue rope."))


@pytest.mark.parametrize(
    "header",
    [
        '<div class="head"><h1>The harbour is open</h1><p class="byline">By Ann Ba | March 4, 2025</p></div>',
        '<header><h1>The harbour is open</h1></header><div class="byline">By Ann Ba | March 4, 2025</div>',
        '<h1>The harbour is open</h1><p class="byline">By <a href="/authors/ann">Ann Ba</a></p><time>March 4, 2025</time>',
    ],
)
@pytest.mark.parametrize("tag", ["article", "main", 'div role="main"'])
def test_the_header_above_the_article(header: str, tag: str) -> None:
    body = f"{AROUND}<div>{header}<{tag}>{PARAGRAPHS}</{tag.split()[0]}></div>{SIDE}"
    document = read(body)
    assert document.headline == "The harbour is open"
    assert [each.name for each in document.byline] == ["Ann Ba"]
    assert document.published is not None and document.published.date().isoformat() == "2025-03-04"
    assert "late ferry" not in text_of(document) and "Notes" not in text_of(document)


def test_what_is_next_to_the_headline_and_not_a_header_stays_outside() -> None:
    nav = '<nav><a href="/">Start</a></nav>'
    document = read(
        f"<div>{nav}<h1>The harbour is open</h1></div>{nav}<article>Words. {PARAGRAPHS}</article>{SIDE}"
    )
    assert document.headline == "The harbour is open"
    assert "Start" not in text_of(document) and "Words." in text_of(document)


def test_the_name_of_the_site_above_the_article_is_not_its_headline() -> None:
    body = f"<div><h1>Quay Post</h1></div><article><div>{PARAGRAPHS}</div></article>"
    document = read(body, "The harbour is open again today | Quay Post")
    assert document.headline.startswith("The harbour is open again today")


ABOVE = [
    '<div class="cat"><a href="/h">Harbour</a></div><p class="rt">3 min</p>',
    '<ul><li class="a">Save</li><li class="b"><a href="#c">Comment</a></li></ul>',
]


@pytest.mark.parametrize("above", ABOVE)
def test_lines_above_the_headline_of_a_page_are_left_out(above: str) -> None:
    document = read(f"<article>{above}<h1>The harbour is open</h1>{PARAGRAPHS}</article>")
    text = text_of(document)
    assert "Save" not in text and "Harbour\n" not in text and "3 min" not in text


@pytest.mark.parametrize(
    "time",
    [
        '<div class="m"><a href="/p" rel="bookmark"><span>8 December 2012</span></a> <a href="/g">Boats</a> <a href="/c">3</a></div>',
        '<div class="m"><time datetime="2012-12-08">Saturday</time> <a href="/g">Boats</a>, <a href="/h">Quay</a>, <a>Print</a></div>',
        '<p class="date">8 December 2012</p><p class="cat"><a href="/g">Boats</a></p>',
        '<h2 class="date-header"><span>Saturday, December 8, 2012</span></h2>',
    ],
)
@pytest.mark.parametrize("level", ["h1", "h3"])
def test_a_time_above_the_headline_of_a_page(time: str, level: str) -> None:
    document = read(f"<article>{time}<{level}>The harbour is open</{level}>{PARAGRAPHS}</article>")
    assert document.published is not None and document.published.date().isoformat() == "2012-12-08"
    assert "Boats" not in text_of(document)


def test_a_caption_above_the_headline_of_a_page_stays() -> None:
    picture = '<div><img src="https://quay.example/1.jpg"></div><div class="note">Otto Berg at the pier</div>'
    document = read(f"<article>{picture}<h1>The harbour is open</h1>{PARAGRAPHS}</article>")
    assert "Otto Berg at the pier" in text_of(document)


def test_text_above_the_headline_of_a_page_stays() -> None:
    before = "<p>It was dark when the first boat came in, and nobody was at the quay.</p>"
    document = read(f"<article>{before}<h1>The harbour is open</h1>{PARAGRAPHS}</article>")
    assert "It was dark when" in text_of(document)


def test_the_list_of_facts_that_joomla_writes() -> None:
    facts = (
        '<dl class="article-info muted"><dt class="article-info-term">Details</dt><dd class="createdby" itemprop="author">Written by '
        '<span itemprop="name">Ann Ba</span></dd><dd class="category-name">Category: <a href="/k">Club</a></dd><dd class="published">'
        '<span class="icon-calendar"></span><time datetime="2021-03-04T10:00:00+01:00">Published: 04 March 2021</time></dd>'
        '<dd class="hits">Hits: 120</dd></dl>'
    )
    page = f'<ul class="pager pagenav"><li><a href="/a" rel="prev">Prev</a></li></ul>{SIDE}'
    item = f'<div class="item-page"><div class="page-header"><h2>The harbour is open</h2></div>{facts}<div>{PARAGRAPHS}</div>{page}</div>'
    document = read(f'<main id="content">{item}</main>')
    assert [each.name for each in document.byline] == ["Ann Ba"]
    assert document.published is not None and document.published.isoformat() == "2021-03-04T10:00:00+01:00"
    assert not any(each in text_of(document) for each in ("Details", "Hits", "Prev", "Category"))


def test_comments_below_the_article_of_a_page() -> None:
    comments = '<div id="comments"><h3>One comment</h3><ol class="commentlist"><li><p>Well done, all of you! The pier has come out well after all.</p></li><li><p>It will surely last for a hundred years. We thank you for it.</p></li></ol></div>'
    assert "Well done" not in text_of(read(f"<article>{PARAGRAPHS}{comments}</article>"))
    assert "Well done" in text_of(read(comments))


def test_names_and_times_in_the_element_of_a_summary() -> None:
    chapo = (
        '<div class="chapo"><div><p>After three years the boats are back at the pier.</p></div><div class="metas"><span class="date">'
        '4.02.2022</span><span class="auteurs"> par <span class="author"><a href="/author/ann" rel="author">Ann Ba</a></span></span></div></div>'
    )
    document = read(f"<article><h1>The harbour is open</h1>{chapo}{PARAGRAPHS}</article>")
    assert (
        feed2doc.model.plain_text(document.standfirst) == "After three years the boats are back at the pier."
    )
    assert [each.name for each in document.byline] == ["Ann Ba"]
    assert document.published is not None and document.published.date().isoformat() == "2022-02-04"


def test_the_time_above_an_article_that_repeats_the_headline() -> None:
    header = "<header><h1>Port opens</h1><address><a rel=author>Ann Bale</a><time datetime='2025-05-05T09:30Z'>May 5</time></address></header>"
    article = f"<article><h1>Port opens</h1><address>Ann Bale</address>{'<p>The ferry leaves every hour.</p>' * 4}</article>"
    page = f"<html><head><title>Port opens – Quay</title></head><body><main>{header}{article}</main></body></html>"
    document = feed2doc.read(page.encode(), format="html")
    assert document.published is not None and document.published.isoformat() == "2025-05-05T09:30:00+00:00"
    assert [each.name for each in document.byline] == ["Ann Bale"]
