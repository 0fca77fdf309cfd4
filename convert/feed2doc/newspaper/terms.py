"""Articles as weighted terms: runs of characters, words and numbers, those of the headline and of the beginning first."""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Sequence
from itertools import chain

from feed2doc._compiled_data import toml_file
from feed2doc._locale.tags import primary_language
from feed2doc._text.folding import folded
from feed2doc._text.lazy_re import pattern
from feed2doc.model import Document, printed_text, texts_of

_HEADLINE = 3.0  # the weight of a term of the headline; one at the beginning of the text has 1
_DECAY = 250  # characters after which the weight of a term in the text is 1/e of that
_LEAST = 0.05
_REPEATED = 2.0  # the weight of a term for each e-fold repetition
_OFTEN = 2
_READ = 2500  # characters
_RAREST = 3.5
_BACKGROUND = (
    1000  # the number of articles that the table of common terms counts as, next to those of the set
)
_CHARACTERS = pattern(r"[\u3041-\u30fa\u30fc\u3400-\u9fff]+")
_WORD = pattern(r"[^\W\d_\u3041-\u30fc\u3400-\u9fff]{3,40}")
_NUMBER = pattern(r"\d{1,15}(?:\.\d{1,6})?")

Vector = dict[str, float]


def vectors(documents: Sequence[Document]) -> list[Vector]:
    """Return the terms of each article with their weights, as vectors of length 1 (or without terms)."""
    languages = [primary_language(document.language) for document in documents]
    occurrences = [_occurrences(document) for document in documents]
    rarities = {
        language: _rarities(
            [o for o, other in zip(occurrences, languages, strict=True) if other == language], language
        )
        for language in dict.fromkeys(languages)
    }
    return [_unit(terms, rarities[language]) for language, terms in zip(languages, occurrences, strict=True)]


def _rarities(occurrences: Sequence[Vector], language: str) -> Vector:
    """Return the weight of each term by how few articles have it, in this set and in general."""
    total = math.log(len(occurrences) + _BACKGROUND)
    found = Counter(chain.from_iterable(occurrences))
    weights = {n: min(_RAREST, total - math.log(n)) for n in set(found.values())}
    rarities = {term: weights[n] for term, n in found.items()}
    for term, common in _common(language).items():
        if term in rarities:
            rarities[term] = max(0.0, min(_RAREST, total - math.log(found[term] + _BACKGROUND * common)))
    return rarities


def shared_terms(a: Vector, b: Vector, count: int) -> list[str]:
    """Return the heaviest terms of both vectors, without the ones within another."""
    found: list[str] = []
    for term in sorted(a.keys() & b.keys(), key=lambda term: (-a[term] * b[term], term)):
        if not any(term in other or other in term for other in found):
            found.append(term)
            if len(found) == count:
                break
    return found


def _occurrences(document: Document) -> Vector:
    """Return how much of each term an article has; later terms count less."""
    _, *rest = texts_of(document)
    terms = _terms(document.headline)
    counts = Counter(terms)
    found: Vector = {term: _HEADLINE * count for term, count in counts.items()}
    at = 0
    for run in rest:
        if at > _READ:
            break
        text = printed_text(run)
        terms = _terms(text)
        counts.update(terms)
        weight = math.exp(-at / _DECAY)
        if weight >= _LEAST:
            for term in terms:
                found[term] = found.get(term, 0.0) + weight
        at += len(text)
    for term, count in counts.items():
        if count >= _OFTEN:
            found[term] = found.get(term, 0.0) + _REPEATED * math.log(count)
    return found


def _terms(text: str) -> list[str]:
    text = folded(text).lower()
    found = _WORD.findall(text)
    found += [number for number in _NUMBER.findall(text) if len(number) > 1]
    for run in _CHARACTERS.findall(text):
        found += [run[at : at + 2] for at in range(len(run) - 1)]
        found += [run[at : at + 3] for at in range(len(run) - 2)]
    return found


def _unit(terms: Vector, rarities: Vector) -> Vector:
    """Return the terms with their weights, as a vector of length 1."""
    vector = {
        term: (count if count < 1 else 1 + math.log(count)) * rarities[term] for term, count in terms.items()
    }
    length = math.hypot(*vector.values())
    return {term: weight / length for term, weight in vector.items()} if length else {}


@functools.cache
def _common(language: str) -> dict[str, float]:
    """Return the share of articles that has each common term of a language."""
    table: dict[str, str] = toml_file("newspaper/common.toml").get(language, {})
    return {term: int(percent) / 100 for percent, terms in table.items() for term in terms.split()}
