"""The text of Markdown without its markup: CommonMark and what GitHub and pandoc add, read with tolerance.

Only what carries letters matters here, since all else is left out of a comparison: addresses, pictures, tags, entities.
"""

from __future__ import annotations

import html
import re

from feed2doc._text.lazy_re import pattern

_FRONT_MATTER = pattern(r"---\n(.*?)\n(?:---|\.\.\.)(?:\n|$)", re.S)
_FENCE = pattern(r"((?:[ >]|[*+-] |\d+[.)] )*)(`{3,}|~{3,})[^`\n]*(?:\n|$)")
_TICKS = pattern("`+")
_ESCAPED = pattern(r"\\([!-/:-@\[-`{-~])")
_TAG = pattern(r"</?[A-Za-z][^<>]*>|<!--.*?-->|<[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*>", re.S)
_ENTITY = pattern(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_PLAIN = pattern(r"[^\\`<&\[\]!\n]+")
_TITLE = pattern(r"""\s+(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\))\s*""", re.S)


def text_of_markdown(text: str) -> str:
    """The words of Markdown, those of its front matter first."""
    matter = _FRONT_MATTER.match(text)
    if matter is None:
        return _Text(text).read()
    return "\n".join([*_values(matter[1]), _Text(text[matter.end() :]).read()])


def _values(matter: str) -> list[str]:
    """The texts of YAML front matter, and its keys; as it stands where it is no YAML."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:  # by events, of which there are no more than it is long, whatever its aliases stand for
        return [each.value for each in yaml.parse(matter, loader) if isinstance(each, yaml.ScalarEvent)]
    except yaml.YAMLError:
        return [matter]


class _Text:
    """Goes through Markdown once, from its beginning to its end; `_open` are the brackets that may yet be of a link."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._out: list[str] = []
        self._open: list[tuple[int, bool]] = []

    def read(self) -> str:
        """The text without markup."""
        while self._at < len(self._text):
            if (self._at == 0 or self._text[self._at - 1] == "\n") and (
                fence := _FENCE.match(self._text, self._at)
            ):
                self._program_text(fence)
            else:
                self._next()
        return "".join(self._out)

    def _next(self) -> None:
        text, at = self._text, self._at
        match text[at]:
            case "`":
                self._code(_TICKS.match(text, at)[0])  # type: ignore[index]  # there is one
            case "[" | "!" if text.startswith(("[", "!["), at):
                picture = text[at] == "!"
                self._open.append((len(self._out), picture))
                self._go_on("[", 1 + picture)
            case "]":
                self._close()
            case "\\" if escaped := _ESCAPED.match(text, at):
                self._go_on(escaped[1], 2)
            case "<" if tag := _TAG.match(text, at):
                self._go_on("", len(tag[0]))
            case "&" if entity := _ENTITY.match(text, at):
                self._go_on(html.unescape(entity[0]), len(entity[0]))
            case "\n":
                if text.startswith("\n\n", at):  # no link goes on over a paragraph's end
                    self._open.clear()
                self._go_on("\n", 1)
            case _:
                plain = _PLAIN.match(text, at)
                self._go_on(plain[0] if plain else text[at], len(plain[0]) if plain else 1)

    def _go_on(self, words: str, length: int) -> None:
        self._out.append(words)
        self._at += length

    def _program_text(self, fence: re.Match[str]) -> None:
        """Take the lines up to the closing fence as they stand."""
        start = fence.end()
        close = re.compile(rf"^[ >]*{fence[2][0]}{{{len(fence[2])},}}[ \t]*$", re.M).search(self._text, start)
        self._out.append(self._text[start : close.start() if close else len(self._text)])
        self._at = close.end() if close else len(self._text)

    def _code(self, ticks: str) -> None:
        """Take a code span as it stands; ticks without others that close them are ticks."""
        start = self._at + len(ticks)
        end = self._text.find("\n\n", start)  # no span goes on over a paragraph's end
        close = re.compile(f"(?<!`){ticks}(?!`)").search(
            self._text, start, end if end > 0 else len(self._text)
        )
        if close is None:
            self._go_on(ticks, len(ticks))
        else:
            self._go_on(self._text[start : close.start()], close.end() - self._at)

    def _close(self) -> None:
        """End a link, whose words stay, or a picture, whose do not: they describe it."""
        end = _destination_end(self._text, self._at + 1)
        if not self._open or not end:
            if self._open:
                self._open.pop()
            self._go_on("]", 1)
            return
        start, picture = self._open.pop()
        if picture:
            del self._out[start:]
        self._at = end


def _destination_end(text: str, at: int) -> int:
    """Where the address in parentheses that begins here ends; 0 if none begins."""
    if not text.startswith("(", at):
        return 0
    at += 1
    if text.startswith("<", at):
        at = text.find(">", at) + 1
        if not at:
            return 0
    else:
        depth = 0
        while at < len(text) and not text[at].isspace():
            if text[at] == "\\":
                at += 1
            elif text[at] == "(":
                depth += 1
            elif text[at] == ")":
                if not depth:
                    break
                depth -= 1
            at += 1
    if title := _TITLE.match(text, at):
        at = title.end()
    return at + 1 if text.startswith(")", at) else 0
