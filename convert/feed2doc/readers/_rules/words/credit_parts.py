"""The parts of a line that states several credits: `记者：林海　责编：梅林`, `Ann Ba (text) and Bo Cy (photos)`."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from feed2doc._text.cjk import HAN_LETTER
from feed2doc._text.han_names import is_han_name, surnames
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._rules.names import AND
from feed2doc.readers._rules.words.phrases import WordSearch, any_of, is_han

# Characters that may be before and after a label in a line of several credits, and signs after which it may begin with a small
# letter.
# A match begins where a run of them begins, or a long run would be searched from each of its characters.
_ICONS = "✍✏📝📷📸🎬🎨🎤🎙🖊🖋\ufe0f"
_BEFORE_LABEL = rf"(?<![\s；;/／，,、.。|｜·)）–—{_ICONS}])[\s；;/／，,、.。|｜·)）–—{_ICONS}]++"
_SIGNS_AFTER = "：:/／｜|丨︱＝="
_AFTER = f" \t\u00a0\u3000・]】］〕{_SIGNS_AFTER}"
_AFTER_LABEL = frozenset(_AFTER)
# After a label of one character there is a colon or the like: `文＝潮、訳＝渚`. There may be one of the others after all of them.
_AFTER_SHORT = frozenset(_SIGNS_AFTER) - {"/", "／"}
_AFTER_ALL_SHORT = frozenset("/／・")
# Before a label in brackets: `[编辑] 梅林`.
_OPENING = ("（", "(", "[", "【", "［", "〔")
_SQUARE = ("[", "［")
_CLOSING = frozenset("]】］〕")
# The end of a part: the label is a title (`김바다 기자 · 번역 이하늘`).
_AFTER_TITLE = frozenset(f" {sign}" for sign in "·–—-")
_SIGNS = tuple(";；，,｜|·–—-")
# The text between the role of a name and the next name: `Ann Ba (text) and `, `林海/文 `, `林海 著 `.
_BETWEEN = (
    r"(?P<between>\s{0,3}(?:[,，、;；/／|｜·•&+]\s{0,3}"
    rf"|(?:{AND}|及|和|與|与)\s{{1,3}}|(?<=\s))(?=\S))"
)
_BEFORE_ROLE = frozenset("(（[［/／")
_ROLE_AFTER_SIGN = pattern(
    rf"(?:[(（[［]\s?([^()（）\[\]［］]{{1,20}}?)\s?[)）\]］]|[/／]\s?({HAN_LETTER}{{1,4}})){_BETWEEN}"
)
# A label that is not known, after a bar between other credits: `Edição: Ana Mar | Mapas: Bo Cy`.
_OTHER_LABEL = pattern(r"(?<=\S)\s{1,3}[|｜/／·•–—-]\s{1,3}(?=[^\W\d_][^:：|｜/／·•]{1,24}[:：]\s?\S)")
# A label in Han characters that is not known, after a space: `每经记者：林海 每经编辑：梅林`.
_OTHER_HAN_LABEL = pattern(r"(?<=\S)\s{1,3}(?=[^\W\d_A-Za-z\u00c0-\u06ff]{2,8}[：:｜|丨︱]\S)")
# A title before an address, and what is between an address and the next reporter.
_TITLE_BEFORE_ADDRESS = pattern(r"[\uac00-\ud7a3]{2,8}\s\S{1,40}@")
_AFTER_ADDRESS = pattern(r"(?<=[a-z])\s?[,·]\s?(?=[\uac00-\ud7a3]{2,4}\s?기자\s\S{1,40}@)")
# The name of a paper and a label, after a space.
_AFTER_SPACE = pattern(r"(?<=\S)\s{1,8}([^\W\d_A-Za-z\u00c0-\u06ff]{3,10})(?=[\s：:｜|丨/／])")
# A name and a label without a space, between colons.
_NAME_AND_LABEL = pattern(r"(?<=[：:])([^\W\d_A-Za-z\u00c0-\u06ff]{4,8})(?=[：:])")
_SHORTEST_NAME, _LONGEST_NAME, _LONGEST_WORD = 2, 3, 8
_REPORTERS = ("记者", "記者", "编辑", "編輯")
_SIGNS_AFTER_HAN = "：:｜|丨︱"
# Separators around one of several credits in a line.
_AROUND = f" \u00a0/／|｜·–—、，,;；-\u3000{_ICONS}"
# The full stop between two credits. That of an initial or of `Jr.` is part of the name.
STOP = pattern(r"。$|(?<=[^\W\d_]{2})(?<!\b[JS]r)\.$")
_BRACKETS = (("（", "）"), ("(", ")"), ("[", "]"), ("［", "］"), ("【", "】"), ("〔", "〕"))


class CreditParts:
    """Splits lines at `labels`, and after `roles` that follow a name, some of them after a space (`apart`)."""

    def __init__(self, labels: Iterable[str], roles: Iterable[str], apart: Iterable[str]) -> None:
        self._labels = frozenset(labels)
        self._roles = frozenset(roles)
        self._apart = frozenset(apart)

    def is_label(self, text: str) -> bool:
        """Return True if a text is a label and nothing else."""
        return text in self._labels

    def of(self, text: str) -> list[str]:
        """Return one text for each credit, without the signs between them, or the text if there is only one."""
        cuts = sorted(self._cuts(text))
        if not cuts:
            return [text]
        while cuts and self.is_label(_trimmed(text[: cuts[0][0]])):  # `文／记者林海`
            del cuts[0]
        if not cuts:
            return [text]
        ends, starts = zip(*cuts, strict=True)
        parts = [text[a:b] for a, b in zip((0, *starts), (*ends, len(text)), strict=True) if a < b]
        trimmed = [*(STOP.sub("", _trimmed(part)) for part in parts[:-1]), _trimmed(parts[-1])]
        return [part for part in trimmed if part]

    def _cuts(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the places between two credits, as the end of one and the start of the next."""
        if any(map(text.__contains__, _AFTER_LABEL)):
            is_short = self._is_short(text)
            first = max(self._search.ends_at(text, 0), default=0)  # `Ein Bericht von`
            for found in self._before_label.finditer(text, first):
                if self._is_between(text, found, is_short):
                    yield found.end(), found.end()
        if any(map(text.__contains__, _BEFORE_ROLE)) and not self._begins_with_bracket(text):
            for found in _ROLE_AFTER_SIGN.finditer(text):
                if (found[1] or found[2]).lower() in self._roles:
                    yield found.span("between")
        if not self._apart.isdisjoint(text.split()[1:-1]) and not self._begins_with_label(text):
            for found in self._role_after_space.finditer(text):
                yield found.span("between")
        if text.count(":") + text.count("：") > 1:
            for found in _OTHER_LABEL.finditer(text):
                yield found.end(), found.end()
            yield from self._glued(text)
        if " " in text and any(map(text.__contains__, _REPORTERS)):
            yield from self._after_papers(text)
        if text.count("@") > 1:
            for found in _AFTER_ADDRESS.finditer(text):
                yield found.span()
        if sum(map(text.count, _SIGNS_AFTER_HAN)) > 1:
            for found in _OTHER_HAN_LABEL.finditer(text):
                yield found.end(), found.end()

    def _glued(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the places between a name of Han characters and the next label, of one word or two: `编辑：林海生文字校对：梅林`."""
        for found in _NAME_AND_LABEL.finditer(text):
            start, end = found.span(1)
            for at in range(start + _SHORTEST_NAME, start + _LONGEST_NAME + 1):
                ends = set(self._search.ends_at(text, at))
                if text[start] in surnames() and (
                    end in ends or any(end in self._search.ends_at(text, middle) for middle in ends)
                ):
                    yield at, at
                    break

    def _after_papers(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the places before the name of a paper and a label: `海港记者 林海 海港编辑 梅林`."""
        for found in _AFTER_SPACE.finditer(text):
            for at in range(found.start(1) + 1, found.end(1)):
                if any(end == found.end(1) and end - at > 1 for end in self._search.ends_at(text, at)):
                    yield found.start(1), found.start(1)
                    break

    def _is_short(self, text: str) -> bool:
        """Return True if the first label has one character and a slash or a dot, so that others may: `文/林海 图/梅林`."""
        return text.lstrip("（(")[1:3].lstrip()[:1] in _AFTER_ALL_SHORT

    def _begins_with_label(self, text: str) -> bool:
        """Return True if a label and a sign are before the first name: `文 ｜ 林海　编 ｜ 梅林`, `文 / Ann Ba 译 / 林海`."""
        signs = _AFTER_SHORT | _AFTER_ALL_SHORT if self._is_short(text) else _AFTER_SHORT
        return any(text[end:].lstrip()[:1] in signs for end in self._search.ends_at(text, 0))

    def _begins_with_bracket(self, text: str) -> bool:
        """Return True if a label in square brackets is before the first name: `[文字] 林海 [编辑] 梅林`."""
        return text.startswith(_SQUARE) and any(
            text[end : end + 1] in ("]", "］") for end in self._search.ends_at(text, 1)
        )

    @cached_property
    def _search(self) -> WordSearch:
        return WordSearch(self._labels)

    @cached_property
    def _small_search(self) -> WordSearch:
        return WordSearch(label[0].lower() + label[1:] for label in self._labels)

    @cached_property
    def _role_after_space(self) -> re.Pattern[str]:
        return re.compile(rf"(?<={HAN_LETTER})\s(?:{any_of(self._apart)}){_BETWEEN}")

    @cached_property
    def _before_label(self) -> re.Pattern[str]:
        """The pattern of what may be between two credits: it ends before a bracket or the first character of a label."""
        first = {*_OPENING, *(each for label in self._labels for each in (label[0], label[0].lower()))}
        return re.compile(f"{_BEFORE_LABEL}(?=[{re.escape(''.join(sorted(first)))}])")

    def _is_between(self, text: str, found: re.Match[str], is_short: bool) -> bool:
        """Return True if a label follows these signs and spaces, perhaps in brackets or, after a sign, with a small letter.

        `is_short` means that the text begins with a label of one character and a slash or dot, so that others may, too.
        """
        end = found.end()
        after = end + text.startswith(_OPENING, end)
        before = found[0][:-1] if found[0][-1].isspace() else found[0]
        is_small = text[after : after + 1].islower()
        if is_small and after == end and not before.endswith(_SIGNS):  # `di` in a sentence
            return False
        signs = _AFTER_SHORT | _AFTER_ALL_SHORT if is_short else _AFTER_SHORT
        if after > end:
            signs |= _CLOSING
        if "@" in text and _TITLE_BEFORE_ADDRESS.match(text, after):  # `김바다 기자 kim@quay.example`
            return False
        if _is_label(text, after, self._search.ends_at(text, after), signs):
            return True
        ends = self._small_search.ends_at(text, after)
        may_be_small = before.endswith(_SIGNS) or after > end
        return may_be_small and _is_label(text, after, ends, _AFTER_SHORT)


def _is_label(text: str, start: int, ends: Iterable[int], short: frozenset[str]) -> bool:
    """Return True if one of these labels is before a sign, or one of several characters before a word or a surname."""
    return any(
        (text[end : end + 1] in _AFTER_LABEL and text[end : end + 2] not in _AFTER_TITLE)
        or (is_han(text[start]) and _is_name(text[end:]))
        if end - start > 1
        else text[end : end + 2].lstrip()[:1] in short
        for end in ends
    )


def _is_name(text: str) -> bool:
    """Return True if a text begins with one of the surnames that few words begin with, or its first word is a name."""
    return text[:1] in _surnames() or (bool(words := text[:_LONGEST_WORD].split()) and is_han_name(words[0]))


@functools.cache
def _surnames() -> frozenset[str]:
    return frozenset(surnames())


def _trimmed(part: str) -> str:
    """Return one of several credits without the signs around it and the half of a bracket around them all."""
    part = part.strip().strip(_AROUND)
    for opening, closing in _BRACKETS:
        if part.startswith(opening) and closing not in part:
            part = part[1:].strip(_AROUND)
        elif closing in part and opening not in part:
            before, _, after = part.partition(closing)
            part = f"{before} {after}".strip(_AROUND)
    return part
