"""Authors between an outlet and a title: `海港日报 | 林海：渡轮回来了`, `Harbour Courier | Ann Ba: The ferry is back`."""

from __future__ import annotations

from msgspec import Struct

from feed2doc._text.cjk import is_han
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._rules.names import are_names

_TITLED = pattern(
    r"(?P<outlet>[^|｜丨︱：:]{1,40}?)(?:\s?[|｜丨︱]\s?|\s[-–—/·•]\s)(?P<person>[^|｜丨︱：:]{2,40}?)\s?(?:[：:]\s?|\s?——)(?P<title>\S.{2,199})"
)
_SIGNS = "|｜丨︱-–—/·•"
_DOTS = frozenset("·•・‧")
_FEWEST_WORDS, _MOST_WORDS = 2, 4
_HANGUL = pattern(r"[\uac00-\ud7a3]{3}(?: 기자)?")


class TitledName(Struct, frozen=True):
    """The parts of such a line."""

    outlet: str
    person: str
    title: str


def titled_name(text: str, *, is_byline: bool = True) -> TitledName | None:
    """Return the parts of a line of an outlet, a person and a title, or None if it is another one.

    In a headline (not `is_byline`), which may begin with other names (`New York: ...`), only Chinese names count.
    """
    if (":" not in text and "：" not in text and "——" not in text) or not any(map(text.__contains__, _SIGNS)):
        return None
    found = _TITLED.fullmatch(text)
    if found is None or not _is_person(found["person"], is_byline=is_byline):
        return None
    if found["title"].isascii() and " " not in found["title"]:  # `Ann Ba | Otto Berg: Photographer`
        return None
    return TitledName(found["outlet"], found["person"].removesuffix(" 기자"), found["title"])


def _is_person(name: str, *, is_byline: bool) -> bool:
    if any(map(is_han, name)):
        from feed2doc._text.han_names import is_han_name

        return is_han_name(name) or (not _DOTS.isdisjoint(name) and are_names(name))
    if not is_byline:
        return False
    if _HANGUL.fullmatch(name):
        return True
    words = name.split()
    return _FEWEST_WORDS <= len(words) <= _MOST_WORDS and are_names(name)
