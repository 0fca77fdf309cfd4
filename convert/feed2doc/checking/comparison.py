"""Comparison of an output with its articles: which words are there, and which texts are missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from feed2doc.checking._formulas import formulas_apart
from feed2doc.checking._search import Actual, Expected, sought_of
from feed2doc.checking._verdict import Judgement
from feed2doc.checking.alignment import NOWHERE, ascending, common_runs, index_of
from feed2doc.checking.extraction import is_pdf, readings_of
from feed2doc.checking.findings import Comparison
from feed2doc.checking.letters import letters_of
from feed2doc.model import Document

# Runs of this size locate an article in a book.
_SIZE = 8
# How many extra letters an output may add between two runs of an article: numbers, page heads, links.
_ADDED = 2_000
# An article with more letters than this has runs that identify it, if it is there.
_SHORT = 200


def proof(data: bytes, name: str, documents: Sequence[Document]) -> Comparison:
    """Compare an output with the articles that it should contain. Raise the same errors as `readings_of`."""
    best = None
    apart = formulas_apart(data, name)
    for text in readings_of(data, name):
        found = compare(text, documents, shaped=is_pdf(data), apart=apart)
        if best is None or found.missing_words < best.missing_words:
            best = found
        if not best.findings:
            break
    assert best is not None  # there is always a reading
    return best


def compare(
    text: str, documents: Iterable[Document], *, shaped: bool = False, apart: Mapping[str, int] | None = None
) -> Comparison:
    """Compare the text of an output with the articles that it should contain, in any order.

    `shaped` means that the text was extracted from glyphs, as in PDFs. `apart` are the formulas that are not in the text.
    """
    articles = [sought_of(document) for document in documents]
    output = Actual(letters_of(text), Counter(apart))
    located = _located(articles, output.letters)
    for before, article, after in zip([None, *located], located, [*located[1:], None], strict=False):
        start = before.last + 1 if before else 0
        output.align(article, start, after.first if after else len(output.letters))
    for article in articles:
        # A short article may be there without a run that identifies it.
        if article.first == NOWHERE and len(article.letters) < _SHORT:
            output.align(article, 0, len(output.letters))
    judgements = [_judgement(article, articles, output, shaped) for article in articles]
    return Comparison(
        sum(each.words for each in judgements),
        sum(each.missing for each in judgements),
        sum(each.unread for each in judgements),
        sum(each.texts for each in judgements),
        tuple(finding for each in judgements for finding in each.findings),
    )


def _judgement(article: Expected, articles: list[Expected], output: Actual, shaped: bool) -> Judgement:
    # The head is between the articles before and after it; some formats put a part of it below the standfirst.
    start = max((a.last + 1 for a in articles if NOWHERE != a.first < article.first), default=0)
    end = min((a.first for a in articles if a.first > article.last), default=len(output.letters))
    judged = Judgement(article, output, shaped)
    judged.facts(start, end if article.first != NOWHERE else len(output.letters))
    judged.body()
    return judged


def _located(articles: list[Expected], found: str) -> list[Expected]:
    """Return the articles in the order of their places in the output, as far as longer runs identify these."""
    if len(articles) == 1:
        articles[0].first, articles[0].last = 0, len(found)
        return articles
    index = index_of(found, _SIZE)
    for article in articles:
        groups = _groups(article, index)
        most = max(map(len, groups), default=0)
        for group in groups:
            # A table of contents, which comes first, may contain much of a short article.
            if 2 * len(group) >= most:
                article.first, article.last = group[0], group[-1]
    return sorted((a for a in articles if a.first != NOWHERE), key=lambda a: a.first)


def _groups(article: Expected, index: Mapping[str, int]) -> list[list[int]]:
    """Return the places in the output that have runs of this article, in order, grouped by possible places of the article."""
    size = len(article.letters) + _ADDED
    groups: list[list[tuple[int, int]]] = []
    for at, to in sorted(common_runs(article.letters, index, _SIZE), key=lambda pair: pair[1]):
        if not groups or to - groups[-1][-1][1] > size:
            groups.append([])
        groups[-1].append((at, to))
    return [[to for _, to in ascending(sorted(group))] for group in groups]
