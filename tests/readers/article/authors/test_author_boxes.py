"""Boxes about the author above the text."""

import feed2doc
import pytest
from feed2doc import model as m

TEXT = "<p>The ferry came in at dawn, white and late, and the quay was full.</p><p>Nobody had slept.</p>"
PORTRAIT = '<img class="avatar" src="https://quay.example/ann.jpg" alt="">'


def read(box: str) -> tuple[feed2doc.Document, list[str]]:
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(f"[h](https://quay.example/2)\n------\n{box}{TEXT}".encode(), env=env)
    assert not [each for each in env.diagnostics if each.kind == "loss"]
    return document, [each.message for each in env.diagnostics if each.kind == "dropped"]


def body(document: feed2doc.Document) -> list[str]:
    blocks = [block for section in document.sections for block in section.blocks]
    return [m.plain_text(run) for block in blocks for run in m.texts_of(block)]


@pytest.mark.parametrize(
    "box",
    [
        f"<div class='author-box'>{PORTRAIT}<span class='name'>Ann Ba</span><span class='role'>Correspondent</span><p class='bio'>Ann Ba writes about harbours.</p></div>",
        f"<div class='author-card'><a href='/ann'><figure>{PORTRAIT}</figure></a><div><h4>Ann Ba</h4><p>Correspondent</p><p>She writes about harbours.</p></div></div>",
        f"<aside class='c-author-bio'>{PORTRAIT}<p>By <a href='/ann'>Ann Ba</a></p><p>Correspondent</p><p>Ann has written about harbours since 2009.</p></aside>",
        f"<div class='article-author'>{PORTRAIT}<div><a href='/ann'>Ann Ba</a><p>Correspondent</p><p>Ann Ba is a reporter based in Oslo.</p></div></div>",
        f"<aside class='about-the-author'>{PORTRAIT}<h3>About the author</h3><p>Ann Ba</p><p>Correspondent</p><p>Ann Ba is a reporter based in Oslo.</p></aside>",
    ],
)
def test_a_box_about_the_author_above_the_text(box: str) -> None:
    document, dropped = read(box)
    assert [person.name for person in document.byline] == ["Ann Ba"]
    assert [credit.role for credit in document.credits] == ["note", "author-bio"]
    assert document.lead is None and len(body(document)) == 2
    assert "portrait of the author" in dropped


def test_a_box_with_a_time() -> None:
    document, _ = read(f"<div class='author-card'>{PORTRAIT}<div>Ann Ba</div><div>5 May 2025</div></div>")
    assert [person.name for person in document.byline] == ["Ann Ba"]
    assert document.published is not None and document.published.isoformat()[:10] == "2025-05-05"


@pytest.mark.parametrize(
    "box",
    [
        "<div class='author-box'><p>Nobody knows who wrote the oldest songs of this harbour.</p></div>",
        "<div class='author-box'><img src='https://quay.example/quay.jpg'><p>The quay in the fog of May.</p></div>",
        "<div class='author-content'><p>Ann Ba</p><p>The harbour has been closed for three years.</p></div>",
        "<div class='author-card'><h4>Ann Ba</h4><table><tr><td>Boats</td><td>4</td></tr></table></div>",
    ],
)
def test_boxes_of_the_text(box: str) -> None:
    document, _ = read(box)
    assert not document.credits
    assert len(body(document)) > 2
