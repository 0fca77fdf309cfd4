"""Elements that a browser does not display because of their attributes, such as the preview line of a newsletter."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._html.parse import words_of
from feed2doc.readers._html.pictures.lazy import names_another
from feed2doc.readers._html.style import values_of

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.selectors import Index

# A style without any of these hides nothing.
_MAY_HIDE = pattern(r"none|hidden|collapse|font-size|absolute|fixed|clip|indent|mso-hide|opacity", re.I)
_NOTHING = pattern(r"0+(?:\.0+)?(?:px|pt|em|rem|%)?")
_TINY = pattern(r"[01](?:\.0+)?(?:px|pt)?|0+(?:em|rem|%)")
_FAR_LEFT = pattern(r"-\d{3,6}(?:px|em|rem|%)?")
_CLIPPED = pattern(r"rect\((?:[01](?:px)?[\s,]*){4}\)|inset\((?:50|100)%\)")
# Classes of scripts that show an element when it is scrolled into view, and of lazily loaded elements.
_APPEARING = pattern(r"\b(?:wow|aos|animated?|invisible|fade|reveal|lazy)|\blazyload", re.I)
# Inlines that are transparent until they are pointed at or used, such as `Copied!`, and the length of their words. A script
# shows others when the page is scrolled.
_INLINE = frozenset(["span", "small", "b", "i", "em", "strong", "button", "label", "a"])
_HINT = pattern(
    r"(?:^|[\s_-])(?i:cop(?:y|ied)|hints?|toasts?|badges?)(?![a-z])|(?i:(?:^|[\s_-])indicat|clipboard|tool-?tip|pop-?up)"
)
_TRANSPARENT, _LONGEST_HINT = pattern(r"0+(?:\.0+)?%?"), 40
# Elements that a script shows when another one is clicked.
_CONTROLLED = pattern(r"tabpanel|region|dialog")
# The length of hidden text that is not the article itself, even if the article is shorter.
_LONGEST = 500
# Elements around an article: headers and footers, a title that is taken, in place of which a `template` is, and words for
# browsers without scripts.
_HEADERS = ("header", "footer", "template", "noscript")
_MEDIA = ("img", "video", "audio", "iframe", "embed", "object")


def hidden_in(
    index: Index, kept: Collection[_Element], left_out: Collection[_Element]
) -> dict[_Element, str]:
    """Return the elements that are not displayed, and why.

    Elements with formulas, with notes (`kept`), with pictures that are nowhere else, and with text that a click shows are
    not among them. Nothing is hidden if that were the article itself, which a script shows: if nothing else is displayed
    but a header, and what is `left_out` for other reasons.
    """
    found: dict[_Element, str] = {}
    for element in index.named.get("[hidden]", ()):
        if element.get("hidden") != "until-found":
            found[element] = "hidden: attribute"
    for element in index.named.get("dialog", ()):
        if element.get("open") is None and not element.get("id"):  # nothing leads to it
            found.setdefault(element, "hidden: dialog")
    for element in index.named.get("[style]", ()):
        if element not in found and (reason := _hiding(element)):
            found[element] = f"hidden: {reason}"
    if not found:
        return {}
    shown = {
        each.get("src")
        for tag in _MEDIA
        for each in index.named.get(tag, ())
        if not (each in found and names_another(each))
        and not any(parent in found or parent.tag == "template" for parent in each.iterancestors())
    }
    controlled = {name for each in index.named.get("[aria-controls]", ()) for name in _controls(each)}
    around = _around(kept)
    found = {
        element: reason
        for element, reason in found.items()
        if not _is_controlled(element, controlled)
        and next(element.iter("math"), None) is None
        and element not in around
        and not _has_own_media(element, shown)
    }
    outermost = [e for e in found if not any(parent in found for parent in e.iterancestors())]
    hidden = sum(map(_length, outermost))
    rest = _length(index.root) - hidden - _length_of_headers(index, found, left_out)
    return found if rest > 0 and (hidden <= rest or hidden <= _LONGEST) else {}


def _length_of_headers(index: Index, hidden: Collection[_Element], left_out: Collection[_Element]) -> int:
    """Return the length of what is displayed around an article: its title, the head and foot of the page without paragraphs,
    and what is left out.
    """
    titles = index.named.get("h1", ())[:1]
    others = (each for tag in _HEADERS for each in index.named.get(tag, ()))
    headers = {*titles, *left_out, *(each for each in others if next(each.iter("p"), None) is None)}
    return sum(
        _length(each)
        for each in headers
        if each not in hidden
        and not any(parent in headers or parent in hidden for parent in each.iterancestors())
    )


def _length(element: _Element) -> int:
    return len(words_of(element).replace(" ", ""))


def is_hidden(element: _Element) -> bool:
    """Return True if the attributes of this element hide it."""
    return element.get("hidden") is not None or bool(_hiding(element))


def _around(kept: Collection[_Element]) -> set[_Element]:
    """Return these elements and all that they are in."""
    found: set[_Element] = set()
    for element in kept:
        each: _Element | None = element
        while each is not None and each not in found:
            found.add(each)
            each = each.getparent()
    return found


def _controls(element: _Element) -> list[str]:
    return (element.get("aria-controls") or "").split()


def _is_controlled(element: _Element, controlled: Collection[str]) -> bool:
    return element.get("id") in controlled or _CONTROLLED.fullmatch(element.get("role") or "") is not None


def _has_own_media(element: _Element, shown: Collection[str | None]) -> bool:
    """Return True if the element has pictures or players that are not displayed anywhere else (`shown`)."""
    inside = {src for each in element.iter(*_MEDIA) if (src := each.get("src")) and each.get("width") != "1"}
    return any(src not in shown for src in inside)


def _hiding(element: _Element) -> str:
    """Return the declaration of the element's style that hides it, or ""."""
    style = element.get("style") or ""
    if not _may_hide(style):
        return ""
    values = values_of(style)
    if values.get("display") == "none" or values.get("mso-hide") == "all":
        return "display: none"
    if values.get("visibility") in ("hidden", "collapse"):
        is_late = _APPEARING.search(element.get("class") or "") or _resets(element, "visibility")
        return "" if is_late else "visibility: hidden"
    if _TINY.fullmatch(values.get("font-size", "")):
        return "" if _resets(element, "font-size") else "font-size: 0"
    if element.tag in _INLINE and _TRANSPARENT.fullmatch(values.get("opacity", "")):
        return "opacity: 0" if _is_hint(element, values) else ""
    return next((name for name, holds in _RULES if holds(values)), "")


def _is_hint(element: _Element, values: Mapping[str, str]) -> bool:
    """Return True if a transparent element is a hint in a text that is displayed, not one of the words that a script shows.

    Its class or place says so, or it touches the word before it.
    """
    classes = element.get("class") or ""
    if len(words_of(element)) > _LONGEST_HINT or _APPEARING.search(classes):
        return False
    if _HINT.search(classes) or values.get("position") == "absolute" or "pointer-events" in values:
        return True
    before, parent = element.getprevious(), element.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else ""
    return text is not None and text != "" and not text[-1].isspace()


@functools.lru_cache(maxsize=256)
def _may_hide(style: str) -> bool:
    return _MAY_HIDE.search(style) is not None


def _resets(element: _Element, name: str) -> bool:
    """Return True if an element inside sets the property again, as newsletters do."""
    return any(name in (each.get("style") or "") for each in element.iterdescendants())


def _is_flat(values: Mapping[str, str]) -> bool:
    sizes = (values.get(name, "") for name in ("max-height", "height", "max-width", "width"))
    return "hidden" in values.get("overflow", "") and any(map(_NOTHING.fullmatch, sizes))


def _is_far_away(values: Mapping[str, str]) -> bool:
    if _FAR_LEFT.fullmatch(values.get("text-indent", "")):
        return True
    places = (values.get(name, "") for name in ("left", "top", "right"))
    return values.get("position") in ("absolute", "fixed") and any(map(_FAR_LEFT.fullmatch, places))


def _is_clipped(values: Mapping[str, str]) -> bool:
    return any(_CLIPPED.fullmatch(values.get(name, "")) for name in ("clip", "clip-path"))


_RULES: tuple[tuple[str, Callable[[Mapping[str, str]], bool]], ...] = (
    ("no height", _is_flat),
    ("out of sight", _is_far_away),
    ("clipped", _is_clipped),
)
