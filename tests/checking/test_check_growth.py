"""Checking an output that lacks thousands of texts takes work in proportion to their number."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any, SupportsIndex
from unittest import mock

import feed2doc.checking
import pytest
from feed2doc import model as m
from feed2doc.checking import _chances
from feed2doc.checking._between import Between
from feed2doc.checking._search import Actual
from feed2doc.checking.alignment import NOWHERE
from feed2doc.checking.comparison import compare
from feed2doc.formulas.convert import formula_of_tex
from feed2doc.model import Document

HERE = str(Path(feed2doc.checking.__file__).parent)
HAN, ARABIC = range(0x4E00, 0x4E00 + 3000), range(0x627, 0x627 + 20)
# How many texts there are, and how many times the lines of the first number the second may take: 16 times if they grew as
# the square. So many letters may be copied or searched per letter of the output.
SIZES = (125, 500)
FACTOR = 6
PER_LETTER = 400


class Work:
    """Counts the lines that run in the package `checking`, and the letters that are copied or searched there."""

    def __init__(self) -> None:
        self.lines = self.letters = 0

    @contextmanager
    def counting(self) -> Iterator[None]:
        def traced(frame: FrameType, event: str, _: Any) -> Any:
            self.lines += event == "line"
            return traced if frame.f_code.co_filename.startswith(HERE) else None

        unused, begin = Actual.unused, Actual.__init__
        work = self

        class Counted(str):
            def find(self, *given: Any) -> int:
                start = given[1] if len(given) > 1 else 0
                end = given[2] if len(given) > 2 else len(self)
                found = super().find(*given)
                work.letters += max((end if found < 0 else found) - start, 0)
                return found

            def __getitem__(self, at: SupportsIndex | slice) -> str:
                part = Counted(super().__getitem__(at))
                work.letters += len(part)
                return part

        def counted(actual: Actual, start: int, end: int) -> str:
            work.letters += max(end - start, 0)
            return Counted(unused(actual, start, end))

        def begun(actual: Actual, letters: str, apart: Any) -> None:
            begin(actual, Counted(letters), apart)

        before = sys.gettrace()
        with mock.patch.object(Actual, "unused", counted), mock.patch.object(Actual, "__init__", begun):
            sys.settrace(traced)
            try:
                yield
            finally:
                sys.settrace(before)


def words(number: int, seed: int, letters: range = HAN, length: int = 20) -> list[str]:
    chosen = Random(seed)
    return ["".join(chr(chosen.choice(letters)) for _ in range(length)) for _ in range(number)]


def paragraphs(texts: list[str]) -> list[m.Block]:
    return [m.Paragraph((m.Text(text),)) for text in texts]


def tables(texts: list[str]) -> list[m.Block]:
    return [m.Table(((m.Cell(tuple(paragraphs([text]))),) * 2,)) for text in texts]


def formulas(number: int, seed: int) -> list[m.Block]:
    made = [formula_of_tex(f"a_{{{n}}}+b^{{{seed}}}", display=True) for n in range(number)]
    return [each for each in made if each is not None]


MISSING: dict[str, tuple[Callable[[int, int], list[m.Block]], bool]] = {
    "paragraphs": (lambda n, seed: paragraphs(words(n, seed)), False),
    "tables": (lambda n, seed: tables(words(n, seed, length=6)), False),
    "formulas": (formulas, False),
    "right-to-left text of a PDF": (lambda n, seed: paragraphs(words(n, seed, ARABIC)), True),
}


def article(blocks: list[m.Block]) -> Document:
    return Document(id="a", headline="潮", sections=(m.Section(blocks=tuple(blocks)),))


@pytest.mark.parametrize("name", MISSING)
def test_missing_texts_take_linear_work(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_chances, "_FEW", 0)  # a few texts are searched for in any case
    blocks, shaped = MISSING[name]
    lines = []
    for number in SIZES:
        text = feed2doc.write(article(blocks(number, 2)), "text", width=0)
        sought, work = article(blocks(number, 1)), Work()
        with work.counting():
            found = compare(text, [sought], shaped=shaped)
        assert found.findings
        lines.append(work.lines)
        assert work.letters < PER_LETTER * len(text)
    assert lines[1] < FACTOR * lines[0]


def test_the_text_after_a_formula_is_found_in_few_steps() -> None:
    class Counted(list[int]):
        steps = 0

        def __getitem__(self, at: Any) -> Any:
            type(self).steps += len(range(*at.indices(len(self)))) if isinstance(at, slice) else 1
            return super().__getitem__(at)

    choice, end, size = Random(1), 50_000, 20_000
    # Letters that are nowhere, or before what precedes the formula, and a few at the end of the output.
    places = Counted(
        [40_000] * 10 + [choice.choice((NOWHERE, at)) for at in range(10, size - 5)] + [45_000] * 5
    )
    between, Counted.steps = Between(places, end), 0
    for at in range(10, size, 50):
        assert between.texts(at, at) == (40_001, 45_000)
    assert Counted.steps < 300 * size // 50
    places[:] = [40_000] * size
    assert Between(places, end).texts(size // 2, size // 2) == (40_001, end)
