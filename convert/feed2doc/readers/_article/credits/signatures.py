"""Lines at the end of an article that are nothing but its author's name: `—Ann Ba`, `Ann Ba, Oslo`, `（林海生）`."""

from __future__ import annotations

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.authors.bylines import printed_names
from feed2doc.readers._article.authors.unlabelled_names import names_subject, people_of
from feed2doc.readers._rules.words.lexicon import Lexicon

_LONGEST = 100
_DASHES, _EDGES = "—–―-－─~/／", " \t\u00a0\u3000*•·—–―-－─~/／"
_BRACKETS = {"(": ")", "（": "）", "[": "]", "【": "】"}
_PARTS = pattern(r" ?[|｜] ?| [—–/-] ")
_QUOTED = frozenset('”»」』"“’')
_ENDS = ".。!！?？…:：;；"


def signed_by(text: str, words: Lexicon) -> str:
    """Return the names of the authors if a line has nothing else but perhaps a place, a paper or an office, or ""."""
    if not 1 < len(text) <= _LONGEST or text[-1] in _ENDS:
        return ""
    people = people_of(_PARTS.split(_bare(text)), words, timed=False)
    return people.names if people is not None else ""


def _bare(text: str) -> str:
    """Return a line without dashes, and without brackets around all of it."""
    text = text.strip(_EDGES)
    if text[:1] in _BRACKETS and text.endswith(_BRACKETS[text[0]]) and text[0] not in text[1:]:
        return text[1:-1].strip(_EDGES)
    return text


def is_signature(text: str, byline: str, text_above: m.Blocks, words: Lexicon) -> bool:
    """Return True if the last line of an article names its author, and no source of a quotation or person of the text above."""
    if not text_above or not (names := signed_by(text, words)):
        return False
    if byline:
        return all(name.casefold() in byline.casefold() for name in printed_names(names))
    above = text_above[-1]
    if not isinstance(above, m.Paragraph):
        return False
    if signed_by(m.plain_text(above.content), words):  # a list of people
        return False
    is_source = text[0] in _DASHES and m.plain_text(above.content).rstrip()[-1:] in _QUOTED
    written = " ".join(m.plain_text(run) for block in text_above for run in m.texts_of(block))
    return not is_source and not names_subject(names, "", f"{written} ", words)
