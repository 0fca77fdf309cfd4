"""The construction of a Document from parsed HTML, metadata and site rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc._formats import Source
from feed2doc._own_process import step
from feed2doc._plugins import broken_sites
from feed2doc._text.urls import host_of
from feed2doc.env import Env
from feed2doc.errors import ReadError
from feed2doc.model import Document, Figure, Inlines, Paragraph, Text, plain_text
from feed2doc.readers._article.bold_headings import bold_to_headings
from feed2doc.readers._article.captions import STATED, captions_from_titles
from feed2doc.readers._article.credit_lines import (
    lines_of,
    split_tail,
    without_first_page_lines,
    without_junk,
)
from feed2doc.readers._article.credits import type_credits
from feed2doc.readers._article.datelines import dateline_of
from feed2doc.readers._article.empty_sections import without_emptied_headings
from feed2doc.readers._article.head_credits import split_head
from feed2doc.readers._article.header import take_header
from feed2doc.readers._article.headline import headline_of, titled
from feed2doc.readers._article.language import detect_language
from feed2doc.readers._article.language_choice import language_of, languages_of, stated_language
from feed2doc.readers._article.left_out import left_out, left_out_besides_notes
from feed2doc.readers._article.letter_lines import without_letter_lines
from feed2doc.readers._article.local_pictures import find_local_pictures
from feed2doc.readers._article.meanings import meanings_of
from feed2doc.readers._article.metadata import Metadata
from feed2doc.readers._article.numbered_headings import numbered_to_headings
from feed2doc.readers._article.origins import origins_of
from feed2doc.readers._article.publication_time import published_time, updated_time
from feed2doc.readers._article.related import without_related
from feed2doc.readers._article.run_in_headings import without_run_in_headings
from feed2doc.readers._article.second_copies import without_second_copy
from feed2doc.readers._article.sections import (
    headings_of_text,
    into_sections,
    is_headline,
    without_edge_rules,
    without_headline,
)
from feed2doc.readers._article.standfirsts import author_in, take_standfirst
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._blocks.builder import Builder
from feed2doc.readers._blocks.counting import address_of
from feed2doc.readers._blocks.footnotes import footnotes_in
from feed2doc.readers._blocks.frames import caption_of, media_of
from feed2doc.readers._facts.facts import Facts
from feed2doc.readers._facts.json_ld import read_json_ld
from feed2doc.readers._facts.meta import read_meta
from feed2doc.readers._html.bullet_lines import settle_bullets
from feed2doc.readers._html.code_boxes import settle_code_boxes
from feed2doc.readers._html.fields import settle_fields
from feed2doc.readers._html.furniture import biographies_in, labels_in
from feed2doc.readers._html.links import settle_links
from feed2doc.readers._html.named_backgrounds import settle_backgrounds
from feed2doc.readers._html.parse import without_wrappers, words_of
from feed2doc.readers._html.poems import hanging_poems, poems_by_lines, settle_poems
from feed2doc.readers._html.portraits import portraits_in
from feed2doc.readers._html.task_boxes import settle_tasks
from feed2doc.readers._html.urls import resolve
from feed2doc.readers._html.written_boxes import settle_written_boxes
from feed2doc.readers._html.written_lines import settle_lines
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.selectors import Index
from feed2doc.readers._rules.sites import rules_for
from feed2doc.readers._rules.stated_words import settle_words
from feed2doc.readers._rules.systems import systems_in

if TYPE_CHECKING:
    from lxml.etree import _Element


def read_article(
    root: _Element, known: Metadata, source: Source, env: Env, page: Facts | None = None
) -> Document:
    """Return the Document of this tree. Raise ReadError if it has no content and no headline.

    `page` are the facts that the page around the tree states. By default, they are read from the tree.
    """
    facts = known.facts()
    facts.update(page_facts(root, env) if page is None else page)
    url = resolve(facts.value("url"), "") or known.options.base_url
    base = known.base or url
    rules = rules_for(url, env.site_dirs, known.generator)
    step(f"applying the rules of {rules.name}")
    for message in broken_sites():
        env.note("notice", message, rule="plugins")
    for name in ("publication", "language"):
        facts.add(name, rules.setting(name), "site rule", f"{rules.name}: {name}")
    root = without_wrappers(root)
    if env.trace is not None:
        from copy import deepcopy

        env.trace.tree = deepcopy(root)
    index = Index.of(root)  # it keeps the elements alive, or lxml would recreate each one on every access
    linked = settle_links(index, url, base)
    rules = rules.with_systems(
        systems_in(index, known.generator, env.site_dirs, tuple(map(host_of, known.feeds)))
    )
    index = settle_words(index, rules)
    account = Account(index, env)
    rules = rules.in_languages(languages_of(root, facts, url, rules, account.edges))
    dropped = left_out(index, rules, facts, account)
    bios = biographies_in(index, rules)
    dropped |= labels_in(bios, rules)
    settle_backgrounds(index)
    settle_code_boxes(index)
    settle_written_boxes(index, account.leave, account.gain)
    settle_tasks(index, account.leave, account.gain)
    poems = hanging_poems(index) | poems_by_lines(index) | rules.select("verse", index)
    settle_lines(index, poems)
    settle_poems(poems)
    settle_bullets(index, account.leave)
    header = take_header(index, rules, dropped, facts, account, known.archived)
    bios = {**bios, **header.biographies}
    names = header.byline.names if header.byline is not None else known.authors
    dropped |= portraits_in(index, {*names, header.byline.value if header.byline else ""} - {""}, url)
    footnotes = footnotes_in(index, linked, rules, account)
    notes, back = footnotes.marks, footnotes.skipped
    account.moved = frozenset(notes.values())
    settle_fields(index)
    dropped = left_out_besides_notes(index, rules, linked, notes, url, base) | dropped
    marked = meanings_of(
        index, rules, poems, bios, header.standfirst, dropped, [*header.taken, *back], account.moved
    )
    quoted = ""  # the language of the quotations within lines
    if index.named.get("q"):
        quoted = stated_language(root, facts, rules) or detect_language(account.edges, url)
    builder = Builder(env, base, rules, marked, notes, account, index, quoted)
    blocks = builder.article(root)
    blocks = (*media_of(tuple(builder.apart["standfirst"])), *blocks)
    for picture in media_of(tuple(builder.apart["credits"])):
        account.remove(picture, "credits", "picture in the credits", text=address_of(picture))
    find_local_pictures(root, base, source, env)
    headline = headline_of(facts, rules, env)
    standfirst = caption_of(tuple(builder.apart["standfirst"]))
    blocks, repeated = without_headline(blocks, headline)
    if standfirst and not repeated and is_headline(standfirst, headline):
        standfirst, repeated = (), True
    if repeated:
        account.remove(Text(headline), "headline", "repeated headline", text=headline)
    byline = header.byline.value if header.byline else ""
    blocks = without_edge_rules(blocks)
    head: list[Inlines] = []
    tail: list[Inlines] = []
    if not rules.only_article:
        blocks = without_second_copy(blocks, account)
        before = blocks
        blocks = without_letter_lines(blocks, rules, account)
        blocks = without_related(blocks, url, headline, rules, account)
        blocks, tail = split_tail(blocks, rules, byline, account)
        blocks = without_emptied_headings(blocks, before, builder.emptied, rules.words, account)
        blocks = without_first_page_lines(blocks, headline, rules, account)
        blocks, head = split_head(blocks, rules)
        if headline and not standfirst:
            blocks, standfirst = take_standfirst(blocks, rules, account, env.trace)
    of_header = ((Text(line),) for line in header.lines)
    lines = without_junk((*of_header, *head, *tail, *lines_of(builder.apart["credits"])), rules, account)
    if not blocks and not lines and not standfirst:
        if not facts.value("headline"):
            raise ReadError(f"{source.name}: has no content")
        env.note("notice", "has a headline but no text", rule="content")
    if not rules.only_article:
        blocks = without_run_in_headings(blocks, env.trace)
        blocks = bold_to_headings(blocks, rules, account, env.trace)
        blocks = numbered_to_headings(blocks, env.trace)
        blocks = headings_of_text(blocks, env.trace)
        has_titles = any(each.tag == "img" for each in index.named.get("[title]", ()))
        if has_titles or not STATED.isdisjoint(index.names):
            from feed2doc.readers._article.stated_credits import with_stated_credits

            blocks = with_stated_credits(blocks, index, base, rules, account, env.trace)
        if has_titles:
            blocks = captions_from_titles(blocks, headline, env.trace)
    lead = blocks[0] if blocks and isinstance(blocks[0], Figure) else None
    sections = into_sections(without_edge_rules(blocks[1:] if lead else blocks), env.trace)
    credits_ = type_credits(
        lines,
        rules,
        byline,
        lambda: dateline_of(blocks, rules) or _byline_in(standfirst, rules),
        facts.organisations(header.byline) | {header.column},
        account,
        names,
        " ".join(map(words_of, bios)),
        facts.value("publication"),
    )
    stated = header.byline if credits_.byline_text == byline else None
    printed = (Paragraph(standfirst), *blocks) if standfirst else blocks
    named = stated_language(root, facts, rules) if rules.only_article else rules.setting("language")
    language = named or language_of(root, facts, headline, url, printed, env)
    published, has_time = published_time(header, rules, known, language, url, env)
    document = Document(
        id=known.guid or url or _hash(words_of(root) or headline),
        headline=headline,
        url=url,
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
        summary=_without_junk(known.summary, rules, env) or facts.value("summary"),
        tags=tuple(tag for tag in facts.values("tags") if rules.words.find("no-tag", tag) is None),
        lead=lead,
        sections=sections,
        credits=credits_.credits,
        original_url=next((c.url for c in credits_.credits if c.role == "original"), ""),
        source_format=known.source_format,
    )
    account.settle(document)
    if env.trace is not None:
        env.trace.fields.update(origins_of(document, known, facts, header, stated))
    return document if headline or known.untitled else titled(document, env)


def _without_junk(summary: str, rules: Rules, env: Env) -> str:
    """Return the summary of a feed in one line, without the lines that every summary of the feed ends with."""
    if "\n" not in summary:
        return summary
    kept = []
    lines = summary.split("\n")
    for at, line in enumerate(lines):
        is_last = at == len(lines) - 1
        if reason := rules.junk(line, certain=True) or (
            (rules.closing(line) or rules.more(line)) if is_last else ""
        ):
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


def page_facts(root: _Element, env: Env) -> Facts:
    """Return the facts that the JSON-LD and the `meta` elements of a tree state."""
    facts = Facts()
    read_json_ld(root, facts, env)
    read_meta(root, facts)
    return facts


def _hash(text: str) -> str:
    import hashlib

    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()[:32]
