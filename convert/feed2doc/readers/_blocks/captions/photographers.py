"""The name of a photographer without a label: the last part of a caption, in an element or line of its own after the last sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc import model as m
from feed2doc._text.cjk import is_han
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._blocks.line import Line
from feed2doc.readers._html.parse import words_of_few
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.names import are_full_names

if TYPE_CHECKING:
    from lxml.etree import _Element

_FULL_STOPS = frozenset(".!?。！？")
# Where a person is in the picture, and a sentence before a name: `Ann Ba (left)`, `The winner. Ann Ba`.
_SHOWN = pattern(r"[()（）]|\w{3}[.!?]\s")
_LONGEST_NAMES, _LONGEST_HAN, _HANGUL_NAME = 60, 4, 3


def is_name_part(element: _Element, line: Line, caption: _Element | None, rules: Rules) -> bool:
    """Return True if an element is the end of this caption, and has nothing but the full name of a person, after a sentence or in small print."""
    is_apart = line.last in _FULL_STOPS or (element.tag == "small" and not line.blank)
    if not is_apart or (element.tail or "").strip() or element.getnext() is not None:
        return False
    parent = element.getparent()
    if parent is not caption and (
        parent is None
        or parent.getparent() is not caption
        or parent.getnext() is not None
        or (parent.tail or "").strip()
    ):
        return False
    return is_photographer(words_of_few(element), rules)


def name_below(content: m.Inlines, before: m.Block | None, rules: Rules) -> m.Inlines:
    """Return the last line of a caption that is only a full name after a sentence, or (). `before` is the paragraph above."""
    breaks = [at for at, node in enumerate(content) if type(node) is m.LineBreak]
    if breaks:
        above, last = content[: breaks[-1]], content[breaks[-1] + 1 :]
    elif isinstance(before, m.Paragraph):
        above, last = before.content, content
    else:
        return ()
    ends = m.plain_text(above).rstrip()[-1:] in _FULL_STOPS
    return last if ends and is_photographer(m.plain_text(last).strip(), rules) else ()


def is_photographer(text: str, rules: Rules) -> bool:
    """Return True if a text is the full names of one or several persons: `Ann Ba`, `梅林海`, not `Whitby`."""
    if (
        not 1 < len(text) <= _LONGEST_NAMES
        or text[-1] in _FULL_STOPS
        or _SHOWN.search(text)
        or rules.words.find("photo-other", text)
    ):
        return False
    if is_han(text[0]):
        from feed2doc._text.han_names import is_han_name

        return len(text) <= _LONGEST_HAN and is_han_name(text)
    if "가" <= text[0] <= "힣":
        return len(text) == _HANGUL_NAME and text.isalpha()
    return text.lower() != text.upper() and are_full_names(text)
