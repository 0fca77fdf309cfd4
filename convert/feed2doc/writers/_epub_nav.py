"""The table of contents of a book, for the nav of EPUB 3 and the NCX of EPUB 2."""

from __future__ import annotations

from feed2doc.writers._article import Entry, outline
from feed2doc.writers._epub_names import NamedPart

# Part, article, heading: what every reading system can show, and a thumb can find its way in.
_LEVELS = 3


def contents(parts: list[NamedPart], front: list[Entry]) -> list[Entry]:
    """The front matter's entries, then parts that have a title, in them the articles, in them the headings."""
    entries = list(front)
    for part in parts:
        inside = tuple(outline(chapter.document, chapter.name) for chapter in part.chapters)
        if part.title:
            entries.append(_cut(Entry(part.title, part.name, inside), _LEVELS))
        else:
            entries += [_cut(entry, _LEVELS) for entry in inside]
    return entries


def _cut(entry: Entry, levels: int) -> Entry:
    """The entry with at most so many levels; what is deeper moves up to the last one."""
    inner = (
        entry.entries
        if levels > 2
        else tuple(Entry(e.title, e.href, (), e.language) for e in flat(entry.entries))
    )
    return Entry(entry.title, entry.href, tuple(_cut(e, levels - 1) for e in inner), entry.language)


def flat(entries: tuple[Entry, ...]) -> list[Entry]:
    """The entries and all in them, in a row."""
    return [each for entry in entries for each in (entry, *flat(entry.entries))]


def numbered(entries: list[Entry]) -> list[tuple[int, Entry, list[tuple[int, Entry]]]]:
    """The contents in two levels, as deep as Kindle goes, each with its place in the reading order.

    Entries of one target have one place (NCX, https://www.niso.org/publications/ansiniso-z3986-2005-r2012-daisy).
    """
    places: dict[str, int] = {}

    def place(entry: Entry) -> int:
        return places.setdefault(entry.href, len(places) + 1)

    return [
        (place(entry), entry, [(place(child), child) for child in flat(entry.entries)]) for entry in entries
    ]
