"""Feeds as publishing systems write them, with what a reader finds in each entry."""

import tomllib
from collections import Counter
from functools import cache
from typing import Any

import feed2doc
import pytest
from feed2doc import model as m

from tests import paths

FEEDS = paths.TESTS / "data" / "feeds"
ENTRIES = tomllib.loads((FEEDS / "answers.toml").read_text("utf-8"))["entry"]


@cache
def documents(feed: str) -> list[m.Document]:
    """Return the entries of a feed, of which nothing may be lost."""
    env = feed2doc.Env(audit=True)
    (path,) = FEEDS.glob(f"{feed}.*")
    found = list(feed2doc.read_all(path, env=env))
    assert not [each for each in env.diagnostics if each.kind == "loss"]
    return found


def text_of(document: m.Document) -> str:
    """Return all words below the head: those of notes, captions and titles of embeds too."""
    blocks: list[m.Block] = [document.lead] if document.lead else []
    parts = [m.printed_text(document.standfirst, pictures=True)]
    for section in document.sections:
        parts.append(m.printed_text(section.heading))
        blocks += section.blocks
    notes = [block for node in m.walk(document) if isinstance(node, m.Note) for block in node.blocks]
    parts += [m.printed_text(run, pictures=True) for block in (*blocks, *notes) for run in m.texts_of(block)]
    return "\n".join(parts)


def found(document: m.Document, name: str) -> Any:
    """Return what a document has for one of the answers."""
    nodes = list(m.walk(document))
    match name:
        case "byline":
            return [person.name for person in document.byline]
        case "standfirst":
            return m.plain_text(document.standfirst)
        case "headings":
            return [m.plain_text(each.heading) for each in document.sections if each.heading]
        case "tags":
            return list(document.tags)
        case "embeds":
            return [node.url for node in nodes if isinstance(node, m.Embed)]
        case "posters":
            return [node.poster.src for node in nodes if isinstance(node, m.Embed) and node.poster]
    return getattr(document, name)


@pytest.mark.parametrize("answers", ENTRIES, ids=lambda a: f"{a['feed']}-{a.get('at', 0)}")
def test_an_entry_is_read_as_a_reader_would(answers: dict[str, Any]) -> None:
    document = documents(answers["feed"])[answers.get("at", 0)]
    searched = ("feed", "at", "has", "lacks", "links", "count")
    expected = {name: value for name, value in answers.items() if name not in searched}
    assert {name: found(document, name) for name in expected} == expected
    text, at = text_of(document), 0
    for words in answers.get("has", ()):
        assert words in text[at:], text
        at = text.index(words, at) + len(words)
    assert [words for words in answers.get("lacks", ()) if words in text] == []
    nodes = list(m.walk(document))
    links = {node.url for node in nodes if isinstance(node, m.Link)}
    assert set(answers.get("links", ())) <= links
    counted = Counter(type(node).__name__ for node in nodes)
    assert {name: counted[name] for name in answers.get("count", {})} == answers.get("count", {})
