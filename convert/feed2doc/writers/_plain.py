"""What the two text formats share: clean characters and the times and lines of an article's header."""

from __future__ import annotations

from feed2doc._patterns import pattern
from feed2doc.model import Document

# Characters with no place in a text file: controls, lone surrogates, private use, noncharacters.
_CONTROL = pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff\ufeff]"
)
_LINE_ENDS = pattern("[\r\n\t\x85\u2028\u2029]+")


def clean(text: str) -> str:
    """The text on one line, without control characters."""
    if text.isprintable():  # as most is: no control, no line end, nothing private
        return text
    return _CONTROL.sub("", _LINE_ENDS.sub(" ", text))


def clean_lines(text: str) -> str:
    """The text with its newlines and tabs, without other control characters."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def published_text(document: Document) -> str:
    """When it was published, in ISO 8601 with its zone; the day alone where only that was stated."""
    if document.published is None:
        return ""
    if not document.published_has_time:
        return document.published.strftime("%Y-%m-%d")
    return document.published.isoformat(" ", "seconds" if document.published.second else "minutes")


def byline_text(document: Document) -> str:
    """The persons of the byline in one row, parted as their language does."""
    comma = "、" if document.language.startswith(("zh", "ja")) else ", "
    return clean(comma.join(person.name for person in document.byline))
