"""What comes of a comparison."""

from __future__ import annotations

import math
from typing import Literal

import msgspec

Fault = Literal["missing", "cut", "out of order"]


class Discrepancy(msgspec.Struct, frozen=True):
    """A text that is not in the output as it should be.

    `fault` says whether all of it is missing, some, or only its place is another; `where` what it is and where it stood in
    the article of this `headline`; `text` is its words, `lost` those of them that are missing.
    """

    fault: Fault
    where: str
    text: str
    lost: str
    headline: str

    @property
    def line(self) -> str:
        """What is wrong, in a line."""
        text = f"“{self.lost}” of “{self.text}”" if self.fault == "cut" else f"“{self.text}”"
        return f"{self.where} is {self.fault}: {text}"


class Comparison(msgspec.Struct, frozen=True):
    """What came of a comparison: how many `words` and `texts` there should be, how many words are not there, and where.

    `unread_words` are those, not among the `words`, that a PDF may show and yet not give back.
    """

    words: int
    missing_words: int
    unread_words: int
    texts: int
    findings: tuple[Discrepancy, ...]

    @property
    def percentage(self) -> float:
        """How much of the words is there; less than 100 if only one is missing."""
        return 100.0 * (self.words - self.missing_words) / self.words if self.words else 100.0

    @property
    def sum(self) -> str:
        """What came of it, in a line."""
        words, texts = f"{self.words:,} words", f"{self.texts:,} texts"
        if not self.findings:
            return f"all {words} of {texts} are there"
        percentage = math.floor(10 * self.percentage) / 10  # never 100.0 if a word is missing
        return f"{percentage} % of {words} are there, {len(self.findings):,} of {texts} are not as they were"
