"""Entries of a table of contents page: the beginning of each article and its reading time."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from feed2doc._locale.dates import localized_day
from feed2doc._locale.labels import count_of_articles, labels
from feed2doc._locale.tags import language_tag
from feed2doc._text.cjk import is_character
from feed2doc._text.lazy_re import pattern
from feed2doc._text.xml import xml_safe
from feed2doc.model import Document, Paragraph, title_text, walk, words_in
from feed2doc.writers._shared.facts import direction_of, title_of

# Silent reading of non-fiction, in words per minute (Brysbaert 2019, doi.org/10.1016/j.jml.2019.104047), and the Han
# characters or kana read in the same time; a Chinese word has one and a half to two characters.
_WORDS_A_MINUTE, _CHARACTERS_A_MINUTE = 238, 400
_WORD = pattern(r"[^\W_]+(?:['’.\-][^\W_]+)*")
_SUMMARY_WIDTH = 180  # columns; a Han character takes two


class _Spaces(dict[int, int]):
    """A table for `str.translate` that maps every such character to a space and leaves the others unchanged."""

    def __missing__(self, code: int) -> int:
        self[code] = ord(" ") if is_character(chr(code)) else code
        return self[code]


_SPACES = _Spaces()


class Length(Struct, frozen=True):
    """The length of an article's body: its words, and its characters in scripts that do not separate words."""

    words: int
    characters: int

    @property
    def count(self) -> int:
        """The sum of words and such characters, as newspapers count."""
        return self.words + self.characters

    @property
    def minutes(self) -> int:
        """The reading time in minutes, at least 1."""
        return max(1, round(self.words / _WORDS_A_MINUTE + self.characters / _CHARACTERS_A_MINUTE))


class ContentsRow(Struct, frozen=True):
    """An article in a table of contents; `facts` is a line with publication, day and reading time."""

    title: str
    href: str
    language: str
    direction: str
    facts: str
    summary: str
    length: Length


class ContentsPart(Struct, frozen=True):
    """The articles of a part. `title` is "" if the part has no title, `href` is "" if its page has no address."""

    title: str
    href: str
    rows: tuple[ContentsRow, ...]


def rows_of(title: str, href: str, articles: Sequence[tuple[Document, str]], language: str) -> ContentsPart:
    """Return the articles of a part as a table of contents in this language; each article comes with its address."""
    return ContentsPart(
        title, href, tuple(_row(document, address, title, language) for document, address in articles)
    )


def part_facts(part: ContentsPart, language: str) -> str:
    """Return a line with the number of articles in the part and their reading time."""
    minutes = _minutes(sum(row.length.minutes for row in part.rows), language)
    return f"{count_of_articles(len(part.rows), language)} · {minutes}"


def _row(document: Document, href: str, part: str, language: str) -> ContentsRow:
    length = length_of(document)
    facts = (
        document.publication if document.publication != part else "",
        localized_day(document.published, language) if document.published else "",
        _minutes(length.minutes, language),
    )
    return ContentsRow(
        title_of(document),
        href,
        language_tag(document.language) or "und",
        direction_of(document.language),
        " · ".join(fact for fact in facts if fact and fact != part),
        summary_of(document),
        length,
    )


def length_of(document: Document) -> Length:
    """Return the length of the article's body."""
    words = words_in(document)
    text = words.translate(_SPACES)
    return Length(len(_WORD.findall(text)), text.count(" ") - words.count(" "))


def summary_of(document: Document) -> str:
    """Return the article's standfirst, else its summary, else its first paragraph, shortened to a sentence or two."""
    text = title_text(document.standfirst) or document.summary or _first_paragraph(document)
    return _cut(" ".join(xml_safe(text).split()))


def _minutes(minutes: int, language: str) -> str:
    return labels(language)["minutes"].format(n=minutes)


def _first_paragraph(document: Document) -> str:
    for section in document.sections:
        for block in section.blocks:
            for node in walk(block):
                if isinstance(node, Paragraph) and len(text := title_text(node.content)) > 1:
                    return text
    return ""


def _cut(text: str) -> str:
    """Return the beginning of the text, cut after a word."""
    width = 0
    for at, character in enumerate(text):
        width += 2 if is_character(character) else 1
        if width > _SUMMARY_WIDTH:
            start = text[:at]
            if not is_character(start[-1]) and not is_character(character):
                start = start.rpartition(" ")[0] or start
            return start.rstrip(" ,.;:，。；：、—–-") + "…"
    return text
