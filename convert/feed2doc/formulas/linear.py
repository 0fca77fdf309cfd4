"""MathML as one line of Unicode text: `a² + b²`, `mv²/2`, `√(1 − x)`."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc._text.powers import lowered, raised
from feed2doc.formulas.mathml import name_of

if TYPE_CHECKING:
    from lxml.etree import _Element


class _TooComplexError(Exception):
    """The formula has parts that do not fit in a line, such as a matrix."""


_INVISIBLE = {**dict.fromkeys(range(0x2061, 0x2065)), 0x2212: "−", 0x200B: None}
_ATOM = pattern(r"∂?\w[⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ′]*|\d+(?:[.,]\d+)?|\w\u0304?|\w[₀-₉]+|[√∛∜]?\([^()]*\)|[√∛∜]\w+")
_FACTORS = pattern(r"(?:[^\W_]|[⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ₀-₉′!.∂∇√∛∜]|\([^()]*\))++")
_SPACED = frozenset("=<>+−-±∓×÷·∗⋅≤≥≠≈≡∼∝∈∉∋⊂⊃⊆⊇∪∩∧∨:≔→←⇒⇔↦⟶⟹⟺⟸≪≫⊕⊗∘∣≲≳⪅⪆≅≃")
_OPENING = frozenset("([{⟨⌊⌈‖|")
_LARGE = frozenset("∑∏∫∮∬∭⋃⋂⨁⨂∐")
_LAST_WORD = pattern(r"(?<![^\W\d_²³¹\u2070-\u209f])[^\W\d_²³¹\u2070-\u209f]++$")
_FIRST_WORD = pattern(r"[^\W\d_²³¹\u2070-\u209f]+")
_ROOTS = {"3": "∛", "4": "∜"}
_PRIMES = frozenset("′″‴'*∗")
_ACCENTS = {
    **dict.fromkeys("^ˆ\u0302", "\u0302"),
    **dict.fromkeys("~˜∼\u0303", "\u0303"),
    **dict.fromkeys("¯‾ˉ_\u0304\u0305\u0332", "\u0304"),
    **dict.fromkeys("˙.\u0307", "\u0307"),
    **dict.fromkeys("¨\u0308", "\u0308"),
    **dict.fromkeys("ˇ\u030c", "\u030c"),
    **dict.fromkeys("→⃗", "\u20d7"),
}
_WIDE = pattern(r"(?:0\.[2-9]|[1-9])\d*(?:\.\d+)?r?em|thick|medium")


def linear(root: _Element) -> str:
    """Return the formula as a line of text, or "" if it has parts that a line cannot show, such as a matrix."""
    try:
        return unicodedata.normalize("NFC", " ".join(_row(list(root)).split()))
    except _TooComplexError:
        return ""


def _row(nodes: list[_Element]) -> str:
    """Return the nodes with spaces around operators between two terms, and around names of functions."""
    written = ""
    after_fraction = False
    for node in nodes:
        piece = _node(node)
        core = piece.strip()
        operator = core if _core_name(node) == "mo" else ""
        if operator in _SPACED and operator:
            is_infix = written.strip() and written.strip()[-1] not in _SPACED | _OPENING | {","}
            written = f"{written.rstrip(' ')} {core} " if is_infix else written + core
        elif operator == ",":
            written = f"{written.rstrip(' ')}, "
        else:
            is_fraction = _core_name(node) == "mfrac" and "/" in piece
            if _touches(written, piece) or (
                (is_fraction or after_fraction) and _ends_in_term(written, piece)
            ):
                written += " "
            written += piece
            after_fraction = is_fraction
            continue
        after_fraction = False
    return written


def _core_name(node: _Element) -> str:
    """Return the name of the element, or of the only one inside rows."""
    while name_of(node) in ("mrow", "mstyle", "mpadded") and len(node) == 1:
        node = node[0]
    return name_of(node)


def _touches(before: str, after: str) -> bool:
    """Return True if two pieces need a space: one is a word (`log`, `sin`), or a large operator comes before."""
    if not before or not after or before[-1] == " ":
        return False
    if before[-1] in _LARGE:
        return after[:1] not in "_^" and after[:1].isalnum()
    ends, starts = _LAST_WORD.search(before), _FIRST_WORD.match(after)
    is_word = (ends and len(ends[0]) > 1 and ends[0].isalpha()) or (starts and len(starts[0]) > 1)
    return bool(
        is_word and (before[-1].isalnum() or before[-1] in ")⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉") and after[0].isalnum()
    )


def _ends_in_term(before: str, after: str) -> bool:
    """Return True if both pieces are terms, so that a fraction would seem to include the other one."""
    return before[-1:].isalnum() and (after[:1].isalnum() or after[:1] in "(∂√")


def _node(node: _Element) -> str:
    name, children = name_of(node), list(node)
    match name, children:
        case (("mi" | "mn" | "mo" | "mtext" | "ms"), _):
            return _token(node.text or "", name)
        case "mspace", _:
            return " " if _WIDE.match(node.get("width", "")) else ""
        case (("mrow" | "mstyle" | "mpadded" | "math" | "mtd"), _):
            return _row(children)
        case (("mphantom" | "none" | "mprescripts"), _):
            return ""
        case "mfrac", [above, below] if node.get("linethickness") not in ("0", "0pt", "0px"):
            return f"{_grouped(_node(above), _FACTORS)}/{_grouped(_node(below), _ATOM)}"
        case "msqrt", _:
            return "√" + _grouped(_row(children), _ATOM)
        case "mroot", [base, index]:
            degree = _node(index).strip()
            sign = _ROOTS.get(degree) or f"{raised(degree)}√"
            return sign + _grouped(_node(base), _ATOM)
        case "msup", [base, script]:
            return _scripted(base, None, script)
        case (("msub" | "munder"), [base, script]):
            if name == "munder" and _node(script).strip() in {*_ACCENTS, "⏟", "︸"}:
                raise _TooComplexError
            return _scripted(base, script, None)
        case (("msubsup" | "munderover"), [base, below, above]):
            return _scripted(base, below, above)
        case "mover", [base, accent]:
            return _accented(_node(base), _node(accent).strip(), base)
        case _:
            raise _TooComplexError


def _token(text: str, name: str) -> str:
    text = text.translate(_INVISIBLE)
    if any("\U0001d400" <= character <= "\U0001d7ff" for character in text):  # letters that few fonts have
        text = unicodedata.normalize("NFKC", text)
    if name == "mo":
        return {"-": "−", "*": "∗"}.get(text, text)
    return text


def _grouped(text: str, simple: re.Pattern[str]) -> str:
    """Return the text in brackets unless it is one term."""
    text = text.strip()
    return text if simple.fullmatch(text) else f"({text})"


def _scripted(base: _Element, below: _Element | None, above: _Element | None) -> str:
    text = _node(base)
    words = text.strip()
    if len(words) > 1 and not _FACTORS.fullmatch(words) and not _is_closed(words):
        text = f"({words})"
    if below is not None and (index := _node(below).strip()):
        text += lowered(index)
    if above is not None and (power := _node(above).strip()):
        text += power if set(power) <= _PRIMES else "°" if power == "∘" else raised(power)
    return (
        f"{text} "
        if words in _LARGE or (below is not None and len(words) > 1 and words.replace(" ", "").isalpha())
        else text
    )


def _is_closed(text: str) -> bool:
    return (
        (text[0] in _OPENING and text[-1] in ")]}⟩⌋⌉‖|") or text in _LARGE or text.replace(" ", "").isalpha()
    )


def _accented(base: str, accent: str, node: _Element) -> str:
    mark = _ACCENTS.get(accent)
    if mark is not None and len(base.strip()) <= 2:
        return "".join(f"{letter}{mark}" for letter in base.strip())
    if mark is None and _core_name(node) == "mo" and base.strip() in _LARGE:
        return f"{base}{raised(accent)} "
    raise _TooComplexError
