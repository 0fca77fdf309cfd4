"""Articles that are translations of each other although neither names the other: they share figures, paragraph by paragraph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from feed2doc._locale.tags import primary_language
from feed2doc._text.folding import folded
from feed2doc._text.urls import host_of, normalize_url
from feed2doc.aligning.alignment import align
from feed2doc.aligning.numbers import numbers
from feed2doc.aligning.units import units_of
from feed2doc.model import Document

_DAYS = 31  # between an article and its translation
_LEAST = 5  # anchors that both have
_SAME_SOURCE = (0.4, 0.5)  # the share of anchors that both must have, and of paragraphs that must be aligned
_OTHER_SOURCE = (0.6, 0.6)
_SMALL = 12  # numbers up to this are in too many articles
_MANY = 30  # articles; an anchor of more says little


class Counterparts(Struct, frozen=True):
    """Two articles that are each other's translation, by their numbers, and the share of anchors that both have."""

    a: int
    b: int
    share: float


def counterparts(articles: Sequence[Document]) -> list[Counterparts]:
    """Return the articles in different languages that are each other's translation, the most certain first.

    Two articles are compared if they appeared within a month and share numbers, links or pictures. They are translations if
    many of these are in paragraphs that are aligned, and most paragraphs are. A wrong pair is worse than one that is missed.
    """
    languages = [primary_language(each.language) for each in articles]
    if len(set(languages)) < 2:
        return []
    anchors = list(map(_anchors, articles))
    found = [
        Counterparts(a, b, share)
        for a, b in _candidates(articles, languages, anchors)
        if (share := _share(articles[a], anchors[a], articles[b], anchors[b]))
    ]
    return sorted(found, key=lambda each: (-each.share, each.a, each.b))


def _anchors(article: Document) -> list[set[str]]:
    """Return the numbers, links and pictures of each part of an article."""
    found: list[set[str]] = []
    for unit in units_of(article):
        keys = set(numbers(folded(unit.text), primary_language(article.language)))
        found.append({key for key in keys if not (key.startswith("number ") and float(key[7:]) <= _SMALL)})
        urls = (normalize_url(url) for url in (*unit.links, *unit.pictures))
        found[-1] |= {f"url {url}" for url in urls if url}
    return found


def _candidates(
    articles: Sequence[Document], languages: Sequence[str], anchors: Sequence[list[set[str]]]
) -> Iterator[tuple[int, int]]:
    """Yield pairs of articles in different languages, near in time, that share anchors."""
    with_key: dict[str, list[int]] = defaultdict(list)
    keys = [set[str]().union(*parts) for parts in anchors]
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
    """Return the share of anchors that are in both of two paragraphs that are aligned, or 0 if the articles are too different."""
    texts = [[number for number, unit in enumerate(units_of(each)) if unit.kind == "text"] for each in (a, b)]
    paragraphs = sum(map(len, texts))
    groups = align(a, b).groups
    aligned = sum(1 for left, _ in groups if left[0] in set(texts[0]))
    both = sum(
        len(set[str]().union(*(of_a[n] for n in left)) & set[str]().union(*(of_b[n] for n in right)))
        for left, right in groups
    )
    share = 2 * both / max(1, sum(map(len, (*of_a, *of_b))))
    least, most = _thresholds(a, b)
    return share if both >= _LEAST and share >= least and 2 * aligned >= most * paragraphs else 0.0


def _thresholds(a: Document, b: Document) -> tuple[float, float]:
    same = a.publication and a.publication == b.publication
    return _SAME_SOURCE if same or _are_of_one_site(host_of(a.url), host_of(b.url)) else _OTHER_SOURCE


def _are_of_one_site(a: str, b: str) -> bool:
    """Return True if two hosts differ only in their first part, as those of two languages do: `www.` and `cn.`."""
    names = [{host, host.partition(".")[2] or host} - {"", "com"} for host in (a, b)]
    return any("." in name for name in names[0] & names[1])


def _days_between(a: Document, b: Document) -> float:
    times = [each.published or each.archived for each in (a, b)]
    if times[0] and times[1]:
        return abs((times[0] - times[1]).total_seconds()) / 86400
    return 0.0
