"""The text of Markdown without its markup: a tolerant reader for CommonMark and the extensions of GitHub and pandoc.

It only has to get the letters right, because a comparison ignores everything else. It drops addresses, pictures, tags
and entities.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left

from feed2doc._text.lazy_re import pattern
from feed2doc._text.yaml_events import yaml_events

_FRONT_MATTER = pattern(r"---\n(.*?)\n(?:---|\.\.\.)(?:\n|$)", re.S)
_FENCE = pattern(r"((?:[ >]|[*+-] |\d+[.)] )*)(`{3,}|~{3,})[^`\n]*(?:\n|$)")
_TICKS = pattern("`+")
_ESCAPED = pattern(r"\\([!-/:-@\[-`{-~])")
_TAG = pattern(r"</?[A-Za-z][^<>]*>|<[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*>", re.S)
_POINTED = pattern(r"<[^<>\n]*>")
# As many as cmark allows.
_MOST_LEVELS = 32
_ENTITY = pattern(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_PLAIN = pattern(r"[^\\`<&\[\]!\n]+")
_TITLE = pattern(r"""\s+(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\))\s*""", re.S)


def text_of_markdown(text: str) -> str:
    """Return the words of Markdown, those of its front matter first."""
    matter = _FRONT_MATTER.match(text)
    if matter is None:
        return _Text(text).read()
    return "\n".join([*_values(matter[1]), _Text(text[matter.end() :]).read()])


def _values(matter: str) -> list[str]:
    """Return the keys and values of YAML front matter, or the text itself if it is not YAML."""
    from yaml import ScalarEvent

    try:
        return [each.value for each in yaml_events(matter) if isinstance(each, ScalarEvent)]
    except ValueError:
        return [matter]


class _Text:
    """Reads Markdown once, from start to end. `_open` are the open brackets that may belong to a link."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._out: list[str] = []
        self._open: list[tuple[int, bool]] = []
        self._found: dict[str, int] = {}
        self._runs: dict[int, list[int]] | None = None

    def read(self) -> str:
        """Return the text without markup."""
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
                self._code(_TICKS.match(text, at)[0])  # type: ignore[index]  # the match cannot fail
            case "[" | "!" if text.startswith(("[", "!["), at):
                picture = text[at] == "!"
                self._open.append((len(self._out), picture))
                self._go_on("[", 1 + picture)
            case "]":
                self._close()
            case "\\" if escaped := _ESCAPED.match(text, at):
                self._go_on(escaped[1], 2)
            case "<" if text.startswith("<!--", at) and (end := self._next_after("-->", at + 4)) > 0:
                self._at = end + 3
            case "<" if tag := _TAG.match(text, at):
                self._go_on("", len(tag[0]))
            case "&" if entity := _ENTITY.match(text, at):
                self._go_on(html.unescape(entity[0]), len(entity[0]))
            case "\n":
                if text.startswith("\n\n", at):  # a link does not continue after the end of a paragraph
                    self._open.clear()
                self._go_on("\n", 1)
            case _:
                plain = _PLAIN.match(text, at)
                self._go_on(plain[0] if plain else text[at], len(plain[0]) if plain else 1)

    def _go_on(self, words: str, length: int) -> None:
        self._out.append(words)
        self._at += length

    def _program_text(self, fence: re.Match[str]) -> None:
        """Take the lines up to the closing fence unchanged."""
        start = fence.end()
        close = re.compile(rf"^[ >]*{fence[2][0]}{{{len(fence[2])},}}[ \t]*$", re.M).search(self._text, start)
        self._out.append(self._text[start : close.start() if close else len(self._text)])
        self._at = close.end() if close else len(self._text)

    def _code(self, ticks: str) -> None:
        """Take a code span unchanged. Backticks without closing ones are literal."""
        start = self._at + len(ticks)
        end = self._next_after("\n\n", start)  # a span does not continue after the end of a paragraph
        close = self._ticks_after(start, len(ticks))
        if close < 0 or 0 < end < close:
            self._go_on(ticks, len(ticks))
        else:
            self._go_on(self._text[start:close], close + len(ticks) - self._at)

    def _next_after(self, sign: str, at: int) -> int:
        """Return where the sign is next, or -1. The text is searched once for each sign, and not again from each place."""
        found = self._found.get(sign, 0)
        if 0 <= found < at:
            found = self._found[sign] = self._text.find(sign, at)
        return found

    def _ticks_after(self, at: int, length: int) -> int:
        """Return where the next run of exactly so many backticks is, or -1."""
        if self._runs is None:
            self._runs = {}
            for run in _TICKS.finditer(self._text):
                self._runs.setdefault(len(run[0]), []).append(run.start())
        places = self._runs.get(length, [])
        number = bisect_left(places, at)
        return places[number] if number < len(places) else -1

    def _close(self) -> None:
        """End a link, whose words are kept, or a picture, whose description is dropped."""
        end = _destination_end(self._text, self._at + 1) if self._open else 0
        if not end:
            if self._open:
                self._open.pop()
            self._go_on("]", 1)
            return
        start, picture = self._open.pop()
        if picture:
            del self._out[start:]
        self._at = end


def _destination_end(text: str, at: int) -> int:
    """Return where the address in parentheses that begins here ends, or 0 if none begins."""
    if not text.startswith("(", at):
        return 0
    at += 1
    if text.startswith("<", at):
        if not (pointed := _POINTED.match(text, at)):
            return 0
        at = pointed.end()
    else:
        depth = 0
        while at < len(text) and not text[at].isspace():
            if text[at] == "\\":
                at += 1
            elif text[at] == "(":
                depth += 1
                if depth > _MOST_LEVELS:
                    return 0
            elif text[at] == ")":
                if not depth:
                    break
                depth -= 1
            at += 1
    if title := _TITLE.match(text, at):
        at = title.end()
    return at + 1 if text.startswith(")", at) else 0
