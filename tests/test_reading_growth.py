"""Reading a page takes work in proportion to its length."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import feed2doc
import lxml.etree
import pytest
from feed2doc.readers._article import marking
from feed2doc.readers._article.meanings import meanings_of

HERE = str(Path(feed2doc.__file__).parent)
# How often the part of a page that grows is there, and how many times the work of the first number the second may take: 16 times
# if it grew as the square.
FEW, MANY = 100, 400
MOST = 6

PAGES: dict[str, Callable[[int], str]] = {
    "boxes about authors without text above": lambda n: (
        "<i></i>" * n + "<div class=author-bio>Short</div>" * n
    ),
    "nested boxes of advertisements": lambda n: "<div class=ad><i></i>" * n + "x",
    "boxes with sentences and forms": lambda n: (
        "<p>It has sailed again today.</p>"
        + "<div class=subscribe><p>The boats are back in town.</p><p>The quay is full again.</p><input type=text></div>"
        * n
    ),
    "lines with arrows": lambda n: (
        "<p>Tide.</p>" + "<p>→ <a href=https://example.com/x>The boats are back</a></p>" * n + "<p>Ebb.</p>"
    ),
    "names and dates in a line": lambda n: (
        "<div>" + "<span class=author>Ann Ba</span><span class=date>5 May 2020</span>" * n + "</div>"
    ),
    "lines of names and dates": lambda n: (
        "<div class=author>Ann Ba</div><div class=date>5 May 2020</div>" * n
    ),
    "buttons in each other": lambda n: "<p>" + "<button>a<span>" * n,
    "nested attributes with formulas": lambda n: "math" + "<div data-tex='x^2'>" * n + "x",
    "labels of a drawing with a choice": lambda n: (
        "<div><svg><switch>" + "<text>a</text>" * n + "<foreignObject>b</foreignObject></switch></svg></div>"
    ),
    "links that enlarge in a caption": lambda n: (
        "<figure><img src=/a.jpg><figcaption>" + "<a href=/b.jpg>Enlarge</a>" * n + "</figcaption></figure>"
    ),
    "links that enlarge in a line": lambda n: "<p>" + "<a href=/b.jpg>Zoom</a> x " * n + "</p>",
    "links that enlarge in each other": lambda n: "<b><a href=/b.jpg>Zoom</a> / " * n,
    "small pictures": lambda n: (
        "<div>" + "".join(f'<img class=thumb data-src="/{i}.jpg">' for i in range(n)) + "</div>"
    ),
    "credits of a picture": lambda n: (
        "<figure><img src=/a.jpg>"
        + "".join(f"<figcaption>Text. Photo: Ann B{i}a</figcaption>" for i in range(n))
        + "</figure>"
    ),
    "parts of a caption": lambda n: (
        "<figure><img src=/a.jpg><figcaption>"
        + "<span class=a>渡轮、</span><span class=b> 码头</span>" * n
        + "</figcaption></figure>"
    ),
    "icons in a line": lambda n: "<p>" + '<img class="emoji" alt=":tar:" src="/x.png">' * n + "</p>",
    "raised text in program text": lambda n: "<pre>" + "a<sup>2</sup>" * n + "</pre>",
    "empty raised text in program text": lambda n: "<pre>" + "<sup></sup>" * n + "</pre>",
    "empty lines in program text": lambda n: "<pre>x" + "<div><b></b></div>" * n + "</pre>",
    "line numbers in each other": lambda n: "<pre>" + "<i class=ln>" * n + "1" * n + "x</pre>",
    "line numbers": lambda n: "<pre>" + "<i class=ln>1</i>a\n" * n + "</pre>",
    "tables in each other": lambda n: (
        "<table><tr><td>1<td>" * min(n, 250) + "<table>" + "<tr><td>1<td>a" * n + "</table>"
    ),
    "program text around a block": lambda n: "<div>" + "<code>" * n + "<i>a</i>" * n + "<p>x",
    "program text with a block": lambda n: "<div>" + "<code><p>a</p></code>" * n,
    "words in a program font": lambda n: (
        "<p>" + "<span style='font-family: monospace'>a</span> " * n + "</p>"
    ),
    "boxes of program text": lambda n: (
        "<div style='white-space: pre; font-family: monospace'><b>" * n + "<i>a</i>" * n
    ),
    "lines that are kept in each other": lambda n: "<div style='white-space: pre-line'>" * n + "<i>a</i>" * n,
    "titles of marks in each other": lambda n: "<p>A" + "<span title='A plant.'>" * n + "1",
    "titles of marks": lambda n: "<p>" + "A<sup title='A plant.'>1</sup> " * n,
    "notes in attributes": lambda n: "<p>" + "A<sup data-note='A plant.'>1</sup> " * n,
    "notes in attributes of empty elements": lambda n: "<p>" + "<sup data-note='A plant.'></sup>" * n,
    "notes in attributes of words": lambda n: "<p>" + "<span data-footnote='A plant.'>A</span> " * n,
    "notes hidden in each other": lambda n: "<p>A" + "<span class=note hidden>1 plant " * n,
    "notes hidden next to marks": lambda n: "<p>" + "A<sup>1</sup><i hidden>A plant.</i> " * n,
    "pictures with a text below": lambda n: "<div><img src=/a.jpg><div><p>Text beside</p></div></div>" * n,
    "pictures in an article with a text below": lambda n: "<p><img src=/a.jpg></p><p>Text below</p>" * n,
    "sections of a feed": lambda n: "<![CDATA[a" * n + "]]>",
    "notes in tooltips next to their references": lambda n: (
        "<p>" + '<sup><a href="#n1">1</a><span class=footnote-tooltip>Wet in May.</span></sup>' * n
    ),
    "pictures with a line between them": lambda n: "<div>" + "<img src=/a-20x13.jpg>{}" * n + "</div>",
    "pictures with a sign between them": lambda n: "<div>" + "<img src=/a.jpg> | " * n + "</div>",
    "captions without a figure": lambda n: (
        "<figcaption>Quay<cite>Ann <img src=/a.png></cite></figcaption>" * n
    ),
    "lines of times": lambda n: "<p>Ann Ba, published on 5 May 2025 at 9:30, updated on 6 May 2025</p>" * n,
    "bold text around paragraphs": lambda n: "<b><p>A <i title='<b x'>word</i></p></b>" * n,
    "open quotation marks in bold text": lambda n: "<b><p>A word</p></b>" + "<b a=\"<b b='" * n,
    "bold text in bold text": lambda n: "<p>" + "<b>" * n + "A word. " * n + "</b>" * n + "</p>",
}


def work_of(page: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """Return the number of lines of the package that run, and of letters that it copies, to read a page."""
    lines = letters = 0

    def called(frame: FrameType, event: str, _: Any) -> Any:
        if not frame.f_code.co_filename.startswith(HERE):
            return None
        # A comprehension has one line, whatever it goes through.
        frame.f_trace_opcodes = frame.f_code.co_name.startswith("<")
        return traced

    def traced(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal lines
        lines += 1
        return traced

    def counting(function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any, **named: Any) -> Any:
            nonlocal letters
            text = function(*given, **named)
            letters += len(text)
            return text

        return counted

    with monkeypatch.context() as patch:
        for module, name in ((lxml.etree, "tostring"), (feed2doc.model, "plain_text")):
            patch.setattr(module, name, counting(getattr(module, name)))
        before = sys.gettrace()
        sys.settrace(called)
        try:
            feed2doc.read(f"<html><body><p>The ferry is back.</p>{page}".encode(), format="html")
        finally:
            sys.settrace(before)
    return lines, letters


@pytest.mark.parametrize("name", PAGES)
def test_reading_takes_linear_work(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    work_of(PAGES[name](1), monkeypatch)  # imports
    (least, fewest), (lines, letters) = (work_of(PAGES[name](number), monkeypatch) for number in (FEW, MANY))
    assert lines < MOST * least and letters <= MOST * max(fewest, 1000), (lines, letters)


class CountedKeys(dict[Any, Any]):
    """A dictionary that counts how often its keys are asked for."""

    asked = 0

    def keys(self) -> Any:
        CountedKeys.asked += 1
        return super().keys()


def test_notes_copy_nothing_of_the_article(monkeypatch: pytest.MonkeyPatch) -> None:
    marked = meanings_of
    monkeypatch.setattr(marking, "meanings_of", lambda *given: CountedKeys(marked(*given)))
    monkeypatch.setattr(CountedKeys, "asked", 0)
    feed2doc.read(f"<p>So.</p>{PAGES['notes in attributes'](50)}".encode(), format="html")
    assert CountedKeys.asked == 1
