"""Changes of the tags of a page before it is parsed. Attribute values, comments, scripts and styles are not changed."""

from __future__ import annotations

import re

# The rest of a tag. Quotation marks count only after an equals sign. An open one ends with the page, so that nothing is read twice.
REST_OF_TAG = rb"""(?:=\s*+(?:"[^"]*+"?+|'[^']*+'?+)|[^>])*+>?+"""
_OTHER = (
    rb"<!--(?s:.*?)(?:-->|\Z)"
    rb"|<(?:script\b" + REST_OF_TAG + rb"(?s:.*?)(?:</script|\Z)|style\b" + REST_OF_TAG + rb"(?s:.*?)(?:</style|\Z))"
    rb"|</?[a-z]" + REST_OF_TAG
)  # fmt: skip


def in_markup(wanted: bytes) -> bytes:
    """Return the source of a pattern for `sub_in_markup`, which finds this one where it is not in the value of an attribute.

    If the wanted pattern begins a tag, it must contain all of it (`REST_OF_TAG`).
    """
    return rb"%b|(?P<other>%b)" % (wanted, _OTHER)


def sub_in_markup(found: re.Pattern[bytes], replacement: bytes, data: bytes) -> bytes:
    """Return the HTML with everything replaced that the wanted part of a pattern (`in_markup`) matches."""
    return found.sub(
        lambda match: match[0] if match["other"] is not None else match.expand(replacement), data
    )
