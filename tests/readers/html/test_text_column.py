"""Pages in which no markup names the article: what is around the element with most of the text is left out."""

from pathlib import Path

import feed2doc
import pytest
from feed2doc.model import images_of

TEXT = "".join(
    f"<p>The port is open again, the harbour master said on day {day}. The ferry leaves every hour, and many wait.</p>"
    for day in range(8)
)
HEAD = "<h1>Port opens</h1><div>5 May 2025 | Ann Bale</div>"
PLACES = "".join(f"<li><a href='/{each}'>{each}</a></li>" for each in ("Weather", "Sport", "Contact"))
POPULAR = (
    "<h3>Popular</h3><ul><li><a href='/1'>A ferry sank twice in a row</a></li><li><a href='/2'>A mast broke</a></li>"
    "<li><a href='/3'>A rope was tarred all night</a></li></ul><p>We like ferries.</p>"
)
COMMENTS = "<h3>1 comment</h3><div><b>Bo</b> says: <p>I saw it, and it was late.</p></div><form><textarea></textarea></form>"
PAGES = {
    "ids": f"<div id=top><ul>{PLACES}</ul></div><div id=wrap><div id=left>{HEAD}{TEXT}</div><div id=right>{POPULAR}</div></div>",
    "no names": f"<div><ul>{PLACES}</ul></div><div><div>{HEAD}{TEXT}</div><div>{POPULAR}</div></div>",
    "headline outside": f"<div class=page><div><ul>{PLACES}</ul></div>{HEAD}<div class=txt>{TEXT}</div><div>{POPULAR}</div></div>",
    "line breaks": f"<div><ul>{PLACES}</ul></div><div>{HEAD}{TEXT.replace('<p>', '').replace('</p>', '<br><br>')}</div><div>{POPULAR}</div>",
    "comments": f"<div class=main><div class=post>{HEAD}{TEXT}</div><div id=comments>{COMMENTS}</div></div>",
    "a footer": f"<div>{HEAD}{TEXT}</div><div class=footer>Quay News <a href='/about'>About us</a> <a href='/terms'>Terms</a>, 12 Quay Road</div>",
}
AROUND = ("Weather", "ferry sank", "We like ferries", "I saw it", "12 Quay Road")


def read(body: str) -> tuple[feed2doc.Document, str]:
    env = feed2doc.Env(audit=True)
    page = f"<html><head><title>Port opens - Quay News</title></head><body>{body}</body></html>"
    document = feed2doc.read(page.encode(), format="html", env=env)
    assert not [each for each in env.diagnostics if each.kind == "loss" or each.rule == "account"]
    return document, str(feed2doc.write(document, "md"))


@pytest.mark.parametrize("body", PAGES.values(), ids=PAGES)
def test_only_the_text_is_read(body: str) -> None:
    document, text = read(body)
    assert document.headline == "Port opens" and [each.name for each in document.byline] == ["Ann Bale"]
    assert text.count("on day") == 8
    assert not [each for each in AROUND if each in text]


@pytest.mark.parametrize(
    ("around", "stays"),
    [
        ("<div class=footer><p>© 2025 Quay News</p><a href='/imprint'>Imprint</a></div>", False),
        ("<div class=gnb><a href='/p'>Politics</a> <a href='/s'>Imprint</a></div>", False),
        ("<div class=notes><p>© 2025 Quay News</p><a href='/imprint'>Imprint</a></div>", True),
        ("<div class=footer><p>Imprint: how we print books.</p></div>", True),
    ],
)
def test_around_a_short_text_only_what_is_named_is_left_out(around: str, stays: bool) -> None:
    html = f"<div class=post><h2>Port opens</h2><p>The port is open again, the master said.</p></div>{around}"
    assert ("Imprint" in read(html)[1]) is stays


def test_the_columns_of_a_table_that_arranges_a_page() -> None:
    columns = f"<table><tr><td><ul>{PLACES}</ul></td><td>{HEAD}{TEXT}</td><td>{POPULAR}</td></tr></table>"
    text = read(columns)[1]
    assert text.count("on day") == 8 and not [each for each in AROUND if each in text]


def test_names_of_a_rule_of_your_own(tmp_path: Path) -> None:
    (tmp_path / "quay.example.toml").write_text(
        'hosts = ["quay.example"]\n[class_words]\naround = ["deck"]', "utf-8"
    )
    link = '<link rel="canonical" href="https://quay.example/1">'
    page = f"<html><head>{link}</head><body><div>{HEAD}{TEXT}</div><div class=deck>Quay News <a href='/about'>About us</a></div></body></html>"
    env = feed2doc.Env(site_dirs=(tmp_path,))
    assert "Quay News" in feed2doc.write(feed2doc.read(page.encode(), format="html"), "md")
    assert "Quay News" not in feed2doc.write(feed2doc.read(page.encode(), format="html", env=env), "md")


SOURCES = "".join(f"<li><a href='https://{each}.example/'>{each} of the harbour</a></li>" for each in "abcd")


@pytest.mark.parametrize(
    ("kept", "body"),
    [
        ("b of the harbour", f"<div>{HEAD}{TEXT}</div><div><h3>Sources</h3><ul>{SOURCES}</ul></div>"),
        ("The second half", f"<div>{HEAD}{TEXT}</div><div><p>The second half of the text.</p></div>"),
        ("mends nets", f"<div>{HEAD}{TEXT}</div><div class=about>Ann Bale mends nets.</div>"),
        ("The second half", f"<div>{HEAD}{TEXT}</div><div class=no-sidebar><p>The second half.</p></div>"),
        ("at dawn", f"<div class=widget><p>It came at dawn.</p></div><div class=widget>{HEAD}{TEXT}</div>"),
        (
            "The note",
            f"<div>{HEAD}{TEXT}<p>One.<a href=#n1>1</a></p></div><div id=footer><p id=n1>1. The note.</p></div>",
        ),
        (
            "salt",
            f"<div>{HEAD}<p>A cake.</p><h2>Needs</h2><ul><li><a href=/s>salt</a></li><li><a href=/b>butter</a></li><li><a href=/f>flour</a></li></ul><div>{TEXT}</div></div>",
        ),
        ("help line", f"<div>{HEAD}{TEXT}</div><div><a href='tel:112'>The help line</a></div>"),
        (
            "Bo Cyr",
            f"<div class=masthead><h2>Port opens</h2><div>Bo Cyr, 5 May 2025</div></div><div>{TEXT}</div>",
        ),
        ("A lead of its own", f"<div class=a><p>A lead of its own.</p></div><div>{HEAD}{TEXT}</div>"),
    ],
)
def test_text_next_to_the_column_stays(kept: str, body: str) -> None:
    assert kept in read(body)[1]


def test_a_picture_next_to_the_column_stays() -> None:
    document, _ = read(
        f"<div class=masthead><img src='https://q.example/b.jpg' alt='the quay'></div><div>{HEAD}{TEXT}</div>"
    )
    assert [image.src for image in images_of((document,))] == ["https://q.example/b.jpg"]


def test_what_is_left_out_is_reported() -> None:
    env = feed2doc.Env()
    feed2doc.read(f"<html><body>{PAGES['ids']}</body></html>".encode(), format="html", env=env)
    texts = [each.text for each in env.diagnostics if each.message == "around the article"]
    assert any("Weather" in text for text in texts) and any("We like ferries" in text for text in texts)


def test_pages_of_a_few_words_or_of_lists_are_read_whole() -> None:
    assert "Weather" in read(f"<div><ul>{PLACES}</ul></div><div><p>One line.</p></div>")[1]
    entries = "".join(
        f"<div><a href='/{n}'>Port {n}</a><p>{'It opened again. ' * 9}</p></div>" for n in range(6)
    )
    assert read(f"<div>{entries}</div>")[1].count("Port ") >= 6
