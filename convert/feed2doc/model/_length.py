"""The length of an article, its reading time, and its beginning."""

from __future__ import annotations

from msgspec import Struct

from feed2doc._text.cjk import is_character
from feed2doc._text.lazy_re import pattern
from feed2doc._text.xml import xml_safe
from feed2doc.model._article import Document
from feed2doc.model._nodes import Paragraph
from feed2doc.model._queries import title_text, words_in
from feed2doc.model._walk import walk

# Silent reading of non-fiction, in words per minute (Brysbaert 2019, doi.org/10.1016/j.jml.2019.104047), and the Han
# characters or kana read in the same time; a Chinese word has one and a half to two characters.
_WORDS_A_MINUTE, _CHARACTERS_A_MINUTE = 238, 400
_WORD = pattern(r"[^\W_]+(?:['’.\-][^\W_]+)*")
_SUMMARY_WIDTH = 180  # columns; a Han character takes two
# A first line like `WASHINGTON, DC`: so short, and not a sentence.
_LONGEST_PLACE, _ENDS_OF_SENTENCES = 15, "。.！!？?…”’」』"


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


def length_of(document: Document) -> Length:
    """Return the length of the article's body."""
    words = words_in(document)
    text = words.translate(_SPACES)
    return Length(len(_WORD.findall(text)), text.count(" ") - words.count(" "))


def summary_of(document: Document, width: int = _SUMMARY_WIDTH) -> str:
    """Return the article's standfirst, else its summary, else its first paragraph, shortened to a sentence or two.

    It is no longer than the width in letters; a character counts as two.
    """
    text = title_text(document.standfirst) or document.summary or _first_paragraph(document)
    return _cut(" ".join(xml_safe(text).split()), width)


def _first_paragraph(document: Document) -> str:
    """Return the first paragraph that is not only the name of a place, or the first if there is none."""
    first = ""
    for section in document.sections:
        for block in section.blocks:
            for node in walk(block):
                if isinstance(node, Paragraph) and len(text := title_text(node.content)) > 1:
                    if len(text) > _LONGEST_PLACE or text[-1] in _ENDS_OF_SENTENCES:
                        return text
                    first = first or text
    return first


def _cut(text: str, most: int) -> str:
    """Return the beginning of the text, cut after a word."""
    width = 0
    for at, character in enumerate(text):
        width += 2 if is_character(character) else 1
        if width > most:
            start = text[:at]
            if not is_character(start[-1]) and not is_character(character):
                start = start.rpartition(" ")[0] or start
            return start.rstrip(" ,.;:，。；：、—–-") + "…"
    return text
