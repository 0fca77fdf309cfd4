"""Bylines in Korean, with places and roles before an equals sign, and in Korean or Chinese, with where someone works."""

from __future__ import annotations

from feed2doc._text.han_names import is_han_name, is_korean_person, is_office
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._rules.words.lexicon import Lexicon

_SYLLABLE = "[\uac00-\ud7a3]"
# A place, perhaps with a paper, before a name: `부산=김바다`, `부산=QBC뉴스 김바다`.
_PLACE = pattern(rf"^{_SYLLABLE}{{2,8}}=(?:[A-Za-z\uac00-\ud7a3]{{2,12}}\s)??(?={_SYLLABLE}{{2,4}}(?:\s|$))")
# Two roles and a name: `기획·구성=김바다 기자`.
_ROLES = pattern(
    rf"(?:^|,\s?){_SYLLABLE}{{2,4}}(?:·{_SYLLABLE}{{2,4}}){{1,2}}={_SYLLABLE}{{2,4}}(?:\s기자)?(?=,|$)"
)
# A name of three syllables, perhaps where someone works, and as what: `김바다 항구중학교 역사 교사`, `김바다 항구연구소`.
_OFFICE = pattern(
    rf"(?P<name>{_SYLLABLE}{{3}})(?:\s{_SYLLABLE}{{2,16}}){{0,4}}\s(?P<office>{_SYLLABLE}{{2,8}})"
)


def without_roles(text: str) -> str:
    """Return a byline without those who have two other roles, unless nothing else is left."""
    return (_ROLES.sub("", text) or text) if "=" in text and "·" in text else text


def without_office(printed: str, words: Lexicon) -> str:
    """Return a name without the place before it, and where and as what this person works."""
    if "=" in printed:
        printed = _PLACE.sub("", printed)
    first, _, rest = printed.partition(" ")
    if is_office(rest) and is_han_name(first):  # `林海 海港大学教授`
        return first
    office = _OFFICE.fullmatch(printed) if printed[:1] >= "\uac00" and " " in printed else None
    if office is None or not is_korean_person(office["name"]):
        return printed
    return office["name"] if words.find("profession", office["office"]) else printed
