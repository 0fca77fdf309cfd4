"""Articles whose headline, names and text are written in TeX, as those of arXiv."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from feed2doc._text.tex_words import DOLLAR, words_of_tex

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._facts.facts import Facts

_WRITTEN = ("headline", "byline", "summary")


def settle_tex(root: _Element, facts: Facts) -> None:
    """Write the words of an article, its headline and its names as TeX would set them.

    In the text, `\\$` stays until its formulas are read.
    """
    for element in root.iter():
        if isinstance(element.tag, str):
            if element.text:
                element.text = words_of_tex(element.text, DOLLAR)
            for each in element:
                each.tail = words_of_tex(each.tail, DOLLAR) if each.tail else each.tail
    for name in _WRITTEN:
        if found := facts.stated.get(name):
            facts.stated[name] = [
                replace(fact, value=words_of_tex(fact.value), names=tuple(map(words_of_tex, fact.names)))
                for fact in found
            ]
