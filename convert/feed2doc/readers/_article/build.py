"""The construction of a Document from parsed HTML, metadata and site rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc._formats import Source
from feed2doc._text.recurrence import key_of
from feed2doc.env import Env
from feed2doc.errors import ReadError
from feed2doc.model import Blocks, Document, Figure, Inlines, Paragraph, plain_text
from feed2doc.readers._article.authors.datelines import dateline_of
from feed2doc.readers._article.body import Body, read_body, with_headings_and_captions
from feed2doc.readers._article.credits.typed import Credits, type_credits
from feed2doc.readers._article.headings.sections import into_sections, without_edge_rules
from feed2doc.readers._article.headline import headline_of, titled
from feed2doc.readers._article.language_choice import language_of, stated_language
from feed2doc.readers._article.local_pictures import find_local_pictures
from feed2doc.readers._article.marking import MarkedTree, mark
from feed2doc.readers._article.metadata import Metadata
from feed2doc.readers._article.opening import Opened, open_article
from feed2doc.readers._article.origins import origins_of
from feed2doc.readers._article.standfirsts import author_in, subtitle_in
from feed2doc.readers._article.times.publication_time import published_time, updated_time
from feed2doc.readers._facts.facts import Facts
from feed2doc.readers._html.parse import words_of
from feed2doc.readers._rules.lookup import Rules

if TYPE_CHECKING:
    from lxml.etree import _Element

# The sources of a byline that come before the credits that a site's rule describes.
_RULED = ("command line", "site rule")


def read_article(
    root: _Element, known: Metadata, source: Source, env: Env, page: Facts | None = None
) -> Document:
    """Return the Document of this tree. Raise ReadError if it has no content and no headline.

    `page` are the facts that the page around the tree states. By default, they are read from the tree.
    """
    article = open_article(root, known, env, page)
    tree = mark(article)
    headline = headline_of(article.facts, article.rules, env)
    body = read_body(article, tree, headline, tree.header.byline.value if tree.header.byline else "")
    find_local_pictures(article.root, article.base, source, env)
    if not body.blocks and not body.lines and not body.standfirst:
        if not article.facts.value("headline"):
            raise ReadError(f"{source.name}: has no content")
        env.note("notice", "has a headline but no text", rule="content")
    document = _document(article, tree, body, headline)
    article.account.settle(document)
    return document if headline or known.untitled else titled(document, env)


def _document(article: Opened, tree: MarkedTree, body: Body, headline: str) -> Document:
    known, facts, rules, env = article.known, article.facts, article.rules, article.env
    blocks = with_headings_and_captions(body.blocks, article, headline)
    lead = blocks[0] if blocks and isinstance(blocks[0], Figure) else None
    sections = into_sections(without_edge_rules(blocks[1:] if lead else blocks), env.trace)
    header = tree.header
    byline = header.byline.value if header.byline else ""
    credits_ = _credits(article, tree, body, blocks, byline)
    stated = header.byline if credits_.byline_text == byline else None
    summary = _without_junk(known, rules, env)
    standfirst = body.standfirst or subtitle_in(summary, blocks, rules, env.trace)
    printed = (Paragraph(standfirst), *blocks) if standfirst else blocks
    root = article.root
    named = stated_language(root, facts, rules) if rules.only_article else rules.setting("language")
    language = named or language_of(root, facts, headline, article.url, printed, env)
    published, has_time = published_time(header, rules, known, language, article.url, env)
    document = Document(
        id=known.guid or article.url or _hash(words_of(root) or headline),
        headline=headline,
        url=article.url,
        byline=credits_.byline,
        byline_text=(stated and stated.text) or credits_.byline_text,
        published=published,
        published_has_time=has_time,
        published_text=header.published_text,
        updated=updated_time(facts.value("updated"), published),
        archived=known.archived,
        language=language,
        publication=facts.value("publication"),
        standfirst=standfirst,
        summary=summary or facts.value("summary"),
        tags=tuple(tag for tag in facts.values("tags") if rules.words.find("no-tag", tag) is None),
        lead=lead,
        sections=sections,
        credits=credits_.credits,
        original_url=next((c.url for c in credits_.credits if c.role == "original"), ""),
        source_format=known.source_format,
    )
    if env.trace is not None:
        env.trace.fields.update(origins_of(document, known, facts, header, stated))
    return document


def _credits(article: Opened, tree: MarkedTree, body: Body, blocks: Blocks, byline: str) -> Credits:
    header, facts, rules = tree.header, article.facts, article.rules
    desks = {header.column}
    if rules.names_authors and header.byline is not None and header.byline.source not in _RULED:
        desks.add(byline)  # the site's rule for credits is before the author of the feed
    return type_credits(
        body.lines,
        rules,
        byline or body.author,
        lambda: dateline_of(blocks, rules) or _byline_in(body.standfirst, rules),
        facts.organisations(header.byline) | desks,
        article.account,
        tree.names,
        " ".join((*map(words_of, tree.biographies), body.biography)),
        facts.value("publication"),
    )


def _without_junk(known: Metadata, rules: Rules, env: Env) -> str:
    """Return the summary of a feed in one line, without links to the article and the lines that the summaries of the feed share."""
    if "\n" not in known.summary:
        return known.summary
    kept = []
    lines = known.summary.split("\n")
    last = " ".join(lines[-2:])  # the last link is a line of its own
    if rules.closing(last) or key_of(last, known.headline) in known.recurring:
        lines[-2:] = [last]
    for at, line in enumerate(lines):
        reason = (
            rules.junk(line, certain=True)
            or (rules.closing(line) if at == len(lines) - 1 else "")
            or rules.more(line.replace(known.headline, "") if known.headline else line)
        )
        if not reason and (count := known.recurring.get(key_of(line, known.headline))):
            reason = f"feed: recurs in {count} entries"
        if reason:
            env.note("dropped", "line of the summary", rule=reason, text=line)
        else:
            kept.append(line)
    return " ".join(kept)


def _byline_in(standfirst: Inlines, rules: Rules) -> str:
    """Return the author named in a standfirst, if the site's rule or a verb at its end says so, or ""."""
    if not standfirst:
        return ""
    text = plain_text(standfirst)
    if found := rules.search("byline_in_standfirst", text):
        return found[0]["person"].strip()
    return author_in(text, rules)


def _hash(text: str) -> str:
    import hashlib

    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()[:32]
