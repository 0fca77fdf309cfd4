"""An edition: a finite newspaper made of articles, as a book."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from feed2doc._locale.dates import localized_day
from feed2doc._locale.labels import labels
from feed2doc.aligning import Form
from feed2doc.aligning.bilingual import pair
from feed2doc.aligning.originals import originals
from feed2doc.errors import UsageError, expect
from feed2doc.model import Book, Document, Part, Section, Text
from feed2doc.newspaper.changes import changes as changes_of
from feed2doc.newspaper.last_page import last_page
from feed2doc.newspaper.pages import FRONT, briefs_page, front_page, with_other_reports
from feed2doc.newspaper.selection import Choice, EditionSection, choose
from feed2doc.newspaper.stories import Story, stories

_MOST_BRIEFS = 40


def edition(
    documents: Iterable[Document],
    *,
    minutes: int = 30,
    title: str = "",
    sections: Sequence[EditionSection] = (),
    changes: bool = False,
    bilingual: Form | None = None,
    front: int = FRONT,
) -> Book:
    """Return a newspaper of these articles for so many minutes of reading; 0 means no limit.

    Each story is told once, by its fullest article, the newest of several versions; the others are listed below it. Stories
    are chosen whole, those with the most sources first. The book has a front page of at most `front` stories, a part for each section (by default, for each publication), briefs of what did not fit, and a page
    that says what was left out and why. It lists at most 80 stories and counts the others. `changes` shows what changed in an edited article; `bilingual` prints translations
    with their originals.
    """
    hint = "read each file first, with feed2doc.read"
    expect("documents", documents, Iterable, hint=hint)
    articles = list(documents)
    for each in articles:
        expect("documents", each, Document, hint=hint)
    if not articles:
        raise UsageError("an edition needs at least one article")
    pairs = originals(articles) if bilingual else {}
    used = set(pairs.values())
    kept = [number for number in range(len(articles)) if number in pairs or number not in used]
    beside = {place: articles[pairs[number]] for place, number in enumerate(kept) if number in pairs}
    articles = [articles[number] for number in kept]
    language = Counter(document.language for document in articles).most_common(1)[0][0]
    words = labels(language)
    choices = choose(articles, stories(articles), minutes, sections, words["other"])
    days = sorted(document.published for document in articles if document.published)
    if not title:
        title = " · ".join(
            filter(None, (words["edition"], localized_day(days[-1].date(), language) if days else ""))
        )

    def printed_in(choice: Choice) -> Document:
        first, *others = choice.story.articles
        document = articles[first]
        found = _changes(choice.story, articles) if changes else None
        if bilingual and first in beside:
            document = pair(beside[first], document, form=bilingual)
        if found:
            document = msgspec.structs.replace(document, sections=(*document.sections, found))
        return with_other_reports(document, [articles[number] for number in others], words)

    printed = [choice for choice in choices if choice.printed]
    names = [each.name for each in sections] + [choice.section for choice in printed]
    parts = [Part("", (front_page(choices, articles, front, language),), front=True)]
    for name in dict.fromkeys(names):
        shown = tuple(printed_in(choice) for choice in printed if choice.section == name)
        if shown:
            parts.append(Part(name, shown))
    if briefs := [choice for choice in choices if not choice.printed][:_MOST_BRIEFS]:
        parts.append(Part("", (briefs_page(briefs, articles, language),)))
    parts.append(Part("", (last_page(choices, articles, beside, minutes, _MOST_BRIEFS, language),)))
    return Book(title=title, language=language, date=days[-1] if days else None, parts=tuple(parts))


def _changes(story: Story, articles: Sequence[Document]) -> Section | None:
    """Return a section with what changed in the article that tells a story since its version before, if anything."""
    first = story.articles[0]
    versions = next((each for each in story.editions if first in each), ())
    found = changes_of(articles[versions[1]], articles[first]) if len(versions) > 1 else ()
    heading = (Text(labels(articles[first].language)["changes"]),)
    return Section(heading, 1, found) if found else None
