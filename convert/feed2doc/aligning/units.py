"""The numbered parts of an article that an alignment pairs: standfirst, lead picture, headings and blocks."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from feed2doc import model as m

Kind = Literal["text", "heading", "figure", "rule"]
Group = tuple[tuple[int, ...], tuple[int, ...]]  # the numbers of parts of one article, and of another


class Unit(Struct, frozen=True):
    """A part of an article: its kind and block, its text, the URLs of its pictures, and the URLs that it links to."""

    kind: Kind
    block: m.Block
    text: str
    pictures: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


def units_of(document: m.Document) -> list[Unit]:
    """Return the parts of an article in order: standfirst and lead picture, if any, then headings and blocks of sections."""
    found: list[Unit] = []
    if document.standfirst:
        found.append(_unit("text", m.Paragraph(document.standfirst)))
    if document.lead:
        found.append(_unit("figure", document.lead))
    for section in document.sections:
        if section.heading:
            found.append(_unit("heading", m.Paragraph(section.heading)))
        found += [_unit(_kind(block), block) for block in section.blocks]
    return found


def _unit(kind: Kind, block: m.Block) -> Unit:
    nodes = list(m.walk(block))
    return Unit(
        kind,
        block,
        "\n".join(text for run in m.texts_of(block) if (text := m.printed_text(run)).strip()),
        tuple(node.src for node in nodes if isinstance(node, m.Image)),
        tuple(node.url for node in nodes if isinstance(node, m.Link)),
    )


def _kind(block: m.Block) -> Kind:
    match block:
        case m.Figure():
            return "figure"
        case m.Heading():
            return "heading"
        case m.Rule():
            return "rule"
        case _:
            return "text"
