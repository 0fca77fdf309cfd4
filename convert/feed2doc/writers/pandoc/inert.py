"""Text that a format's own programs read as nothing but text, where pandoc's writers leave it as it is.

A paragraph `.. include:: /etc/passwd` is a directive in reStructuredText, and `{{groovy}}` a program in XWiki.
"""

from __future__ import annotations

import re
import string
from functools import cache
from typing import Any

from feed2doc._text.lazy_re import pattern
from feed2doc.writers._shared import escape
from feed2doc.writers.pandoc.syntaxes import SYNTAXES, WORD_JOINER, Syntax

# Marks at the beginning of a word, which pandoc may put at the beginning of a line, and of a numbered item.
_AT_START = r"^(?:[\"'(]++(?![\w\s])|[!#%&*+,./:;<=>?@\\^_`{|}~\[\]-]+)"
_NUMBER = r"^(?P<number>\(?(?:[0-9]{1,9}|[A-Za-z]|[IVXLCDMivxlcdm]{2,9}))[.)]$"
# A colon that is neither the end of a word nor in a time.
_COLON = r"(?<!\w):|:(?!$)(?!(?<=[0-9]:)[0-9])"


# Code without brackets and marks of other syntax: `--flag=value`, `a == b`.
_HARMLESS = pattern(r"(?! )[A-Za-z0-9_ =.,:;/()'!?+-]{1,200}(?<! )")


@cache
def _pattern(syntax: Syntax, is_inside: bool, is_last: bool) -> re.Pattern[str]:
    parts = [_COLON] if is_inside else [_AT_START, _NUMBER, _COLON]
    parts = parts if syntax.by_place else []
    if syntax.special:
        parts.append(f"[{re.escape(syntax.special)}]+")
    if syntax.doubled:
        doubled = f"[{re.escape(syntax.doubled)}]"
        parts.append(f"{doubled}{{2,}}|^{doubled}" + (f"|{doubled}$" if is_last else ""))
    if syntax.words and not is_inside:
        parts.insert(0, rf"^(?P<word>{syntax.words})[.:]")
    return re.compile("|".join(parts))


def inert_label(text: str, name: str) -> str:
    """Return the text of a title or label, without marks if the format is a markup language."""
    syntax = SYNTAXES.get(name)
    return " ".join(re.sub(syntax.label, " ", text).split()) if syntax else text


def inert_alt(text: str, name: str) -> str:
    """Return the alternative text of a picture. In JATS pandoc does not escape it."""
    return escape.text(text) if name.startswith("jats") else inert_label(text, name)


def inert_field(value: str, name: str) -> str:
    """Return a field of a reference; in CSL JSON it may contain tags, which have no escape."""
    return value.replace("<", "<" + WORD_JOINER) if name == "csljson" else value


def inert_keyword(text: str, extension: str) -> str:
    """Return a keyword. Pandoc writes it into an attribute of HTML, in which it does not escape quotation marks."""
    return text.replace('"', "'") if extension in ("html", "epub", "zip") else text


def inert_code(code: str, name: str) -> list[dict[str, Any]]:
    """Return code in a line as pandoc nodes; it is escaped text if the format's code cannot contain it."""
    syntax = SYNTAXES.get(name)
    if syntax and syntax.uncoded and re.search(syntax.uncoded, code):
        if syntax.other and _HARMLESS.fullmatch(code):
            return [{"t": "RawInline", "c": [syntax.raw, f"{syntax.other}{code}{syntax.other}"]}]
        return inert(code, name)
    if syntax is None or not syntax.code[0]:
        return [{"t": "Code", "c": [["", [], []], code]}]
    escaped = "".join(syntax.escape(c) if c in string.punctuation else c for c in code)
    return [{"t": "RawInline", "c": [syntax.raw, escaped.join(syntax.code)]}]


def is_inert_block(code: str, name: str) -> bool:
    """Return True if a code block in this format can contain the code, else it would end early or include a file."""
    syntax = SYNTAXES.get(name)
    return not syntax or not syntax.ends or not re.search(syntax.ends, code, re.I)


def is_inert_formula(tex: str, name: str) -> bool:
    """Return True if nothing in the TeX would end the formula in this format."""
    return name not in SYNTAXES or not re.search("[`@]", tex)


def has_plain_headings(name: str) -> bool:
    """Return True if pandoc drops raw text from headings."""
    return name == "dokuwiki"


def has_plain_links(name: str) -> bool:
    """Return True if pandoc drops raw text from the text of links."""
    return name in ("dokuwiki", "haddock")


def inert(word: str, name: str, *, is_inside: bool = False, is_last: bool = True) -> list[dict[str, Any]]:
    """Return a word as pandoc nodes that the format's programs read as nothing but text.

    `is_inside` says that it follows something else without a space, so that it is never at the beginning of a line.
    """
    syntax = SYNTAXES.get(name)
    if syntax is None:
        return [{"t": "Str", "c": word}] if word else []
    row: list[dict[str, Any]] = []
    at = 0
    for found in _pattern(syntax, is_inside, is_last).finditer(word):
        start = found.end() - 1 if found.lastgroup else found.start()
        escaped = syntax.escape(word[start : found.end()])
        row += [{"t": "Str", "c": word[at:start]}] if start > at else []
        row.append(
            {"t": "RawInline", "c": [syntax.raw, escaped]} if syntax.raw else {"t": "Str", "c": escaped}
        )
        at = found.end()
    return [*row, {"t": "Str", "c": word[at:]}] if at < len(word) else row
