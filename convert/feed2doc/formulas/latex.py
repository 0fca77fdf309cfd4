"""MathML as TeX, for formats whose formulas are TeX."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from feed2doc.formulas.mathml import name_of
from feed2doc.formulas.tex import mathml_of_tex

if TYPE_CHECKING:
    from lxml.etree import _Element

_COMMANDS = {
    **{
        "−": "-",
        "≤": r"\le",
        "≥": r"\ge",
        "≠": r"\ne",
        "≈": r"\approx",
        "≡": r"\equiv",
        "∼": r"\sim",
        "∝": r"\propto",
    },
    **{
        "±": r"\pm",
        "∓": r"\mp",
        "×": r"\times",
        "÷": r"\div",
        "·": r"\cdot",
        "⋅": r"\cdot",
        "∗": "*",
        "∘": r"\circ",
    },
    **{
        "∈": r"\in",
        "∉": r"\notin",
        "⊂": r"\subset",
        "⊆": r"\subseteq",
        "∪": r"\cup",
        "∩": r"\cap",
        "∅": r"\emptyset",
    },
    **{
        "∀": r"\forall",
        "∃": r"\exists",
        "¬": r"\neg",
        "∧": r"\wedge",
        "∨": r"\vee",
        "∞": r"\infty",
        "∂": r"\partial",
    },
    **{
        "∇": r"\nabla",
        "∑": r"\sum",
        "∏": r"\prod",
        "∫": r"\int",
        "∮": r"\oint",
        "→": r"\to",
        "←": r"\leftarrow",
    },
    **{
        "⇒": r"\Rightarrow",
        "⇔": r"\Leftrightarrow",
        "↦": r"\mapsto",
        "…": r"\ldots",
        "⋯": r"\cdots",
        "′": "'",
        "‖": r"\Vert",
    },
    **{
        "⟨": r"\langle",
        "⟩": r"\rangle",
        "⌊": r"\lfloor",
        "⌋": r"\rfloor",
        "⌈": r"\lceil",
        "⌉": r"\rceil",
        "ℏ": r"\hbar",
    },
    **{
        "ℓ": r"\ell",
        "ℝ": r"\mathbb{R}",
        "ℕ": r"\mathbb{N}",
        "ℤ": r"\mathbb{Z}",
        "ℚ": r"\mathbb{Q}",
        "ℂ": r"\mathbb{C}",
    },
    **{
        "°": r"^\circ",
        "ϵ": r"\epsilon",
        "ϕ": r"\phi",
        "ϑ": r"\vartheta",
        "{": r"\{",
        "}": r"\}",
        "\\": r"\backslash",
    },
    **{c: f"\\{c}" for c in "#$%&_"},
    **{"^": r"\hat{}", "~": r"\sim", "\u2061": "", "\u2062": "", "\u2063": "", "\u2064": "", "\xa0": "~"},
}
_ACCENTS = {
    **dict.fromkeys("^ˆ\u0302", r"\hat"),
    **dict.fromkeys("~˜∼\u0303", r"\tilde"),
    **dict.fromkeys("¯‾ˉ_\u0304\u0305\u0332", r"\overline"),
    **dict.fromkeys("˙.\u0307", r"\dot"),
    **dict.fromkeys("¨\u0308", r"\ddot"),
    **dict.fromkeys("ˇ\u030c", r"\check"),
    **dict.fromkeys("→⃗", r"\vec"),
    "⏞": r"\overbrace",
}
_NAMES = frozenset(
    [
        "arccos",
        "arcsin",
        "arctan",
        "arg",
        "cos",
        "cosh",
        "cot",
        "csc",
        "deg",
        "det",
        "dim",
        "exp",
        "gcd",
        "inf",
        "ker",
        "lim",
        "ln",
        "log",
        "max",
        "min",
        "sec",
        "sin",
        "sinh",
        "sup",
        "tan",
        "tanh",
    ]
)
_STYLES = {
    "normal": "mathrm",
    "bold": "mathbf",
    "double-struck": "mathbb",
    "script": "mathcal",
    "fraktur": "mathfrak",
}
# The lines around or through a formula. TeX has no command for others, such as a circle.
_ENCLOSED = {
    "box": r"\boxed",
    "roundedbox": r"\boxed",
    "updiagonalstrike": r"\cancel",
    "downdiagonalstrike": r"\bcancel",
    "horizontalstrike": r"\cancel",
    "radical": r"\sqrt",
    "top": r"\overline",
    "bottom": r"\underline",
}


def tex_of(root: _Element) -> str:
    """Return a `math` element as TeX, or "" if that is not possible."""
    tex = " ".join(_node(root).split())
    return tex if mathml_of_tex(tex) is not None else ""


def _node(node: _Element) -> str:
    name, children = name_of(node), list(node)
    match name, children:
        case (("mi" | "mn" | "mo"), _):
            return _token(node)
        case (("mtext" | "ms"), _):
            return rf"\text{{{_escaped(node.text or '')}}}"
        case "mspace", _:
            return r"\ " if node.get("width") else ""
        case "mfrac", [above, below]:
            command = r"\binom" if node.get("linethickness") in ("0", "0pt", "0px") else r"\frac"
            return f"{command}{{{_node(above)}}}{{{_node(below)}}}"
        case (("msqrt" | "mphantom"), _):
            return rf"\{name[1:]}{{{_row(children)}}}"
        case "menclose", _:
            return _enclosed(node.get("notation", "longdiv").split(), _row(children))
        case "mroot", [base, index]:
            return rf"\sqrt[{_node(index)}]{{{_node(base)}}}"
        case "msup", [base, above]:
            return _scripted(base, None, above)
        case "msub", [base, below]:
            return _scripted(base, below, None)
        case "munder", [base, below]:
            return (
                _scripted(base, below, None)
                if _is_operator(base)
                else rf"\underset{{{_node(below)}}}{{{_node(base)}}}"
            )
        case (("msubsup" | "munderover"), [base, below, above]):
            return _scripted(base, below, above)
        case "mover", [base, above]:
            if accent := _ACCENTS.get((above.text or "").strip()):
                return f"{accent}{{{_node(base)}}}"
            return (
                _scripted(base, None, above)
                if _is_operator(base)
                else rf"\overset{{{_node(above)}}}{{{_node(base)}}}"
            )
        case "mtable", _:
            rows = r" \\ ".join(" & ".join(map(_node, row)) for row in children)
            return rf"\begin{{matrix}}{rows}\end{{matrix}}"
        case "mmultiscripts", [base, *scripts]:
            return _multiscripted(base, scripts)
        case _:
            return _row(children)


def _enclosed(notations: list[str], content: str) -> str:
    """Return content with the lines of these notations around or through it."""
    commands = dict.fromkeys(_ENCLOSED[name] for name in notations if name in _ENCLOSED)
    if r"\cancel" in commands and r"\bcancel" in commands:
        commands = {r"\xcancel": None}
    for command in commands:
        content = f"{command}{{{content}}}"
    return content


def _multiscripted(base: _Element, scripts: list[_Element]) -> str:
    """Return a base with scripts after it and, below `mprescripts`, before it."""
    names = [name_of(each) for each in scripts]
    at = names.index("mprescripts") if "mprescripts" in names else len(scripts)
    made = ""
    for part, start in ((scripts[at + 1 :], "{}"), (scripts[:at], f"{{{_node(base)}}}")):
        made += start if part or start != "{}" else ""
        for number, each in enumerate(part):
            if name_of(each) != "none" and (script := _node(each).strip()):
                made += f"{'_^'[number % 2]}{{{script}}}"
    return made


def _row(nodes: list[_Element]) -> str:
    return " ".join(map(_node, nodes))


def _is_operator(node: _Element) -> bool:
    words = "".join(map(str, node.itertext())).strip()
    return words in _NAMES or words in tuple("∑∏∫∮⋃⋂")


def _scripted(base: _Element, below: _Element | None, above: _Element | None) -> str:
    text = _node(base).strip()
    if name_of(base) not in ("mi", "mn", "mo") and len(text) > 1:
        text = f"{{{text}}}"
    text = text or "{}"
    if below is not None:
        text += f"_{{{_node(below)}}}"
    if above is not None:
        power = _node(above).strip()
        text += power if set(power) == {"'"} else f"^{{{power}}}"
    return text


def _token(node: _Element) -> str:
    text = (node.text or "").strip()
    if name_of(node) == "mi" and len(text) > 1 and text.isascii() and text.replace(" ", "").isalpha():
        words = text.replace(" ", r"\,")
        return f"\\{text}" if text in _NAMES else rf"\operatorname{{{words}}}"
    written = "".join(map(_character, text)).strip()
    style = _STYLES.get(node.get("mathvariant") or "")
    return rf"\{style}{{{written}}}" if style and written.isalpha() else written


def _character(character: str) -> str:
    if character in _COMMANDS:
        return f"{_COMMANDS[character]} " if len(_COMMANDS[character]) > 1 else _COMMANDS[character]
    name = unicodedata.name(character, "")
    for prefix, change in (("GREEK SMALL LETTER ", str.lower), ("GREEK CAPITAL LETTER ", str.capitalize)):
        letter = change(name.removeprefix(prefix).replace("LAMDA", "LAMBDA"))
        if name.startswith(prefix) and mathml_of_tex(f"\\{letter}") is not None:
            return f"\\{letter} "
    return unicodedata.normalize("NFKC", character)


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in "#$%&_{}" else " " if c in "\\^~\xa0" else c for c in text)
