"""CSS selectors of site rules. They are compiled on first use, and evaluated only if their names occur in the tree."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, cast

import msgspec
from msgspec import Struct

from feed2doc._compiled_data import compiled
from feed2doc._decoding import decode
from feed2doc._text.lazy_re import pattern

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

# Pseudo-classes, whose arguments do not require that the names in them occur in the tree.
_CONDITIONAL = pattern(r":[\w-]+(?:\((?:[^()]|\([^()]*\))*\))?")
# Unlike those of other pseudo-classes, the names in this one must occur.
_HAS = pattern(r":has\(((?:[^(),]|\([^()]*\))*)\)")
_ATTRIBUTE = pattern(r"\[\s*(?:([\w-]+)\s*(?=\]|[~|^$*]?=))?[^\]]*\]")
# An attribute with words that its value must contain.
_VALUE = pattern(r"""\[([\w-]+)[*^$]?=(?:'([^'\\]+)'|"([^"\\]+)"|([\w-]+))\]""")
_NAME = pattern(r"[.#]?[A-Za-z_][\w-]*|\[[\w-]+\]")
# Elements and siblings of the same name after them, in XPath.
_SIBLINGS = pattern(
    r"(?P<start>descendant::|\./(?:\*/)?)(?P<tag>[a-z]\w*)(?P<others>(?:/following-sibling::(?P=tag))+)(?![\w/\[])"
)
# An element with any siblings after it (not the next one: `.a + .b`), of which the first one is enough.
_AFTER = pattern(
    r"^descendant-or-self::([\w*]+(?:\[[^\[\]]*\])?)/following-sibling::(?!\*\[1\]|.*position\(\))"
)
# An element name, a class, id or attribute, or an element name with one of these.
_SIMPLE = pattern(
    r"""([a-z][a-z0-9]*)?([.#][A-Za-z][\w-]*|\[([a-z][a-z0-9-]*)(?:([~*^$]?=)(?:([A-Za-z][\w-]*)|'([^'\\]+)'))?\])?""",
    re.A,
)
# Whether the value of an attribute (the second argument) is, begins with, ends with, contains or has the word of the first one.
_COMPARISONS: dict[str | None, Callable[[str, str], bool]] = {
    "=": str.__eq__,
    "^=": lambda value, whole: whole.startswith(value),
    "$=": lambda value, whole: whole.endswith(value),
    "*=": lambda value, whole: value in whole,
    "~=": lambda value, whole: value in whole.split(),
}


class Index(Struct, frozen=True):
    """A tree, with its elements by name (`p`, `.class`, `#id`, `[attribute]`) in document order."""

    root: _Element
    named: dict[str, list[_Element]]
    names: frozenset[str]
    found: dict[object, Any] = {}
    """What other modules found in the tree, so that they search it once."""

    @classmethod
    def of(cls, root: _Element) -> Index:
        """Return the index of this element and its descendants."""
        named: dict[str, list[_Element]] = defaultdict(list)
        elements: list[Any] = list(root.iter())  # lxml's types do not say that tags and values are str
        for element in elements:
            named[element.tag].append(element)
            names: list[str] = element.keys()  # reading all values takes longer
            for name in names:
                named[f"[{name}]"].append(element)
                if name == "class":
                    for each in set(element.get("class").split()):
                        named[f".{each}"].append(element)
                elif name == "id":
                    named[f"#{element.get('id')}"].append(element)
        return cls(root, named, frozenset(named))

    def values(self, attribute: str) -> str:
        """Return the values of an attribute, one per line."""
        if (known := self.found.get(attribute)) is None:
            elements = self.named.get(f"[{attribute}]", ())
            known = self.found[attribute] = "\n".join(each.get(attribute, "") for each in elements)
        return cast("str", known)

    def having(self, *names: str) -> frozenset[_Element]:
        """Return the elements that have one of these attributes. Asking lxml for each attribute of each one takes longer."""
        if (found := self.found.get(names)) is None:
            found = frozenset(each for name in names for each in self.named.get(f"[{name}]", ()))
            self.found[names] = found
        return cast("frozenset[_Element]", found)


class Selector(Struct, frozen=True, omit_defaults=True):
    """One CSS selector.

    `needs` are the elements, `.classes`, `#ids` and `[attributes]` that must occur in the tree for a match, and `values` what
    the values of attributes must contain. For a selector
    that consists only of an element name, class, id or attribute, `simple` has the element name; the class, id or attribute;
    the attribute's name; the comparison (`=`, `~=`, `*=`, `^=` or `$=`); and the value that it compares with. `xpath` is the
    translation to XPath, if it was compiled in advance.
    """

    css: str
    needs: frozenset[str]
    values: tuple[tuple[str, str], ...] = ()
    simple: tuple[str | None, ...] | None = None
    xpath: str = ""

    def of(self, index: Index) -> list[_Element]:
        """Return the matching elements, in document order."""
        if not self.needs <= index.names:
            return []
        if self.simple is None:
            if self.values and any(value not in index.values(name) for name, value in self.values):
                return []
            return cast("list[_Element]", _xpath(self.css, self.xpath)(index.root))
        tag, name, attribute, sign, value = self.simple
        found = index.named[f"[{attribute}]" if attribute else name or tag or ""]
        if tag and name:
            found = [element for element in found if element.tag == tag]
        if not attribute or not value:
            return found
        matches = _COMPARISONS[sign]
        return [each for each in found if matches(value, each.get(attribute, ""))]

    def check(self) -> None:
        """Raise an exception of cssselect if the selector is invalid."""
        _xpath(self.css, self.xpath)


@functools.cache
def selector(css: str) -> Selector:
    """Return the selector for this CSS. It is not checked before its first use."""
    known = _compiled().get(css)
    return parsed(css) if known is None else decode(known, Selector)


@functools.cache
def _compiled() -> dict[str, msgspec.Raw]:
    """Return the compiled selectors, each of which is decoded on first use."""
    known = compiled().get("selectors")
    return {} if known is None else msgspec.json.decode(known, type=dict[str, msgspec.Raw])


def parsed(css: str) -> Selector:
    """Return the selector for this CSS, without using the compiled files."""
    plain = _CONDITIONAL.sub("", _HAS.sub(r" \1", css))
    values = () if "," in css else tuple((n.lower(), a or b or c) for n, a, b, c in _VALUE.findall(plain))
    plain = _ATTRIBUTE.sub(lambda found: f"[{found[1].lower()}]" if found[1] else "", plain)
    alternatives = [
        {n if n[0] in ".#" else n.lower() for n in _NAME.findall(part)} for part in plain.split(",")
    ]
    simple = None
    if found := _SIMPLE.fullmatch(css):
        *parts, word, quoted = found.groups()
        simple = (*parts, word or quoted)
    return Selector(css, frozenset(set.intersection(*alternatives)), values, simple)


@functools.cache
def _xpath(css: str, xpath: str) -> Any:
    from lxml.etree import XPath

    return XPath(xpath or xpath_of(css))


def xpath_of(css: str) -> str:
    """Return the XPath of a CSS selector.

    Siblings of the same name (`:has(p ~ p ~ p)`) are counted, which takes no more time than there are. libxml2 would put all
    pairs of them into one set, and look through it for each: 26 seconds for 4,000 paragraphs. For the same reason, siblings are
    looked for (`.a ~ .b`) after the first element only, and the next sibling is asked for its name (`.a + p`), instead of all.
    """
    path = str(_SIBLINGS.sub(_counted, _translator().css_to_xpath(css)))
    return _AFTER.sub(r"descendant-or-self::*/\1[1]/following-sibling::", path)


@functools.cache
def _translator() -> Any:
    from lxml.cssselect import LxmlHTMLTranslator

    class Translator(LxmlHTMLTranslator):  # type: ignore[misc]  # lxml.cssselect states no types
        def xpath_direct_adjacent_combinator(self, left: Any, right: Any) -> Any:
            return left.join("/following-sibling::*[1]/self::", right)

    return Translator()


def _counted(found: re.Match[str]) -> str:
    start = "descendant-or-self::*/" if found["start"] == "descendant::" else found["start"]
    return f"{start}{found['tag']}[{found['others'].count('/') + 1}]"


def describe(element: _Element) -> str:
    """Return the element as a CSS selector: `figure`, `p.caption`, `div#body`."""
    name = str(element.tag)
    if found := element.get("id"):
        return f"{name}#{found}"
    classes = (element.get("class") or "").split()
    return ".".join([name, *classes[:2]])
