"""Formulas of MathJax, KaTeX, Wikipedia and others, rewritten as single `math` elements.

A page has a formula in several forms: as MathML, as TeX, as a drawing, as text for screen readers. One `math` element is
kept, with the TeX in `alttext`; the other forms become `template` elements, which are not displayed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from msgspec import DecodeError
from msgspec.structs import replace

from feed2doc._decoding import decode
from feed2doc._text.lazy_re import pattern
from feed2doc.formulas.convert import formula_of_mathml
from feed2doc.formulas.mathml import name_of
from feed2doc.formulas.tex import is_formula, mathml_of_tex
from feed2doc.model import Math
from feed2doc.readers._html.fragments import body_of

if TYPE_CHECKING:
    from lxml.etree import _Element

# Classes of what MathJax 2 and 3 draw: https://docs.mathjax.org/en/v2.7-latest/advanced/model.html
_DRAWN = pattern(r"(?:^|\s)(?:MathJax|mjx-|MJX)\w*")
# Classes of pictures of formulas: WordPress.com, QuickLaTeX, MediaWiki, MathType, Moodle, Canvas, WP-KaTeX and others.
_PICTURE = pattern(
    r"(?:^|\s)(?:latex|tex|math|mathtex|mathjax|formula|equation(?:_image)?|texrender|Wirisformula|ee_img|tr_noresize"
    r"|ql-img-\w{1,10}-(?:formula|equation)|mwe-math-fallback-image-\w{1,10}|(?:wp-)?katex(?:-eq)?|latex-\w{1,20})(?:\s|$)",
)
# Addresses of services that draw TeX, which is in their query.
_SERVICE = pattern(
    r"latex\.(?:php|codecogs)|codecogs\.com/|/equation\?|/render/math\?|chart\?(?:[^#]{0,500}&)?cht=tx|math\.(?:now\.sh|vercel\.app)|tex\.s2cms|i\.upmath"
    r"|/cgi-bin/math?tex|(?:math|form|texren)\w{0,40}\.(?:cgi|fcgi)"
)
_TEX_PATH = pattern(r"/(?:svg|png)/(.+)")
_QUERY = ("latex", "tex", "math", "chl", "from", "equation", "eq")
_SOURCES = ("data-equation-content", "data-latex", "data-tex", "data-formula", "alt", "title")
# Attributes with the TeX of an element that is drawn: mdnice, Zhihu, Tiptap, Quill.
_STATED = ("data-formula", "data-tex", "data-latex", "data-math", "data-value", "data-katex")
_BOXES = frozenset({"span", "div", "section", "p", "figure"})
# Classes of such elements, which are not `context` or `aftermath`, and words that do not occur in formulas.
_FORMULA_CLASS = pattern(r"(?:^|[\s_-])(?:formula|(?:la|ka)?tex|math(?:jax|s)?|equation)(?:$|[\s_-])")
_PROSE = pattern(r"(?<!\w)[^\W\d_]{2,40}+ [^\W\d_]{2,40}+ [^\W\d_]{2}")
_LONGEST_PROSE = 500
# A letter, or letters and numbers between the signs of a formula.
_TERMS = pattern(
    r"[A-Za-zα-ωΑ-Ω]'{0,3}|(?:\d{0,6}[A-Za-zα-ωΑ-Ω]'{0,3}|\d{1,9})(?:\s?[-+*/=<>]\s?(?:\d{0,6}[A-Za-zα-ωΑ-Ω]'{0,3}|\d{1,9})){1,12}"
)
# The elements that draw a formula, and how many elements may be around it.
_DRAWINGS, _MOST_AROUND = frozenset({"svg", "img", "embed"}), 64
# Pictures of LaTeX2HTML, and the TeX in their `alt`.
_NUMBERED, _DOLLARS = (
    pattern(r"(?:^|/)img\d{1,5}\.(?:gif|png|svg)$"),
    pattern(r"\s*\$[^$]{1,5000}\$\s*", re.S),
)
_LABEL = pattern(r"\s*(?:LaTeX|TeX|Formula|Equation)\s*:\s*", re.I)
_DELIMITED = pattern(r"\s*(?:\$\$(.+)\$\$|\$(?:latex\s)?(.+)\$|\\\((.+)\\\)|\\\[(.+)\\\])\s*", re.S)
_EXPRESSION = pattern(r'"persistentExpression":\s?("(?:[^"\\]|\\.)*+")')
_TEX = ("application/x-tex", "tex", "latex")
# Elements of scripts that draw the TeX in them: `d-math` (Distill), `math-renderer` (GitHub), `tex-math` (JATS), `tex`.
_CUSTOM = pattern(
    r"(?:[\w.]{1,20}[:-])?(?:[\w.]{1,20}-)?(?:tex|latex|katex)(?:-\w{1,20})?|[\w.]{1,20}[:-]math(?:-\w{1,20})?|math-\w{1,20}"
)
_CDATA = pattern(r"(?:%\s*|(?<!\s)\s+)?(?:<!\[CDATA\[|\]\]>)")


def settle_formulas(root: _Element) -> None:
    """Rewrite each formula below the root as one `math` element."""
    for element in list(root.iter()):
        tag = str(element.tag)
        classes = element.get("class") or ""
        if tag == "script":
            _settle_script(element)
        elif tag == "img":
            _settle_picture(element, classes)
        elif tag.endswith(":math"):
            element.tag = "math"
        elif _CUSTOM.fullmatch(tag):
            _settle_custom(element, classes)
        elif tag == "mjx-container" or (classes and tag in ("span", "div") and _DRAWN.match(classes)):
            _settle_drawn(element)
        elif "katex" in classes and tag in ("span", "div", "p"):
            _settle_katex(element, classes.split())
        elif "latex-rendered" in classes:
            _settle_stated(element)
        elif tag in _BOXES and any(element.get(name) for name in _STATED):
            _settle_attribute(element, classes)
        elif element.get("data-math-style") is not None or "math" in classes.split():
            _settle_bare(element, classes)


def formula_of(element: _Element) -> Math | None:
    """Return the formula of a `math` element, or None if it has no content."""
    tex = next(
        (
            str(each.text or "")
            for each in element.iter()
            if name_of(each) == "annotation" and (each.get("encoding") or "").lower() in _TEX
        ),
        "",
    )
    stated = element.get("alttext") or ""
    if not tex and (any(sign in stated for sign in "\\^_") or not len(element)):
        tex = stated
    display = element.get("display") == "block" or element.get("mode") == "display"
    formula = formula_of_mathml(element, tex=tex, display=display)
    if formula is not None and formula.tex and formula.tex in stated and len(stated) > len(formula.tex):
        return replace(formula, text=stated)  # a page by feed2doc says how the formula was printed
    return formula


def _settle_script(script: _Element) -> None:
    """Rewrite the source of a formula of MathJax 2, and hide its preview and drawing before it."""
    kind = (script.get("type") or "").lower()
    if kind.startswith("math/mml"):
        _settle_written_mathml(script)
    if not kind.startswith("math/tex"):
        return
    tex = _CDATA.sub("", script.text or "").strip()
    before = script.getprevious()
    while before is not None and not (before.tail or "").strip() and _DRAWN.match(before.get("class") or ""):
        _hide(before)
        before = before.getprevious()
    display = "mode=display" in kind
    if not _replace(script, tex, display=display):
        script.tag = "span"
        script.text = f"\\[{tex}\\]" if display else f"\\({tex}\\)"


def _settle_written_mathml(script: _Element) -> None:
    """Turn a script with the MathML of a formula into that formula."""
    body = body_of(script.text or "")
    formula = next(body.iter("math"), None) if body is not None else None
    if formula is not None:
        script.tag, script.text = "math", formula.text
        script.attrib.clear()
        script.attrib.update(formula.attrib)
        script.extend(list(formula))


def _settle_drawn(element: _Element) -> None:
    """Keep the MathML for screen readers of a formula that MathJax drew, or the TeX that its drawing states."""
    display = element.get("display") == "true" or "MathJax_Display" in (element.get("class") or "")
    inside = next(element.iter("math"), None)
    if inside is not None:
        if display:
            inside.set("display", "block")
        while inside is not None and inside is not element:
            for each in (*inside.itersiblings(preceding=True), *inside.itersiblings()):
                _hide(each)
            inside = inside.getparent()
        return
    stated = (each.get("data-latex") for each in element.iter() if each.get("data-latex"))
    if tex := next(stated, None):
        _replace(element, tex, display=display)


def _settle_katex(element: _Element, classes: list[str]) -> None:
    """Keep the MathML of a formula of KaTeX (https://katex.org/docs/options): it also has its TeX."""
    if "katex-html" in classes:
        holder = element.getparent()
        if holder is not None and next(holder.iter("math"), None) is not None:
            _hide(element)
    elif "katex-display" in classes:
        for each in element.iter("math"):
            each.set("display", "block")
    elif not len(element):  # a script has not drawn it, as in feeds
        _settle_custom(element, f"{' '.join(classes)} {'display' * (element.get('data-display') == 'true')}")


def _settle_picture(image: _Element, classes: str) -> None:
    """Rewrite a picture of a formula, if it states its TeX. One that does not stays in its line."""
    source = image.get("src") or ""
    is_picture = (classes and _PICTURE.search(classes)) or _SERVICE.search(source) or image.get("eeimg")
    is_picture = is_picture or (_NUMBERED.search(source) and _DOLLARS.fullmatch(image.get("alt") or ""))
    if not is_picture:
        return
    holder = next(
        (each for each in image.iterancestors("span", "div") if "mwe-math" in (each.get("class") or "")), None
    )
    if holder is not None and next(holder.iter("math"), None) is not None:
        _hide(image)
        return
    display = "display" in classes or "displayed-equation" in classes or image.get("eeimg") == "2"
    candidates = [image.get(name) or "" for name in _SOURCES]
    if _SERVICE.search(source):  # its words may be `formula`
        candidates = [*_tex_in(source), *candidates]
    if not any(_replace(image, tex, display=display) for tex in map(_bare, candidates) if is_formula(tex)):
        image.set("class", f"{classes} inline".strip())


def _tex_in(address: str) -> Iterator[str]:
    """Yield the TeX that the address of a service states: a value of its query, or all of it, or the end of its path."""
    parts = urlsplit(address)
    query = parse_qs(parts.query)
    found = [query[name][0] for name in _QUERY if name in query]
    yield from found
    if not found and parts.query:
        yield unquote(parts.query)
    elif found_path := _TEX_PATH.search(parts.path):
        yield unquote(found_path[1])


def _settle_stated(element: _Element) -> None:
    """Rewrite a formula of Substack, whose TeX is only in the JSON of an attribute."""
    if found := _EXPRESSION.search(element.get("data-attrs") or ""):
        with suppress(DecodeError, UnicodeEncodeError):
            _replace(element, decode(found[1].encode(), str), display=True)


def _settle_attribute(element: _Element, classes: str) -> None:
    """Rewrite a formula whose TeX is in an attribute, of an element that has no words or is a formula by its class."""
    tex = next((each for name in _STATED if (each := _bare(element.get(name) or ""))), "")
    if not is_formula(tex) or next(element.iter("math"), None) is not None:
        return
    stated = f"{classes} {element.get('data-type') or ''}"
    if _FORMULA_CLASS.search(stated) is not None:
        is_drawn = not _is_prose(" ".join("".join(map(str, element.itertext())).split()))
    else:
        is_drawn = element.get("data-value") is None and _is_drawing(element)
    if is_drawn:
        display = (
            element.tag in ("section", "div", "p", "figure") or "block" in classes or "display" in classes
        )
        _replace(element, tex, display=display)


def _is_prose(words: str) -> bool:
    """Return True if there are three words in a row, as in no drawn formula: `the old quay`. TeX is not prose."""
    return "\\" not in words and _PROSE.search(words[:_LONGEST_PROSE]) is not None


def _is_drawing(element: _Element) -> bool:
    """Return True if an element has a drawing and no words, or nothing at all."""
    has_drawing = any(each.tag in _DRAWINGS for each in islice(element.iter(), _MOST_AROUND))
    return (has_drawing or not len(element)) and not any(map(str.strip, map(str, element.itertext())))


def _settle_custom(element: _Element, classes: str) -> None:
    """Rewrite the TeX in an element of a script, unless that has drawn it already."""
    tex = element.text or element.get("value") or ""
    if len(element) or not is_formula(_bare(tex)) or _is_prose(tex):
        return
    stated = f"{element.tag} {classes} {element.get('mode') or ''} {element.get('display') or ''}"
    display = element.get("block") is not None or "block" in stated or "display" in stated
    _replace(element, _bare(tex), display=display or tex.lstrip().startswith(("$$", "\\[")))


def _settle_bare(element: _Element, classes: str) -> None:
    """Rewrite TeX without delimiters that a class marks, as Discourse, GitLab and Sphinx do."""
    text = element.text or ""
    if len(element) or not is_formula(text) or not _is_written(text):
        return
    if _DELIMITED.fullmatch(text) is None and "\\(" not in text and "\\[" not in text:
        style = element.get("data-math-style") or ("display" if element.tag in ("div", "pre") else "")
        _replace(element, text, display=style == "display" or "display" in classes)


def _is_written(text: str) -> bool:
    """Return True for TeX, and for a letter or terms between signs, as no other text of such a class has: `f/g`, `k > 3`."""
    return any(sign in text for sign in "\\^_") or _TERMS.fullmatch(text.strip()) is not None


def _bare(tex: str) -> str:
    """Return TeX without the label and delimiters that it may have in an attribute."""
    if label := _LABEL.match(tex):
        tex = tex[label.end() :]
    found = _DELIMITED.fullmatch(tex)
    return (next(filter(None, found.groups()), "") if found else tex).strip()


def _replace(element: _Element, tex: str, *, display: bool) -> bool:
    """Make the element a formula, and return True, if the TeX is valid."""
    if mathml_of_tex(tex) is None:
        return False
    element.tag, element.text, element[:] = "math", None, []
    element.attrib.clear()
    element.set("alttext", tex)
    if display:
        element.set("display", "block")
    return True


def _hide(element: _Element) -> None:
    element.tag = "template"
