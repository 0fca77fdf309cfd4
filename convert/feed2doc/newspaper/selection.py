"""Choosing what an edition prints in full: whole stories, the most important first, until the minutes are used."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from feed2doc._text.urls import host_of
from feed2doc.errors import OptionError
from feed2doc.model import Document, length_of, source_of
from feed2doc.newspaper.stories import Story


class EditionSection(Struct, frozen=True):
    """A section of an edition: its name, what belongs to it, and at most which share of the minutes it gets.

    `sources` are publications, hosts or tags, without regard to case. A share of 0 means no limit.
    """

    name: str
    sources: tuple[str, ...] = ()
    share: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1:
            raise OptionError(f"section {self.name}: share: expected 0 to 1, not {self.share:g}")

    def has(self, document: Document) -> bool:
        """Return True if an article belongs to this section."""
        host = host_of(document.url)
        known = {
            each.lower() for each in (document.publication, host, host.removeprefix("www."), *document.tags)
        }
        return any(source.lower() in known for source in self.sources)


class Choice(Struct, frozen=True):
    """A story in an edition: its section, its minutes, and whether it is `printed`."""

    story: Story
    section: str
    minutes: int
    printed: bool


def choose(
    documents: Sequence[Document],
    stories: Sequence[Story],
    minutes: int,
    sections: Sequence[EditionSection],
    other: str,
) -> list[Choice]:
    """Return all stories by their importance, with the sections that they belong to and whether they are printed.

    More sources make a story more important, then a picture, then a later time. 0 minutes mean no limit.
    """
    ranked = sorted(stories, key=lambda story: _rank(story, documents))
    left = float(minutes) if minutes else float("inf")
    budgets = {each.name: each.share * minutes for each in sections if each.share and minutes}
    found: list[Choice] = []
    for story in ranked:
        document = documents[story.articles[0]]
        section = next((each.name for each in sections if each.has(document)), "") or (
            other if sections else source_of(document) or other
        )
        size = length_of(document).minutes
        room = min(left, budgets.get(section, left))
        printed = size <= room
        if printed:
            left -= size
            if section in budgets:
                budgets[section] -= size
        found.append(Choice(story, section, size, printed))
    return found


def _rank(story: Story, documents: Sequence[Document]) -> tuple[int, bool, float, str, str]:
    document = documents[story.articles[0]]
    sources = {source_of(documents[number]) for number in story.articles}
    moment = document.published or document.archived
    return (
        -len(sources),
        document.lead is None,
        -moment.timestamp() if moment else 0.0,
        document.headline,
        document.id,
    )
