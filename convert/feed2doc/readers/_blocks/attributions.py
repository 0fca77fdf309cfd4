"""Attributions of quotations: a last line that begins with a dash."""

from __future__ import annotations

import msgspec

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern

_DASHES = "—–―"


_HYPHENS = pattern(r"[-~‐‑](?:[-‐‑]|\s)")


_LONGEST_ATTRIBUTION = 120


def split_attribution(blocks: m.Blocks) -> tuple[m.Blocks, m.Inlines]:
    """Return the blocks of a quotation and its attribution, which is a short last line that begins with a dash."""
    match blocks:
        case (_, *_, m.Paragraph(content)) if (named := without_dash(content)) != content:
            if len(m.plain_text(content)) <= _LONGEST_ATTRIBUTION:
                return blocks[:-1], named
    return blocks, ()


def without_dash(inlines: m.Inlines, *, hyphens: bool = False) -> m.Inlines:
    """Return the inlines without the dash before an attribution, in whatever element it is.

    With `hyphens`, the inlines are known to be one, and a hyphen or tilde before a space and two hyphens count as well.
    """
    match inlines:
        case (m.Text(value), *rest) if value[:1] in _DASHES or (hyphens and _HYPHENS.match(value)):
            signs = _DASHES if value[:1] in _DASHES else "-~‐‑"  # `— ~Ann` is our dash before `~Ann`
            name = value.lstrip(f"{signs} \u00a0\u2009\u200a\u3000")
            return (m.Text(name), *rest) if name else without_dash(tuple(rest))
        case (m.Text(value), *rest) if value.isspace():
            return without_dash(tuple(rest), hyphens=hyphens) if rest else inlines
        case (m.Strong(content) | m.Emph(content) | m.Span(content) | m.Link(content) as first, *rest):
            inner = without_dash(content, hyphens=hyphens)
            if inner == content:
                return inlines
            return (msgspec.structs.replace(first, content=inner), *rest) if inner else tuple(rest)
    return inlines
