"""TeX as it is written in articles: whether a text is a formula, and its MathML."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.formulas.mathml import clean_mathml, parse_mathml

if TYPE_CHECKING:
    from lxml.etree import _Element
    from math_core import LatexToMathML

LONGEST = 10_000
# math-core takes twice as long for each bracket that is not closed.
_MOST_OPEN = 10
_OPENS = pattern(
    r"\\[\\]|\\\{|[(\[]|\\(?:langle|lfloor|lceil|lbrace|lbrack|lvert|lVert|lgroup|lmoustache)(?![A-Za-z])"
)
_CLOSES = pattern(
    r"\\[\\]|\\\}|[)\]]|\\(?:rangle|rfloor|rceil|rbrace|rbrack|rvert|rVert|rgroup|rmoustache)(?![A-Za-z])"
)
# Macros that a formula defines multiply its size.
_MOST_MACROS, _LONGEST_MATHML = 100, 200_000
# Longer formulas are rare, and a cache of them could grow large.
_LONGEST_KEPT = 200

# Commands whose content stays text in a formula: `\text{if}`, `\begin{align}`, `\operatorname{rank}`.
_WORDED = pattern(
    r"\\(?:text\w{0,6}|mbox|hbox|math\w{1,6}|operatorname\*?|begin|end|label|tag)\s?\{[^{}]{0,200}\}"
)
_COMMAND = pattern(r"\\(?:[A-Za-z]+|[,;:!|{}%&#\\ ])")
_PROSE = pattern(r"[^\W\d_]{3}[\s,.;:]+[^\W\d_]{3}|[\u3040-\u9fff\uac00-\ud7af]")
_NAME = pattern(r"[A-Za-z]{2,}(?:_[A-Za-z]{2,})+")
_SIGN = pattern(r"[_^=<>+*/|≤≥≠≈±×÷√∑∫∞∈−→-]")
_WORD = pattern(r"[^\W\d_]{4,}")

# Commands that have no MathML of their own, and environments that would be numbered.
_IGNORED = pattern(
    r"\\(?:label\s?\{[^{}]{0,200}\}|nonumber(?![A-Za-z])|notag(?![A-Za-z])|(?:tiny|small|large|Large|LARGE|huge)(?![A-Za-z]))"
)
_TAG = pattern(r"\\tag\*?\s?\{([^{}]{0,200})\}")
_BOX = pattern(r"\\[mh]box(?![A-Za-z])")
_NUMBERED = pattern(
    r"\\(begin|end)\s?\{(equation|align|gather|multline|split|flalign|eqnarray|displaymath|math)\*?\}"
)
_UNNUMBERED = {
    "align": "aligned",
    "flalign": "aligned",
    "split": "aligned",
    "gather": "gathered",
    "multline": "gathered",
}
# The end of a line with the space below it.
_LINE_END = pattern(r"\\\\(?:\*|\s?\[-?[\d.]{1,6}\s?(?:pt|em|ex|mu|cm|mm|in|pc|px|\\[a-z]{1,20})\])")
# The beginnings and ends of levels of TeX, and the separators of lines and columns.
_DOWN, _UP = ("{", r"\begin", r"\left"), ("}", r"\end", r"\right")
_LEVELS = pattern(r"\\\\|\\(?:begin|end|left|right)(?![A-Za-z])|\\[{}&]|[{}&]")
# Definitions, comments, and commands in labels: the MathML of a formula does not contain them.
_UNREAD = pattern(
    r"\\(?:[egx]?def|let|(?:new|renew|provide)command|DeclareMathOperator)(?![A-Za-z])|(?<!\\)(?:\\\\)*%|\\label\s?\{[^{}]{0,200}\\"
)
# Between two characters of TeX that are a tag, shortcode, link or the end of CDATA in a markup language.
_MARKUP = pattern(r"(?<=\{)(?=[{%#<])|(?<=\])(?=[\](>])|(?<=<)(?=[A-Za-z/!?])")
_ENTITY = pattern(r"&([A-Za-z]{2,40});")


def is_formula(text: str) -> bool:
    """Return True if this TeX looks like a formula, not like words, prices or the name of a variable of a program."""
    text = text.strip()
    if not text or len(text) > LONGEST or _NAME.fullmatch(text):
        return False
    rest = _COMMAND.sub(" ", _WORDED.sub(" ", text))
    if _PROSE.search(rest):
        return False
    is_worded = _WORD.search(rest) is not None
    return not is_worded or _COMMAND.search(text) is not None or _SIGN.search(rest) is not None


def is_certain(text: str) -> bool:
    """Return True if a text that `is_formula` is one even between single dollar signs: `x_1`, `\\alpha`, `n`, `n = 3`."""
    rest = text.strip()
    if _COMMAND.search(rest) or "^" in rest or "_" in rest:
        return True
    has_letter = any(character.isalpha() for character in rest)
    return has_letter and not _WORD.search(rest) and (len(rest) == 1 or _SIGN.search(rest) is not None)


def mathml_of_tex(tex: str, *, display: bool = False) -> _Element | None:
    """Return TeX as MathML, or None if it has an error or a command that is not known."""
    return (_kept if len(tex) <= _LONGEST_KEPT else _converted)(tex, display)


@lru_cache(maxsize=512)
def _kept(tex: str, display: bool) -> _Element | None:
    return _converted(tex, display)


def _converted(tex: str, display: bool) -> _Element | None:
    if not tex.strip() or len(tex) > LONGEST or _unclosed(tex) > _MOST_OPEN:
        return None
    from html.entities import html5

    from math_core import LatexError

    try:
        markup = _converter().convert_with_local_state(_supported(tex), displaystyle=display)
    except LatexError:
        return None
    markup = _ENTITY.sub(
        lambda found: html5.get(found[1] + ";", "") if found[1] not in _XML else found[0], markup
    )
    root = parse_mathml(markup) if len(markup) <= _LONGEST_MATHML else None
    return None if root is None else clean_mathml(root, display=display)


def is_partly_unread(tex: str) -> bool:
    """Return True if TeX that has MathML has parts that are not in it."""
    return _UNREAD.search(tex) is not None


def spaced(tex: str) -> str:
    """Return TeX with spaces, which mean nothing in it, where a markup language would read something else."""
    return _MARKUP.sub(" ", tex)


def _unclosed(tex: str) -> int:
    """Return the number of brackets that are opened and never closed, wherever the others are closed."""
    opened, closed = (
        [found.start() for found in kind.finditer(tex) if found[0] != "\\\\"] for kind in (_OPENS, _CLOSES)
    )
    depth = 0
    for _, step in sorted([*((at, 1) for at in opened), *((at, -1) for at in closed)]):
        depth = max(0, depth + step)
    return depth


_XML = ("lt", "gt", "amp", "quot", "apos")


def _supported(tex: str) -> str:
    """Return the TeX without what matters only for numbers and sizes of equations."""
    tex = _LINE_END.sub(r"\\\\", tex)
    tex = _BOX.sub(r"\\text", _TAG.sub(r"\\qquad\\text{(\1)}", _IGNORED.sub("", tex)))
    return _with_lines(_NUMBERED.sub(_unnumbered, tex))


def _with_lines(tex: str) -> str:
    r"""Return the TeX with an environment around its lines, if `\\` separates lines outside every other one."""
    while (rest := tex.rstrip()).endswith("\\\\"):  # nothing is on the last line
        tex = rest[:-2]
    if "\\\\" not in tex:
        return tex
    depth, signs = 0, set()
    for found in _LEVELS.finditer(tex):
        sign = found[0]
        depth += (sign in _DOWN) - (sign in _UP)
        if depth == 0 and sign in ("\\\\", "&"):
            signs.add(sign)
    if "\\\\" not in signs:
        return tex
    name = "aligned" if "&" in signs else "gathered"
    return rf"\begin{{{name}}}{tex}\end{{{name}}}"


def _unnumbered(found: re.Match[str]) -> str:
    side, name = found[1], found[2]
    if name == "eqnarray":
        return r"\begin{array}{rcl}" if side == "begin" else r"\end{array}"
    return rf"\{side}{{{_UNNUMBERED[name]}}}" if name in _UNNUMBERED else " "


def _converter() -> LatexToMathML:
    from math_core import LatexToMathML

    return LatexToMathML(
        fancy_error=False, xml_namespace=True, allow_unreliable_rendering=True, max_expansions=_MOST_MACROS
    )
