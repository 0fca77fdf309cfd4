"""A book as pandoc's document tree, in the JSON form that every pandoc of version 3 reads."""

from __future__ import annotations

from collections.abc import Callable

from feed2doc import model as m
from feed2doc._locale.dates import published_text
from feed2doc._locale.labels import labels
from feed2doc._locale.tags import language_tag
from feed2doc.writers._shared.bylines import byline_text
from feed2doc.writers._shared.facts import title_of
from feed2doc.writers.pandoc.ast import Tree
from feed2doc.writers.pandoc.formats import PandocFormat
from feed2doc.writers.pandoc.metadata import meta_of, reference_of, values_of_book, values_of_document
from feed2doc.writers.pandoc.nodes import Node, header, pandoc_node, para, words_of

API_VERSION = (1, 23, 1)
"""The version of pandoc's types used here; pandoc reads any version with the same first two numbers."""


def pandoc_tree(book: m.Book, asked: PandocFormat, address: Callable[[m.Image], str]) -> Node:
    """Return the book as pandoc's `Pandoc`, for this format.

    `address` returns the URL of a picture, or "" if the picture is not available and a link must replace it.
    """
    documents = book.documents
    alone = documents[0] if len(documents) == 1 else None
    blocks: list[Node] = []
    for part in book.parts:
        if part.title:
            blocks.append(header(1, words_of(part.title, asked.name)))
        level = 2 if part.title else 1
        for document in part.documents:
            tree = Tree(asked, labels(document.language), address, level)
            blocks += _article(document, tree, titled=asked.titled and document is alone)
    meta = meta_of(asked, **(values_of_document(alone, asked) if alone else values_of_book(book)))
    if asked.references:
        meta["references"] = pandoc_node(
            "MetaList", [reference_of(document, asked.name) for document in documents]
        )
    return {"pandoc-api-version": list(API_VERSION), "meta": meta, "blocks": blocks}


def _article(document: m.Document, tree: Tree, *, titled: bool) -> list[Node]:
    """Return the article's blocks; `titled` says that the format prints headline and byline from the metadata."""
    blocks: list[Node] = []
    deeper = tree.level - titled
    if not titled:
        blocks.append(tree.heading(tree.level, (m.Text(title_of(document)),)))
    facts = (
        "" if titled else byline_text(document),
        "" if titled and tree.asked.dated else published_text(document),
        document.publication,
    )
    if line := " · ".join(fact for fact in facts if fact):
        blocks.append(para(tree.text(line)))
    if document.url:
        blocks.append(para([tree.linked(tree.text(tree.words["source"]), document.url)]))
    if document.standfirst:
        blocks.append(para([pandoc_node("Strong", tree.inlines(document.standfirst))]))
    if document.lead:
        blocks += tree.figure(document.lead)
    for section in document.sections:
        if section.heading:
            blocks.append(tree.heading(section.level + deeper, section.heading))
        blocks += tree.blocks(section.blocks)
    if document.credits:
        blocks += [
            pandoc_node("HorizontalRule"),
            *(para(tree.inlines(c.text)) for c in document.credits),
        ]
    if document.original_url and all(c.role != "original" for c in document.credits):
        blocks.append(para([tree.linked(tree.text(tree.words["original"]), document.original_url)]))
    if titled:
        return blocks
    language = language_tag(document.language) or "und"
    return [pandoc_node("Div", [["", [], [["lang", language]]], blocks])]
