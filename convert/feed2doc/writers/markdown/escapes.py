"""Escapes of Markdown: what CommonMark, GitHub, pandoc, Obsidian, Hugo or Jekyll would take for syntax in a text.

CommonMark allows a backslash before each of these characters (https://spec.commonmark.org/0.31.2/#backslash-escapes).
"""

from __future__ import annotations

import re

from feed2doc._text.lazy_re import pattern
from feed2doc._text.plain import clean
from feed2doc._text.urls import has_scheme_of
from feed2doc.model import LINK_SCHEMES

# `_` between letters and `*` or `~` between spaces are not delimiters; `<` and `&` matter only if they look like the
# start of a tag or an entity. The rest is pandoc's, GitHub's, Obsidian's and Hugo's: `{` begins attributes, raw text and
# shortcodes, `\` a command of TeX, `^` superscript, `@` a citation, `==` highlighted text, `%%` a comment, and `:`
# an emoji or a URL with a scheme that links may not have.
_SPECIAL = pattern(
    r"[`\[{^\\]|_(?![^\W_])|(?<![^\W_])_|\*(?! )|(?<! )\*|~(?! )|(?<! )~"
    r"|<(?=[A-Za-z/!?]|$)|&(?=#?\w{1,32};)|(?<![^\W_])@(?=\S|$)|=(?=={1,40}[^\s=])|(?<==)=(?=[^\s=])|%(?=%)|(?<=[%{])%"
    r"|:(?=[a-z_][a-z0-9_+-]{0,40}:|[+-]1:)|(?<=[A-Za-z]{2})(?<!http)(?<!https)(?<!ftp)(?<!mailto):(?=\S)"
)
# An address in a text, which programs link: a backslash would be part of the link.
_ADDRESS = pattern(r"(?<!\w)(https?://(?:[\w.~+,;=@/?#:!&-]|%[0-9A-Fa-f]{2}){1,2000}(?<![_~.,;:?!&=]))")
_SPECIAL_IN_TITLE = pattern(r'[\\"{`]|%(?=%)|(?<=[%{])%')
_ANY_SPECIAL = pattern(r"[`\[{^\\_*~<&@=%:$]")
# A backslash that would begin or end a formula, `\(`; with `\\` it would do so for some programs as well.
TEX_BRACKET = pattern(r"\\\\(?=[()\]]|\\\[)")
# Beginnings that would turn a line into a heading, list, quote, underline, thematic break, table, line block, box,
# definition, caption or title.
_LINE_START = pattern(
    r"(#{1,6}(?=[ \t.]|$)|[+*:%-](?=[ \t]|$)|:::|\+(?=[+=-])|[>|]|=+[ ]*$|(?=[^-]*-)[|:-][|: -]*$)"
    r"|(\(?(?:\d{1,9}|[A-Za-z]|[IVXLCDM]{2,9}|[ivxlcdm]{2,9}|\\@[\w-]{0,40})(?=[.)](?:[ \t]|$))(?![A-Z]\.)|Table(?=:))([.):])"
)
_SAFE_ADDRESS = pattern(r"[!#-%'*-;=?-\[\]_a-z~]*+")  # most URLs consist only of these
_UNSAFE_IN_ADDRESS = pattern(r"[\s<>\\`{}|\"^]")
_ENTITY = pattern(r"&(?=#?\w{1,32};)")

# A shortcode of Hugo, and one that has no end.
_SHORTCODE = pattern(r"(\{\{[<%])((?:(?![<>%]\}\}).){0,1000})([>%]\}\})", re.S)
_OPEN_SHORTCODE = pattern(r"\{\{[<%](?!/\*)")

# Private characters for a dollar sign of a text and for the end of a formula, until the text around them is complete.
DOLLAR, FORMULA_END = "\ue006", "\ue007"
# A dollar sign that pandoc, GitHub and Obsidian would take for the beginning of a formula; in `$5 and $6` none is.
_OPENING_DOLLAR = pattern(
    rf"{DOLLAR}(?=[^\s${DOLLAR}](?:[^${DOLLAR}\n]|\n(?!\n))*(?<!\s)[${DOLLAR}](?!\d))|{DOLLAR}(?=[${DOLLAR}])"
)
_FORMULA_BEFORE_DIGIT = pattern(rf"{FORMULA_END}(\d)")


def escape(text: str, in_link: bool = False) -> str:
    """Return the text with a backslash before syntax characters; `]` is one only inside a link's text.

    Its dollar signs are private characters, see `resolve_dollars`.
    """
    if _ANY_SPECIAL.search(text):
        parts = [text] if in_link else _ADDRESS.split(text)
        parts[::2] = [TEX_BRACKET.sub("&#92;", _SPECIAL.sub(r"\\\g<0>", part)) for part in parts[::2]]
        parts[1::2] = [f"<{part}>" if _SPECIAL.search(part) else part for part in parts[1::2]]
        text = "".join(parts).replace("$", DOLLAR)
    return text.replace("]", "&#93;") if in_link and "]" in text else text  # `\]` would end a formula of TeX


def resolve_dollars(text: str) -> str:
    """Return the complete text with a backslash before each dollar sign that would begin a formula, and only there."""
    if FORMULA_END in text:  # a formula must not end before a digit
        text = _FORMULA_BEFORE_DIGIT.sub(lambda found: f"&#{ord(found[1])};", text).replace(FORMULA_END, "")
    if DOLLAR not in text:
        return text
    return _OPENING_DOLLAR.sub(r"\\$", text).replace(DOLLAR, "$")


def code_for_hugo(code: str) -> str | None:
    """Return code whose shortcodes Hugo prints and does not run, or None if it cannot be written as code.

    Hugo runs shortcodes in code too, but prints `{{</* a */>}}` as `{{< a >}}`.
    """
    printed = _SHORTCODE.sub(r"\1/*\2*/\3", code)
    return None if _OPEN_SHORTCODE.search(printed) else printed


def at_line_start(line: str) -> str:
    """Return the line with a backslash if its beginning would start a block."""
    first = line[:1]
    if (first.isalpha() and not first.isascii()) or not (found := _LINE_START.match(line)):
        return line
    if found[1]:
        return "\\" + line
    return f"{found[2]}\\{line[found.end(2) :]}"


def target(url: str) -> str:
    """Return a URL as a link destination (https://spec.commonmark.org/0.31.2/#link-destination)."""
    if _SAFE_ADDRESS.fullmatch(url):
        return url
    url = _UNSAFE_IN_ADDRESS.sub(lambda found: "".join(f"%{b:02X}" for b in found[0].encode()), clean(url))
    if "&" in url:
        url = _ENTITY.sub(r"\\&", url)
    if ("(" in url or ")" in url) and not _balanced(url):
        url = re.sub(r"[()]", r"\\\g<0>", url)
    return url


def is_link_target(url: str) -> bool:
    """Return True if a link may have this URL."""
    return has_scheme_of(url, LINK_SCHEMES)


def title(text: str) -> str:
    """Return the title of a link or picture with a space before it, or "" if there is none.

    Its line ends become entities, because a line of Markdown that begins inside it could start a block.
    """
    if not text:
        return ""
    lines = [_SPECIAL_IN_TITLE.sub(r"\\\g<0>", clean(line)) for line in text.split("\n")]
    quoted = "&#10;".join(_ENTITY.sub("&amp;", line) for line in lines)
    return f' "{quoted}"'


def _balanced(url: str) -> bool:
    depth = 0
    for char in url:
        depth += (char == "(") - (char == ")")
        if not 0 <= depth < 32:
            return False
    return depth == 0
