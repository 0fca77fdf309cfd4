"""Phrases of word files as regular expressions.

In a phrase, `…` stands for any words, `{name}` for persons, `*` for a few Han characters, and `...` for an ellipsis,
however it is typed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cached_property

_ELLIPSIS = r"\s?(?:\.{3,6}|…{1,2})"
_LONGEST_BEFORE, _LONGEST_BETWEEN, LONGEST_AFTER = 160, 80, 400


def template(
    phrase: str,
    *,
    before: int = _LONGEST_BEFORE,
    between: int = _LONGEST_BETWEEN,
    after: int = LONGEST_AFTER,
    plain: bool = False,
) -> str:
    """Return the regular expression of a phrase. The numbers are the most characters that `…` stands for, by its place.

    With `plain`, these are characters other than spaces and punctuation.
    """
    what = r"[^\s，。！？、；：,.!?;:（）()]" if plain else "."
    parts = re.split(r"(…|\{name\})", phrase)
    from_place = r"(?:[自从從在于於]\w{2,10})?" if is_han(phrase.replace("{name}", "")) else ""
    made = ""
    for at, part in enumerate(parts):
        if part == "…":
            last = not any(parts[at + 1 :])
            most = before if not made else after if last else between
            made += f"{what}{{{0 if last else 1},{most}}}?"
        elif part == "{name}":
            made += (
                rf"(?P<person>[^。，,！？!?：:]{{2,100}}?)\s*(?:[（(][^（）()]{{1,40}}[)）])?\s*{from_place}"
            )
        else:
            made += _literal(part)
    return made


def _literal(text: str) -> str:
    escaped = re.escape(text).replace(r"\.\.\.", _ELLIPSIS).replace(r"\*", r"\w{0,6}")
    return escaped.replace(r"\ ", r"\s+").replace("'", "['’]")


def any_of(words: Iterable[str]) -> str:
    """Return the alternatives, the longest first, so that a label is not taken for the beginning of a longer one."""
    return "|".join(map(_literal, sorted(dict.fromkeys(words), key=lambda word: (-len(word), word))))


class WordSearch:
    """A search for any of very many words, compiled on first use."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = words

    search = cached_property(lambda self: re.compile(search_tree({*self._words})).search)


def search_tree(words: Collection[str]) -> str:
    """Return the alternatives as a tree of their beginnings, so that few of very many words are tried at each place."""
    tails: dict[str, set[str]] = {}
    for word in words:
        if word:
            tails.setdefault(word[0], set()).add(word[1:])
    parts = [
        re.escape(head) + (search_tree(rest) if any(rest) else "") for head, rest in sorted(tails.items())
    ]
    if "" in words:
        parts.append("")
    return f"(?:{'|'.join(parts)})" if parts else "(?!)"


def starts_of(phrases: Iterable[str]) -> tuple[str, ...]:
    """Return the first characters of these phrases, or () if one of them may begin with anything."""
    heads = {re.split(r"\.\.\.|[…*{]", phrase.lower())[0][:2].rstrip() for phrase in phrases}
    return () if "" in heads else tuple(sorted(heads))


def needs_of(phrases: Iterable[str]) -> tuple[str, ...]:
    """Return the longest word or run of characters of each phrase."""
    return tuple(max(re.split(r"…|\.\.\.|\{name\}|\*|['’]", phrase), key=len).strip() for phrase in phrases)


def shortest(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names without those that contain another one."""
    kept: list[str] = []
    for name in sorted(set(names), key=lambda name: (len(name), name)):  # builds are the same each time
        if not any(each in name for each in kept):
            kept.append(name)
    return tuple(kept)


def is_han(word: str) -> bool:
    return "\u3041" <= word.strip("*")[:1] <= "\ud7a3"
