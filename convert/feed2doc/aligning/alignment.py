"""Aligning the parts of an article with those of its translation."""

from __future__ import annotations

from msgspec import Struct

from feed2doc.aligning.chain import chain
from feed2doc.aligning.evidence import Evidence
from feed2doc.aligning.places import paired_anchors
from feed2doc.aligning.repairs import joined, moved, sure
from feed2doc.aligning.units import Group, Unit, units_of
from feed2doc.errors import expect
from feed2doc.model import Document


class Alignment(Struct, frozen=True):
    """The parts of two articles that translate each other.

    The parts of an article are numbered from 0: the standfirst and the lead picture, if any, then for each section its
    heading, if any, and its blocks. `groups` has the parts of the first article and those of the second that say the same, in
    the order of the first; `unpaired` has the parts of each that are in no group.
    """

    groups: tuple[Group, ...] = ()
    unpaired: Group = ((), ())


def align(a: Document, b: Document) -> Alignment:
    """Return which paragraphs, headings and pictures of two articles are each other's translation.

    Paragraphs may be joined, split, left out, added or moved. What is unsure stays unpaired.
    """
    for each in (a, b):
        expect("article", each, Document, hint="read the file first, with feed2doc.read")
    parts = units_of(a), units_of(b)
    evidence = Evidence(*parts, (a.language, b.language))
    left, right = ([number for number, unit in enumerate(side) if unit.kind == "text"] for side in parts)
    groups = sure(chain(left, right, evidence), left, right, evidence)
    groups = joined(moved(groups, left, right, evidence), left, right, evidence)
    groups = sorted([*groups, *paired_anchors(groups, *parts, evidence)])
    return Alignment(tuple(groups), (_rest(groups, parts[0], 0), _rest(groups, parts[1], 1)))


def _rest(groups: list[Group], parts: list[Unit], side: int) -> tuple[int, ...]:
    taken = {number for group in groups for number in group[side]}
    return tuple(number for number in range(len(parts)) if number not in taken)
