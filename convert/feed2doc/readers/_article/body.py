"""The text of an article as blocks, without what belongs to the page around it, and the lines above and below it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from feed2doc.model import Blocks, Inlines, Text, plain_text
from feed2doc.readers._article.authors.labelled_biographies import named_in, split_about_author
from feed2doc.readers._article.captions import STATED, captions_from_titles
from feed2doc.readers._article.credits.above_text import split_head
from feed2doc.readers._article.credits.below_text import split_tail
from feed2doc.readers._article.credits.lines import (
    lines_of,
    without_junk,
    without_last_links,
)
from feed2doc.readers._article.furniture.appeals import without_appeals
from feed2doc.readers._article.furniture.below_editors import without_page_below
from feed2doc.readers._article.furniture.closing_lines import without_closings
from feed2doc.readers._article.furniture.codes import without_codes_above, without_codes_below
from feed2doc.readers._article.furniture.letter_lines import without_letter_lines
from feed2doc.readers._article.furniture.page_lines import without_first_page_lines
from feed2doc.readers._article.furniture.promotions import without_pointed_links, without_promotions
from feed2doc.readers._article.furniture.related import without_related
from feed2doc.readers._article.furniture.second_copies import without_second_copy, without_second_lead
from feed2doc.readers._article.headings.bold import bold_to_headings
from feed2doc.readers._article.headings.empty_sections import without_emptied_headings
from feed2doc.readers._article.headings.numbered import numbered_to_headings
from feed2doc.readers._article.headings.run_in import without_run_in_headings
from feed2doc.readers._article.headings.sections import (
    headings_of_text,
    is_headline,
    without_edge_rules,
    without_headline,
)
from feed2doc.readers._article.headings.unmarked import short_lines_to_headings
from feed2doc.readers._article.language import detect_language
from feed2doc.readers._article.language_choice import stated_language
from feed2doc.readers._article.marking import MarkedTree
from feed2doc.readers._article.opening import Opened
from feed2doc.readers._article.standfirsts import take_standfirst
from feed2doc.readers._blocks.builder import builder_of
from feed2doc.readers._blocks.captions.of_blocks import caption_of, media_of
from feed2doc.readers._blocks.context import Context
from feed2doc.readers._blocks.counting import address_of


class Body(Struct, frozen=True):
    """The blocks of an article, its standfirst, and the lines above and below the text that say who made it.

    `biography` has the lines below a label that are about the author, and `author` the name with which they begin.
    """

    blocks: Blocks
    standfirst: Inlines
    lines: Sequence[Inlines]
    biography: str = ""
    author: str = ""


def read_body(article: Opened, tree: MarkedTree, headline: str, byline: str) -> Body:
    """Return the text of an article without its headline, and without lines and links that are not part of it."""
    rules, account, trace = article.rules, article.account, article.env.trace
    context = _context(article, tree)
    builder = builder_of(context, tree.notes)
    blocks = builder.article(article.root)
    blocks = (*media_of(tuple(context.apart["standfirst"])), *blocks)
    for picture in media_of(tuple(context.apart["credits"])):
        account.remove(picture, "credits", "picture in the credits", text=address_of(picture))
    standfirst = caption_of(tuple(context.apart["standfirst"]))
    blocks, repeated = without_headline(blocks, headline)
    if standfirst and not repeated and is_headline(standfirst, headline):
        standfirst, repeated = (), standfirst
    if repeated:
        account.remove(repeated, "headline", "repeated headline", text=plain_text(repeated))
    blocks = without_edge_rules(blocks)
    head: list[Inlines] = []
    tail: list[Inlines] = []
    about: list[Inlines] = []
    if not rules.only_article:
        blocks = without_second_lead(without_second_copy(blocks, account), account)
        before = blocks
        blocks = without_letter_lines(blocks, rules, account)
        junk = [text for _, _, text in context.junk]
        blocks = without_appeals(blocks, headline, builder.emptied, junk, rules, account)
        blocks, editors = without_page_below(blocks, rules, account)
        blocks = without_related(blocks, article.url, headline, rules, account)
        blocks = without_promotions(blocks, rules, account)
        blocks = without_codes_above(blocks, context.codes, account)
        above_tail = blocks
        blocks, about = split_about_author(blocks, rules, byline, account)
        blocks, tail = split_tail(blocks, rules, byline, account)
        tail = [*editors, *tail]
        blocks = without_codes_below(blocks, builder.emptied, junk, rules, account)
        about = without_junk(about, rules, account)
        tail += about
        if len(blocks) < len(above_tail):  # such a line may be above those
            blocks = tuple(without_closings(list(blocks), article.url, headline, rules, account))
            above_tail = blocks
            blocks = without_pointed_links(blocks, rules, account)
            if len(blocks) < len(above_tail):
                blocks, above = split_tail(blocks, rules, byline, account)
                tail = [*above, *tail]
        blocks = without_emptied_headings(
            blocks, before, builder.emptied, rules.words, account, tree.header.parts
        )
        blocks = without_first_page_lines(blocks, headline, rules, account)
        blocks, head = split_head(blocks, rules)
        if headline and not standfirst:
            blocks, standfirst = take_standfirst(blocks, rules, account, trace)
    above = without_junk((*((Text(line),) for line in tree.header.lines), *head), rules, account)
    tail = without_last_links(tail, rules, account)  # lines that are not credits are already removed
    apart = without_junk(lines_of(context.apart["credits"]), rules, account)
    biography = " ".join(" ".join(plain_text(line).split()) for line in about)
    return Body(blocks, standfirst, (*above, *tail, *apart), biography, named_in(about))


def with_headings_and_captions(blocks: Blocks, article: Opened, headline: str) -> Blocks:
    """Return the blocks with the headings that look like paragraphs, and with the captions and credits in attributes."""
    rules, account, index, trace = article.rules, article.account, article.index, article.env.trace
    if rules.only_article:
        return blocks
    blocks = without_run_in_headings(blocks, trace)
    blocks = bold_to_headings(blocks, rules, account, trace)
    blocks = numbered_to_headings(blocks, trace)
    blocks = short_lines_to_headings(blocks, trace)
    blocks = headings_of_text(blocks, trace)
    has_titles = any(each.tag == "img" for each in index.named.get("[title]", ()))
    if has_titles or not STATED.isdisjoint(index.names):
        from feed2doc.readers._article.credits.in_attributes import with_stated_credits

        blocks = with_stated_credits(blocks, index, article.base, rules, account, trace)
    return captions_from_titles(blocks, headline, trace) if has_titles else blocks


def _context(article: Opened, tree: MarkedTree) -> Context:
    index, rules, account = article.index, article.rules, article.account
    quoted = ""  # the language of the quotations within lines
    if index.named.get("q"):
        stated = stated_language(article.root, article.facts, rules)
        quoted = stated or detect_language(account.edges, article.url)
    return Context(article.env, article.base, rules, tree.marked, account, index, quoted)
