"""Inlines as CommonMark 0.31 with GFM's strikethrough: the content of a line of Markdown.

Only what the rules require is escaped: https://spec.commonmark.org/0.31.2/#backslash-escapes,
https://github.github.com/gfm/.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import assert_never

from msgspec import Struct

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc._text.plain import clean
from feed2doc.writers._shared.escape import attribute
from feed2doc.writers.markdown.emphasis import EMPH, STRIKE, STRONG, resolve_marks
from feed2doc.writers.markdown.escapes import (
    FORMULA_END,
    at_line_start,
    code_for_hugo,
    escape,
    is_link_target,
    target,
)
from feed2doc.writers.markdown.escapes import title as title_of

# Code that Obsidian's Dataview would run.
_RUN_BY_DATAVIEW = pattern(r"\s*\$?=(?![=>~]|\s*$)")

_MARKS = {m.Strong: STRONG, m.Emph: EMPH, m.Strike: STRIKE}
_TAGS = {m.Sub: "sub", m.Sup: "sup", m.Insert: "ins", m.Highlight: "mark"}


class RenderContext(Struct):
    """The state of a page while it is written: labels, notes, the style of note references, and the current position."""

    words: Mapping[str, str]
    notes: list[m.Blocks] = []
    mark: Callable[[int], str] = "<sup>{}</sup>".format
    in_link: bool = False
    in_cell: bool = False
    for_hugo: bool = False


def line_of(inlines: m.Inlines, page: RenderContext) -> str:
    """Return the inlines as the text of one paragraph, with each line escaped so that it does not start a block."""
    text = _joined(inlines, page)
    if "\n" not in text:
        return at_line_start(text)
    return "\n".join(at_line_start(line.lstrip(" ")) for line in text.split("\n"))


def single_line(inlines: m.Inlines, page: RenderContext) -> str:
    """Return the inlines as one line, for a heading or a cell; a line break becomes a space."""
    return _joined(inlines, page).replace("\\\n", " ")


def heading_line(inlines: m.Inlines, page: RenderContext) -> str:
    """Return the inlines as the text of an ATX heading, with number signs at the end escaped."""
    text = single_line(inlines, page)
    return re.sub(r"(?<!#)(#+)$", r"\\\1", text) if text.endswith("#") else text


def _joined(inlines: m.Inlines, page: RenderContext) -> str:
    if len(inlines) == 1 and type(only := inlines[0]) is m.Text:
        return escape(clean(only.value), page.in_link).strip(" ")
    while inlines and isinstance(inlines[-1], m.LineBreak):
        inlines = inlines[:-1]
    while inlines and isinstance(inlines[0], m.LineBreak):
        inlines = inlines[1:]
    return resolve_marks(inlines_of(inlines, page)).strip(" ")


def inlines_of(inlines: m.Inlines, page: RenderContext) -> str:
    """Return the inlines with private characters where emphasis begins and ends, see `resolve_marks`."""
    if len(inlines) == 1 and type(only := inlines[0]) is m.Text:
        return escape(clean(only.value), page.in_link)
    kinds = [type(node) for node in inlines]
    if m.Span in kinds or kinds.count(m.Code) > 1:
        inlines = _joinable(inlines)
    pieces: list[str] = []
    for node in inlines:
        if type(node) is m.Text:
            pieces.append(escape(clean(node.value), page.in_link))
            continue
        piece = _inline(node, page)
        if (
            pieces and piece.startswith("[") and pieces[-1].endswith("!")
        ):  # otherwise the link would be an image
            pieces[-1] = pieces[-1][:-1] + "\\!"
        pieces.append(piece)
    return "".join(pieces)


def _joinable(inlines: m.Inlines) -> m.Inlines:
    """Return the inlines with spans replaced by their content, and adjacent texts and codes joined.

    Two code spans with nothing between them would not be parsed as code spans.
    """
    row: list[m.Inline] = []
    for node in inlines:
        for inner in _joinable(node.content) if isinstance(node, m.Span) else (node,):
            match row[-1] if row else None, inner:
                case m.Text(before), m.Text(value):
                    row[-1] = m.Text(before + value)
                case m.Code(before), m.Code(value):
                    row[-1] = m.Code(before + value)
                case _:
                    row.append(inner)
    return tuple(row)


def _inline(node: m.Inline, page: RenderContext) -> str:
    match node:
        case m.Text(value):
            return escape(clean(value), page.in_link)
        case m.Link(content, url, title):
            return _link(content, url, title, page)
        case m.Strong(content) | m.Emph(content) | m.Strike(content):
            return _marked(inlines_of(content, page), _MARKS[type(node)])
        case m.Sub(content) | m.Sup(content) | m.Insert(content) | m.Highlight(content):
            tag = _TAGS[type(node)]
            return f"<{tag}>{inlines_of(content, page)}</{tag}>"
        case m.Abbreviation(content, title):
            return f'<abbr title="{attribute(title).replace("{", "&#123;").replace("%%", "&#37;&#37;")}">{inlines_of(content, page)}</abbr>'
        case m.Span(content) | m.Quotation(content):
            return inlines_of(content, page)
        case m.Code(value):
            return _code(clean(value), page)
        case m.InlineImage(image):
            return image_of(image, image.alt)
        case m.Math():
            return formula_of(node, page)
        case m.LineBreak():
            return " " if page.in_cell else "\\\n"
        case m.Ruby(base, text):
            return f"<ruby>{inlines_of(base, page)}<rp>(</rp><rt>{escape(clean(text), page.in_link)}</rt><rp>)</rp></ruby>"
        case m.Note(blocks):
            page.notes.append(blocks)
            return page.mark(len(page.notes))
        case _:
            assert_never(node)


def formula_of(formula: m.Math, page: RenderContext) -> str:
    """Return a formula as TeX between dollar signs, as GitHub, pandoc and Obsidian read it, or as text if it has none.

    In a table cell a vertical bar would end the cell.
    """
    from feed2doc.formulas.convert import inert_tex

    tex = clean(inert_tex(formula)) if formula.tex else ""
    if not tex or "$" in tex or "`" in tex:
        return escape(clean(formula.words), page.in_link)
    if page.in_cell:
        tex = tex.replace("\\|", "\\Vert ").replace("|", "\\vert ")
    sign = "$$" if formula.display and not page.in_cell else "$"
    return f"{sign}{tex}{sign}{FORMULA_END}"


def _link(content: m.Inlines, url: str, title: str, page: RenderContext) -> str:
    """Return a link, or only its words inside another link, because CommonMark does not nest links."""
    if page.in_link or not is_link_target(url):
        return inlines_of(content, page)
    page.in_link = True
    text = inlines_of(content, page) or escape(clean(url), True)
    page.in_link = False
    address = target(url) or ("<>" if title else "")  # otherwise the title would be the URL
    return f"[{text}]({address}{title_of(title)})"


def image_of(image: m.Image, alt: str) -> str:
    """Return the picture with this alternative text."""
    return f"![{escape(clean(alt), True)}]({target(image.src)}{title_of(image.title)})"


def _marked(text: str, marks: tuple[str, str]) -> str:
    """Return the text between delimiters; space at its edges moves outside, because delimiters must not touch it."""
    core = text.strip(" ")
    if not core:
        return text
    lead = len(text) - len(text.lstrip(" "))
    return text[:lead] + marks[0] + core + marks[1] + text[lead + len(core) :]


def _code(text: str, page: RenderContext) -> str:
    """Return a code span (https://spec.commonmark.org/0.31.2/#code-spans)."""
    if not text:
        return ""
    code = code_for_hugo(text) if page.for_hugo else text
    # A code span in a cell cannot contain `\|`.
    if not code or (page.in_cell and "\\|" in code) or _RUN_BY_DATAVIEW.match(code):
        return escape(text)
    ticks = "`" * (1 + max(map(len, re.findall("`+", code)), default=0))
    touching = code[0] == "`" or code[-1] == "`" or (code[0] == code[-1] == " " and code.strip(" "))
    pad = " " if touching else ""
    return f"{ticks}{pad}{code}{pad}{ticks}"
