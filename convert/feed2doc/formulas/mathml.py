"""Presentation MathML, reduced to what is safe and valid (https://www.w3.org/TR/MathML3/chapter3.html)."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc._text.xml import xml_safe

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "http://www.w3.org/1998/Math/MathML"

TOKENS = frozenset({"mi", "mn", "mo", "mtext", "ms", "mspace"})
# The number of children of elements that need a certain one.
_CHILDREN = {
    **dict.fromkeys(("mfrac", "mroot", "msub", "msup", "munder", "mover"), 2),
    **dict.fromkeys(("msubsup", "munderover"), 3),
}
# Elements that are only in another one, and what is in elements that hold nothing else.
_PARENT = {
    "mtr": "mtable",
    "mlabeledtr": "mtable",
    "mtd": "mtr",
    "none": "mmultiscripts",
    "mprescripts": "mmultiscripts",
}
_CHILD_OF = {"mtable": "mtr", "mtr": "mtd"}
_ROWS = frozenset({"mrow", "msqrt", "mstyle", "mpadded", "mphantom", "menclose", "merror"})
_KNOWN = TOKENS | _ROWS | _CHILDREN.keys() | {"mtable", "mtr", "mtd", "mmultiscripts", "mprescripts", "none"}
ELEMENTS = _KNOWN | {"math", "semantics", "annotation", "annotation-xml", "mfenced", "maction"}
# Elements of which only the first child is shown. The others are annotations, or other states of an action.
_FIRST_ONLY = frozenset({"semantics", "maction"})
# Elements whose text is not part of the formula.
_REMOVED = frozenset(
    {"annotation", "annotation-xml", "script", "style", "mglyph", "maligngroup", "malignmark"}
)
# The attributes that are kept, with the elements that have them.
_ATTRIBUTES = {
    "displaystyle": ("mstyle", "mtable"),
    "scriptlevel": ("mstyle",),
    "accent": ("mover", "munderover", "mo"),
    "accentunder": ("munder", "munderover"),
    "width": ("mspace", "mpadded", "mtable"),
    "height": ("mspace", "mpadded"),
    "depth": ("mspace", "mpadded"),
    "voffset": ("mpadded",),
    "notation": ("menclose",),
    "linethickness": ("mfrac",),
    "bevelled": ("mfrac",),
    "columnspan": ("mtd",),
    "rowspan": ("mtd",),
    "columnalign": ("mtable", "mtr", "mtd"),
    "rowalign": ("mtable", "mtr", "mtd"),
    **dict.fromkeys(("columnlines", "rowlines", "columnspacing", "rowspacing", "frame"), ("mtable",)),
    **dict.fromkeys(("fence", "form", "largeop", "maxsize", "minsize", "movablelimits", "rspace"), ("mo",)),
    **dict.fromkeys(("separator", "stretchy", "symmetric"), ("mo",)),
    "lspace": ("mo", "mpadded"),
    "mathvariant": ("mi", "mn", "mo", "mtext", "ms", "mstyle"),
}
_SWITCHES = frozenset(
    (
        "accent",
        "accentunder",
        "bevelled",
        "displaystyle",
        "fence",
        "largeop",
        "movablelimits",
        "separator",
        "stretchy",
        "symmetric",
    )
)
_LENGTHS = frozenset(
    ("depth", "height", "linethickness", "lspace", "maxsize", "minsize", "rspace", "voffset", "width")
)
_LENGTH = pattern(
    r"-?(?:\d+(?:\.\d+)?|\.\d+)(?:em|ex|px|pt|cm|mm|in|pc|%)|0|(?:very){0,2}(?:thin|thick)mathspace|mediummathspace"
)
_VARIANT = pattern(
    r"normal|bold(?:-(?:italic|fraktur|script|sans-serif))?|italic|double-struck|fraktur|script|sans-serif|monospace"
)
_VALUE = pattern(r"[\w.%+ -]{1,60}")
_STYLE_ALIGN = pattern(r"text-align: ?(left|right|center)")
_MOST_LEVELS = 60
MAX_ELEMENTS = 10_000
# Invisible characters that only choose a variant of the letter before them.
_VARIANTS = dict.fromkeys(map(ord, "\ufe00\ufe01\ufe0e\ufe0f"))
_SPACES = pattern(r"[ \t\n\r\f]+")


def name_of(element: _Element) -> str:
    """Return the name of an element without its prefix or namespace: `math` for `m:math`."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def clean_mathml(element: _Element, *, display: bool) -> _Element | None:
    """Return a copy of a `math` element that is safe and valid, or None if it is empty, too large or nested too deeply.

    Links, scripts, styles, pictures and unknown attributes are left out, and of unknown elements only the content is kept.
    """
    from lxml import etree

    if next(islice(element.iter(), MAX_ELEMENTS, None), None) is not None:
        return None
    names: dict[str | None, str] = {None: NAMESPACE}
    root = etree.Element(f"{{{NAMESPACE}}}math", {"display": "block"} if display else {}, names)  # type: ignore[arg-type]
    if not _copy(element, root, _MOST_LEVELS) or not len(root):
        return None
    while len(root) == 1 and name_of(root[0]) == "mrow" and not root[0].attrib:
        root[:] = list(root[0])
    return root if any(each.text for each in root.iter()) else None


def parse_mathml(markup: str) -> _Element | None:
    """Return the root of MathML in a string, or None if it is not well-formed XML. Nothing is loaded or expanded."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(xml_safe(markup), parser)
    except etree.XMLSyntaxError:
        return None


def mathml_text(root: _Element) -> str:
    """Return an element as a string."""
    from lxml import etree

    return etree.tostring(root, encoding="unicode", with_tail=False)


def _copy(source: _Element, target: _Element, levels: int) -> bool:
    """Append the clean content of an element to another one. Return False if it is nested too deeply."""
    if levels == 0:
        return False
    _append_text(target, source.text)
    for child in source:
        if isinstance(child.tag, str) and not _append(child, target, levels - 1):
            return False
        _append_text(target, child.tail)
    return True


def _append(child: _Element, target: _Element, levels: int) -> bool:
    name = name_of(child)
    if name in _REMOVED:
        return True
    if name in _FIRST_ONLY:
        first = next((each for each in child if isinstance(each.tag, str)), None)
        return first is None or (levels > 0 and _append(first, target, levels - 1))
    if name == "mlabeledtr":
        child, name = _with_label_last(child), "mtr"
    around = name_of(target)
    if around in TOKENS:  # a token holds nothing but text
        _append_text(target, "".join(map(str, child.itertext())))
        return True
    if name == "mfenced":
        return _append_fenced(child, target, levels)
    if _PARENT.get(name, around) != around:  # a row or cell outside a table, a script outside scripts
        name = "mrow"
    elif around in _CHILD_OF and name != _CHILD_OF[around]:
        target.append(target.makeelement(f"{{{NAMESPACE}}}{_CHILD_OF[around]}"))
        return levels > 0 and _append(child, target[-1], levels - 1)
    if name not in _KNOWN:
        name = "mrow" if len(child) else "mtext"
        if not len(child) and not (child.text or "").strip():
            return True
    if name == "mrow" and (child.get("displaystyle") or child.get("scriptlevel")):
        name = "mstyle"
    attributes = _attributes(child, name)
    if name == "mspace" and not attributes and name_of(target) not in _CHILDREN:
        return True
    made = target.makeelement(f"{{{NAMESPACE}}}{name}", attributes)
    if not _copy(child, made, levels):
        return False
    wanted = _CHILDREN.get(name)
    if wanted is not None and len(made) != wanted:
        made.tag = f"{{{NAMESPACE}}}mrow"
        made.attrib.clear()
    target.append(made)
    return True


def _with_label_last(row: _Element) -> _Element:
    """Return a copy of a numbered row, whose first cell is the number, with the number after the equation."""
    from copy import deepcopy

    made = deepcopy(row)
    if (label := next(made.iterchildren("*"), None)) is not None:
        made.append(label)
    return made


def _append_fenced(child: _Element, target: _Element, levels: int) -> bool:
    """Append an `mfenced`, which browsers no longer know, as a row with its brackets and separators."""
    row = target.makeelement(f"{{{NAMESPACE}}}mrow")
    separators = "".join(child.get("separators", ",").split())
    _append_operator(row, child.get("open", "("))
    _append_text(row, child.text)
    for number, each in enumerate(part for part in child if isinstance(part.tag, str)):
        if number and separators:
            _append_operator(row, separators[min(number, len(separators)) - 1])
        if not _append(each, row, levels - 1):
            return False
    _append_operator(row, child.get("close", ")"))
    target.append(row)
    return levels > 0


def _append_operator(row: _Element, text: str) -> None:
    if text:
        operator = row.makeelement(f"{{{NAMESPACE}}}mo")
        operator.text = text[:10]
        row.append(operator)


def _append_text(target: _Element, text: str | None) -> None:
    """Append text to a token. Text anywhere else is not allowed, and gets a token of its own."""
    if not text or not text.strip():
        return
    # No-break spaces are those of `\\text{ if }`.
    text = xml_safe(_SPACES.sub(" ", text).strip(" ").translate(_VARIANTS))
    if name_of(target) in TOKENS - {"mspace"}:
        target.text = (target.text or "") + text
    elif name_of(target) not in ("mtable", "mtr", "mspace", "none", "mprescripts"):
        token = target.makeelement(f"{{{NAMESPACE}}}mtext")
        token.text = text
        target.append(token)


def _is_valid(name: str, value: str) -> bool:
    if name in _SWITCHES:
        return value in ("true", "false")
    if name == "mathvariant":
        return _VARIANT.fullmatch(value) is not None
    return (_LENGTH if name in _LENGTHS else _VALUE).fullmatch(value) is not None


def _attributes(element: _Element, tag: str) -> dict[str, str]:
    """Return the attributes of the element that a `tag`, which it becomes, may have."""
    kept = {
        name: value.strip()
        for name, value in sorted((str(name), str(value)) for name, value in element.attrib.items())
        if tag in _ATTRIBUTES.get(name, ()) and _is_valid(name, value.strip())
    }
    if tag == "mtd" and (found := _STYLE_ALIGN.search(element.get("style") or "")):
        kept.setdefault("columnalign", found[1])
    return kept
