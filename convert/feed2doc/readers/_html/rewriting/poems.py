"""Poems whose lines are elements: `div`, of which an empty one separates stanzas, and lines by their names."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._html.parse import words_of
from feed2doc.readers._html.style import declarations

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.selectors import Index

_INLINE = frozenset(["a", "b", "br", "em", "font", "i", "small", "span", "strong", "sub", "sup", "u"])
# Names of the lines of poems: classes, and the element of TEI (https://tei-c.org/release/doc/tei-p5-doc/en/html/ref-l.html).
_LINES = frozenset(
    [
        f".{poem}{joined}line"
        for poem in ("verse", "poem", "poetry", "stanza", "lyric", "lyrics")
        for joined in ("-", "_", "__", "")
    ]
    + ["l"]
)
_LINE_CLASSES = frozenset(name[1:] for name in _LINES)
# The class of lines in what is a poem anyway.
_IN_POEM = frozenset({*_LINE_CLASSES, "line", "poem", "verse"})
_BACK = pattern(r"-\s?(?:\d|\.\d)")
# The fewest lines of a poem that only their hanging indent shows, and the length of the longest. Entries of bibliographies,
# which are set like that too, are longer, and end with a full stop.
_FEWEST, _LONGEST = 3, 70


def hanging_poems(index: Index) -> dict[_Element, str]:
    """Return the elements whose children are all short lines with a hanging indent, and the rule."""
    parents: dict[_Element, None] = {}
    for element in index.named.get("[style]", ()):
        if "text-indent" in (element.get("style") or "") and (parent := element.getparent()) is not None:
            parents[parent] = None
    return dict.fromkeys((each for each in parents if _hangs(each)), "html: hanging lines")


def poems_by_lines(index: Index) -> dict[_Element, str]:
    """Return the elements whose children are all lines of a poem by their names, and the rule."""
    parents: dict[_Element, None] = {}
    for name in _LINES & index.names:
        for element in index.named[name]:
            if (parent := element.getparent()) is not None:
                parents[parent] = None
    return dict.fromkeys((each for each in parents if _lines_in(each) is not None), "html: lines of a poem")


def _hangs(element: _Element) -> bool:
    if _lines_in(element) is None:
        return False
    lines = list(filter(words_of, element))
    texts = [words_of(each) for each in lines]
    ended = sum(1 for text in texts if text.endswith((".", "。")))
    return (
        len(lines) >= _FEWEST
        and all(len(text) <= _LONGEST for text in texts)
        and 2 * ended <= len(texts)
        and all(map(_is_hanging, lines))
    )


def _is_hanging(line: _Element) -> bool:
    style = declarations(line)
    moved = (
        style.get("padding-left") or style.get("margin-left") or style.get("padding") or style.get("margin")
    )
    return _BACK.match(style.get("text-indent", "")) is not None and bool(moved) and "mso-list" not in style


def settle_poems(poems: dict[_Element, str]) -> None:
    """Turn the `div` elements in these poems that are lines each into lines with breaks, an empty one into a second break.

    Those are not poems themselves, whatever their class.
    """
    for poem in list(poems):
        for line in _lines_in(poem, _IN_POEM) or ():
            poems.pop(line, None)
            if not words_of(line):
                line.clear()
            elif len(line) and line[-1].tag == "br" and not (line[-1].tail or "").strip():
                line.remove(line[-1])
            line.tag = "span"
            line.attrib.pop("class", "")
            if line.getnext() is not None:
                line.addnext(poem.makeelement("br"))
                if _is_stanza(line):
                    line.addnext(poem.makeelement("br"))


def _is_stanza(line: _Element) -> bool:
    """Return True if an element has nothing but lines of its own: `<span class="line">`, `<span style="display: block">`."""
    if len(line) < 2 or (line.text or "").strip():
        return False
    return all(
        not (each.tail or "").strip()
        and (
            any(name in _IN_POEM for name in (each.get("class") or "").split())
            or declarations(each).get("display") == "block"
        )
        for each in line
    )


def _lines_in(poem: _Element, names: Collection[str] = _LINE_CLASSES) -> list[_Element] | None:
    """Return the children of a poem, which are at least two lines, or None if they are anything else."""
    lines = list(poem)
    if (poem.text or "").strip() or not all(_is_line(each, names) for each in lines):
        return None
    return lines if len(list(filter(words_of, lines))) > 1 else None


def _is_line(element: _Element, names: Collection[str]) -> bool:
    """Return True for a `div` or a line by its name with the inlines of one line, which may end with a break."""
    if (element.tail or "").strip() or not (element.tag == "div" or _is_named(element, names)):
        return False
    inside = list(element.iterdescendants())
    if any(each.tag not in _INLINE for each in inside):
        return False
    breaks = [each for each in inside if each.tag == "br"]
    return not breaks or (breaks == [element[-1]] and not (breaks[0].tail or "").strip())


def _is_named(element: _Element, names: Collection[str]) -> bool:
    """Return True if a line has one of these classes, or is the blank one between named lines."""
    classes = (element.get("class") or "").split()
    return (
        element.tag == "l"
        or any(each in names for each in classes)
        or (element.tag == "p" and not words_of(element))
    )
