"""Facts that articles state about themselves: the site's name in headlines, the time zone, the language, byline, time and summary."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc._text.urls import host_of
from feed2doc.learning.articles import Article
from feed2doc.learning.patterns import escaped
from feed2doc.learning.proposal import FEWEST, Proposal, examples_of
from feed2doc.learning.selecting import Selected, candidates, spread
from feed2doc.readers.inspection import (
    are_names,
    fixed,
    known_zones,
    parse_time,
    selector,
    words_of,
    zones_for,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

_SUFFIX = pattern(r"(?P<before>.*\S)(?P<suffix>\s+[–—-]\s+[^–—|]{2,40}|\s*[|｜_]\s*[^|｜_]{2,40})")
_SUFFIX_SHARE, _SELECTED_SHARE, _LANGUAGE_SHARE = 0.2, 0.3, 0.9
_EARLIEST, _LATEST, _NEAR = timedelta(days=7), timedelta(minutes=10), timedelta(hours=1)
_FEWEST_TIMES = 5
_NEARLY_ALL = 0.95
_SHORTEST_SUMMARY, _LONGEST_SUMMARY = 20, 500
# Where a summary without a class is.
_SUMMARIES = (
    "body > h2:first-child",
    "body > img + p > strong:only-child",
    "body > figure + p > strong:only-child",
    "body > p:first-child > strong:only-child",
    "body > p:first-child > b:only-child",
    "body > p:first-child > em:only-child",
)


def headline_suffixes(articles: Sequence[Article]) -> Iterator[Proposal]:
    """Propose the ends of headlines that many articles have: the site's name, and those before it."""
    headlines = [article.document.headline for article in articles]
    while True:
        found: dict[str, list[int]] = defaultdict(list)
        for number, headline in enumerate(headlines):
            if cut := _SUFFIX.fullmatch(headline):
                found[" ".join(cut["suffix"].split())].append(number)
        usual = {s: n for s, n in found.items() if len(n) >= max(FEWEST, _SUFFIX_SHARE * len(articles))}
        if not usual:
            return
        for suffix, numbers in usual.items():
            shown = examples_of(articles[number].document.headline for number in numbers)
            yield Proposal("headline_suffix", _suffix_pattern(suffix), len(numbers), shown)
            for number in numbers:
                cut = _SUFFIX.fullmatch(headlines[number])
                headlines[number] = cut["before"] if cut else headlines[number]


def _suffix_pattern(suffix: str) -> str:
    """Return the pattern of a separator and a name."""
    name = escaped(suffix[1:].lstrip())
    return rf"\s+[–—-]\s+{name}$" if suffix[0] in "–—-" else rf"\s*[|｜_]\s*{name}$"


def timezone(articles: Sequence[Article]) -> Iterator[Proposal]:
    """Propose the time zone in which all printed times are shortly before the archive's timestamps."""
    rows: list[tuple[datetime, datetime, str]] = []
    for article in articles:
        document = article.document
        time = parse_time(document.published_text) if document.published_text else None
        if time and time.has_time and time.value.tzinfo is None and document.archived:
            rows.append((time.value, document.archived, document.published_text))
    if len(rows) < _FEWEST_TIMES or articles[0].rules.setting("timezone"):
        return
    language = Counter(article.document.language for article in articles).most_common(1)[0][0]
    shown = (f"{text}, archived {stamp:%Y-%m-%d %H:%M} UTC" for _, stamp, text in rows)
    for zones in (zones_for(language, host_of(articles[0].document.url)), known_zones()):
        fitting = {str(zone): wait for zone in zones if (wait := _wait(rows, zone)) is not None}
        if fitting:
            yield Proposal("timezone", min(fitting, key=fitting.__getitem__), len(rows), examples_of(shown))
            return


def _wait(rows: Sequence[tuple[datetime, datetime, str]], zone: tzinfo) -> timedelta | None:
    """Return how long after printed times in this zone articles were usually archived, or None if the zone does not fit."""
    waits = sorted(stamp - fixed(value, zone) for value, stamp, _ in rows)
    fitting = [wait for wait in waits if -_LATEST <= wait <= _EARLIEST]
    if len(fitting) < _NEARLY_ALL * len(waits) or fitting[0] > _NEAR:
        return None
    return fitting[len(fitting) // 2]


def language(articles: Sequence[Article]) -> Iterator[Proposal]:
    """Propose the language if nearly all articles have the same one and the others have a variant of it."""
    count = Counter(article.document.language for article in articles)
    usual, number = count.most_common(1)[0]
    primary = usual.split("-")[0]
    others = set(count) - {usual}
    is_usual = number >= max(FEWEST, _LANGUAGE_SHARE * len(articles))
    if is_usual and others and all(each.split("-")[0] == primary for each in others):
        headlines = (a.document.headline for a in articles if a.document.language == usual)
        yield Proposal("language", usual, number, examples_of(headlines))


def bylines(articles: Sequence[Article]) -> Iterator[Proposal]:
    """Propose the class of the authors, for articles without a byline or with one that only its names say."""
    without = [article for article in articles if not article.document.byline or article.has_guessed_byline]
    yield from _one_per_article("byline", without, articles, _is_byline)


def times(articles: Sequence[Article]) -> Iterator[Proposal]:
    """Propose the class of the time, for articles that state no time elsewhere."""
    without = [article for article in articles if not article.document.published_text]
    for found in _one_per_article("time", without, articles, _is_time):
        value = (("select", str(found.value)),)
        yield Proposal("time", value, found.count, found.examples)


def summaries(articles: Sequence[Article]) -> Iterator[Proposal]:
    """Propose the element of the summary: the first text of most articles, in a class or place of its own."""
    without = [article for article in articles if not article.document.standfirst]
    found = list(_one_per_article("standfirst", without, articles, _is_summary))
    if found:
        yield found[0]
        return
    for css in _SUMMARIES:
        rows = [Selected(a, e, words_of(e)) for a in without for e in selector(css).of(a.index)]
        fitting = [each for each in rows if _is_summary(each) and _is_whole(each.element)]
        if len(fitting) == len(rows) and spread(fitting) >= max(FEWEST, _SELECTED_SHARE * len(articles)):
            yield Proposal("standfirst", css, spread(fitting), examples_of(each.text for each in fitting))
            return


def _is_whole(element: _Element) -> bool:
    parent = element.getparent()
    return parent is None or parent.tag == "body" or words_of(parent) == words_of(element)


def _one_per_article(
    key: str, without: Sequence[Article], articles: Sequence[Article], fits: Callable[[Selected], bool]
) -> Iterator[Proposal]:
    """Propose the most frequent selector that selects one fitting element in each of most of these articles."""
    if len(without) < FEWEST:
        return
    best: tuple[int, str, list[Selected]] | None = None
    for name, selected in candidates(without, FEWEST):
        count = spread(selected)
        if count < max(FEWEST, _SELECTED_SHARE * len(articles)) or count < len(selected):
            continue
        if not all(map(fits, selected)):
            continue
        if len({each.key for each in selected}) >= min(FEWEST, count) and (best is None or count > best[0]):
            best = count, name, list(selected)
    if best:
        yield Proposal(key, best[1], best[0], examples_of(each.text for each in best[2]))


def _is_byline(each: Selected) -> bool:
    rest = each.text
    if label := each.article.rules.search("byline_label", rest):
        rest = rest[label[0].end() :].strip()
    return are_names(rest)


def _is_time(each: Selected) -> bool:
    time, stamp = parse_time(each.text), each.article.document.archived
    if time is None:
        return False
    value = time.value if time.value.tzinfo else time.value.replace(tzinfo=UTC)
    return stamp is None or stamp - timedelta(days=30) <= value <= stamp + timedelta(days=1)


def _is_summary(each: Selected) -> bool:
    """Return True if the element has the first text of its article, and there is much more text below it."""
    if not _SHORTEST_SUMMARY <= len(each.text) <= _LONGEST_SUMMARY or len(each.text) * 3 > len(
        each.article.text
    ):
        return False
    if next(each.element.iter("img", "figure", "a"), None) is not None:
        return False
    first = [passage.text for passage in each.article.passages[:1]]
    return any(" ".join(text.split()) == each.text for text in first)


PROPOSERS = (headline_suffixes, timezone, language, bylines, times, summaries)
