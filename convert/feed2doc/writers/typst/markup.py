"""Text escaped as Typst markup and as Typst strings, so that Typst reads it literally.

Source: https://typst.app/docs/reference/syntax/
"""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import indent

from feed2doc._text.lazy_re import pattern
from feed2doc._text.xml import xml_safe
from feed2doc.writers._shared.line_breaks import APOSTROPHE

_SPACES = pattern("[\t\n\r\x0b\x0c\x85\u2028\u2029]+")
_SPECIAL = pattern(
    # Markup, also of references and labels; `//` and `/*` begin comments; `...`, `--`, `-?` and `-1` mean other characters.
    r"[\\#\[\]*_`$<@~]|/(?=[/*])|\.(?=\.\.)|-(?=[-?])|(?<![^\W_])-(?=\w)"
    # Characters that are markup only next to a call or another text, or at the beginning of a line.
    r"|^[-+=/.?(;]|[-/.]$"
)
_NUMBER = pattern(r"^(\s*\d+)\.")
_LINE_START = pattern(r"^(\s+)([-+=/])")
_HAN = "\u3041-\u30fa\u3400-\u9fff"
# Han next to Latin, and a phrase of more than a character, with the punctuation around it. Before some of it, such as a semicolon,
# Unicode allows a line to end after a box (https://www.unicode.org/reports/tr14/#LB20). In the box it would be narrow.
_GAP = pattern(f"[{_HAN}][0-9A-Za-z\u00c0-\u024f]|[0-9A-Za-z\u00c0-\u024f][{_HAN}]")
_CORE = pattern(
    rf"(\W*)(\w{{0,9}}[{_HAN}]\w{{1,9}}|\w{{1,9}}[{_HAN}]\w{{0,9}})([^\w\s、。，！？）〉》」』】”’])?(\W*)"
)
# What follows the apostrophe after a long word, which Typst hyphenates only if that is not text. Before other signs than these, such as
# a dash, a line may end after a box.
_SUFFIX = pattern("(?<=[A-Za-z\u00c0-\u024f]{7}[’'])[A-Za-z]{1,2}(?=[\\s.,;:!?/)”’\"'»]|$)")
# An article or the like that is joined to a long word by an apostrophe (`l’administration`), of which the same is true.
_PREFIX = pattern("(?<=[\\s(«“‘\"])[A-Za-z\u00c0-\u024f]{1,7}(?=[’'][A-Za-z\u00c0-\u024f]{6})")
# More characters than the first line of a headline has on any page.
_LONGEST_LINE = 120
# A word that may be longer than a line of an e-reader's page, measured between its natural line breaks.
_LONG = pattern(r"[!-,.0-~\u00a1-\u02ff\u0370-\u058f]{30,}")


def markup(value: str) -> str:
    """Return the text as one line of markup. Quotation marks stay as they are: sources turn smart quotes off."""
    text = on_one_line(value)
    written, start = [], 0
    for found in _LONG.finditer(text):
        written += [_escaped(text[start : found.start()]), f"#long({string(found[0])})"]
        start = found.end()
    return "".join([*written, _escaped(text[start:])])


def among_han(written: str) -> str:
    """Return markup in Chinese or Japanese with narrow apostrophes in Latin words."""
    return APOSTROPHE.sub("#apostrophe;", written) if "’" in written else written


def with_hyphenated_words(written: str) -> str:
    """Return markup in which long words are hyphenated next to an apostrophe, too, with a letter or two behind it or an article before it."""
    if "#long(" in written or ("’" not in written and "'" not in written):
        return written
    return _SUFFIX.sub(r"#box[\g<0>];", _PREFIX.sub(r"#box[\g<0>];", written))


def in_phrases(headline: str) -> str:
    """Return a Chinese or Japanese headline as markup whose lines end only between phrases."""
    from feed2doc._text.phrases import phrases_of

    written, before = "", ""
    for phrase in phrases_of(on_one_line(headline)):
        if _GAP.search(before[-1:] + phrase[0]):
            written += "#latin-gap;"
        elif before and phrase[0] in "“‘":
            written += "#line-end;"
        core = _CORE.fullmatch(phrase)
        if core:
            joined = f"#joiner;{markup(core[3])}" if core[3] else ""
            written += f"{markup(core[1])}#box[{markup(core[2])}]{joined}{markup(core[4])}"
        else:
            written += markup(phrase)
        before = phrase
    return among_han(written)


def beginnings_of(headline: str) -> list[str]:
    """Return the beginnings of a Chinese or Japanese headline up to where readers pause, as markup, the shortest first.

    They may be its first line, so that longer ones than any line are left out.
    """
    from feed2doc._text.phrases import Piece, phrases_of

    phrases = phrases_of(on_one_line(headline)[:_LONGEST_LINE])
    pauses = [at for at, phrase in enumerate(phrases[:-1], 1) if Piece(phrase).is_pause]
    return [in_phrases("".join(phrases[:at]).rstrip(" ")) for at in pauses]


def turned(headline: str) -> list[tuple[str, str]]:
    """Return what is before and after each place where a Chinese or Japanese headline pauses best, as markup."""
    from feed2doc._text.phrases import turns_of

    title = on_one_line(headline).strip()
    return [(in_phrases(title[:at].rstrip(" ")), in_phrases(title[at:])) for at in turns_of(title)]


def string(value: str) -> str:
    """Return the text as a Typst string with its quotation marks; line ends are kept."""
    text = _shown(value).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + text.replace("\r\n", "\\n").replace("\r", "\\n").replace("\n", "\\n") + '"'


def on_one_line(value: str) -> str:
    """Return the text without line ends and characters that are not allowed in a page."""
    return _SPACES.sub(" ", _shown(value))


def _shown(value: str) -> str:
    # Typst 0.15 fails at a soft hyphen at the end of a paragraph in a link, and it hyphenates automatically.
    # PDF/UA-1 forbids U+FEFF, which joins words as U+2060 does.
    return xml_safe(value).replace("\u00ad", "").replace("\ufeff", "\u2060")


def _escaped(text: str) -> str:
    escaped = _SPECIAL.sub(r"\\\g<0>", text)
    return _LINE_START.sub(r"\1\\\2", _NUMBER.sub(r"\1\\.", escaped))


def said(value: str, otherwise: str) -> str:
    """Return the value on one line, or the alternative if it is blank."""
    return " ".join(on_one_line(value).split()) or otherwise


def bracketed(body: str) -> str:
    """Return the markup as a content block; several lines are indented."""
    return f"[\n{indent(body, '  ')}\n]" if "\n" in body else f"[{body}]"


def array(values: Iterable[str]) -> str:
    """Return these texts as a Typst array of strings."""
    return f"({''.join(f'{string(value)}, ' for value in values).rstrip(' ')})"


def lines(rows: Iterable[str]) -> str:
    """Return the arguments of a call, one per line."""
    return "\n" + "".join(f"{indent(row, '  ')},\n" for row in rows)
