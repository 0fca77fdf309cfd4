"""Raised, lowered and struck text in plain text: `10⁶`, `H₂O`, `x^(n+1)`, `y_i`, `1st`, `~~5~~ 7`."""

from __future__ import annotations

from feed2doc._text.cjk import is_character
from feed2doc._text.lazy_re import pattern

_ABOVE = dict(zip("0123456789+−-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ", strict=True))
_BELOW = dict(zip("0123456789+−-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))
# Endings of ordinal numbers and abbreviations, which are read without a sign: 1st, XXe, 3er, nº, Mme, Dr. Those of the
# first group also follow digits and Roman numerals.
_ORDINALS = frozenset(
    [
        "st",
        "nd",
        "rd",
        "th",
        "te",
        "ten",
        "ter",
        "tes",
        "e",
        "er",
        "re",
        "ère",
        "ers",
        "ème",
        "eme",
        "ième",
        "ier",
        "iers",
        "ière",
        "nde",
        "nds",
        "d",
        "de",
        "ste",
        "h",
    ]
)
_ABBREVIATIONS = frozenset(
    ["me", "mes", "lle", "lles", "gr", "ie", "ve", "vve", "t", "te", "r", "rs", "e", "os", "th"]
)
_SIGNS = {"o": "º", "a": "ª", "tm": "™", "sm": "℠"}
_ROMAN = pattern(r"(?:^|[^\w])[IVXLCDM]+$")
_REFERENCES = pattern(r"\d{1,3}(?: ?[,;–-] ?\d{1,3})+")
_NUMBER = pattern(r"\d+(?:[.,]\d+)?")
_NOTE_MARK = pattern(r"[\[【][^\[\]【】]{1,9}[\]】]|\(\d{1,2}\)")
_BRACKETS = "[(［（"
_STRIKE = "~~"


def raised_after(before: str, text: str) -> str:
    """Return raised text as it is read after the text before it: an exponent, a note mark, or the end of an ordinal."""
    core = text.strip()
    if not core or core[0] in _BRACKETS:
        return text
    if all(character in _ABOVE for character in core):
        return raised(core) + text[len(text.rstrip()) :]
    last = before[-1:]
    if not last.strip() or not (last.isalnum() or last in ")]}’'ª."):
        return text
    word = core.lower().rstrip(".")
    if _REFERENCES.fullmatch(core) and last.isalpha():
        return "".join(_ABOVE.get(character, character) for character in core)
    if not any(character.isalnum() for character in core):
        return core
    if word in _SIGNS and (last.isdecimal() or last in ".Nn" or len(word) > 1):
        return _SIGNS[word]
    if any(map(is_character, core)):
        return f"({core})"
    if word in _ORDINALS and (last.isdecimal() or _ROMAN.search(before)):
        return core
    if core.rstrip(".") in _ABBREVIATIONS and last.isalpha() and (len(word) > 1 or last.isupper()):
        return core
    return f"^({core})" if " " in core else raised(core)


def lowered_after(before: str, text: str) -> str:
    """Return lowered text as it is read after the text before it: an index, or small print."""
    core = text.strip()
    if core and all(character in _BELOW for character in core):
        return lowered(core)
    if (
        not core
        or core[0] in _BRACKETS
        or " " in core
        or not before[-1:].isalnum()
        or any(map(is_character, core))
    ):
        return text
    return f"_{core}" if core.isalnum() else lowered(core)


def raised_in_code(before: str, text: str) -> str:
    """Return raised text in program text as it is typed: `10^5`, `2^(n+1)`, but `1st` and the mark of a note, `[1]`."""
    core = text.strip()
    last = before[-1:]
    if not any(map(str.isalnum, core)) or _NOTE_MARK.fullmatch(core) or not (last.isalnum() or last in ")]}"):
        return text
    word = core.lower().rstrip(".")
    if (word in _ORDINALS and (last.isdecimal() or _ROMAN.search(before))) or word in _SIGNS:
        return text
    return _typed(core, "^")


def lowered_in_code(before: str, text: str) -> str:
    """Return lowered text in program text as it is typed: `y_i`, `a_(n+1)`."""
    core = text.strip()
    if not any(map(str.isalnum, core)) or not (before[-1:].isalnum() or before[-1:] in ")]}"):
        return text
    return _typed(core, "_")


def _typed(core: str, sign: str) -> str:
    is_whole = core.isalnum() or (core[0] in "(（" and core[-1] in ")）")
    return f"{sign}{core}" if is_whole else f"{sign}({core})"


def struck(text: str) -> str:
    """Return struck text between tildes, as in Markdown, so that it is not read as what replaced it."""
    core = text.strip()
    return text.replace(core, f"{_STRIKE}{core}{_STRIKE}", 1) if core else text


def appended(before: str, text: str) -> str:
    """Return both texts, with a space between struck text and a word that replaces it, if words have spaces."""
    is_replaced = before.endswith(_STRIKE) and text[:1].isalnum() and not is_character(text[:1])
    return f"{before} {text}" if is_replaced else before + text


def raised(text: str) -> str:
    """Return the text as an exponent: in raised characters if all of them exist, else after `^`."""
    return _scripted(text, _ABOVE, "^")


def lowered(text: str) -> str:
    """Return the text as an index: in lowered characters if all of them exist, else after `_`."""
    return _scripted(text, _BELOW, "_")


def _scripted(text: str, characters: dict[str, str], sign: str) -> str:
    compact = text.replace(" ", "")
    if compact and all(character in characters for character in compact):
        return "".join(characters[character] for character in compact)
    is_one = len(compact) == 1 or _NUMBER.fullmatch(compact) is not None
    return f"{sign}{compact}" if is_one else f"{sign}({compact})"
