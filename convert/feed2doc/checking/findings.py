"""The result of a comparison."""

from __future__ import annotations

import math
from typing import Literal

import msgspec

# Of this share of the words, almost all articles have some in common.
_FOREIGN = 0.95
Fault = Literal["missing", "cut", "out of order"]


class Discrepancy(msgspec.Struct, frozen=True):
    """A text that is not in the output as expected.

    `fault` says whether the text is missing, is incomplete, or is in another place. `where` is its kind and place in
    the article with this `headline`; `text` is its words, `lost` those of them that are missing. An article that is missing
    is one finding for all its `texts`.
    """

    fault: Fault
    where: str
    text: str
    lost: str
    headline: str
    texts: int = 1

    @property
    def line(self) -> str:
        """The problem in one line."""
        text = f"“{self.lost}” of “{self.text}”" if self.fault == "cut" else f"“{self.text}”"
        return f"{self.where} is {self.fault}: {text}"


class Comparison(msgspec.Struct, frozen=True):
    """The result of a comparison: how many `words` and `texts` are expected, how many words are missing, and where.

    `unread_words` counts words, not included in `words`, that a PDF may show although they cannot be extracted from it.
    """

    words: int
    missing_words: int
    unread_words: int
    texts: int
    findings: tuple[Discrepancy, ...]

    @property
    def percentage(self) -> float:
        """The percentage of the words that are there; less than 100 if even one is missing."""
        return 100.0 * (self.words - self.missing_words) / self.words if self.words else 100.0

    @property
    def sum(self) -> str:
        """The result in one line."""
        words, texts = f"{self.words:,} words", f"{self.texts:,} texts"
        if not self.findings:
            return f"all {words} of {texts} are there"
        if self.missing_words > _FOREIGN * self.words:
            return f"almost nothing of the article is there ({words}): was the output made from another item?"
        percentage = math.floor(10 * self.percentage) / 10  # never 100.0 if a word is missing
        wrong = sum(each.texts for each in self.findings)
        return f"{percentage} % of {words} are there, {wrong:,} of {texts} differ"
