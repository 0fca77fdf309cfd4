"""Compares what an output says with what its articles say: the words that are there, and the texts that are not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from feed2doc.checking._search import Actual, Expected, sought_of
from feed2doc.checking._verdict import Judgement
from feed2doc.checking.alignment import NOWHERE, ascending, common_runs, index_of
from feed2doc.checking.extraction import is_pdf, readings_of
from feed2doc.checking.findings import Comparison
from feed2doc.checking.letters import letters_of
from feed2doc.model import Document

# Runs of this size show where an article is in a book.
_SIZE = 8
# How many more letters than its own may stand between two runs of an article: numbers, page heads, links.
_ADDED = 2_000
# An article of more letters has runs by which it is known, if it is there.
_SHORT = 200


def proof(data: bytes, name: str, documents: Sequence[Document]) -> Comparison:
    """Compare an output with the articles that it is to hold; raises what `readings_of` raises."""
    best = None
    for text in readings_of(data, name):
        found = compare(text, documents, shaped=is_pdf(data))
        if best is None or found.missing_words < best.missing_words:
            best = found
        if not best.findings:
            break
    assert best is not None  # there is always a reading
    return best


def compare(text: str, documents: Iterable[Document], *, shaped: bool = False) -> Comparison:
    """Compare the text of an output with the articles that it is to hold, in whatever order these are.

    `shaped` says that it was read from shapes of letters, as PDFs have them.
    """
    articles = [sought_of(document) for document in documents]
    output = Actual(letters_of(text))
    located = _located(articles, output.letters)
    for before, article, after in zip([None, *located], located, [*located[1:], None], strict=False):
        start = before.last + 1 if before else 0
        output.align(article, start, after.first if after else len(output.letters))
    for article in articles:
        if article.first == NOWHERE and len(article.letters) < _SHORT:  # it may be there and not stand out
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
    # Its head is between the articles before and after it; some formats have a part of that below the standfirst.
    start = max((a.last + 1 for a in articles if NOWHERE != a.first < article.first), default=0)
    end = min((a.first for a in articles if a.first > article.last), default=len(output.letters))
    judged = Judgement(article, output, shaped)
    judged.facts(start, end if article.first != NOWHERE else len(output.letters))
    judged.body()
    return judged


def _located(articles: list[Expected], found: str) -> list[Expected]:
    """The articles in the order of their places in the output, as far as these are known by their longer runs."""
    if len(articles) == 1:
        articles[0].first, articles[0].last = 0, len(found)
        return articles
    index = index_of(found, _SIZE)
    for article in articles:
        groups = _groups(article, index)
        most = max(map(len, groups), default=0)
        for group in groups:
            # A list of contents may have much of a short article; it comes before.
            if 2 * len(group) >= most:
                article.first, article.last = group[0], group[-1]
    return sorted((a for a in articles if a.first != NOWHERE), key=lambda a: a.first)


def _groups(article: Expected, index: Mapping[str, int]) -> list[list[int]]:
    """The places in the output, in order, that have runs of this article's: in groups of those that may be the article."""
    size = len(article.letters) + _ADDED
    groups: list[list[tuple[int, int]]] = []
    for at, to in sorted(common_runs(article.letters, index, _SIZE), key=lambda pair: pair[1]):
        if not groups or to - groups[-1][-1][1] > size:
            groups.append([])
        groups[-1].append((at, to))
    return [[to for _, to in ascending(sorted(group))] for group in groups]
