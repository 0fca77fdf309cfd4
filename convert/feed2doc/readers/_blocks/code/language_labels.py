"""Labels of program text: the name of its language, which a page shows above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._blocks.code.language import LANGUAGES, language_of
from feed2doc.readers._html.parse import words_of_few

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.selectors import Index

_TAGS = ("span", "div", "figcaption", "small", "label")
# The class of a label, which may have another name of the language: `Shell` of `bash`.
_CLASS = pattern(
    r"(?:^|[\s_-])lang(?:uage)?(?:$|[\s_-])",
)
_LONGEST = 20


def language_labels_in(index: Index) -> dict[_Element, str]:
    """Return the elements above program text that have only the name of its language, and the rule.

    One in a `pre` is moved before it.
    """
    found: dict[_Element, str] = {}
    for program in index.named.get("pre", ()):
        first = program[0] if len(program) > 1 and not (program.text or "").strip() else None
        if first is not None and program[1].tag == "code" and _is_label(first, program):
            program.addprevious(first)
            found[first] = "html: language of the program text"
        elif (above := program.getprevious()) is not None and _is_label(above, program):
            found[above] = "html: language of the program text"
    return found


def _is_label(element: _Element, program: _Element) -> bool:
    if element.tag not in _TAGS or (element.tail or "").strip():
        return False
    name = words_of_few(element).casefold()
    if not 0 < len(name) <= _LONGEST:
        return False
    is_named = _CLASS.search(element.get("class") or "") is not None and name in LANGUAGES
    return is_named or name == language_of(program).casefold()
