"""Datelines: the reporters named at the beginning of a text, or at its end."""

from __future__ import annotations

from itertools import islice

from feed2doc import model as m
from feed2doc._text.cjk import HAN_LETTER
from feed2doc._text.given_names import is_surely_person
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.words.lexicon import Lexicon

_DATELINE = 160
_BRACKETS = pattern(r"[（(【〔\[［#]([^（）()【】〔〕\[\]［］#]{4,60})[)）】〕\]］#]")
# The reporters in brackets after the day of a wire service: `中新网北京3月4日电 (林海 梅林)`.
_WIRE = pattern(
    rf"日[电電]\s?[（(](?P<person>{HAN_LETTER}{{2,3}}(?:[ \u3000、]{HAN_LETTER}{{2,3}}){{0,3}})[)）]"
)
# The name at the end of a Japanese text, and the sentence before it, which has hiragana.
_ONE = rf"(?:{HAN_LETTER}{{3,6}}|{HAN_LETTER}{{1,3}}[ \u3000・]{HAN_LETTER}{{1,3}})"
_SIGNED = pattern(
    r"[。」！？]\s?[（【](?:[^（）・＝：、]{1,8}[・＝：])?"
    rf"(?P<person>{_ONE}(?:、{_ONE}){{0,3}})(?:[、＝]写真(?:も|とも))?[）】]\s*$"
)
_KANA_AT_END = pattern(r"[\u3041-\u30f6]$")
_JAPANESE = pattern(r"[\u3041-\u309f]")
_LONGEST_SENTENCE = 81


def colleagues_in(text: str, words: Lexicon) -> list[str]:
    """Return the names of others who worked on a report: `记者林海 通讯员梅林`."""
    return [
        each["person"] for found in words.all("colleague", text) for each in found.match.re.finditer(text)
    ]


def dateline_of(blocks: m.Blocks, rules: Rules) -> str:
    """Return the reporters named at the beginning of the text, as in `（本报记者林海北京报道）`, or at its end, or ""."""
    paragraphs = (block for block in blocks if isinstance(block, m.Paragraph))
    for paragraph in islice(paragraphs, 2):
        text = m.plain_text(paragraph.content)[:_DATELINE]
        found = rules.words.find("opening", text)
        if found and (
            not _KANA_AT_END.search(found.match["person"]) or is_surely_person(found.match["person"])
        ):
            return found.match["person"].strip()
        for bracket in _BRACKETS.finditer(text):
            if found := rules.words.find("dateline", bracket[1]):
                return "、".join((found.match["person"].strip(), *colleagues_in(bracket[1], rules.words)))
        if (wire := _WIRE.search(text)) is not None:
            names = wire["person"].replace("、", " ").split()
            if not any(rules.words.find(kind, name) for name in names for kind in ("byline-note", "no-name")):
                return "、".join(names)
    last = next((block for block in reversed(blocks) if isinstance(block, m.Paragraph)), None)
    text = m.plain_text(last.content)[-_DATELINE:] if last is not None else ""
    signed = _SIGNED.search(text) if text.rstrip()[-1:] in ("）", "】") else None
    if signed is None or rules.words.find("no-name", signed["person"]):
        return ""
    sentence = text[: signed.start()][-_LONGEST_SENTENCE:]
    if not _JAPANESE.search(sentence[max(map(sentence.rfind, "（）")) + 1 :]):
        return ""
    return "、".join("".join(name.replace("・", " ").split()) for name in signed["person"].split("、"))
