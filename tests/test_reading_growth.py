"""Reading a page takes work in proportion to its length."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import feed2doc
import lxml.etree
import pytest

HERE = str(Path(feed2doc.__file__).parent)
# How often the part of a page that grows is there, and how many times the work of the first number the others may take: 4 and
# 16 times if it grew as the square.
SIZES = (100, 200, 400)
FACTORS = (1, 2.8, 6)

PAGES: dict[str, Callable[[int], str]] = {
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
    "icons in a line": lambda n: "<p>" + '<img class="emoji" alt=":tar:" src="/x.png">' * n + "</p>",
    "bold text in bold text": lambda n: "<p>" + "<b>" * n + "A word. " * n + "</b>" * n + "</p>",
}


def work_of(page: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """Return the number of lines of the package that run, and of letters that it copies, to read a page."""
    lines = letters = 0

    def traced(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal lines
        lines += event == "line"
        return traced if frame.f_code.co_filename.startswith(HERE) else None

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
        sys.settrace(traced)
        try:
            feed2doc.read(f"<html><body><p>The ferry is back.</p>{page}".encode(), format="html")
        finally:
            sys.settrace(before)
    return lines, letters


@pytest.mark.parametrize("name", PAGES)
def test_reading_takes_linear_work(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    work_of(PAGES[name](1), monkeypatch)  # imports
    (least, fewest), *others = (work_of(PAGES[name](number), monkeypatch) for number in SIZES)
    for factor, (lines, letters) in zip(FACTORS[1:], others, strict=True):
        assert lines < factor * least and letters <= factor * max(fewest, 1000), (lines, letters)
