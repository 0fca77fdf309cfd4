"""Captions and credits in the attributes of pictures and their figures, which scripts show: `data-credit="Ann Ba"`."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from feed2doc import model as m
from feed2doc.env import Trace
from feed2doc.readers._article.captions import CAPTION_ATTRIBUTES, CREDIT_ATTRIBUTES, lines_in
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._blocks.captions.credit_splitting import split_credit
from feed2doc.readers._blocks.captions.photo_lines import credit_line
from feed2doc.readers._html.parse import words_of_text
from feed2doc.readers._html.urls import picture_address
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.selectors import Index

_LONGEST_CREDIT, _LONGEST_CAPTION, _SHORTEST = 90, 1000, 3
# The beginnings of code, addresses and the names of elements.
_NO_WORDS = ("#", ".", "{", "[", "http", "/")


def _stated_credits(index: Index, base: str) -> dict[str, tuple[str, str]]:
    """Return the caption and credit that attributes state, by the address of the picture."""
    found: dict[str, tuple[str, str]] = {}
    for element in index.having(*CREDIT_ATTRIBUTES, *CAPTION_ATTRIBUTES):
        pictures = [element] if element.tag == "img" else list(element.iter("img"))
        if len(pictures) != 1 or element.tag not in ("img", "figure", "picture"):
            continue
        caption = _words_in(element.get, CAPTION_ATTRIBUTES, _LONGEST_CAPTION)
        credit = _words_in(element.get, CREDIT_ATTRIBUTES, _LONGEST_CREDIT)
        address = picture_address(pictures[0].get("src") or "", base)
        if address is not None and (caption or credit):
            others = found.get(address.src, ("", ""))
            found[address.src] = caption or others[0], credit or others[1]
    return found


def _words_in(get: Callable[[str], str | None], names: tuple[str, ...], longest: int) -> str:
    """Return the words of the first of these attributes that has any, without markup."""
    for name in names:
        words = words_of_text(value) if (value := get(name)) else ""
        if _SHORTEST <= len(words) <= longest and not words.lower().startswith(_NO_WORDS):
            return words
    return ""


def _with_bracket(figure: m.Figure, credit: str, account: Account) -> m.Figure:
    """Return the figure with the stated credit if that is in brackets at the end of its caption: `The quay (Ann Ba)`."""
    match figure.caption:
        case (*before, m.Text(value)):
            rest = value.rstrip().removesuffix(")").removesuffix(credit)
            if rest.endswith("(") and f"{rest}{credit})" == value.rstrip():
                kept = rest[:-1].rstrip()
                account.ignore((m.Text("()"),))
                caption = (*before, m.Text(kept)) if kept else tuple(before)
                return replace(figure, caption=caption, credit=(m.Text(credit),))
    return figure


def with_stated_credits(
    blocks: m.Blocks, index: Index, base: str, rules: Rules, account: Account, trace: Trace | None
) -> m.Blocks:
    """Return the blocks with captions and credits from attributes, where the page shows none, and from titles that are a credit."""

    lines, stated = lines_in(blocks), _stated_credits(index, base)

    def completed(figure: m.Figure) -> m.Figure:
        image = figure.image
        if image is None or (figure.caption and figure.credit):
            return figure
        caption, credit = stated.get(image.src, ("", ""))
        made = figure
        shown = m.plain_text((*figure.caption, *figure.credit))
        if caption and not shown and caption != image.alt and caption not in lines:
            content, split, _ = split_credit((m.Text(caption),), rules)
            made = replace(made, caption=content, credit=split)
            shown = caption
        if not made.credit and not credit and image.title and "\n" not in image.title:
            credit = m.plain_text(credit_line((m.Text(image.title),), image.title, rules)[0])
            if credit:
                bare = replace(image, title="")
                made = replace(made, image=bare)
        if credit and not made.credit and credit not in shown:
            made = replace(made, credit=(m.Text(credit),))
        elif credit and not made.credit:
            made = _with_bracket(made, credit, account)
        if trace is not None and made is not figure and (origin := trace.origin(figure)) is not None:
            trace.made(made, "html: attributes of the picture", origin.element)
        return made

    return m.with_figures(blocks, completed)
