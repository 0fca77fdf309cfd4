"""The headline of an article, without the site's name, or one that is made from its text or its date."""

from __future__ import annotations

import re

import msgspec

from feed2doc._locale.dates import localized_day
from feed2doc._text.lazy_re import pattern
from feed2doc.env import Env, Provenance
from feed2doc.model import Document, Paragraph, Section, Strong, title_from_text
from feed2doc.readers._article.headings.sections import is_headline
from feed2doc.readers._article.times.parsing import parse_time
from feed2doc.readers._blocks.counting import visible
from feed2doc.readers._facts.facts import Facts
from feed2doc.readers._facts.title import host_names, squeezed, without_sections, without_site
from feed2doc.readers._rules.lookup import Rules

# Sources in which the headline of a page has the names of its sections and its site.
_OF_PAGES = frozenset({"JSON-LD", "meta", "guess"})
# A headline that is only an address, as that of a post or a bookmark.
_ADDRESS = pattern(r"\s*(?:https?://|www\.)[^\s]{1,4000}\s*")
# The number of an issue: `#412`, `No. 3`, `第12期`.
_NUMBER = pattern(r"(?:#|n[or°º]?\.?\s?|vol\.?\s?|第|제)?\s?\d{1,6}\s?[期号號回话話화호]?", re.I)


def headline_of(facts: Facts, rules: Rules, env: Env) -> str:
    """Return the headline without the site's name at its end, which is already in `publication`.

    The name stays next to a date or the number of an issue, which alone say nothing. A headline that only says that there is none, or is an address, does not count.
    """
    stated = [fact for fact in facts.all("headline") if visible(fact.value)]  # unlike a zero-width space
    chosen = next(
        (
            each
            for each in stated
            if rules.words.find("untitled", each.value) is None and not _ADDRESS.fullmatch(each.value)
        ),
        None,
    )
    if chosen is None:
        if stated:
            text = stated[0].value
            env.note("dropped", "headline that says that there is none", rule="words: untitled", text=text)
        return ""
    headline = chosen.value
    while (found := rules.search("headline_suffix", headline)) is not None and found[0].start() > 0:
        env.note("dropped", "site name after the headline", rule=found[1], text=found[0][0])
        headline = headline[: found[0].start()].rstrip()
    sites = dict.fromkeys((fact.value for fact in facts.all("publication") if fact.value), False)
    guesses = dict.fromkeys(host_names(facts.value("url")), True)
    for name, is_guess in (guesses | sites).items():
        short = without_site(headline, name, is_guess=is_guess)
        if short and short != headline and not _NUMBER.fullmatch(short) and parse_time(short) is None:
            env.note("dropped", "site name in the headline", rule="publication", text=headline)
            headline = short
    if chosen.source in _OF_PAGES and not rules.only_article:
        headings = {squeezed(each.value) for each in stated if each.source == "markup"}
        short = without_sections(headline, headings, is_shortened=headline != chosen.value)
        if short != headline:
            env.note("dropped", "section after the headline", rule="headline", text=headline)
            headline = short
    return headline


def titled(document: Document, env: Env) -> Document:
    """Return an article that has no headline with one made from its text or its date."""
    headline, reason = title_from_text(document), "the first words"
    if not headline:
        day = localized_day(document.published.date(), document.language) if document.published else ""
        headline, reason = " – ".join(each for each in (document.publication, day) if each), "the date"
    if not headline:
        return document
    sections = document.sections
    if not document.lead and sections and sections[0].blocks and is_headline(sections[0].heading, headline):
        sections = (msgspec.structs.replace(sections[0], heading=()), *sections[1:])
    match sections:
        case (Section(heading=(), blocks=(Paragraph((Strong(content),)), *rest)), *_) if rest:
            if not document.lead and is_headline(content, headline):
                sections = (msgspec.structs.replace(sections[0], blocks=tuple(rest)), *sections[1:])
    env.note("notice", f"no headline: made from {reason}", rule="headline", text=headline)
    if env.trace is not None:
        env.trace.fields["headline"] = Provenance(f"made from {reason}")
    return msgspec.structs.replace(document, headline=headline, sections=sections)
