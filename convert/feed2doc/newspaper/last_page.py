"""The last page of an edition: what it does not print in full, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from feed2doc import model as m
from feed2doc._locale.labels import count_of_articles, labels
from feed2doc.newspaper.pages import DOT, linked, linked_source, page, source_and_headline
from feed2doc.newspaper.selection import Choice

# The most stories and the most sources that the page names. It counts the others.
_MOST_STORIES, _MOST_SOURCES = 80, 20


class _Listed(Struct, frozen=True):
    """A story with articles that are not printed in full: its first article, and the `others`.

    `minutes` is "" if the first article is printed; `elsewhere` says that it has its headline on another page.
    """

    first: m.Document
    others: tuple[m.Document, ...]
    minutes: str
    elsewhere: bool

    @property
    def count(self) -> int:
        """The number of articles that are not printed in full."""
        return len(self.others) + bool(self.minutes)


def last_page(
    choices: Sequence[Choice],
    documents: Sequence[m.Document],
    originals: Mapping[int, m.Document],
    minutes: int,
    briefs: int,
    language: str,
) -> m.Document:
    """Return the page that counts the articles that are not printed in full, by reason and by source, and lists their stories.

    `originals` are the ones that are printed with their translations, by number. If there are too many stories for a page that
    ends soon, those are listed that are neither printed nor among the first `briefs` of the others.
    """
    words = labels(language)
    printed = [each for each in choices if each.printed]
    used = sum(each.minutes for each in printed)
    summary = words["of_edition"].format(
        shown=len(printed), all=len(documents), n=used, limit=minutes or used
    )
    stories = list(_stories(choices, documents, originals, briefs, words))
    no_room = sum(bool(each.minutes) for each in stories)
    reasons = {words["no_room"]: no_room, words["also_told"]: sum(each.count for each in stories) - no_room}
    sources = Counter(
        m.source_of(article)
        for each in stories
        for article in (*((each.first,) if each.minutes else ()), *each.others)
    )
    lines = (summary, _counted(reasons), _counted(_largest(sources, words["other"])))
    blocks: list[m.Block] = [m.Paragraph((m.Text(line),)) for line in lines if line]
    order = sorted(range(len(stories)), key=lambda number: stories[number].elsewhere)
    lists: dict[str, list[_Listed]] = {}
    for number in sorted(order[:_MOST_STORIES]):
        each = stories[number]
        among = (m.source_of(each.first) or words["other"]) if each.minutes else words["also_told"]
        lists.setdefault(among, []).append(each)
    few = sources.total() <= _MOST_STORIES
    items = [
        m.Definition((m.Text(name),), ((_run(found, language, headlines=few),),))
        for name, found in lists.items()
    ]
    if more := sum(stories[number].count for number in order[_MOST_STORIES:]):
        rest = m.Paragraph((m.Text(count_of_articles(more, language)),))
        items.append(m.Definition((m.Text(words["other"]),), ((rest,),)))
    blocks += [m.DefinitionList(tuple(items))] if items else []
    return page("left-out", words["left_out"], language, (m.Section(blocks=tuple(blocks)),))


def _stories(
    choices: Sequence[Choice],
    documents: Sequence[m.Document],
    originals: Mapping[int, m.Document],
    briefs: int,
    words: Mapping[str, str],
) -> Iterator[_Listed]:
    """Yield the stories that are not printed, or that other articles tell as well, by their importance."""
    for choice in choices:
        first, *others = choice.story.articles
        paired = others if choice.printed else choice.story.articles
        left = (
            *(documents[number] for number in others),
            *(originals[number] for number in paired if number in originals),
        )
        if choice.printed and not left:
            continue
        minutes = "" if choice.printed else words["minutes"].format(n=choice.minutes)
        yield _Listed(documents[first], left, minutes, choice.printed or briefs > 0)
        briefs -= not choice.printed


def _largest(sources: Counter[str], other: str) -> dict[str, int]:
    """Return the counts of the largest sources, and that of all others together."""
    shown = {name: count for name, count in sources.most_common(_MOST_SOURCES) if name}
    return shown | {other: sources.total() - sum(shown.values())}


def _counted(counts: Mapping[str, int]) -> str:
    return DOT.join(f"{name}\N{NO-BREAK SPACE}{count}" for name, count in counts.items() if count)


def _run(stories: Iterable[_Listed], language: str, *, headlines: bool) -> m.Paragraph:
    """Return the headlines of these stories as one paragraph, with their minutes and the sources of other articles.

    With `headlines`, the other articles have theirs as well.
    """
    runs: list[m.Inline] = []
    for each in stories:
        runs += [m.Text(DOT)] if runs else []
        facts: list[m.Inlines] = [(m.Text(each.minutes),)] if each.minutes else []
        facts += [source_and_headline(d, language) if headlines else linked_source(d) for d in each.others]
        inside = [run for fact in facts for run in (m.Text("; "), *fact)][1:]
        runs += [*linked(each.first, language), m.Text(" ("), *inside, m.Text(")")]
    return m.Paragraph(tuple(runs))
