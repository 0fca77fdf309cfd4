"""Rules that are typed as text: `* * *`, `———`."""

from __future__ import annotations

from feed2doc._text.lazy_re import pattern

_LONGEST, _LONGEST_ORNAMENT, _FIRST = 80, 9, frozenset("_—–-─*＊=~·•◆■⁂")
_RULE = pattern(
    r"⁂|[—–─-]{1,9}\s?(?i:end|the end|完|全文完)\s?[—–─-]{1,9}|(?:[_—–─=~-]\s?){3,}+|__|(?:[*＊·•◆■]\s?){3,9}+"
)


def is_typed_rule(text: str) -> bool:
    """Return True for a text that is nothing but a rule."""
    return text[:1] in _FIRST and len(text) <= _LONGEST and _RULE.fullmatch(text) is not None


def is_ornament(text: str) -> bool:
    """Return True for signs that are a rule in place of a heading: `*`, `• • •`."""
    return text[:1] in _FIRST and len(text) <= _LONGEST_ORNAMENT and not any(map(str.isalnum, text))
