"""Articles that are translations of each other although neither names the other: they share figures, paragraph by paragraph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from feed2doc._locale.tags import primary_language
from feed2doc._text.folding import folded
from feed2doc._text.urls import are_of_one_site, host_of
from feed2doc.aligning.alignment import align
from feed2doc.aligning.numbers import numbers
from feed2doc.aligning.units import units_of
from feed2doc.model import Document

_DAYS = 31  # between an article and its translation
_LEAST = 5  # figures that both have
_SAME_SOURCE = (0.4, 0.5)  # the share of figures that both must have, and of paragraphs that must be aligned
_OTHER_SOURCE = (0.6, 0.6)
_SMALL = 12  # numbers up to this are in too many articles
_MANY = 30  # articles; a figure of more says little


class Counterparts(Struct, frozen=True):
    """Two articles that are each other's translation, by number, and the share of figures that both have."""

    a: int
    b: int
    share: float


def counterparts(articles: Sequence[Document]) -> list[Counterparts]:
    """Return the articles in different languages that are each other's translation, the most certain first.

    Two articles are compared if they appeared within a month and share figures. They are translations if many of these are in
    paragraphs that are aligned, and most paragraphs are. A wrong pair is worse than one that is missed.
    """
    languages = [primary_language(each.language) for each in articles]
    if len(set(languages)) < 2:
        return []
    figures = list(map(_figures, articles))
    found = [
        Counterparts(a, b, share)
        for a, b in _candidates(articles, languages, figures)
        if (share := _share(articles[a], figures[a], articles[b], figures[b]))
    ]
    return sorted(found, key=lambda each: (-each.share, each.a, each.b))


def _figures(article: Document) -> list[set[str]]:
    """Return the numbers, quantities and dates in each part of an article, as keys."""
    language = primary_language(article.language)
    keys = (numbers(folded(unit.text), language) for unit in units_of(article))
    return [
        {key for key in part if not (key.startswith("number ") and float(key[7:]) <= _SMALL)} for part in keys
    ]


def _candidates(
    articles: Sequence[Document], languages: Sequence[str], figures: Sequence[list[set[str]]]
) -> Iterator[tuple[int, int]]:
    """Yield pairs of articles in different languages, near in time, that share figures."""
    with_key: dict[str, list[int]] = defaultdict(list)
    keys = [set[str]().union(*parts) for parts in figures]
    for number, each in enumerate(keys):
        for key in each:
            with_key[key].append(number)
    likely = {
        (a, b)
        for having in with_key.values()
        if len(having) <= _MANY
        for at, b in enumerate(having)
        for a in having[:at]
        if languages[a] != languages[b]
    }
    for a, b in sorted(likely):
        least, _ = _thresholds(articles[a], articles[b])
        count = len(keys[a] & keys[b])
        if (
            count >= _LEAST
            and 2 * count >= least * (len(keys[a]) + len(keys[b]))
            and _days_between(articles[a], articles[b]) <= _DAYS
        ):
            yield a, b


def _share(a: Document, of_a: Sequence[set[str]], b: Document, of_b: Sequence[set[str]]) -> float:
    """Return the share of figures that are in both of two paragraphs that are aligned, or 0 if the articles are too different."""
    texts = [[number for number, unit in enumerate(units_of(each)) if unit.kind == "text"] for each in (a, b)]
    paragraphs = sum(map(len, texts))
    groups = align(a, b).groups
    aligned = len(set(texts[0]).intersection(left[0] for left, _ in groups))
    both = sum(
        len(set[str]().union(*(of_a[n] for n in left)) & set[str]().union(*(of_b[n] for n in right)))
        for left, right in groups
    )
    share = 2 * both / max(1, sum(map(len, (*of_a, *of_b))))
    least, most = _thresholds(a, b)
    return share if both >= _LEAST and share >= least and 2 * aligned >= most * paragraphs else 0.0


def _thresholds(a: Document, b: Document) -> tuple[float, float]:
    same = a.publication and a.publication == b.publication
    return _SAME_SOURCE if same or are_of_one_site(host_of(a.url), host_of(b.url)) else _OTHER_SOURCE


def _days_between(a: Document, b: Document) -> float:
    times = [each.published or each.archived for each in (a, b)]
    if times[0] and times[1]:
        return abs((times[0] - times[1]).total_seconds()) / 86400
    return 0.0
