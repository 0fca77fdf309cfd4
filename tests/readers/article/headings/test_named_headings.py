"""Headings, tags and links between pages that only class names mark."""

import feed2doc
import pytest
from feed2doc import model as m

ONE = "<p>The harbour reopened on Monday after three years, and two hundred boats came back.</p>"
TWO = "<p>The first catch of the year is sold on the quay, and the town wants a second pier.</p>"


def read(body: str) -> feed2doc.Document:
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(f"[Harbour](https://quay.example/1)\n---\n{body}".encode(), env=env)
    assert not [each for each in env.diagnostics if each.kind == "loss" or each.rule == "account"]
    return document


def text_of(document: feed2doc.Document) -> str:
    return str(feed2doc.write(document, "text", width=0, links=False))


def headings_in(document: feed2doc.Document) -> list[str]:
    return [m.plain_text(each.heading) for each in document.sections if each.heading]


@pytest.mark.parametrize(
    "heading",
    [
        '<p class="intertitre">A second pier</p>',
        '<p class="article__sub-title">A second pier</p>',
        '<div class="zwischentitel">A second pier</div>',
        '<p class="title"><b>A second pier</b></p>',
        '<p class="c-crosshead">A second pier?</p>',
        '<div data-component="subheading-block">A second pier</div>',
    ],
)
@pytest.mark.parametrize("below", [TWO, "<ul><li>Ropes</li><li>Tar</li></ul>"])
def test_a_short_line_that_is_named_a_heading(heading: str, below: str) -> None:
    assert [each.rstrip("?") for each in headings_in(read(ONE + heading + below))] == ["A second pier"]


@pytest.mark.parametrize(
    "line",
    [
        '<p class="title">The town wants a second pier.</p>',
        '<p class="title"><a href="https://quay.example/2">A late ferry</a></p>',
        '<div class="title"><p>A second pier</p></div>',
        '<p class="subtitle">The boats came back one by one, with their lamps lit, and the people on the quay counted them aloud until dawn broke</p>',
        '<p class="entitled">A second pier</p>',
    ],
)
def test_other_lines_between_paragraphs_stay_paragraphs(line: str) -> None:
    document = read(ONE + line + TWO)
    assert headings_in(document) == []


def test_a_named_line_at_an_edge_or_in_a_list_is_not_a_heading() -> None:
    line = '<p class="title">A second pier</p>'
    for body in (ONE + TWO + line, f"<ul><li>{ONE}{line}{TWO}</li></ul>", f"<p>So.</p>{line}<p>No.</p>"):
        document = read(body)
        assert "A second pier" in text_of(document)
    assert headings_in(read(ONE + TWO + line)) == []


def test_tags_without_links() -> None:
    tags = '<div class="article-tags"><span class="label">Tags:</span><span>Ropes</span><span>Old tar</span></div>'
    document = read(ONE + TWO + tags)
    assert document.tags == ("Ropes", "Old tar")
    assert "Old tar" not in text_of(document).partition("pier.")[2]


@pytest.mark.parametrize(
    "line",
    [
        '<div class="tags"><span>Tags</span> are <span>sewn</span> into each rope</div>',
        '<div class="tags"><span>Colours</span><span>Blue</span><span>Red</span></div>',
        '<div class="tags"><span>Tags</span><span>Each of them is sewn into a rope.</span></div>',
    ],
)
def test_lines_that_are_not_tags_stay(line: str) -> None:
    document = read(ONE + line + TWO)
    assert document.tags == () and ("sewn" in text_of(document) or "Blue" in text_of(document))


@pytest.mark.parametrize(
    "row",
    [
        '<div class="pagination"><span>Page 1 of 3</span><span class="current">1</span><a href="/p/2">2</a><a href="/p/2">Next »</a></div>',
        '<div class="prev-next"><a rel="prev" href="/a">« Previous article</a><a rel="next" href="/b">Next article »</a></div>',
        '<nav class="post-navigation"><a href="/a">An older story</a><a href="/b">A newer one</a></nav>',
        '<div class="c-socialshare"><div>Diesen Artikel teilen:</div><a title="X"><span>Facebook</span></a> <a><span>Xing</span></a></div>',
    ],
)
def test_links_between_pages_are_left_out(row: str) -> None:
    text = text_of(read(ONE + TWO + row))
    assert not any(each in text for each in ("Next", "Previous", "older", "Xing", "Page 1"))


def test_a_text_about_pagination_stays() -> None:
    box = '<div class="pagination"><p>A book has pages, and <a href="/x">each page</a> has a number at its foot.</p></div>'
    assert "at its foot" in text_of(read(ONE + box + TWO))
