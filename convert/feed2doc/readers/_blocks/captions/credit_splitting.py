"""Captions and photo credits: which text next to a picture is one, and where a credit begins in a caption."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from feed2doc import model as m
from feed2doc._text.cjk import is_character
from feed2doc._text.han_names import is_han_name
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._blocks.captions.credit_brackets import SENTENCE_END
from feed2doc.readers._blocks.captions.credit_spans import (
    LONGEST_CREDIT,
    credit_before_caption,
    credit_in,
    is_credited,
    remark_in,
)
from feed2doc.readers._blocks.inlines import trim
from feed2doc.readers._html.parse import words_of
from feed2doc.readers._rules.lookup import Rules

if TYPE_CHECKING:
    from lxml.etree import _Element

# Signs that begin a credit and say nothing: `/연합뉴스`, `＝共同`. `/Ann Ba/` is two of them.
_SIGNS_BEFORE = " \u00a0\u3000/／|｜丨＝=•–—-"
# Signs around a caption.
_SIGNS_AROUND = frozenset("/／|｜丨︱")
_SHORTEST_BETWEEN = 4
# The length of the words of a link to the source of a picture.
_LONGEST_SOURCE = 40
# The words of a caption in an element that its class calls the credit.
_SHORTEST_CAPTION, _FEWEST_PARTS = 8, 3
_OPENING, _CLOSING = "([（［", ")]）］"
_BRACKETS = frozenset(_OPENING + _CLOSING)
SEVERAL = pattern(r"[。！？.!?]\s*[^\s。！？.!?”」』)）]{4}")
_CREDIT_CLASS = pattern(
    r"(?<!ac)(?<!dis)credit(?!or|-?card)|attribution|copyright|photographer|(?:^|[\s_-])(?:source|author)(?:$|[\s_-])"
)


def is_credit_class(element: _Element) -> bool:
    """Return True if the class of an element next to a picture says that it is the credit."""
    classes = element.get("class")
    if classes is None or _CREDIT_CLASS.search(classes.lower()) is None:
        return False
    return next(element.iter("img", "figcaption"), None) is None and len(words_of(element)) <= LONGEST_CREDIT


def has_own_caption(element: _Element, rules: Rules) -> bool:
    """Return True if an element whose class says that it is the credit has a caption: `The quay. Photo: Ann Ba`, `林海，船长，现居海港`."""
    text = words_of(element)
    found = credit_in(text, rules)
    if found is None:
        parts = text.split("，")
        return len(parts) >= _FEWEST_PARTS and not rules.only_article and not all(map(is_han_name, parts))
    return found[0] >= _SHORTEST_CAPTION and not is_credited(text[: found[0]], rules)


def split_credit(
    content: m.Inlines, rules: Rules, *, only_at_end: bool = False
) -> tuple[m.Inlines, m.Inlines, m.Inlines]:
    """Return the caption without the photo credit at its end or start, the credit (() if there is none), and the brackets around it."""
    if rules.only_article:
        return content, (), ()
    text = m.plain_text(content)
    if found := rules.search("caption_credit", text):
        (start, end), (first, last) = found[0].span(), found[0].span("credit")
    elif found_at := (
        ("\n" in text and not only_at_end and credit_before_caption(text, rules))
        or credit_in(text, rules)
        or _linked_source(content, text)
        or (not only_at_end and credit_before_caption(text, rules))
    ):
        start, end, first, last = found_at
    else:
        return _split_in_brackets(content, text, rules)
    first = last - len(text[first:last].lstrip(_SIGNS_BEFORE))
    if start == first == 0 and end == last == len(text) and (remark := remark_in(text, rules)):
        last, end = remark
    before, rest = cut(content, start)
    left, rest = cut(rest, first - start)
    named, rest = cut(rest, last - first)
    right, after = cut(rest, end - last)
    caption = trim((*before, *pictures_in((*left, *right)), *after))
    credit = trim(named)
    if (
        m.plain_text(credit) != text[first:last].strip()
    ):  # it begins or ends in a formula, which cannot be cut
        return content, (), ()
    return caption, credit, (m.Text(text[start:first] + text[last:end]),)


def _split_in_brackets(content: m.Inlines, text: str, rules: Rules) -> tuple[m.Inlines, m.Inlines, m.Inlines]:
    """Return the parts of a caption that is all in brackets, with the credit after its last sentence: `（渔船归来。记者林海摄）`."""
    if text[:1] not in _BRACKETS or text[-1:] not in _BRACKETS or not _BRACKETS.isdisjoint(text[1:-1]):
        return content, (), ()
    inner = cut(cut(content, 1)[1], len(text) - 2)[0]
    caption, credit, around = split_credit(inner, rules, only_at_end=True)
    if not credit or m.plain_text(caption)[-1:] not in SENTENCE_END:
        return content, (), ()
    return caption, credit, (m.Text(text[0]), *around, m.Text(text[-1]))


def without_brackets(credit: m.Inlines) -> tuple[m.Inlines, m.Inlines]:
    """Return a credit without the brackets around all of it, and those: `(Ann Ba/AFP)`."""
    text = m.plain_text(credit)
    at = _OPENING.find(text[:1]) if text else -1
    if at < 0 or text[-1] != _CLOSING[at] or not _BRACKETS.isdisjoint(text[1:-1]):
        return credit, ()
    inner = cut(cut(credit, 1)[1], len(text) - 2)[0]
    return (inner, (m.Text(text[0] + text[-1]),)) if m.plain_text(inner) == text[1:-1] else (credit, ())


def without_signs_around(content: m.Inlines) -> tuple[m.Inlines, m.Inlines]:
    """Return a caption without the same sign at its start and end, and the signs: `/ The quay /`."""
    text = m.plain_text(content)
    if text[:1] not in _SIGNS_AROUND or text[:1] != text[-1:] or len(text) < _SHORTEST_BETWEEN:
        return content, ()
    first, rest = cut(content, 1)
    inner, last = cut(rest, len(text) - 2)
    return trim(inner), (*first, *last)


def _linked_source(content: m.Inlines, text: str) -> tuple[int, int, int, int] | None:
    """Return where the linked source after a slash begins and ends, as in `The quay / <a>Quay Notes</a>`.

    So does one without a space before it, as Hugo writes it: gohugoio/hugo, tpl/tplimpl/embedded/templates/_shortcodes/figure.html.
    """
    match content:
        case (*_, m.Text(before), m.Link(inner)):
            source = m.plain_text(inner)
            at = len(text) - len(source)
            if 1 < len(source) <= _LONGEST_SOURCE:
                if before.rstrip()[-1:] in _SIGNS_AROUND:
                    return len(text[:at].rstrip()) - 1, len(text), at, len(text)
                if _ends_in_word(before) and source[0].isupper():
                    return at, len(text), at, len(text)
    return None


def _ends_in_word(text: str) -> bool:
    """Return True if a text ends in a letter that has a space after it in a line, or in a full stop."""
    last = text[-1:]
    return last == "." or (last.isalnum() and not is_character(last))


def pictures_in(inlines: m.Inlines) -> m.Inlines:
    """Return the pictures in a part of a line whose text is left out."""
    return tuple(node for node in m.walk(inlines) if isinstance(node, m.InlineImage))


def cut(inlines: m.Inlines, at: int) -> tuple[m.Inlines, m.Inlines]:
    """Return the inlines before and after this position in their plain text."""
    before: list[m.Inline] = []
    for number, node in enumerate(inlines):
        size = len(m.plain_text((node,)))
        if at >= size:
            before.append(node)
            at -= size
            continue
        if at == 0:
            return tuple(before), inlines[number:]
        match node:
            case m.Text(value):
                halves: tuple[m.Inlines, m.Inlines] = ((m.Text(value[:at]),), (m.Text(value[at:]),))
            case (
                m.Link()
                | m.Strong()
                | m.Emph()
                | m.Span()
                | m.Strike()
                | m.Insert()
                | m.Highlight()
                | m.Quotation()
                | m.Abbreviation()
                | m.Sub()
                | m.Sup()
            ):
                first, second = cut(node.content, at)
                halves = (
                    (msgspec.structs.replace(node, content=first),),
                    (msgspec.structs.replace(node, content=second),),
                )
            case _:
                halves = ((), (node,))
        return (*before, *halves[0]), (*halves[1], *inlines[number + 1 :])
    return tuple(before), ()
