"""Phrases of word files as regular expressions.

In a phrase, `…` stands for any words, `{name}` for persons, `{title}` for a headline, `{number}` for a number, `*` for a few
Han characters, `[a|b]` for one of several words, and `...` for an ellipsis, however it is typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

_ELLIPSIS = r"\s?(?:\.{3,6}|…{1,2})"
_LONGEST_BEFORE, _LONGEST_BETWEEN, LONGEST_AFTER = 160, 80, 400
_LONGEST_TITLE = 200
# A date with its year, and perhaps a time.
_DATE = (
    r"(?:\d{4}\s?[-/.年년]\s?\d{1,2}\s?[-/.月월]\s?\d{1,2}[日일]?|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|[^\W\d_]{3,12}\.?\s\d{1,2},?\s\d{4}"
    r"|\d{1,2}\.?\s(?:de\s)?[^\W\d_]{3,12}\.?\s(?:de\s)?\d{4}(?:\sг\.?)?)(?:,?\s\d{1,2}:\d{2}(?::\d{2})?)?"
)
# Words as in a name or title, and other characters than spaces and punctuation.
NO_STOP, NO_SPACE = "[^,;:.!?，；：。！？]", r"[^\s，。！？、；：,.!?;:（）()＝]"
_NUMBER, _DIGITS = r"\d[\d.,]{0,8}[kKMm万萬]?", "0123456789"
# One of several words or phrases: `[in|on]`.
_CHOICE = r"\[[^\[\]]*\|[^\[\]]*\]"
_MANY_SEARCHES = 50
_MOST_OF_STAR = 6
# A verb of being after a name, before which no other one is: `作者林海為港口大學法律系教授`.
_VERBS = ("系", "係")
# A character of the name of a team or a paper before a word of the trade: none of a sentence (`这部片子是北港 出品`).
_OF_A_NAME = "(?:(?![是的在我你他她它这這那们們把被]|(?<!自)由|(?<![华華])[为為])\\w)"


def template(
    phrase: str,
    *,
    before: int = _LONGEST_BEFORE,
    between: int = _LONGEST_BETWEEN,
    after: int = LONGEST_AFTER,
    what: str = ".",
) -> str:
    """Return the regular expression of a phrase. The numbers are the most characters, `what`, that `…` stands for, by its place."""
    parts = re.split(rf"(…|\{{name\}}|\{{title\}}|\{{number\}}|\{{date\}}|{_CHOICE})", phrase)
    # A verb, or `邮箱` before an address.
    not_a_name = "(?![是为為系係乃邮郵])" if is_han(phrase.replace("{name}", "")) else ""
    from_place = r"(?:[自从從在于於]\w{2,10})?" if is_han(phrase.replace("{name}", "")) else ""
    made = ""
    for at, part in enumerate(parts):
        if part == "…":
            last = not any(parts[at + 1 :])
            most = before if not made else after if last else between
            made += f"{what}{{{0 if last else 1},{most}}}?"
        elif part == "{title}":
            made += rf"(?P<title>.{{1,{_LONGEST_TITLE}}}?)"
        elif part == "{number}":
            made += _NUMBER
        elif part == "{date}":
            made += _DATE
        elif re.fullmatch(_CHOICE, part):
            made += f"(?:{'|'.join(map(_literal, part[1:-1].split('|')))})"
        elif part == "{name}":
            no_verb = "是为為" if "".join(parts[at + 1 : at + 2])[:1] in _VERBS else ""
            made += rf"{not_a_name}(?P<person>[^。，,！？!?：:{no_verb}]{{2,100}}?)\s*(?:[（(][^（）()]{{1,40}}[)）])?\s*{from_place}"
        else:
            made += _literal(part, at_start=not made)
    return made


def _literal(text: str, *, at_start: bool = False) -> str:
    after = text.lstrip("*")
    if at_start and after != text:
        return f"{_OF_A_NAME}{{0,{_MOST_OF_STAR * (len(text) - len(after))}}}{_literal(after)}"
    escaped = re.escape(text).replace(r"\.\.\.", _ELLIPSIS).replace(r"\*", rf"\w{{0,{_MOST_OF_STAR}}}")
    return escaped.replace(r"\ ", r"\s+").replace("'", "['’]")


def any_of(words: Iterable[str]) -> str:
    """Return the alternatives, the longest first, so that a label is not taken for the beginning of a longer one."""
    longest_first = sorted(dict.fromkeys(words), key=lambda word: (-len(word), word))
    return "|".join(_literal(word, at_start=True) for word in longest_first)


class CharacterSearch:
    """A search for any of many characters, such as the first ones of words.

    A class of many characters takes as long to compile as a hundred searches without a pattern, so only a process that reads
    several articles compiles it.
    """

    def __init__(self, characters: Iterable[str]) -> None:
        self._characters = frozenset(characters)
        self._searches = 0

    def found_in(self, text: str) -> set[str] | frozenset[str]:
        """Return those characters that are in a text."""
        if self._searches == _MANY_SEARCHES:
            return set(self._all_in(text))
        self._searches += 1
        return self._characters.intersection(text)

    @cached_property
    def _all_in(self) -> Callable[[str], list[str]]:
        return re.compile(f"[{re.escape(''.join(sorted(self._characters)))}]").findall


class WordSearch:
    """A search for any of many words. A pattern of all of them would take longer to compile than an article to read."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)

    def is_in(self, text: str) -> bool:
        """Return True if one of the words is in the text."""
        if len(self._by_first) < 2:
            return any(word in text for word in self._words)
        return next(self.found_in(text), None) is not None

    def found_in(self, text: str) -> Iterator[str]:
        """Yield the words that are in the text."""
        if self._words:
            for first in self._firsts.found_in(text):
                yield from filter(text.__contains__, self._by_first[first])

    def ends_at(self, text: str, start: int) -> Iterator[int]:
        """Yield the ends of the words that are at this place of a text, the nearest first."""
        for length in self._lengths.get(text[start : start + 1], ()):
            if text[start : start + length] in self._words:
                yield start + length

    @cached_property
    def _by_first(self) -> dict[str, tuple[str, ...]]:
        known: dict[str, list[str]] = {}
        for word in self._words:
            known.setdefault(word[0], []).append(word)
        return {first: tuple(words) for first, words in known.items()}

    @cached_property
    def _firsts(self) -> CharacterSearch:
        return CharacterSearch(self._by_first)

    @cached_property
    def _lengths(self) -> dict[str, list[int]]:
        """The lengths of the words by their first characters."""
        return {first: sorted({*map(len, words)}) for first, words in self._by_first.items()}


def starts_of(phrases: Iterable[str]) -> tuple[str, ...]:
    """Return how texts with these phrases begin, in lower case, or () if one of them may begin with anything."""
    heads: set[str] = set()
    for text in (each for phrase in phrases for each in _beginnings(phrase)):
        numbered = text.startswith("{number}")
        heads.update(_DIGITS if numbered else [re.split(rf"\.\.\.|{_CHOICE}|[…*{{'’\s]", text.lower())[0]])
    return () if "" in heads else tuple(sorted(heads))


def _beginnings(phrase: str) -> list[str]:
    """Return the phrase with each of the words of the choice that it begins with."""
    choice = re.match(_CHOICE, phrase)
    return [each + phrase[choice.end() :] for each in choice[0][1:-1].split("|")] if choice else [phrase]


def needs_of(phrases: Iterable[str]) -> tuple[str, ...]:
    """Return the longest word or run of characters of each phrase, or, if that is one character, the words of its last choice."""
    return tuple(need for phrase in phrases for need in _needs(phrase))


def _needs(phrase: str) -> list[str]:
    longest = max(re.split(rf"…|\.\.\.|\{{\w+\}}|{_CHOICE}|\*|['’]", phrase), key=len).strip()
    choices = re.findall(_CHOICE, phrase) if len(longest) < 2 else []
    return choices[-1][1:-1].split("|") if choices else [longest]


def is_wild(phrase: str) -> bool:
    """Return True if a phrase begins with words that are not known."""
    return phrase.startswith(("…", "*", "{title}", "{date}"))


def parts_of(phrase: str) -> tuple[str, ...]:
    """Return what a text with this phrase contains in lower case, the longest part first, without what is typed in several ways."""
    parts = re.split(rf"…|\.\.\.|\{{\w+\}}|{_CHOICE}|\*|['’]|\s+", phrase.lower())
    return tuple(sorted(filter(None, dict.fromkeys(parts)), key=lambda part: (-len(part), part)))


def shortest(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names without those that contain another one."""
    kept: list[str] = []
    for name in sorted(set(names), key=lambda name: (len(name), name)):  # builds are the same each time
        if not any(each in name for each in kept):
            kept.append(name)
    return tuple(kept)


def is_han(word: str) -> bool:
    return "\u3041" <= word.strip("*")[:1] <= "\ud7a3"
