"""How the markup languages that pandoc writes escape text.

The escapes are each language's own where pandoc passes raw text through, else zero-width characters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

WORD_JOINER = "\u2060"


# In titles and other texts that pandoc writes without its own escapes: whatever may end them or begin anything.
_LABEL_MARKS = r"[\"\\`*_{}\[\]<>|~^=+#$@!()]+|[:%'-]{2,}|^[:.]+|(?<=[A-Za-z]):(?=\S)|&(?=#?\w)"


class Syntax(Struct, frozen=True):
    """How a format escapes text.

    `raw` is pandoc's name for raw text in it, or "" if pandoc's writer drops raw text. `special` are the characters that
    are escaped everywhere, `doubled` only next to each other, and `words` is a regular expression of
    words that are escaped if a `.` or `:` follows. With `by_place` marks are also escaped at the beginning of words.
    `label` is an expression of what titles and labels are written without. `escape` returns the escape of some characters.

    `code` is put around code in a line, if it can contain escapes. Code that `uncoded` finds something in, and code blocks
    that `ends` finds something in, are written as text, because they would end early; `other` is a second sign around code
    in a line, which is used if the code has no signs that could mean anything.
    """

    raw: str
    special: str
    escape: Callable[[str], str]
    doubled: str = ""
    words: str = ""
    label: str = _LABEL_MARKS
    code: tuple[str, str] = ("", "")
    uncoded: str = ""
    other: str = ""
    ends: str = ""
    by_place: bool = True


def _backslash(text: str) -> str:
    return "".join(f"\\{character}" for character in text)


def _tilde(text: str) -> str:
    return "".join(f"~{character}" for character in text)


def _reference(text: str) -> str:
    return "".join(f"&#{ord(character)};" for character in text)


def _markdown(text: str) -> str:
    """Return the escape that every dialect knows (https://daringfireball.net/projects/markdown/syntax#backslash).

    A backslash before a bracket begins a formula in some, and `\\{%` a tag of Jekyll.
    """
    return "".join(f"\\{c}" if c in "`*_#+-.!" else _reference(c) for c in text)


def _commonmark(text: str) -> str:
    return "".join(f"\\{c}" if c in "`*_[]#+-.!" else _reference(c) for c in text)


def _dokuwiki(text: str) -> str:
    return f"<nowiki>{text}</nowiki>" if "%" in text else f"%%{text}%%"


def _zimwiki(text: str) -> str:
    return _joined(text) if "'" in text else f"''{text}''"


def _context(text: str) -> str:
    return "".join(f"\\char{ord(character)} " for character in text)


def _joined(text: str) -> str:
    return "".join(character + WORD_JOINER for character in text)


def _vimdoc(text: str) -> str:
    return "".join(f"{WORD_JOINER}{character}{WORD_JOINER}" for character in text)


_ORG = {"\\": "=\\=", "|": "\\vert{}"}


def _org(text: str) -> str:
    """Return the characters between zero-width spaces (https://orgmode.org/manual/Escape-Character.html).

    A backslash is verbatim, without which pandoc cannot read the file, and a bar, which ends a cell, an entity.
    """
    return "".join(f"\u200b{_ORG.get(character, character)}\u200b" for character in text)


_BLOCKS = "bq|h[1-6]"
_MARKDOWN = Syntax("markdown", r"\`*_{}[]<>|~^$@&", _markdown, "=:%-+")
_COMMONMARK = Syntax("commonmark", _MARKDOWN.special, _commonmark, _MARKDOWN.doubled)
_ASCIIDOC = Syntax(
    "asciidoc",
    "\\`*_{}[]<>|~^#+&$=",
    _reference,
    ":-'/.;()",
    words="NOTE|TIP|IMPORTANT|CAUTION|WARNING",
    code=("``", "``"),
    ends=r"(?m)^\\?(?:include|ifn?def|ifeval|endif)::",
)
_BBCODE = Syntax("bbcode", "[", _joined, uncoded=r"\[", ends=r"\[/")
SYNTAXES: Mapping[str, Syntax] = {
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
    "context": Syntax("context", "^", _context, ends=r"\\stop", by_place=False),
    "djot": Syntax("djot", "\\`*_{}[]<>|~^$", _backslash, "=:%-+", uncoded=r"\\$", ends="(?m)^ *(?:```|~~~)"),
    "dokuwiki": Syntax(
        "dokuwiki",
        "<>[]{}|^~%&$\\",
        _dokuwiki,
        "*_/'=-()",
        ends="</(?:code|file)",
        label=r"[{}|\[\]<>\\]+|[=%~*_/]{2,}|(?<=[A-Za-z]):(?=\S)|&(?=#?\w)",
    ),
    "gfm": _COMMONMARK,
    "haddock": Syntax("haddock", "\\/'`\"@<$#*_&[]", _reference, "=-", code=("@", "@")),
    "ipynb": _MARKDOWN,
    "jira": Syntax(
        "jira", "\\*_{}[]|~^+-?!@&", _reference, "=:", _BLOCKS, code=("{{", "}}"), ends=r"\{(?:noformat|code)"
    ),
    "markdown_github": _MARKDOWN,
    "markdown_mmd": _MARKDOWN,
    "markdown_phpextra": _MARKDOWN,
    "markdown_strict": _MARKDOWN,
    "markua": Syntax("", "{[]`$\\<", _joined),
    "mediawiki": Syntax(
        "mediawiki",
        "{}[]<>|~&\\",
        _reference,
        "_'=-",
        code=("<code>", "</code>"),
        ends="</(?:syntaxhighlight|source|pre)",
    ),
    "muse": Syntax("", "{<", _joined, ends="</(?:example|src)"),
    "opml": _MARKDOWN,
    "org": Syntax("org", "\\*/_=~+^$@[<{|", _org, ":#%", uncoded="=", other="~"),
    "rst": Syntax("rst", "\\`*_|@", _backslash, uncoded=r"`|\\$"),
    "texinfo": Syntax("texinfo", "", _joined, ends="@end", by_place=False),
    "textile": Syntax(
        "textile",
        '*_-+^~@%?!"[]{}|=<>(&',
        _reference,
        uncoded="[@<>&]",
        words=rf"{_BLOCKS}|bc|pre|p|fn[0-9]{1, 9}|notextile|table|clear|dl",
    ),
    "vimdoc": Syntax("", "*|<>", _vimdoc, words="vim|vi|ex", uncoded="(?:vim?|ex):", ends="(?:vim?|ex):"),
    "xwiki": Syntax("xwiki", "~{}[]\\*_/^|", _tilde, "-,(=:>", uncoded=r"\{\{", ends=r"\{\{"),
    "zimwiki": Syntax("zimwiki", "[]{}|^~@", _zimwiki, "*_/=-'", uncoded="''", ends="'''|}}}"),
}
