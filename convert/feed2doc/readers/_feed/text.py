"""The texts of a feed, which may be plain, HTML, or HTML that was escaped twice."""

from __future__ import annotations

import functools
import html
import re

from feed2doc._text.lazy_re import pattern
from feed2doc._text.surrogates import joined_surrogates
from feed2doc.errors import ReadError
from feed2doc.readers._html.parse import parse_html, words_of
from feed2doc.readers._html.title_words import title_words

_TAG = pattern(r"</?([A-Za-z][\w:\-]*+)[^<>]*>")
_REFERENCE = pattern(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_NUMERIC = pattern(r"&#(?:\d{1,7}|[xX][0-9A-Fa-f]{1,6});")
# References to letters with marks, to quotation marks and to dashes, which no text is about.
_LETTER = pattern(
    r"&(?:[A-Za-z]{1,2}(?:acute|grave|circ|uml|tilde|cedil|slash|ring|caron|lig)|[lr][sd]quo|[mn]dash|hellip);"
)
_VOID_END = pattern(r"></(?:br|hr|img|source|wbr|input|embed|track)>")
_PARAGRAPH_END = pattern(r"</(?:p|div|h[1-6]|blockquote|ul|ol|table)>", re.I)
# An inline element that is a line of its own, with the elements in it.
_LINE_OF_ITS_OWN = pattern(
    r"<span\s[^<>]{0,200}display:\s?block[^<>]{0,200}>(?:[^<]|<span\b[^<>]{0,200}>[^<]{0,200}</span>){0,40}</span>",
    re.I,
)
# A link at the end of all, or of a paragraph if its class says that it leads on.
_LAST_LINK = pattern(
    r"(?=<a\s[^<>]{1,1000}>(?:[^<]|<(?!/?a\b)){0,300}</a>\s{0,9}(?:</p>\s{0,9})?$)"
    r"|(?=<a\s(?:[^<>]{0,1000}\s)?class=[\"'][^\"'<>]{0,60}\bmore\b[^<>]{0,1000}>(?:[^<]|<(?!/?a\b)){0,300}</a>\s{0,9}</p>)",
    re.I,
)
_VOID = ("br", "wbr", "img", "hr")
# Markup that says where lines end, or in which line ends are something else, and the tags with which these end.
_BLOCKS = r"(?:p|div|br|h[1-6r]|blockquote|ul|ol|dl|table|pre|section|article|figure|center|script|style|textarea|svg|math)\b"
_LINES_SAID, _LINE_ENDS = pattern(f"<{_BLOCKS}", re.I), pattern(rf"</?{_BLOCKS}[^<>]{{0,1000}}>", re.I)
_ENDS_WITH_BLOCK, _LONGEST_END = pattern(r"(?:</\w{1,12}|<[bh]r\s?/?)>$", re.I), 64
_BLANK_LINE = pattern(r"\n[ \t\u00a0\u3000]*\n\s*")
_MANY = 3
# The lengths of lines that a program wrapped.
_WRAPPED = range(50, 101)
_WRAPPED_LINES = 3


def title_of_text(text: str) -> str:
    """Return plain text in one line. Numeric references are mistakes of the feed, and with one, or for a letter, so are all others."""
    if _NUMERIC.search(text) or _LETTER.search(text):
        text = html.unescape(joined_surrogates(text))
    return " ".join(_NUMERIC.sub(lambda found: html.unescape(found[0]), text).split())


def title_of_html(text: str) -> str:
    """Return a title that is HTML, or that a feed escaped once more, as plain text in one line.

    Tags that HTML does not know, and those without an end tag, are text: `Vec<u8>`, `vs <div>`.
    """
    for _ in range(2):  # feeds escape twice
        if has_tags(text):
            marked = _TAG.sub(functools.partial(_tag_or_text, text), text)
            try:
                text = title_words(parse_html(marked))
            except ReadError:  # over a limit: its tags are text
                break
        elif _REFERENCE.search(text):
            text = html.unescape(joined_surrogates(text))
    return " ".join(text.split())


def _tag_or_text(text: str, tag: re.Match[str]) -> str:
    is_markup = _is_name(tag[1]) and (tag[1].lower() in _VOID or f"</{tag[1]}" in text)
    return tag[0] if is_markup else html.escape(tag[0])


def title_of_body(body: str) -> str:
    """Return the text of a body in one line, or "" if it is over a limit: reading the body reports that."""
    try:
        return words_of(parse_html(body)) if body else ""
    except ReadError:
        return ""


def lines_of_body(body: str) -> str:
    """Return the text of a body with one line for each paragraph, and for a link to the rest at the end of one."""
    if "display" in body:
        body = _LINE_OF_ITS_OWN.sub(r"</p>\g<0></p>", body)
    lines = map(title_of_body, _PARAGRAPH_END.split(_LAST_LINK.sub("</p>", body)))
    return "\n".join(filter(None, lines))


def body_of_html(text: str) -> str:
    """Return the HTML of a body that is said to be HTML, which may be plain text, or HTML that was escaped twice.

    Blank lines in HTML without blocks and line breaks are ends of paragraphs, as in the text that such a feed is made of, and
    so are several before the first block, or after the last one, if no line break is there.
    """
    if not has_tags(text):
        unescaped = html.unescape(text)
        if not is_wrapped_in_tags(unescaped) and not _has_many_tags(unescaped):
            return paragraphs(unescaped)
        text = unescaped
    text = _VOID_END.sub(">", text)  # HTML parses `</br>` as another line break
    if "\n" not in text or _BLANK_LINE.search(text) is None:
        return text
    if (first := _LINES_SAID.search(text)) is None:
        return _paragraphs_in(text, 2)
    above, below = text[: first.start()], ""
    if "<br" in text[: first.end()].lower():
        return text
    if not _ENDS_WITH_BLOCK.search(text[-_LONGEST_END:].rstrip()):
        ends = [found.end() for found in _LINE_ENDS.finditer(text, first.start())]
        below = text[ends[-1] :] if ends else ""
    blocks = text[len(above) : len(text) - len(below)]
    return f"{_paragraphs_in(above, _MANY)}{blocks}{_paragraphs_in(below, _MANY)}"


def _paragraphs_in(text: str, fewest: int) -> str:
    """Return text without blocks with a paragraph for each part between blank lines, if it has at least so many.

    Parts that are elements, all of them, are the fields of Drupal.
    """
    parts = _BLANK_LINE.split(text.strip())
    if len(parts) < fewest or (
        fewest == _MANY and all(part.startswith("<span") and part.endswith("</span>") for part in parts)
    ):
        return text
    return "".join(f"<p>{part.strip().replace(chr(10), '<br>')}</p>" for part in parts)


def body_of_text(text: str) -> str:
    """Return the HTML of a body that is said to be plain text. Feeds say so of HTML as well."""
    return body_of_html(text) if is_wrapped_in_tags(text) else paragraphs(text)


def has_tags(text: str) -> bool:
    """Return True if the text has a tag of HTML, or one whose name shows that it is a custom element."""
    return any(_is_name(found[1]) for found in _TAG.finditer(text))


def _has_many_tags(text: str) -> bool:
    """Return True if the text has more tags than a text about HTML mentions, with an end tag among them."""
    tags = [found for found in _TAG.finditer(text) if _is_name(found[1])]
    return len(tags) >= _MANY and any(tag[0].startswith("</") for tag in tags)


def is_wrapped_in_tags(text: str) -> bool:
    """Return True if the text begins and ends with a tag of HTML."""
    text = text.strip()
    first = _TAG.match(text)
    last = _TAG.fullmatch(text, text.rfind("<")) if text.endswith(">") else None
    return first is not None and last is not None and _is_name(first[1]) and _is_name(last[1])


def _is_name(name: str) -> bool:
    return name.lower() in _names() or "-" in name or ":" in name


@functools.cache
def _names() -> frozenset[str]:
    from lxml.html import defs

    from feed2doc.formulas.mathml import ELEMENTS

    return (
        frozenset(defs.tags)
        | ELEMENTS
        | {
            "picture",
            "main",
            "svg",
            "bdi",
            "data",
            "nobr",
            "dialog",
            "search",
            "slot",
        }
    )


def paragraphs(text: str) -> str:
    """Return plain text as HTML: paragraphs are split at blank lines, other line breaks are kept."""
    parts = (part.strip("\n") for part in re.split(r"\n[ \t]*\n", text) if part.strip())
    return "".join(f"<p>{_lines(part.split(chr(10)))}</p>" for part in parts)


def _lines(lines: list[str]) -> str:
    """Return the lines as HTML. The lines of a wrapped paragraph are joined."""
    escaped = [html.escape(line.strip()) for line in lines]
    whole = [len(line.strip()) for line in lines[:-1]]
    is_wrapped = len(lines) >= _WRAPPED_LINES and all(length in _WRAPPED for length in whole)
    return " ".join(escaped) if is_wrapped else "<br>".join(escaped)
