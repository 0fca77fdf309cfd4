"""The pages of an edition that are not articles: the front page, the briefs, and the page of what was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from feed2doc import model as m
from feed2doc._locale.labels import labels
from feed2doc._text.urls import host_of
from feed2doc.newspaper.selection import Choice, source_of

_PAGE = "feed2doc:edition:"  # the beginning of the ids of these pages
FRONT = 2  # stories that fit on the screen of a device
_SHORT = 80  # letters of the beginning of a story on the front page; a character counts as two


def linked(document: m.Document) -> m.Inlines:
    """Return the headline, linked to the article; books link it to the article in them."""
    text = m.Text(document.headline or m.title_from_text(document) or document.url or document.id)
    return (m.Link((text,), document.url),) if document.url else (text,)


def front_page(
    choices: Sequence[Choice], documents: Sequence[m.Document], most: int, language: str
) -> m.Document:
    """Return the first page: the lead story with its picture, and the next ones, at most so many.

    If they are as few as fit on the screen of a device, only the lead story has its beginning.
    """
    printed = [each for each in choices if each.printed]
    lead = documents[printed[0].story.articles[0]] if printed else None
    picture = next(iter(m.figures(lead)), None) if lead else None
    blocks = (
        *_entries(printed[:1], documents, language, width=_SHORT),
        *_entries(printed[1:most], documents, language, width=0 if most <= FRONT else _SHORT),
    )
    return m.Document(
        id=f"{_PAGE}front",
        headline=labels(language)["front"],
        language=language,
        lead=msgspec.structs.replace(picture, caption=()) if picture else None,
        sections=(m.Section(blocks=blocks),) if blocks else (),
    )


def briefs_page(choices: Sequence[Choice], documents: Sequence[m.Document], language: str) -> m.Document:
    """Return the page of articles that did not fit: headline, source and beginning."""
    entries = _entries(choices, documents, language)
    headline = labels(language)["briefs"]
    return m.Document(
        id=f"{_PAGE}briefs", headline=headline, language=language, sections=(m.Section(blocks=entries),)
    )


def last_page(
    choices: Sequence[Choice],
    documents: Sequence[m.Document],
    originals: Mapping[int, m.Document],
    minutes: int,
    language: str,
) -> m.Document:
    """Return the page that says which articles are not printed in full, and why, with their originals by number."""
    words = labels(language)
    printed = [each for each in choices if each.printed]
    used = sum(each.minutes for each in printed)
    summary = words["of_edition"].format(
        shown=len(printed), all=len(documents), n=used, limit=minutes or used
    )
    items: list[m.Blocks] = []

    def add(number: int, why: str) -> None:
        items.append(_item(documents[number], why))
        if number in originals:
            items.append(
                _item(originals[number], words["same_text"].format(headline=documents[number].headline))
            )

    for each in choices:
        first, *others = each.story.articles
        if not each.printed:
            add(first, words["no_room"].format(n=each.minutes, left=each.left))
        reasons = {reason.article: reason for reason in each.story.reasons}
        for number in others:
            kind, like = "same_story", first
            if reasons[number].same_text:
                kind, like = "same_text", reasons[number].like
            add(number, words[kind].format(headline=documents[like].headline))
    blocks: list[m.Block] = [m.Paragraph((m.Text(summary),))]
    if items:
        blocks.append(m.BulletList(tuple(items)))
    return m.Document(
        id=f"{_PAGE}left-out",
        headline=words["left_out"],
        language=language,
        sections=(m.Section(blocks=tuple(blocks)),),
    )


def with_other_reports(
    document: m.Document, others: Sequence[m.Document], words: Mapping[str, str]
) -> m.Document:
    """Return an article with the other articles that tell its story among its credits: source, headline and link."""
    credits = tuple(
        m.Credit(
            "note",
            (
                m.Text(f"{words['also_told']}{words['colon']}{source_of(other)}{words['colon']}"),
                *linked(other),
            ),
            url=other.url,
        )
        for other in others
    )
    return msgspec.structs.replace(document, credits=(*document.credits, *credits))


def _entries(
    choices: Sequence[Choice], documents: Sequence[m.Document], language: str, *, width: int | None = None
) -> m.Blocks:
    """Return a list of stories, unless it is empty: headline, beginning, source and minutes.

    With a width, the beginning is no longer, and source and minutes follow it in the same paragraph.
    """
    found: list[m.Definition] = []
    for choice in choices:
        document = documents[choice.story.articles[0]]
        minutes = labels(language)["minutes"].format(n=choice.minutes)
        facts = " · ".join(filter(None, (source_of(document), minutes)))
        headline = linked(document)
        summary = "" if width == 0 else m.summary_of(document, *((width,) if width else ()))
        beginning: m.Inlines = (m.Text(summary),) if summary else ()
        if document.language != language:
            headline, beginning = ((m.Span(runs, document.language),) for runs in (headline, beginning))
        lines: tuple[m.Inlines, ...] = (beginning, (m.Text(facts),))
        if width and summary:
            lines = ((*beginning, m.Text(f" · {facts}")),)
        blocks = tuple(m.Paragraph(line) for line in lines if summary or line is not beginning)
        found.append(m.Definition((m.Strong(headline),), (blocks,)))
    return (m.DefinitionList(tuple(found)),) if found else ()


def _item(document: m.Document, why: str) -> m.Blocks:
    source = document.publication or host_of(document.url)
    return (m.Paragraph((*linked(document), m.Text(f" ({source}): {why}" if source else f": {why}"))),)
