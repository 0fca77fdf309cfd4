"""Escaped text, valid addresses and alternative texts: what XHTML asks of single values."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from feed2doc._text.xml import xml_safe
from feed2doc.model import Figure, Image, plain_text

_ALT_LENGTH = 100


def text(value: str) -> str:
    """The value as character data."""
    return xml_safe(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(value: str) -> str:
    """The value as an attribute's, its white space collapsed."""
    return " ".join(text(value).split()).replace('"', "&quot;")


def title_attribute(title: str) -> str:
    """The attribute that gives a link or picture its title, with the space before it; "" for none."""
    lines = "&#10;".join(map(attribute, title.split("\n")))
    return f' title="{lines}"' if lines else ""


def address(url: str) -> str:
    """The address as every validator accepts it (https://url.spec.whatwg.org/#valid-url-string).

    "" if it cannot be one in a book: relative with no base, or with no host.
    """
    try:
        parts = urlsplit(xml_safe(url).strip())
        host = parts.netloc.encode("idna").decode("ascii") if not parts.netloc.isascii() else parts.netloc
        parts.port  # noqa: B018 - raises ValueError for a port that is no number
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
    """Whether the source says what the picture shows; a full stop or a letter says nothing."""
    return len(image.alt.strip(" 。.")) > 1


def alt_of(image: Image, figure: Figure, label: str) -> str:
    """The picture's alternative text: the source's, else the caption's beginning, else what it is and by whom.

    Never empty: a figure of an article is content (https://www.w3.org/WAI/tutorials/images/decision-tree/).
    """
    if has_description(image):
        return image.alt
    caption = " ".join(plain_text(figure.caption).split())
    if caption:
        return caption if len(caption) <= _ALT_LENGTH else caption[: _ALT_LENGTH - 1] + "…"
    credit = " ".join(plain_text(figure.credit).split())
    return f"{label}: {credit}" if credit else label
