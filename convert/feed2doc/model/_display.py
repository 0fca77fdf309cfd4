"""The display of model nodes in a console (`repr`) and in a notebook (HTML)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from html import escape

import msgspec

_LONGEST, _LONGEST_VALUE, _LONGEST_SENTENCE = 199, 48, 200


def short_repr(node: msgspec.Struct) -> str:
    """Return the class name and the non-empty fields, each truncated, in at most 199 characters."""
    fields = []
    for field in msgspec.structs.fields(type(node)):
        value = getattr(node, field.name)
        if value != (
            field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
        ):
            fields.append(f"{field.name}={_short(value)}")
    text = f"{type(node).__name__}({', '.join(fields)})"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 4]}...)"


def _short(value: object) -> str:
    match value:
        case str():
            return repr(value if len(value) <= _LONGEST_VALUE else f"{value[: _LONGEST_VALUE - 3]}...")
        case tuple():
            if not value:
                return "()"
            if len(value) == 1 and len(text := repr(value)) <= _LONGEST_VALUE:
                return text
            return f"<{len(value)} {type(value[0]).__name__}{'s' if len(value) > 1 else ''}>"
        case datetime():
            return f"<{value.isoformat()}>"
        case _:
            text = repr(value)
            return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 4]}...)"


def first_sentence(texts: Iterable[str]) -> str:
    """Return the first sentence of the first non-empty text, truncated to 200 characters."""
    text = next((text for each in texts if (text := " ".join(each.split()))), "")
    end = re.search(r"[。！？]|[.!?](?=\s)", text)
    sentence = text[: end.end()] if end else text
    return sentence if len(sentence) <= _LONGEST_SENTENCE else f"{sentence[:_LONGEST_SENTENCE]}…"


def counts(text: str, language: str, pictures: int, credits: int) -> str:
    """Return the number of words (characters in Chinese and Japanese), pictures and credits, as text."""
    is_spaced = not language.startswith(("zh", "ja"))
    found = (
        (
            len(text.split()) if is_spaced else len("".join(text.split())),
            "word" if is_spaced else "character",
        ),
        (pictures, "picture"),
        (credits, "credit"),
    )
    return " · ".join(f"{n:,} {name}{'s' if n > 1 else ''}" for n, name in found if n)


def card(title: str, language: str, lines: Iterable[str]) -> str:
    """Return an HTML card for notebooks: a title in the given language, with lines below it."""
    shown = "".join(f"<div>{escape(line)}</div>" for line in lines if line)
    return (
        '<div style="border:1px solid #8888;border-radius:6px;padding:.6em 1em;max-width:42em">'
        f'<div lang="{escape(language)}" style="font-weight:bold;font-size:1.15em">{escape(title)}</div>{shown}</div>'
    )
