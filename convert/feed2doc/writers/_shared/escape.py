"""Escaped text, valid URLs and alternative texts for XHTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from feed2doc._text.urls import host_of
from feed2doc._text.xml import xml_safe
from feed2doc.model import Embed, Figure, Image, title_text

_ALT_LENGTH = 100


def text(value: str) -> str:
    """Return the value escaped as character data."""
    return xml_safe(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(value: str) -> str:
    """Return the value escaped for an attribute, with white space collapsed."""
    return " ".join(text(value).split()).replace('"', "&quot;")


def title_attribute(title: str) -> str:
    """Return the title attribute of a link or picture with a space before it, or "" if there is no title."""
    lines = "&#10;".join(map(attribute, title.split("\n")))
    return f' title="{lines}"' if lines else ""


def address(url: str) -> str:
    """Return the URL in a form that every validator accepts (https://url.spec.whatwg.org/#valid-url-string).

    Return "" if it cannot be valid in a book: relative without a base, or without a host.
    """
    try:
        parts = urlsplit(xml_safe(url).strip())
        host = parts.netloc.encode("idna").decode("ascii") if not parts.netloc.isascii() else parts.netloc
        parts.port  # noqa: B018 - raises ValueError if the port is not a number
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme in ("mailto", "tel"):
        return quote(f"{parts.scheme}:{parts.path}", safe="%:@+=&?,;.-_~")
    if parts.scheme not in ("http", "https", "ftp") or not re.fullmatch(r"[A-Za-z0-9.\-_:@%\[\]]+", host):
        return ""
    rest = parts._replace(scheme="", netloc="", fragment="").geturl()
    fragment = f"#{_quoted(parts.fragment)}" if parts.fragment else ""
    return f"{parts.scheme}://{host}{_quoted(rest)}{fragment}"


def _quoted(part: str) -> str:
    return quote(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", part), safe="%/:=&?~+!$,;'@()*-._")


def has_description(image: Image) -> bool:
    """Return True if the source describes the picture; a single full stop or letter is not a description."""
    return len(image.alt.strip(" 。.")) > 1


def words_of_embed(embed: Embed, words: Mapping[str, str]) -> str:
    """Return the title of what is embedded, or its kind and the host that has it."""
    named = (words[embed.kind], host_of(embed.url))
    return embed.title or words["colon"].join(filter(None, named))


def alt_of(image: Image, figure: Figure, label: str) -> str:
    """Return the picture's alternative text: the source's, else the beginning of the caption, else the label and the credit.

    It is never empty: a figure of an article is content (https://www.w3.org/WAI/tutorials/images/decision-tree/).
    """
    if has_description(image):
        return image.alt
    caption = title_text(figure.caption)
    if caption:
        return caption if len(caption) <= _ALT_LENGTH else caption[: _ALT_LENGTH - 1] + "…"
    credit = title_text(figure.credit)
    return f"{label}: {credit}" if credit else label
