"""The times in a header line, and the labels of times and bylines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.times.parsing import Written, parse_time
from feed2doc.readers._article.times.written_times import is_preposition, is_weekday, may_be_in_time
from feed2doc.readers._rules.lookup import Rules

if TYPE_CHECKING:
    from feed2doc.readers._article.header.line import HeaderLine

_MOST_WORDS_OF_A_TIME = 12
# How many words the name of a zone in brackets has at most.
_MOST_IN_BRACKETS = 6
# The words of a line. The colon of a label ends one: `发布时间：2025-03-04`.
_WORDS = pattern(r"(?:[^\s|｜·•：:]|(?<![\u3400-\u9fff]):)+[：:]?")
# A word without any of these has no part of a time that is a number.
_NUMBER = pattern(r"[\d年]")
# How many words the label of a time has at most: `first published on`.
_LONGEST_TIME_LABEL, _LONGEST_ARTICLE = 3, 3
EDGES = " \t,，;；:：|｜·•–—-－─/"
# A word after a time without a space: `14:05配信`.
_AFTER_TIME = pattern(r"(?<=[\d分])(?=[（(]|(?:配信|公開|更新|掲載|発表|发布|發佈|발행)(?![\u3041-\u9fff]))")
# A bracket around a time at the beginning of a line: `（2025年5月5日）林海`.
_BRACKETED = pattern(r"^[（(\[【［](?P<time>(?:19|20)\d\d[-./年][^（）()\[\]【】［］]{3,30})[)）\]】］]")
# Words for what was done at a time, after it: `2025年5月5日 更新 山田太郎`.
_DONE = pattern(r"\s?(?:に?(?:更新|公開|配信|掲載|投稿|発表|作成)|发布|發佈|發布|발행|게재)(?=[\s|／/]|$)")
# A year of the Republic of China below a label: `發布日期：114/05/05`.
_REPUBLIC = pattern(r"(?<=(?:日期|時間)[：:])\s?(1[0-3]\d)(?=\s?[年/.-]\s?\d{1,2}\s?[月/.-]\s?\d)")
_REPUBLIC_BEGAN = 1911
# A label before a time without a space (`송고시간2025-03-01`), and a slash (`林海／2025年5月5日`).
_BEFORE_TIME = pattern(r"(?:(?<=[\uac00-\ud7a3])|[/／])(?=(?:19|20)\d\d[-./年])")
# The text after a time of day that is only partly understood: `AM EDT`.
_REST_OF_TIME = pattern(r"\.?\s*(?i:[ap]\.?m\.?|Uhr|h\.?)?(?:\s+[A-Z]{3,4}(?![^\s,|]))?(?![^\s,|])")
_LONGEST_UPDATE = 24
_CLOCK = pattern(r"\d{1,2}(?:[:.]|\s?h\s?)\d{2}(?!\d)")
_OF_TIMES = ("time_label", "update_label")
_ENDS = ("。", "！", "？")


def take_times(text: str, rules: Rules, line: HeaderLine) -> str:
    """Add the times in a line, and return the line with a separator in place of each."""
    if "年" not in text and not any(map(str.isdigit, text)):
        return text
    kept, end = "", 0
    if "日期" in text or "時間" in text:
        text = _REPUBLIC.sub(lambda year: str(_REPUBLIC_BEGAN + int(year[1])), text)
    text = _BEFORE_TIME.sub(" ", _AFTER_TIME.sub(" ", _BRACKETED.sub(r"\g<time> ", text)))
    for start, stop, written in times_in(text):
        before = text[end:start]
        stated = before.strip(EDGES) + " "
        if (label := rules.search("update_label", stated)) is not None:
            line.updated = line.updated or text[start:stop]
            before = stated[: label[0].start()]
        elif line.time is None:
            line.time, line.time_text = written, text[start:stop]
        else:
            line.updated = line.updated or text[start:stop]
        kept += _without_label(before, rules) + " | "
        found = _REST_OF_TIME.match(text, stop) if written.has_time else None
        end = found.end() if found is not None else stop
        end = done.end() if (done := _DONE.match(text, end)) else end
    return kept + text[end:]


def times_in(text: str) -> Iterator[tuple[int, int, Written]]:
    """Yield the start, end and value of the times in a text. Of overlapping times, the longest at the first place wins."""
    words = [found.span() for found in _WORDS.finditer(text)]
    has_number = [_NUMBER.search(text, start, stop) is not None for start, stop in words]
    ends = _ends_of_runs([text[start:stop] for start, stop in words])
    at = 0
    while at < len(words):
        for last in range(min(ends[at], at + _MOST_WORDS_OF_A_TIME) - 1, at - 1, -1):
            if True not in has_number[at : last + 1]:
                break
            start, stop = words[at][0], words[last][1]
            piece = text[start:stop]
            bare = piece.strip(EDGES)
            if bare.endswith(".") and parse_time(bare[:-1]):
                bare = bare[:-1]
            if written := parse_time(bare):
                # The word before a date may be a weekday or the end of a name: `Ann Ba, 5 May 2025`.
                while len(parts := bare.split(maxsplit=1)) > 1 and (
                    not is_weekday(parts[0]) and parse_time(parts[1]) == written
                ):
                    bare = parts[1]
                if is_preposition((parts := bare.rsplit(maxsplit=1))[-1]) and parse_time(parts[0]) == written:
                    bare = parts[0].rstrip(EDGES)
                start = stop - len(piece) + piece.rindex(bare)
                yield start, start + len(bare), written
                at = last
                break
        at += 1


def without_update_clock(text: str, rules: Rules, line: HeaderLine) -> str:
    """Return a line without the clock of an update on the day of another time: `mis à jour à 11h02 par Anne Dupont`."""
    for found in _CLOCK.finditer(text):
        part = text.rfind("|", 0, found.start()) + 1
        stated = text[part : found.start()].strip(EDGES) + " "
        if (label := rules.search("update_label", stated)) is not None and not label[0].start():
            line.furniture.append(stated + found[0])
            return f"{text[:part]} | {text[found.end() :]}"
    return text


def _ends_of_runs(words: list[str]) -> list[int]:
    """Return, for each word, the position after the last word of the time that may begin with it, or its own if none may.

    The name of a zone in brackets may have any words: `GMT+0800 (Harbour Standard Time)`.
    """
    may_be, left = [], 0  # of the words in a bracket
    for word in words:
        left = _MOST_IN_BRACKETS if "(" in word else left
        may_be.append(left > 0 or may_be_in_time(word))
        left = 0 if ")" in word else left - 1
    ends, end = [], len(words)
    for at in range(len(words) - 1, -1, -1):
        if not may_be[at]:
            end = at
        ends.append(end)
    return ends[::-1]


def _without_label(before: str, rules: Rules) -> str:
    """Return the text before a time without the labels of the time at its end: `By Ann Ba on`, `Artikel vom`."""
    bare = before.rstrip(" ,")
    if is_weekday(bare.rpartition(" ")[2]):
        before = bare.rpartition(" ")[0]
    for _ in range(_LONGEST_TIME_LABEL):
        text = before.rstrip(" :：")
        starts = [len(text)]
        while starts[-1] > 0 and len(starts) <= _LONGEST_TIME_LABEL:
            starts.append(text.rfind(" ", 0, starts[-1] - 1) + 1)
        words = (start for start in reversed(starts[1:]) if "|" not in text[start:])
        cut = next((start for start in words if is_label(text[start:], rules)), None)
        if cut is None:
            break
        is_word = len(text) - cut > _LONGEST_ARTICLE  # `Ann Ba, published on`, not `Port Louis, le`
        before = text[:cut].rstrip(" ," if is_word else " ")
    return before


def is_label(
    text: str, rules: Rules, *, is_element: bool = False, keys: Iterable[str] = ("byline_label", *_OF_TIMES)
) -> bool:
    """Return True if the text is only the label of a byline or a time: `By`, `Published on`.

    The colon after that of an element may be in another one. Without it, `기자` next to a name is a title.
    """
    if ", " in text or text.endswith(_ENDS):  # names, a sentence
        return False
    for key in keys:
        for label in (f"{text} ", f"{text}: ") if is_element else (f"{text} ",):
            found = rules.search(key, label)
            if found is not None and found[0].end() >= len(text):
                return True
    return False


def is_labelled_time(part: str, rules: Rules) -> bool:
    """Return True if a part has a label and a time without a year: `Updated 16:40`, `Updated June 10`."""
    words = part.split()
    for count in range(1, min(_LONGEST_TIME_LABEL, len(words) - 1) + 1):
        rest = " ".join(words[count:])
        if (
            len(rest) <= _LONGEST_UPDATE
            and _NUMBER.search(rest)
            and is_label(" ".join(words[:count]), rules, keys=_OF_TIMES)
        ):
            return True
    return False
