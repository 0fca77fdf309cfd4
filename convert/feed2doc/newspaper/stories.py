"""Grouping articles by story, and editions of one text."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from feed2doc._locale.tags import primary_language
from feed2doc.errors import expect
from feed2doc.model import Document, words_in
from feed2doc.newspaper.clusters import LEAST_SHARED, Connected, Pair, clusters, cosine, similarities
from feed2doc.newspaper.same_text import Signs, are_of_one_form, is_same_text, letters_of, shared_runs, signs
from feed2doc.newspaper.terms import Vector, shared_terms, vectors

_SAME_STORY = 0.26  # of two groups of articles about one event
_SAME_TEXT = 0.3  # the similarity of articles below which they are not compared letter by letter
_AT_ONCE = 0.5  # days within which most reports of an event appear
_HALVING = 2  # days, after these, in which half the similarity is lost: the next event in one affair shares most terms
_DAY = 24 * 3600
_NAMED = 6  # terms in a reason


class Reason(Struct, frozen=True):
    """Why an article is in a story: the article that it is most similar to, how similar, and what they share.

    If both are one text, `similarity` is the share of their runs of six characters that both have, else that of their weighted
    terms; `shared` has the heaviest terms.
    """

    article: int
    like: int
    same_text: bool
    similarity: float
    shared: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The reason in a line."""
        if self.same_text:
            return f"same text: {self.similarity:.0%} of all runs of six characters"
        return f"same event: {self.similarity:.2f}, shares {' '.join(self.shared)}"


class Story(Struct, frozen=True):
    """Articles about one event, by their numbers in the input: the fullest first, then in the order of the input.

    `editions` has the groups of these articles that are one text, the newest first. `reasons` has one reason for each
    article but the first.
    """

    articles: tuple[int, ...]
    editions: tuple[tuple[int, ...], ...] = ()
    reasons: tuple[Reason, ...] = ()


def stories(documents: Iterable[Document]) -> tuple[Story, ...]:
    """Return the stories that these articles tell, in the order of their first articles; every article is in one story.

    Articles are compared by runs of characters, words, names and numbers, across simplified and traditional Chinese. Those
    of one story are about one event; those of an edition are one text, reprinted or edited.
    """
    hint = "read each file first, with feed2doc.read"
    expect("documents", documents, Iterable, hint=hint)
    articles = tuple(documents)
    for each in articles:
        expect("documents", each, Document, hint=hint)
    terms = vectors(articles)
    texts = _Texts(articles)
    copies = _copies(articles, terms)
    ones = [each[0] for each in copies]  # of the articles that are equal, one is compared with the others
    similar = similarities(
        [terms[number] for number in ones], [primary_language(articles[number].language) for number in ones]
    )
    same, versions = _same_texts(similar, ones, texts)
    near = {(a, b): value * texts.nearness(ones[a], ones[b], value) for (a, b), value in similar.items()}
    groups = clusters(len(ones), near, _SAME_STORY, versions)
    mates: dict[int, list[int]] = defaultdict(list)
    for a, b in [*same, *((first, other) for first, *others in copies for other in others)]:
        mates[a].append(b)
        mates[b].append(a)
    members = [sorted(number for each in group for number in copies[each]) for group in groups]
    return tuple(_story(group, mates, texts, terms) for group in sorted(members))


def _copies(articles: Sequence[Document], terms: Sequence[Vector]) -> list[list[int]]:
    """Return the groups of articles that are equal, the newest of each first, in the order of their times."""
    alike: dict[object, list[int]] = defaultdict(list)
    for number, vector in enumerate(terms):
        # Two articles with almost no words cannot be compared.
        key = (primary_language(articles[number].language), *vector)
        alike[key if len(vector) >= LEAST_SHARED else number].append(number)
    groups: list[list[int]] = []
    for numbers in alike.values():
        if len(numbers) == 1:
            groups.append(numbers)
            continue
        equal: dict[str, list[int]] = defaultdict(list)
        for number in sorted(numbers, key=lambda number: _newest_first(articles[number], number)):
            equal[letters_of(articles[number])].append(number)
        groups += equal.values()
    return sorted(groups, key=lambda each: (_newest_first(articles[each[0]], 0), articles[each[0]].headline))


def _same_texts(
    similar: Mapping[Pair, float], ones: Sequence[int], texts: _Texts
) -> tuple[list[Pair], list[list[int]]]:
    """Return pairs of articles that are one text, the most similar ones, and the groups of places that they connect."""
    versions = Connected()
    found: list[Pair] = []
    likely = ((-value, pair) for pair, value in similar.items() if value >= _SAME_TEXT)
    for _, pair in sorted(likely):
        articles = ones[pair[0]], ones[pair[1]]
        if not versions.has(pair) and texts.are_same(articles):
            versions.add(pair)
            found.append(articles)
    return found, versions.groups()


class _Texts:
    """The signs of articles, made when they are first compared."""

    def __init__(self, articles: Sequence[Document]) -> None:
        self.articles: Sequence[Document] = articles
        self._signs: dict[int, Signs] = {}

    def signs(self, number: int) -> Signs:
        """Return the signs of an article."""
        if number not in self._signs:
            self._signs[number] = signs(self.articles[number])
        return self._signs[number]

    def are_same(self, pair: Pair) -> bool:
        """Return True if two articles are one text."""
        return is_same_text(*map(self.signs, pair))

    def shared(self, *pair: int) -> float:
        """Return the share of all runs of two texts that both have."""
        return shared_runs(*map(self.signs, pair))

    def nearness(self, a: int, b: int, similarity: float) -> float:
        """Return how much of their similarity counts of two articles that appeared some time apart, or are of one form."""
        if similarity >= _SAME_TEXT and are_of_one_form(self.signs(a), self.signs(b)):
            return 0.0
        moments = [each.published or each.archived for each in (self.articles[a], self.articles[b])]
        if not moments[0] or not moments[1]:
            return 1.0
        apart = abs((moments[0] - moments[1]).total_seconds()) / _DAY
        return math.pow(0.5, max(0.0, apart - _AT_ONCE) / _HALVING)


def _story(
    group: list[int], mates: Mapping[int, Sequence[int]], texts: _Texts, terms: Sequence[Vector]
) -> Story:
    if len(group) == 1:
        return Story((group[0],))
    articles = texts.articles
    versions = Connected()
    for number in group:
        for other in mates.get(number, ()):
            versions.add((number, other))
    editions = [sorted(each, key=lambda n: _newest_first(articles[n], n)) for each in versions.groups()]
    fullest = max(group, key=lambda n: (len(words_in(articles[n])), -n))
    first = next((edition[0] for edition in editions if fullest in edition), fullest)
    rest = [number for number in group if number != first]
    reasons = tuple(_reason(number, group, mates.get(number, ()), texts, terms) for number in rest)
    return Story((first, *rest), tuple(map(tuple, editions)), reasons)


def _newest_first(article: Document, number: int) -> tuple[float, int]:
    moment = article.updated or article.published or article.archived
    return (-moment.timestamp() if moment else 0.0, number)


def _reason(
    number: int, group: Sequence[int], mates: Sequence[int], texts: _Texts, terms: Sequence[Vector]
) -> Reason:
    if mates:
        share, like = max((texts.shared(number, other), -other) for other in mates)
        return Reason(number, -like, True, share)
    others = [other for other in group if other != number]
    value, like = max((cosine(terms[number], terms[other]), -other) for other in others)
    shared = shared_terms(terms[number], terms[-like], _NAMED)
    return Reason(number, -like, False, value, tuple(shared))
