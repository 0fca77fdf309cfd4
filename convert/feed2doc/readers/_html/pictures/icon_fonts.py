"""The names of icons that a font draws, such as `arrow_forward`, which only the font turns into pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.selectors import Index

# The classes and the element of fonts whose icons are words (https://developers.google.com/fonts/docs/material_icons,
# https://material.angular.io/components/icon).
_FONTS = (
    *(".material-icons", ".material-icons-outlined", ".material-icons-round", ".material-icons-rounded"),
    *(".material-icons-sharp", ".material-icons-two-tone", ".material-symbols", ".material-symbols-outlined"),
    *(".material-symbols-rounded", ".material-symbols-sharp", ".google-symbols", "mat-icon"),
)
_KNOWN = frozenset(_FONTS)
# Class names with the word: `icon`, `fa-icon`, `icon_arrow`, `MuiIcon-root`, but not `lexicon`.
_ICON = pattern(r"(?:(?:^|[\s_-])[Ii]|[a-z]I)con(?:s|[Ff]ont)?(?![a-z])")
_NAME = pattern(r"[a-z0-9]{1,20}(?:_[a-z0-9]{1,20}){0,5}")


def icons_in(index: Index) -> dict[_Element, str]:
    """Return the elements that have nothing but the name of an icon, and the rule.

    The class of an element may name a font for icons. Other icons have an underscore in their names, or are hidden from
    screen readers.
    """
    found: dict[_Element, str] = {}
    if not _KNOWN.isdisjoint(index.names):
        for name in _FONTS:
            found.update((each, "html: icon font") for each in index.named.get(name, ()) if _name_in(each))
    for each in index.named.get("i", ()):
        name = _name_in(each) if _ICON.search(each.get("class") or "") else ""
        if name and ("_" in name or each.get("aria-hidden") == "true"):
            found[each] = "html: icon font"
    return found


def _name_in(element: _Element) -> str:
    """Return the text of an element if it may be the name of an icon, else ""."""
    text = "" if len(element) else (element.text or "").strip()
    return text if _NAME.fullmatch(text) else ""
