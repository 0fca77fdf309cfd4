"""The pages of an edition that are not articles: the front page and the briefs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from feed2doc import model as m
from feed2doc._locale.labels import labels
from feed2doc.newspaper.selection import Choice

DOT = "\N{NO-BREAK SPACE}· "  # between facts; it begins no line
FRONT = 12  # stories on a front page, which is one of A4
_LEADING, _SHORT = (
    240,
    80,
)  # letters of the beginning of the lead story and of others; a character counts as two


def linked(document: m.Document, language: str) -> m.Inlines:
    """Return the headline for a page in this language, linked to the article; books link it to the article in them."""
    text = m.Text(document.headline or m.title_from_text(document) or document.url or document.id)
    runs: m.Inlines = (m.Link((text,), document.url),) if document.url else (text,)
    return runs if document.language == language else (m.Span(runs, document.language),)


def linked_source(document: m.Document) -> m.Inlines:
    """Return the source of an article, or its headline if it has none, linked to the article."""
    text = m.Text(m.source_of(document) or document.headline or document.id)
    return (m.Link((text,), document.url),) if document.url else (text,)


def source_and_headline(document: m.Document, language: str) -> m.Inlines:
    """Return the source of an article, and its headline, linked to the article."""
    source = m.source_of(document)
    return (
        *((m.Text(f"{source}{labels(language)['colon']}"),) if source else ()),
        *linked(document, language),
    )


def page(name: str, headline: str, language: str, sections: tuple[m.Section, ...]) -> m.Document:
    """Return a page that is not an article."""
    return m.Document(id=f"{m.EDITION_PAGE}{name}", headline=headline, language=language, sections=sections)


def front_page(
    choices: Sequence[Choice], documents: Sequence[m.Document], most: int, language: str
) -> m.Document:
    """Return the first page: the lead story with its picture, and the next ones with their beginnings, at most so many in all."""
    printed = [each for each in choices if each.printed]
    lead = documents[printed[0].story.articles[0]] if printed else None
    picture = next(iter(m.figures(lead)), None) if lead else None
    blocks = (
        *_entries(printed[:1], documents, language, width=_LEADING),
        *_entries(printed[1:most], documents, language, width=_SHORT),
    )
    sections = (m.Section(blocks=blocks),) if blocks else ()
    front = page("front", labels(language)["front"], language, sections)
    return msgspec.structs.replace(
        front, lead=msgspec.structs.replace(picture, caption=()) if picture else None
    )


def briefs_page(choices: Sequence[Choice], documents: Sequence[m.Document], language: str) -> m.Document:
    """Return the page of stories that did not fit: headline, beginning, source, and other sources that tell it."""
    entries = _entries(choices, documents, language)
    return page("briefs", labels(language)["briefs"], language, (m.Section(blocks=entries),))


def with_other_reports(
    document: m.Document, others: Sequence[m.Document], words: Mapping[str, str]
) -> m.Document:
    """Return an article with the other articles that tell its story among its credits: source, headline and link."""
    also = m.Text(f"{words['also_told']}{words['colon']}")
    credits = tuple(
        m.Credit("note", (also, *source_and_headline(other, document.language)), url=other.url)
        for other in others
    )
    return msgspec.structs.replace(document, credits=(*document.credits, *credits))


def _entries(
    choices: Sequence[Choice], documents: Sequence[m.Document], language: str, *, width: int | None = None
) -> m.Blocks:
    """Return a list of stories, unless it is empty: headline, beginning, source and minutes.

    With a width, the beginning is no longer, and source and minutes follow it in the same paragraph. Without one, other sources
    of the story are listed as well.
    """
    found: list[m.Definition] = []
    for choice in choices:
        document = documents[choice.story.articles[0]]
        minutes = labels(language)["minutes"].format(n=choice.minutes)
        facts = DOT.join(filter(None, (m.source_of(document), minutes)))
        summary = m.summary_of(document, *((width,) if width else ()))
        beginning: m.Inlines = (m.Text(summary),) if summary else ()
        if document.language != language:
            beginning = (m.Span(beginning, document.language),)
        others = [linked_source(documents[number]) for number in choice.story.articles[1:]]
        told = tuple(run for other in others for run in (m.Text(DOT), *other))
        lines: tuple[m.Inlines, ...] = (beginning, (m.Text(facts), *(told if width is None else ())))
        if width and summary:
            lines = ((*beginning, m.Text(f"{DOT}{facts}")),)
        blocks = tuple(m.Paragraph(line) for line in lines if summary or line is not beginning)
        found.append(m.Definition(linked(document, language), (blocks,)))
    return (m.DefinitionList(tuple(found)),) if found else ()
