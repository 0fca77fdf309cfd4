"""Headings of sections of which everything is left out, or read elsewhere."""

import feed2doc
import pytest
from feed2doc import model as m

NOTED = '<p>The ferry<a href="#f1" id="r1"><sup>1</sup></a> is back, they say.</p><p>So it is.</p>'
NOTE = '<li id="f1">A note. <a href="#r1">↩</a></li>'
TEXT_ABOVE = "<p>The ferry is back, they say.</p><p>So it is.</p>"


@pytest.mark.parametrize(
    ("html", "headings"),
    [
        (f"{NOTED}<h2>Notes</h2><ol>{NOTE}</ol>", []),
        (f"{NOTED}<h2>Notes</h2><section><h3>References</h3><ol>{NOTE}</ol></section>", []),
        (f"{NOTED}<p><b>Notes</b></p><p id='f1'>1. A note. <a href='#r1'>↩</a></p>", []),
        (f"{NOTED}<hr><p>Footnotes:</p><p id='f1'>1. A note. <a href='#r1'>↩</a></p>", []),
        (f"{NOTED}<h2>Notes</h2><ol>{NOTE}</ol><h2>Tides</h2><p>High.</p>", ["Tides"]),
        (f"{NOTED}<h2>Notes</h2><ol>{NOTE}</ol><h3>Tides</h3><p>High.</p>", ["Notes", "Tides"]),
        (f"{NOTED}<h2>Notes</h2><ol>{NOTE}<li>Another one.</li></ol>", ["Notes"]),
        (f"{TEXT_ABOVE}<h2>More</h2><p>Subscribe to our newsletter</p>", []),
        (f"{TEXT_ABOVE}<h2>More</h2><form><input type=email></form>", []),
        (f"{TEXT_ABOVE}<h2>More</h2><p>Subscribe to our newsletter</p><hr>", []),
        (f"{TEXT_ABOVE}<h2>More</h2><p>Subscribe to our newsletter</p><hr><h2>Tides</h2><p>High.</p>", ["Tides"]),
        (f"{TEXT_ABOVE}<h2>More</h2><p>Subscribe to our newsletter</p><hr><p>High.</p>", ["More"]),
        (f"{TEXT_ABOVE}<h2>More</h2><form><input type=email></form><p>High.</p>", ["More"]),
        (f"{TEXT_ABOVE}<h2>Tides</h2><h3>N</h3><p>Subscribe to our newsletter</p>", []),
        (f"{TEXT_ABOVE}<h2>Tides</h2><h3>N</h3><p>Subscribe to our newsletter</p><h3>S</h3><p>High.</p>", ["Tides", "S"]),
        (f"{TEXT_ABOVE}<h2>The end</h2>", ["The end"]),
        (f"{TEXT_ABOVE}<h2>Tides</h2><h2>Winds</h2><p>None.</p>", ["Tides", "Winds"]),
        ("<h2>Ferries</h2><form><input type=email></form><h2>Tides</h2><p>High.</p>", ["Ferries", "Tides"]),
        (f"{TEXT_ABOVE}<h2>Tides <a class=edit href='#'>Edit</a></h2><h2>Winds</h2><p>None.</p>", ["Tides Edit", "Winds"]),
        ("<img src='https://e.org/a.jpg'><h2>The ferry is back.</h2><h2>So it is.</h2><form><input type=email></form>", None),
    ],
)  # fmt: skip
def test_headings_of_what_is_left_out(html: str, headings: list[str] | None) -> None:
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(f"<h1>Q</h1>{html}".encode(), format="html", env=env)
    assert not [note for note in env.diagnostics if note.kind == "loss"]
    if headings is None:
        assert "So it is." in str(feed2doc.write(document, "text"))
    else:
        assert [m.plain_text(each.heading) for each in document.sections if each.heading] == headings


def test_a_box_of_which_only_its_title_is_left_is_left_out() -> None:
    page = f"{TEXT_ABOVE}<aside><h3>Letters</h3><p>Subscribe to our newsletter</p></aside><p>High.</p>"
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(page.encode(), format="html", env=env)
    assert not [each for each in m.walk(document) if isinstance(each, m.Aside)]
    assert [note.text for note in env.diagnostics if note.rule == "html: empty sections"] == ["Letters"]


@pytest.mark.parametrize(
    ("language", "title", "is_left"),
    [
        ("en", "Footnotes:", False),
        ("de", "Anmerkungen", False),
        ("zh", "注释：", False),
        ("en", "Ann Ba", True),
    ],
)
def test_a_line_above_notes_that_is_their_title(language: str, title: str, is_left: bool) -> None:
    page = f'<html lang="{language}"><body>{NOTED}<hr><p>{title}</p><ol>{NOTE}</ol>'
    document = feed2doc.read(page.encode(), format="html")
    kinds = [type(block) for section in document.sections for block in section.blocks]
    assert kinds == [m.Paragraph, m.Paragraph, *([m.Rule, m.Paragraph] if is_left else [])]


@pytest.mark.parametrize("below", ["<form><input type=email></form>", "<p>Editing by Otto Berg</p>"])
def test_a_bold_line_at_the_end_of_the_text_stays(below: str) -> None:
    page = f'<html lang="en"><body>{TEXT_ABOVE}<p><b>It was the last one</b></p>{below}'
    document = feed2doc.read(page.encode(), format="html")
    assert "It was the last one" in str(feed2doc.write(document, "text"))
