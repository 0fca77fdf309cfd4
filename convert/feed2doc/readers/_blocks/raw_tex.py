"""TeX among the words of a line, which a script of the page would set."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import msgspec

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc._text.tex_words import DOLLAR

_ENVIRONMENTS = frozenset(
    [
        "align",
        "alignat",
        "aligned",
        "array",
        "bmatrix",
        "cases",
        "displaymath",
        "eqnarray",
        "equation",
        "flalign",
        "gather",
        "gathered",
        "math",
        "matrix",
        "multline",
        "pmatrix",
        "split",
        "vmatrix",
    ]
)
# Delimiters of TeX. A backslash before another one, or before a dollar sign, is not one.
_DELIMITER = pattern(
    r"\\\\|\\\$|(?<!\$)(?:\${6}|\${3})(?!\$)|\$\$|\$|\\[()\[\]]|\\(?:begin|end)\{([a-z]{1,20})\*?\}"
)
# Those of Codeforces, in a line and on a line of their own.
_THREE = "$$$"
_CLOSING = {"\\(": "\\)", "\\[": "\\]", "$$": "$$", "$": "$", _THREE: _THREE, 2 * _THREE: 2 * _THREE}
_WORDPRESS = "latex "


class _Candidate(msgspec.Struct, frozen=True):
    """A piece of text that may be a formula: its place with and without delimiters."""

    start: int
    end: int
    tex: str
    opening: str

    @property
    def display(self) -> bool:
        return self.opening not in ("\\(", "$", _THREE)


def may_have_tex(text: str) -> bool:
    """Return True if the text may contain TeX, as very few do."""
    if "\\" in text and ("\\(" in text or "\\[" in text or "\\begin{" in text):
        return True
    return "$" in text and (text.count("$") > 1 or DOLLAR in text)


def with_formulas(content: m.Inlines, *, is_tex: bool = False) -> m.Inlines:
    """Return the line with the TeX in its texts as formulas. TeX with errors, prices and words stay text.

    With `is_tex`, all of it is TeX, in which a sign of a dollar has a backslash before it.
    """
    row: list[m.Inline] = []
    for is_text, group in groupby(content, lambda node: isinstance(node, m.Text | m.LineBreak)):
        nodes = list(group)
        if is_text:
            row += map(_with_dollars, _formulas_in(nodes)) if is_tex else _formulas_in(nodes)
            continue
        for node in nodes:
            inner = getattr(node, "content", None)
            row.append(
                msgspec.structs.replace(node, content=with_formulas(inner, is_tex=is_tex)) if inner else node
            )
    return tuple(row)


def _with_dollars(node: m.Inline) -> m.Inline:
    return m.Text(node.value.replace(DOLLAR, "$")) if type(node) is m.Text else node


def _formulas_in(nodes: list[m.Inline]) -> list[m.Inline]:
    text = m.plain_text(tuple(nodes))
    if not may_have_tex(text):
        return nodes
    row: list[m.Inline] = []
    at = 0
    for candidate, formula in _found_in(text):
        row += _texts(text[at : candidate.start])
        row.append(formula)
        at = candidate.end
    return [*row, *_texts(text[at:])] if at else nodes


def _texts(text: str) -> Iterator[m.Inline]:
    """Yield the text as nodes, line ends as breaks."""
    for number, line in enumerate(text.split("\n")):
        if number:
            yield m.LineBreak()
        if line:
            yield m.Text(line)


def _found_in(text: str) -> list[tuple[_Candidate, m.Math]]:
    """Return the formulas in a text. A number alone is one only next to others: `$3$` is a price elsewhere."""
    from feed2doc.formulas.convert import formula_of_tex
    from feed2doc.formulas.tex import is_certain, is_formula

    found = [candidate for candidate in _candidates(text) if is_formula(candidate.tex)]
    certain = ["$" not in candidate.opening or is_certain(candidate.tex) for candidate in found]
    if not any(certain):
        return []
    made = []
    for candidate, is_sure in zip(found, certain, strict=True):
        if is_sure or candidate.tex.strip().isdecimal():
            printed = text[candidate.start : candidate.end].replace(_THREE, "$")
            formula = formula_of_tex(candidate.tex, display=candidate.display, printed=printed)
            if formula is not None:
                made.append((candidate, formula))
    return made


def _candidates(text: str) -> Iterator[_Candidate]:
    """Yield what is between matching delimiters, in one pass."""
    opening, start, inside, depth = "", 0, 0, 0
    for found in _DELIMITER.finditer(text):
        sign, name = found[0], found[1]
        if not opening:
            if sign in _CLOSING and (sign != "$" or _opens(text, found.start())):
                opening, start, inside = sign, found.start(), found.end()
            elif name in _ENVIRONMENTS and sign.startswith("\\begin"):
                opening, start, inside, depth = sign, found.start(), found.start(), 1
            continue
        if sign == _CLOSING.get(opening):
            if sign != "$" or _closes(text, found.start()):
                tex = text[inside : found.start()].strip()
                yield _Candidate(start, found.end(), tex.removeprefix(_WORDPRESS), opening)
                opening = ""
            elif _opens(text, found.start()):
                start, inside = found.start(), found.end()
            else:
                opening = ""
        elif opening.startswith("\\begin") and name is not None:
            depth += 1 if sign.startswith("\\begin") else -1
            if depth == 0:
                yield _Candidate(start, found.end(), text[inside : found.end()], opening)
                opening = ""


def _opens(text: str, at: int) -> bool:
    """Return True if the dollar sign here can begin a formula: `US$5` and `$ 5` do not."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return not (before.isascii() and before.isalnum()) and bool(after.strip())


def _closes(text: str, at: int) -> bool:
    """Return True if the dollar sign here can end a formula: in `$5 and $6` it does not."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(before.strip()) and not (after.isascii() and after.isalnum())
