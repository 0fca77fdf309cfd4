"""Names of persons, as they are written in any script."""

from __future__ import annotations

from feed2doc._text.lazy_re import pattern

_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_CAPITAL = "A-Z\u00c0-\u00d6\u00d8-\u00de\u0141\u0160\u017d\u010c\u0106\u015a\u017b\u0179\u0400-\u042f"
_WORD = rf"(?:[{_CAPITAL}]\.){{1,4}}|(?:[Dd]['’]|Mc|[A-Z]['’]|al-|Al-)?[{_CAPITAL}][A-Za-z\u00c0-\u024f\u0400-\u04ff'’\-]{{1,24}}\.?"
_PARTICLES = "de|del|della|di|da|dos|das|do|du|la|le|van|von|vom|zu|zur|der|den|ten|ter|bin|ibn|al|el|af|av"
_LATIN = rf"(?:{_WORD})(?: (?:(?:{_PARTICLES}) ){{0,2}}(?:{_WORD}|[{_CAPITAL}]\.?)){{0,4}}"
_HAN_NAME = (
    rf"[{_HAN}]{{2,4}}(?:[·•・‧][{_HAN}]{{1,8}}){{0,3}}|[{_HAN}]{{1,8}}(?:[·•・‧][{_HAN}A-Z]{{1,8}}){{1,3}}"
)
_OTHER = r"[\u3041-\u30ff\u3400-\u9fff]{2,12}|[\uac00-\ud7a3]{2,4}|[\u0600-\u06ff]{2,16}(?: [\u0600-\u06ff]{2,16}){0,3}"
# One name, with a note in brackets: `林海`, `Ann van Berg`, `露西•凯拉韦(Lucy Kellaway)`.
_NAME = pattern(rf"(?:{_HAN_NAME}|{_LATIN}|{_OTHER})(?:\s*[（(][^（）()]{{1,40}}[)）])?")
_BETWEEN = pattern(
    rf" ?[,，、/／&;；] ?| (?:and|und|et|y|e|и|و|和|与|與) |(?<=[{_HAN}]{{2}}) ?[和与與及] ?(?=[{_HAN}A-Z])|(?<=\w) ?[和与與及] ?(?=[A-Z])|(?<=[{_HAN}]) (?=[{_HAN}])"
)
_MOST = 10


def are_names(text: str) -> bool:
    """Return True if the text is one name or a list of names."""
    parts = _BETWEEN.split(" ".join(text.split()))
    return len(parts) <= _MOST and all(_NAME.fullmatch(part) for part in parts if part) and any(parts)
