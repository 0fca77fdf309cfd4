"""Captions and photo credits: which text next to a picture is one, and where a credit begins in a caption."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from feed2doc import model as m
from feed2doc._text.cjk import is_han
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._blocks.credit_tails import credit_tail, is_credit
from feed2doc.readers._blocks.inlines import trim
from feed2doc.readers._html.parse import words_of
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.names import are_names, has_full_name

if TYPE_CHECKING:
    from lxml.etree import _Element

OPENING, _CLOSING = ("（", "(", "[", "【"), ")）]】"
BRACKET = pattern(
    r"[（(\[【](?P<credit>[^（）()\[\]【】]{1,90}(?:[（(][^（）()]{1,30}[)）])?)[)）\]】]\s*[。.]?$"
)
SENTENCE_END = frozenset('。.！!？?…”"」』')
# Inside a bracket after the last sentence, a date or a number is not a credit.
_DATED = pattern(r"[\d\s年月日.,/:：\-–]+|.*\d{4}年\d{1,2}月.*|\d{4}.{0,3}|.*[,，。；;！？!?].*")
_LONGEST_NAME, _LONGEST_HAN_NAME = 24, 4
_LABELLED_NAME = pattern(r"[^\W\d_]{3,20}\s?[:：]\s?(?P<name>[A-ZÀ-ÞА-ЯЁ][^.!?。:：;,\u3400-\u9fff]{2,50})")
# What is between a credit at the start and a remark, how many such signs are looked at, and the length of a remark.
_REMARK = pattern(r"(?<=\w{3})(?:\.(?=\s)|。)|，")
_MOST_SIGNS, _SHORTEST_REMARK = 4, 6
# Signs between a caption and its credit.
_EDGES_OF_CREDIT, _COPYRIGHT = " \u00a0\u3000.。,，/／|｜–—-", pattern(r"[(（][cC][)）]\s?$")
_BARS, _DASHES = " \u00a0\u3000|｜丨/／•·，", "–—-"
# Signs that begin a credit and say nothing: `/연합뉴스`, `＝共同`. `/Ann Ba/` is two of them.
_SIGNS_BEFORE = " \u00a0\u3000/／|｜丨＝=•–—-"
# The words after the last sentence.
_LAST_NAME = pattern(r"(?<=\w{3}[.!?])\s(?P<name>[^.!?]{3,60}(?:\b\w\.[^.!?]{1,40})?)$")
_SLASH = pattern(r"\s?[/／]\s?")
# The length of the words of a link to the source of a picture.
_LONGEST_SOURCE = 40
LONGEST_CREDIT = 90
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


def split_credit(content: m.Inlines, rules: Rules) -> tuple[m.Inlines, m.Inlines, m.Inlines]:
    """Return the caption without the photo credit at its end, the credit (() if there is none), and the brackets around it."""
    if rules.only_article:
        return content, (), ()
    text = m.plain_text(content)
    if found := rules.search("caption_credit", text):
        (start, end), (first, last) = found[0].span(), found[0].span("credit")
    elif found_at := credit_in(text, rules) or _linked_source(content, text):
        start, end, first, last = found_at
    else:
        return content, (), ()
    first = last - len(text[first:last].lstrip(_SIGNS_BEFORE))
    if start == first == 0 and end == last == len(text) and (remark := _remark_in(text, rules)):
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


def _remark_in(text: str, rules: Rules) -> tuple[int, int] | None:
    """Return where the sign begins and ends between a credit and a remark: `Photo by Ann Ba. The ferry is another one.`"""
    for sign in islice(_REMARK.finditer(text), _MOST_SIGNS):
        credit, remark = text[: sign.start()], text[sign.end() :].strip()
        if sign[0] == "，" and not (credit.isascii() and any(map(is_han, remark))):
            continue
        if len(remark) >= _SHORTEST_REMARK and rules.words.find("photo", credit):
            is_legal = rules.words.find("photo", remark) or rules.credit(remark)
            return None if is_legal else (sign.start() + (sign[0] != "，"), sign.end())
    return None


def credit_in(text: str, rules: Rules) -> tuple[int, int, int, int] | None:
    """Return where the credit begins and ends in this text, with and without its bracket."""
    if ":" in text or "：" in text:  # the pattern takes 1 ms to compile
        labelled = _LABELLED_NAME.fullmatch(text)
        if labelled and _is_labelled_name(labelled["name"], text, rules):
            return 0, len(text), 0, len(text)
    if bracket := _credit_bracket(text, rules):
        before = text[: bracket.start()].rstrip()
        # `Ducks. ANN BA (EFE)`, `Ducks. Photo: Ann Ba / Quay Post (CC BY 4.0)`
        named = (
            _labelled_in(before, rules)
            or credit_tail(before, rules)
            or _name_before(before, bracket["credit"], rules)
        )
        if named is not None:
            return named[0], bracket.end(), named[2], bracket.end()
        return bracket.start(), bracket.end(), bracket.start("credit"), bracket.end("credit")
    starts = [found.match.start("credit") for found in rules.words.all("photo-tail", text)]
    later = [start for start in starts if start]
    if 0 in starts and later and not is_credited(text[: min(later)], rules):
        starts = later  # an agency has any words before it: `Ducks 图/路透社`
    if 0 in starts and (tail := credit_tail(text, rules)):
        return tail
    if not starts:
        return credit_tail(text, rules)
    # Two credits: `（林海摄）Photo: RFA`.
    start = min(starts)
    if mark := _COPYRIGHT.search(text[:start]):
        start = mark.start()
    before = _without_sign(text[:start])
    if bracket := _credit_bracket(before, rules):
        start = bracket.start()
        before = _without_sign(text[:start])
    return len(before), len(text), start, len(text)


def _labelled_in(text: str, rules: Rules) -> tuple[int, int, int, int] | None:
    """Return where a credit with a label begins and ends that names are in, or None: `Ducks. Photo: Ann Ba / Quay Post`."""
    for found in rules.words.all("photo-tail", text):
        start = found.match.start("credit")
        kind = rules.words.find("photo-kind", text[start:])
        if start and kind is not None and is_credit(text[start + kind.match.end() :], rules, has_sign=True):
            return len(_without_sign(text[:start])), len(text), start, len(text)
    return None


def _name_before(text: str, agency: str, rules: Rules) -> tuple[int, int, int, int] | None:
    """Return where the full name after the last sentence begins and ends, if an agency follows in brackets: `Ducks. Ann Ba (EFE)`."""
    if rules.words.find("photo-line", agency) is None or (found := _LAST_NAME.search(text)) is None:
        return None
    start, end = found.span("name")
    is_full = has_full_name(found["name"]) and are_names(found["name"])
    return (start, end, start, end) if is_full else None


def is_credited(text: str, rules: Rules) -> bool:
    """Return True if a text before a credit is not a caption, but one as well: names, or words of the trade."""
    bare = text.strip(_EDGES_OF_CREDIT)
    has_case = bare.lower() != bare.upper()  # else most captions could be names
    return ((has_case or len(bare) <= _LONGEST_HAN_NAME) and are_names(bare)) or rules.words.find(
        "photo", bare
    ) is not None


def _without_sign(caption: str) -> str:
    """Return a caption without the bar, or the dash after a space, before its credit."""
    bare = caption.rstrip(_BARS)
    dashless = bare.rstrip(_DASHES)
    return dashless.rstrip(_BARS) if dashless[-1:].isspace() else bare


def _is_labelled_name(name: str, text: str, rules: Rules) -> bool:
    """Return True for a caption that has nothing but a label and a name: `Foto: Ann Ba`, `Foto: QUAY POST`."""
    is_name = name.isupper() or (has_full_name(name) and are_names(name))
    return is_name and rules.words.find("photo", text) is not None


def _linked_source(content: m.Inlines, text: str) -> tuple[int, int, int, int] | None:
    """Return where the linked source after a slash begins and ends, as in `The quay / <a>Quay Notes</a>`."""
    match content:
        case (*_, m.Text(before), m.Link(inner)) if before.rstrip()[-1:] in ("/", "／", "|", "｜"):
            source = len(m.plain_text(inner))
            at = len(text) - source
            return (
                (len(text[:at].rstrip()) - 1, len(text), at, len(text))
                if 1 < source <= _LONGEST_SOURCE
                else None
            )
    return None


def _credit_bracket(text: str, rules: Rules) -> re.Match[str] | None:
    """Return the bracket at the end of this text if it has a photo credit."""
    if (
        text.rstrip().rstrip("。.").rstrip()[-1:] not in _CLOSING
    ):  # as most captions, and the pattern is not compiled
        return None
    bracket = BRACKET.search(text)
    if bracket is None:
        return None
    inside = bracket["credit"]
    if inside[0].isdigit() and rules.words.find("photo-other", inside):
        return None
    if (
        rules.words.find("photo", inside)
        or is_credit(inside, rules, has_sign=False)
        or _is_shared(inside, rules)
        or _is_name_after_sentence(text[: bracket.start()], inside, rules)
    ):
        return bracket
    return None


def _is_shared(inside: str, rules: Rules) -> bool:
    """Return True if a slash is between short names or words, and one side alone would be a credit: `船东提供/记者林海`."""
    parts = _SLASH.split(inside) if len(inside) <= 2 * _LONGEST_NAME else []
    if len(parts) < 2:
        return False
    are_credits = [rules.words.find("photo", part) is not None for part in parts]
    return any(are_credits) and not any(
        rules.words.find("photo-other", part)
        for part, is_one in zip(parts, are_credits, strict=True)
        if not is_one
    )


def _is_name_after_sentence(before: str, inside: str, rules: Rules) -> bool:
    """Return True if a bracket below the last sentence of a caption has a short name, as of a paper."""
    before = before.rstrip()
    if not before or before[-1] not in SENTENCE_END or len(inside) > _LONGEST_NAME:
        return False
    return not _DATED.fullmatch(inside) and rules.words.find("photo-other", inside) is None


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
