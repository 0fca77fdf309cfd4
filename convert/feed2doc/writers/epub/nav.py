"""A book's table of contents, for the nav of EPUB 3 and the NCX of EPUB 2."""

from __future__ import annotations

from msgspec.structs import replace

from feed2doc.writers._shared.facts import TocEntry, outline
from feed2doc.writers.epub.names import NamedPart

# Part, article, heading: every reading system can show this many levels, and readers can find their way on a small screen.
_LEVELS = 3


def contents(parts: list[NamedPart], page: list[TocEntry]) -> list[TocEntry]:
    """Return the entry of the page of contents, if there is one, and parts (if titled) containing articles containing headings."""
    entries: list[TocEntry] = []
    for part in parts:
        if not part.front:
            entries += page
            page = []
        inside = tuple(outline(chapter.document, chapter.name) for chapter in part.chapters)
        if part.title:
            entries.append(
                _cut(TocEntry(part.title, part.name or inside[0].href, inside, is_part=True), _LEVELS)
            )
        else:
            entries += [_cut(entry, _LEVELS) for entry in inside]
    return entries


def _cut(entry: TocEntry, levels: int) -> TocEntry:
    """Return the entry with at most this many levels; deeper entries move up to the last level."""
    inner = entry.entries if levels > 2 else tuple(replace(e, entries=()) for e in flat(entry.entries))
    return replace(entry, entries=tuple(_cut(each, levels - 1) for each in inner))


def flat(entries: tuple[TocEntry, ...]) -> list[TocEntry]:
    """Return the entries and all their descendants as a flat list."""
    return [each for entry in entries for each in (entry, *flat(entry.entries))]


def numbered(entries: list[TocEntry]) -> list[tuple[int, TocEntry, list[tuple[int, TocEntry]]]]:
    """Return the contents in two levels, as deep as Kindle goes, each entry with its position in the reading order.

    Articles are below parts, and headings are below articles. Entries with the same target have the same position (NCX,
    https://www.niso.org/publications/ansiniso-z3986-2005-r2012-daisy).
    """
    places: dict[str, int] = {}

    def place(entry: TocEntry) -> int:
        return places.setdefault(entry.href, len(places) + 1)

    rows = []
    for entry in entries:
        inner = list(entry.entries) if entry.is_part else flat(entry.entries)
        rows.append((place(entry), entry, [(place(child), child) for child in inner]))
    return rows
