"""Lines below a picture that are nothing but its photo credit: `(Photo: Ann Ba)`, `▲图源：路透社`, `资料图`."""

from __future__ import annotations

from feed2doc import model as m
from feed2doc.readers._blocks.captions.credit_brackets import BRACKET, OPENING
from feed2doc.readers._blocks.captions.credit_spans import (
    LONGEST_CREDIT,
    credit_in,
    has_credit_after_kind,
    has_licence,
    is_credited,
)
from feed2doc.readers._blocks.captions.credit_splitting import SEVERAL, cut, pictures_in
from feed2doc.readers._blocks.captions.credit_tails import is_credit
from feed2doc.readers._rules.lookup import Rules

_OF_PICTURES = frozenset({"photographer", "note", "rights"})
# Signs that point at the picture above, as in `▲ The quay`.
_ARROWS = "▲△▼▽↑⬆◎◤ \u00a0\u3000"
_QUESTIONS, _FEWEST_SPACES = frozenset("?？!！"), 6


def credit_line(content: m.Inlines, text: str, rules: Rules) -> tuple[m.Inlines, m.Inlines]:
    """Return the credit of a line below a picture or its caption that is nothing but one, and the signs around it; else ()."""
    bare = text.lstrip(_ARROWS)
    if not is_credit_line(bare, rules):
        return (), ()
    start, end = len(text) - len(bare), len(text)
    if bare[0] in OPENING and (bracket := BRACKET.match(bare)):
        start, end = start + bracket.start("credit"), start + bracket.end("credit")
    signs, rest = cut(content, start)
    credit, after = cut(rest, end - start)
    if m.plain_text(credit) != text[start:end]:  # it begins or ends in a formula, which cannot be cut
        return content, ()
    return (*pictures_in((*signs, *after)), *credit), (m.Text(text[:start] + text[end:]),)


def is_credit_line(text: str, rules: Rules) -> bool:
    """Return True if a line below a picture or its caption is nothing but a photo credit."""
    if not text or len(text) > LONGEST_CREDIT or _is_sentence(text):
        return False
    if text.startswith(OPENING) and (bracket := BRACKET.match(text)):
        is_one = rules.words.find("photo", bracket["credit"]) is not None
    else:
        is_one = (
            rules.words.find("photo-line", text) is not None
            or rules.words.find("photo-alone", text) is not None
            or (has_licence(text) and _names_source(text, rules))
            or any(found.match.start() == 0 for found in rules.words.all("photo-tail", text))
            or _has_credit_after_kind(text, rules)
        )
    said = rules.words.find("credit", text) if is_one else None
    if said is not None and said.rule.role == "rights" and SEVERAL.search(text):
        return False  # the legal lines of the article
    if is_one and not BRACKET.match(text) and not _has_credit_after_kind(text, rules):
        found = credit_in(text, rules)
        is_one = found is None or not text[: found[0]].strip() or is_credited(text[: found[0]], rules)
    return is_one and (said is None or said.rule.role in _OF_PICTURES)  # others are of the article


def _names_source(text: str, rules: Rules) -> bool:
    return rules.words.find("photo", text) is not None or is_credit(text, rules, has_sign=False)


def _is_sentence(text: str) -> bool:
    """Return True if this can only be a sentence of the article: a question, or a full stop after many words or a comma, but no name."""
    if text[-1] in _QUESTIONS:
        return True
    if text[-1] != "." or (text.count(" ") < _FEWEST_SPACES and ", " not in text):
        return False
    return text[1:].islower() and not any(sign in text for sign in "@/©:")


def _has_credit_after_kind(text: str, rules: Rules) -> bool:
    """Return True if a kind of picture and a colon are before a source of the picture, which is not that of the article: `来源：新华社`."""
    if not has_credit_after_kind(text, rules, full_names=False):
        return False
    return (line := rules.words.find("credit", text)) is None or line.rule.role == "photographer"
