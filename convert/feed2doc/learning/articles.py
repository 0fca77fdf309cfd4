"""The articles of a folder as evidence: each with its tree, its passages, and what the rules already know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from feed2doc import model as m
from feed2doc._formats import ReadOptions, Source
from feed2doc._text.recurrence import key_of
from feed2doc._text.urls import host_of, normalize_url
from feed2doc.batch.item import find_items, load_item
from feed2doc.env import Env, Trace
from feed2doc.errors import LimitError, ReadError
from feed2doc.readers.inputs import reader_of
from feed2doc.readers.inspection import BY_NAMES, Index, Rules, languages_in, rules_for, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element


class Passage(msgspec.Struct, frozen=True):
    """One run of text of a Document.

    `key` is the text as compared with other articles, `linked` the share of its characters that are in links, and `at` the
    number of its block. A nested passage is inside a list, quotation, table or box.
    """

    kind: str
    text: str
    key: str
    linked: float
    links: tuple[str, ...]
    bold: bool
    nested: bool
    at: int


class Article:
    """One article: its Document, its tree before it was read, and the rules that applied."""

    def __init__(self, document: m.Document, env: Env) -> None:
        trace = env.trace
        assert trace is not None and trace.tree is not None
        self.document = document
        self.trace = trace
        self.index: Index = Index.of(trace.tree)
        rules = rules_for(document.url, env.site_dirs)
        languages = languages_in(document.headline + self.text[:500], document.language)
        self.rules: Rules = rules.in_languages(languages)

    @cached_property
    def text(self) -> str:
        """All text of the tree."""
        return words_of(self.index.root)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The passages of the Document's text, in order."""
        return tuple(self._passages())

    @cached_property
    def figures(self) -> list[m.Figure]:
        """The pictures of the Document."""
        return [
            node
            for node in m.walk((self.document.lead, self.document.sections))
            if isinstance(node, m.Figure)
        ]

    @cached_property
    def dropped(self) -> set[_Element]:
        """The elements that the rules already drop, with those inside them."""
        found = self.rules.select("drop", self.index) | self.rules.select("comments", self.index)
        return {inner for element in found for inner in element.iter()}

    @cached_property
    def printed(self) -> str:
        """The text of the Document, and a byline that no rule has taken from it, without white space."""
        byline = self.document.byline_text if self.has_guessed_byline else ""
        return "".join(f"{byline} {m.plain_article(self.document)}".split())

    @property
    def has_guessed_byline(self) -> bool:
        """Return True if only the names of the authors say that they are the authors."""
        return bool(self.document.byline) and self.trace.fields["byline"].rule == BY_NAMES

    def has(self, element: _Element) -> bool:
        """Return True if the first text of an element is in the Document, so that no rule has dropped it."""
        first = next((text for text in map(str, element.itertext()) if text.strip()), "")
        return "".join(first.split()) in self.printed

    def key(self, text: str) -> str:
        """Return the text for comparison with other articles: without numbers and the article's own headline."""
        return key_of(text, self.document.headline)

    def _passages(self) -> Iterator[Passage]:
        at = 0
        for section in self.document.sections:
            if section.heading:
                yield self._passage("heading", section.heading, nested=False, at=at)
                at += 1
            for block in section.blocks:
                if isinstance(block, m.Figure):
                    continue
                for node in m.walk(block):
                    if isinstance(node, m.Paragraph):
                        yield self._passage("paragraph", node.content, nested=node is not block, at=at)
                at += 1

    def _passage(self, kind: str, content: m.Inlines, *, nested: bool, at: int) -> Passage:
        text = m.plain_text(content).strip()
        links = [node for node in m.walk(content) if isinstance(node, m.Link)]
        linked = sum(len(m.plain_text(link.content)) for link in links) / max(1, len(text))
        bold = all(
            isinstance(node, m.Strong | m.LineBreak) or not m.plain_text((node,)).strip() for node in content
        )
        return Passage(
            kind, text, self.key(text), linked, tuple(link.url for link in links), bold, nested, at
        )


def articles_in(folder: str, env: Env) -> dict[str, list[Article]]:
    """Return the articles of a folder by host, without repetitions. Files that are not feed items are skipped."""
    found: dict[str, list[Article]] = {}
    seen: set[str] = set()
    for item in find_items([folder]):
        source = load_item(item)
        try:
            for article in read(source, env):
                keys = {normalize_url(article.document.url), article.document.headline, article.text} - {""}
                host = host_of(article.document.url)
                if host and seen.isdisjoint(keys):
                    found.setdefault(host, []).append(article)
                seen |= keys
        except (ReadError, LimitError) as error:
            env.note("notice", f"{error}: skipped", rule="learn")
    return {host: found[host] for host in sorted(found)}


def read(source: Source, env: Env) -> Iterator[Article]:
    """Yield the articles of one input."""
    own = msgspec.structs.replace(env, trace=Trace(), diagnostics=[])
    options = ReadOptions(compare_entries=False)  # what recurs is evidence
    for document in reader_of(source).read(source, options, own):
        if own.trace is not None and own.trace.tree is not None:  # not of JSON
            yield Article(document, own)
        own.trace = Trace()


def halves(articles: Sequence[Article]) -> tuple[list[Article], list[Article]]:
    """Return two halves of the articles, each spread over the whole folder."""
    return list(articles[::2]), list(articles[1::2])
