r"""Words as they are written in TeX: `Suonp\"a\"a` is Suonpää, `40\%` is 40%, `\emph{wet}` is wet."""

from __future__ import annotations

import re
from functools import partial
from unicodedata import normalize

from feed2doc._text.lazy_re import pattern

DOLLAR = r"\$"
"""How TeX writes the sign that otherwise begins and ends a formula."""

# Accents (the TeXbook, chapter 9) as combining characters.
_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    '"': "\u0308",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "r": "\u030a",
    "c": "\u0327",
    "k": "\u0328",
    "d": "\u0323",
    "b": "\u0331",
}
_LETTERS = {
    "ss": "ß",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "i": "ı",
    "j": "ȷ",
    "S": "§",
    "P": "¶",
    "pounds": "£",
    "textendash": "–",
    "textemdash": "—",
    "ldots": "…",
    "dots": "…",
}
# An accent over a letter, a letter by its name, a command with words in braces, a sign with a backslash. A formula is kept.
_WRITTEN = pattern(
    r"(?P<formula>(?<!\\)\$(?:\\.|[^$\\]){1,2000}(?<!\\)\$|\\\(.{1,2000}?\\\)|\\\[.{1,2000}?\\\])"
    r"|\\(?P<accent>[`'^\"~=.]|[uvHrckdb](?=\{|\s?\\[ij]\b))\s?(?:\{(?:\\(?P<dotless>[ij])|(?P<braced>[^\W\d_]))\}|(?:\\(?P<bare>[ij])(?![a-zA-Z])|(?P<letter>[^\W\d_])))"
    r"|\\(?P<name>ss|ae|AE|oe|OE|aa|AA|textendash|textemdash|ldots|dots|pounds|[oOlLijSP])(?![a-zA-Z])(?:\{\}|\s(?=[a-z]))?"
    r"|\\(?:emph|text(?:bf|it|tt|sc|rm|sf|sl)?|underline)\{(?P<words>[^{}\\$]{1,400})\}"
    r"|\\(?P<sign>[%$&#_{}])"
)


def words_of_tex(text: str, dollar: str = "$") -> str:
    """Return a text with the words that TeX would set, and this for its sign of a dollar. Its formulas stay as they are."""
    if "\\" not in text:
        return text
    return normalize("NFC", _WRITTEN.sub(partial(_set, dollar), text))


def _set(dollar: str, found: re.Match[str]) -> str:
    if found["sign"] == "$":
        return dollar
    if found["formula"] or found["words"] or found["sign"]:
        return found["formula"] or found["words"] or found["sign"]
    if found["name"]:
        return _LETTERS[found["name"]]
    letter = found["dotless"] or found["bare"] or found["braced"] or found["letter"]
    return letter + _ACCENTS[found["accent"]]
