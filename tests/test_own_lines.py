"""Lines that only say which article this is and where it is on its site."""

import feed2doc
import pytest
from feed2doc import model as m

URL = "https://quay.example/2026/ferry"
HEADLINE = "The ferry is back"
TEXT = "<p>The ferry to the north island runs again, after a long winter.</p><p>It has a new captain.</p>"


def text_of(body: str, headline: str = HEADLINE) -> str:
    document = feed2doc.read(f"[{headline}]({URL})\n---\n{body}".encode())
    blocks = (block for section in document.sections for block in section.blocks)
    return " ".join(m.plain_text(block.content) for block in blocks if isinstance(block, m.Paragraph))


@pytest.mark.parametrize(
    "line",
    [
        f"<a href='{URL}'>{HEADLINE}</a> made by hand at <a href='https://quay.example'>The Quay</a>. "
        "Do get <a href='https://quay.example/letter'>the letter</a>, too.",
        f"<small><a href='{URL}/'>The Ferry Is Back</a> stand auf <a href='https://quay.example/'>Der Kai</a></small>",
        f"{HEADLINE} (<a href='{URL}'>{HEADLINE}</a>) foi escrito para <a href='https://quay.example/'>O Cais</a>.",
    ],
)
def test_a_last_line_with_the_headline_and_the_site_is_left_out(line: str) -> None:
    assert text_of(f"{TEXT}<hr><p>{line}</p>").endswith("It has a new captain.")


@pytest.mark.parametrize(
    "line",
    [
        f"<a href='{URL}'>A year ago</a> we wrote of it, in the middle of the storm and of the strike, at <a href='https://quay.example/'>The Quay</a>, and nobody came.",
        "Our <a href='https://quay.example/'>harbour</a> and <a href='https://isle.example/'>the island</a> are one.",
        f"<a href='{URL}'>{HEADLINE}</a>, said the captain, and "
        + "he told us of the fog and the ice at great length. " * 4
        + "See <a href='https://quay.example/'>The Quay</a>.",
    ],
)
def test_other_last_lines_with_links_stay(line: str) -> None:
    assert text_of(TEXT + f"<p>{line}</p>").split()[-1] in line.replace("</a>", "").replace(">", " ").split()


@pytest.mark.parametrize(
    "line",
    [
        f"<a href='/'>The Quay</a> &gt; <a href='/harbour'>Harbour</a> &gt; {HEADLINE}",
        f"<a href='/'>Der Kai</a> › <a href='/hafen'>Hafen</a> › {HEADLINE}",
        "<a href='/'>海港网</a> → <a href='/ships'>渡轮</a>",
    ],
)
def test_the_way_to_the_article_above_the_text_is_left_out(line: str) -> None:
    assert text_of(f"<p>{line}</p>{TEXT}").startswith("The ferry to the north")


@pytest.mark.parametrize(
    "line",
    [
        "<a href='/oslo'>Oslo</a> → the north island is the way of the ferry.",
        "<a href='/oslo'>Oslo</a> <a href='/kiel'>Kiel</a>",
        "<a href='/oslo'>Oslo</a> &gt; Kiel",
    ],
)
def test_other_first_lines_with_links_stay(line: str) -> None:
    assert text_of(f"<p>{line}</p>{TEXT}").startswith("Oslo")
