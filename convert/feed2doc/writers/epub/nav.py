"""The table of contents of a book, for the nav of EPUB 3 and the NCX of EPUB 2."""

from __future__ import annotations

from msgspec.structs import replace

from feed2doc.writers._shared.facts import TocEntry, outline
from feed2doc.writers.epub.names import NamedPart

# Part, article, heading: what every reading system can show, and a thumb can find its way in.
_LEVELS = 3


def contents(parts: list[NamedPart], front: list[TocEntry]) -> list[TocEntry]:
    """The front matter's entries, then parts that have a title, in them the articles, in them the headings."""
    entries = list(front)
    for part in parts:
        inside = tuple(outline(chapter.document, chapter.name) for chapter in part.chapters)
        if part.title:
            entries.append(
                _cut(TocEntry(part.title, part.name or inside[0].href, inside, is_part=True), _LEVELS)
            )
        else:
            entries += [_cut(entry, _LEVELS) for entry in inside]
    return entries


def _cut(entry: TocEntry, levels: int) -> TocEntry:
    """The entry with at most so many levels; what is deeper moves up to the last one."""
    inner = entry.entries if levels > 2 else tuple(replace(e, entries=()) for e in flat(entry.entries))
    return replace(entry, entries=tuple(_cut(each, levels - 1) for each in inner))


def flat(entries: tuple[TocEntry, ...]) -> list[TocEntry]:
    """The entries and all in them, in a row."""
    return [each for entry in entries for each in (entry, *flat(entry.entries))]


def numbered(entries: list[TocEntry]) -> list[tuple[int, TocEntry, list[tuple[int, TocEntry]]]]:
    """The contents in two levels, as deep as Kindle goes, each with its place in the reading order: below a part its
    articles, below an article its headings.

    Entries of one target have one place (NCX, https://www.niso.org/publications/ansiniso-z3986-2005-r2012-daisy).
    """
    places: dict[str, int] = {}

    def place(entry: TocEntry) -> int:
        return places.setdefault(entry.href, len(places) + 1)

    rows = []
    for entry in entries:
        inner = list(entry.entries) if entry.is_part else flat(entry.entries)
        rows.append((place(entry), entry, [(place(child), child) for child in inner]))
    return rows
