"""Escapes for what pandoc's writers leave as it is: text that a format's own programs would run, include or take for markup.

A paragraph `.. include:: /etc/passwd` is a directive in reStructuredText, and `{{groovy}}` a program in XWiki. Where
pandoc passes raw text through, the format's own escape is used, else a zero-width character.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from msgspec import Struct

_WORD_JOINER = "\u2060"


# In titles and other texts that pandoc writes without its own escapes: whatever may end them or begin anything.
_LABEL_MARKS = r"[\"\\`*_{}\[\]<>|~^=+#$@!()]+|[:%'-]{2,}|^[:.]+|&(?=#?\w)"


class Syntax(Struct, frozen=True):
    """How a format escapes text.

    `raw` is pandoc's name for raw text in it, or "" if pandoc's writer drops raw text. `special` are the characters that
    are escaped everywhere, `doubled` those that are escaped next to each other, and `words` is a regular expression of
    words that are escaped if a `.` or `:` follows, and `label` one of what titles and labels are written without. `escape` returns the escape of some characters.
    """

    raw: str
    special: str
    escape: Callable[[str], str]
    doubled: str = ""
    words: str = ""
    label: str = _LABEL_MARKS


def _backslash(text: str) -> str:
    return "".join(f"\\{character}" for character in text)


def _tilde(text: str) -> str:
    return "".join(f"~{character}" for character in text)


def _reference(text: str) -> str:
    return "".join(f"&#{ord(character)};" for character in text)


def _markdown(text: str) -> str:
    """Return the escape that every dialect knows (https://daringfireball.net/projects/markdown/syntax#backslash)."""
    return "".join(f"\\{c}" if c in "`*_{}[]()#+-.!" else _reference(c) for c in text)


def _dokuwiki(text: str) -> str:
    return f"<nowiki>{text}</nowiki>" if "%" in text else f"%%{text}%%"


def _zimwiki(text: str) -> str:
    return _joined(text) if "'" in text else f"''{text}''"


def _context(text: str) -> str:
    return "".join(f"\\char{ord(character)} " for character in text)


def _joined(text: str) -> str:
    return "".join(character + _WORD_JOINER for character in text)


def _org(text: str) -> str:
    """Return the characters between zero-width spaces (https://orgmode.org/manual/Escape-Character.html).

    A backslash is verbatim, without which pandoc cannot read the file.
    """
    return "".join(f"\u200b{character}\u200b" for character in text).replace("\\", "=\\=")


_BLOCKS = "bq|h[1-6]"
_MARKDOWN = Syntax("markdown", r"\`*_{}[]<>|~^$@&", _markdown, "=:%-+")
_COMMONMARK = Syntax("commonmark", _MARKDOWN.special, _markdown, _MARKDOWN.doubled)
_ASCIIDOC = Syntax("asciidoc", "\\`*_{}[]<>|~^#+&$", _reference, "=:-'/.;()")
_BBCODE = Syntax("bbcode", "[", _joined)
_SYNTAXES: Mapping[str, Syntax] = {
    "asciidoc": _ASCIIDOC,
    "asciidoc_legacy": _ASCIIDOC,
    "asciidoctor": _ASCIIDOC,
    "bbcode": _BBCODE,
    "bbcode_fluxbb": _BBCODE,
    "bbcode_hubzilla": _BBCODE,
    "bbcode_phpbb": _BBCODE,
    "bbcode_steam": _BBCODE,
    "bbcode_xenforo": _BBCODE,
    "commonmark": _COMMONMARK,
    "commonmark_x": _COMMONMARK,
    "context": Syntax("context", "^", _context),
    "djot": Syntax("djot", "\\`*_{}[]<>|~^$", _backslash, "=:%-+"),
    "dokuwiki": Syntax(
        "dokuwiki",
        "<>[]{}|^~%&\\",
        _dokuwiki,
        "*_/'=-()",
        label=r"[{}|\[\]<>\\]+|[=%~*_/]{2,}|(?<=[A-Za-z]):(?=\S)",
    ),
    "gfm": _COMMONMARK,
    "haddock": Syntax("haddock", "\\/'`\"@<$#*_&[]", _reference, "=-"),
    "ipynb": _MARKDOWN,
    "jira": Syntax("jira", "\\*_{}[]|~^+-?!@&", _reference, "=:", _BLOCKS),
    "markdown_github": _MARKDOWN,
    "markdown_mmd": _MARKDOWN,
    "markdown_phpextra": _MARKDOWN,
    "markdown_strict": _MARKDOWN,
    "markua": Syntax("", "{[]`$\\<", _joined),
    "mediawiki": Syntax("mediawiki", "{}[]<>|~&\\", _reference, "_'=-"),
    "muse": Syntax("", "{<", _joined),
    "opml": _MARKDOWN,
    "org": Syntax("org", "\\*/_=~+^$@[<{|", _org, ":#%"),
    "rst": Syntax("rst", "\\`*_|", _backslash),
    "textile": Syntax(
        "textile",
        '*_-+^~@%?!"[]{}|=<>(&',
        _reference,
        words=rf"{_BLOCKS}|bc|pre|p|fn[0-9]{1, 9}|notextile|table|clear|dl",
    ),
    "vimdoc": Syntax("", "*|<>", _joined, words="vim|vi|ex"),
    "xwiki": Syntax("xwiki", "~{}[]\\*_/^|", _tilde, "-,(=:>"),
    "zimwiki": Syntax("zimwiki", "[]{}|^~@", _zimwiki, "*_/=-'"),
}
# Marks at the beginning of a word, which pandoc may put at the beginning of a line, and of a numbered item.
_AT_START = r"^(?:[\"'(]++(?![\w\s])|[!#%&*+,./:;<=>?@\\^_`{|}~\[\]-]+)"
_NUMBER = r"^(?P<number>\(?(?:[0-9]{1,9}|[A-Za-z]|[IVXLCDMivxlcdm]{2,9}))[.)]$"
# A colon that is neither the end of a word nor in a time.
_COLON = r"(?<!\w):|:(?!$)(?!(?<=[0-9]:)[0-9])"


@cache
def _pattern(syntax: Syntax, is_inside: bool) -> re.Pattern[str]:
    parts = [_COLON] if is_inside else [_AT_START, _NUMBER, _COLON]
    if syntax.special:
        parts.append(f"[{re.escape(syntax.special)}]+")
    if syntax.doubled:
        doubled = f"[{re.escape(syntax.doubled)}]"
        parts.append(f"{doubled}{{2,}}|^{doubled}|{doubled}$")
    if syntax.words and not is_inside:
        parts.insert(0, rf"^(?P<word>{syntax.words})[.:]")
    return re.compile("|".join(parts))


def inert_label(text: str, name: str) -> str:
    """Return the text of a title or label, without marks if the format is a markup language."""
    syntax = _SYNTAXES.get(name)
    return " ".join(re.sub(syntax.label, " ", text).split()) if syntax else text


def has_plain_headings(name: str) -> bool:
    """Return True if pandoc drops raw text from headings."""
    return name == "dokuwiki"


def has_plain_links(name: str) -> bool:
    """Return True if pandoc drops raw text from the text of links."""
    return name == "haddock"


def inert(word: str, name: str, *, is_inside: bool = False) -> list[dict[str, Any]]:
    """Return a word as pandoc nodes that the format's programs read as nothing but text.

    `is_inside` says that it follows something else without a space, so that it is never at the beginning of a line.
    """
    syntax = _SYNTAXES.get(name)
    if syntax is None:
        return [{"t": "Str", "c": word}] if word else []
    row: list[dict[str, Any]] = []
    at = 0
    for found in _pattern(syntax, is_inside).finditer(word):
        start = found.end() - 1 if found.lastgroup else found.start()
        escaped = syntax.escape(word[start : found.end()])
        row += [{"t": "Str", "c": word[at:start]}] if start > at else []
        row.append(
            {"t": "RawInline", "c": [syntax.raw, escaped]} if syntax.raw else {"t": "Str", "c": escaped}
        )
        at = found.end()
    return [*row, {"t": "Str", "c": word[at:]}] if at < len(word) else row
