"""Names of persons, as they are written in any script.

A class with a range of thousands of characters takes 0.5 ms to compile, so Han characters are checked by a function.
"""

from __future__ import annotations

from feed2doc._text.cjk import WIDE_LETTER, is_han
from feed2doc._text.lazy_re import pattern

_CAPITAL = "A-Z\u00c0-\u00d6\u00d8-\u00de\u0141\u0160\u017d\u010c\u0106\u015a\u017b\u0179\u0400-\u042f"
_WORD = rf"(?:[{_CAPITAL}]\.){{1,4}}|(?:[Dd]['’]|Mc|[A-Z]['’]|al-|Al-)?[{_CAPITAL}][A-Za-z\u00c0-\u024f\u0400-\u04ff'’\-]{{1,24}}\.?"
_LATIN_WORD = pattern(_WORD)
_PARTICLES = "de|del|della|di|da|dos|das|do|du|la|le|van|von|vom|zu|zur|der|den|ten|ter|bin|ibn|al|el|af|av"
_ALL_PARTICLES = frozenset(_PARTICLES.split("|"))
_MOST_PARTICLES, _MOST_LATIN = 2, 5
_OTHER = pattern(
    r"[\u3041-\u30ff\u3400-\u9fff]{2,12}|[\uac00-\ud7a3]{2,4}|[\uac00-\ud7a3]{2,3}(?!부)[\uac00-\ud7a3] 기자|[\u0600-\u06ff]{2,16}(?: [\u0600-\u06ff]{2,16}){0,3}"
)
_DOTS = str.maketrans("•・‧", "···")
# The text allowed after a name: `露西•凯拉韦(Lucy Kellaway)`.
_NOTE = pattern(r"(?:(?<!\s)\s+)?[（(][^（）()]{1,40}[)）]$")
_BETWEEN = pattern(r" ?[,，、/／&;；] ?| (?:and|und|et|y|e|и|و|和|与|與) |(?<=\w) ?[和与與及] ?(?=[A-Z])")
_BETWEEN_HAN = pattern(
    rf"(?<={WIDE_LETTER}{{2}}) ?[和与與及] ?(?={WIDE_LETTER})|(?<={WIDE_LETTER}) (?={WIDE_LETTER})"
)
# Where each of several persons was: `Ann Ba in Oslo and Bo Cy in Lower Harbour`.
_IN_PLACE = pattern(rf" in (?:{_WORD})(?: (?:{_WORD}))?(?=,|;| and |$)")
_IN_CAPITALS = pattern(
    r"(?<=\w) (?:IN|À|EN|EM|DESDE|AUS) [A-Z\u00c0-\u00de][^\s\d,]{2,29}(?: [^\s\d,]{2,30})?$"
)
_MOST = 10
_LONGEST_PLACE, _LONGEST_INITIAL = 30, 2
_IN_PLACES = str.maketrans(dict.fromkeys("-./'’"))
IN = "in|from|at|aus|à|en|em|desde|из"
"""Prepositions before the place where someone is, as a part of a pattern."""
AND = "and|und|et|y|e|i|en|och|og|oraz|и|та|ve|dan|và|with|mit|avec|con|com"
"""Conjunctions between names, as a part of a pattern. Some also occur in names (`Ortega y Gasset`)."""
FOR = "for|für|pour|para|per|для"
"""Prepositions before the paper that someone writes for, as a part of a pattern."""


def without_places(text: str) -> str:
    """Return a list of names without the place after each of them, or after all that are in capitals: `ANN BA IN BREST`."""
    if text.isupper() and (found := _IN_CAPITALS.search(text)) and " " in text[: found.start()]:
        return text[: found.start()]
    return _IN_PLACE.sub("", text) if " in " in text else text


def before_place(text: str) -> tuple[str, str]:
    """Return full names and the word after them, which is a place (`Ann Ba, Oslo`), or the text and ""."""
    names, _, last = text.rpartition(", ")
    is_place = names and is_capitalised(last) and len(last) <= _LONGEST_PLACE
    return (names, last) if is_place and all(" " in name for name in names.split(", ")) else (text, "")


def is_capitalised(text: str) -> bool:
    """Return True for one word with a capital, as the name of a place is: `Oslo`, `Aix-en-Provence`, `N.Y.`. Initials are not."""
    return text[:1].isupper() and len(text) > _LONGEST_INITIAL and text.translate(_IN_PLACES).isalpha()


def are_names(text: str) -> bool:
    """Return True if the text is one name or a list of names."""
    parts = _BETWEEN.split(without_places(" ".join(text.split())))
    if any(map(is_han, text)):
        parts = [name for part in parts for name in _BETWEEN_HAN.split(part)]
    return len(parts) <= _MOST and all(_is_name(part) for part in parts if part) and any(parts)


def has_full_name(text: str) -> bool:
    """Return True if one of these names has several words, as those of places in a list seldom have: `Oslo and Bergen`."""
    return any(" " in each.strip() for each in _BETWEEN.split(text))


def are_full_names(text: str) -> bool:
    """Return True if the text is the names of persons, each of several words."""
    return all(" " in each.strip() for each in _BETWEEN.split(text)) and are_names(text)


def _is_name(text: str) -> bool:
    """Return True if the text is a name, perhaps with a note in brackets."""
    name = _NOTE.sub("", text)
    return _is_han_name(name) or _is_latin_name(name) or _OTHER.fullmatch(name) is not None


def _is_latin_name(name: str) -> bool:
    """Return True for `Ann Ba`, `J. R. de la Cruz`. One pattern for all words would take twice as long to compile."""
    first, *others = name.split(" ")
    if _LATIN_WORD.fullmatch(first) is None:
        return False
    count, particles = 1, 0
    for word in others:
        if word in _ALL_PARTICLES:
            particles += 1
        elif _LATIN_WORD.fullmatch(word if len(word) > 1 else f"{word}."):
            count, particles = count + 1, 0
        else:
            return False
        if particles > _MOST_PARTICLES or count > _MOST_LATIN:
            return False
    return not particles


def _is_han_name(name: str) -> bool:
    """Return True for `林海`, `露西•凯拉韦` and `卢西亚•A`."""
    first, *others = name.translate(_DOTS).split("·")
    if not all(map(is_han, first)):
        return False
    if not others:
        return 2 <= len(first) <= 12
    return len(others) <= 3 and all(
        1 <= len(part) <= 8 and all(is_han(char) or "A" <= char <= "Z" for char in part)
        for part in (first, *others)
    )
