"""YAML front matter, with keys that pandoc knows, or with those of Obsidian or Hugo.

Sources: https://pandoc.org/MANUAL.html#metadata-variables, https://help.obsidian.md/properties,
https://gohugo.io/content-management/front-matter/.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from feed2doc._locale.dates import iso_time
from feed2doc._locale.tags import language_tag
from feed2doc._text.lazy_re import pattern
from feed2doc._text.plain import clean
from feed2doc._text.urls import markup_url
from feed2doc.model import Book, Document
from feed2doc.writers.markdown.escapes import TEX_BRACKET

# Characters that YAML can print only as an escape (5.1), and text that is not valid or not itself as a plain scalar (7.3.3).
_NOT_PRINTED = pattern("[^\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_NOT_BARE = pattern(r"^$|^[\s,\[\]{}#&*!|>'\"%@`]|^[-?:](?:\s|$)|^---|^\.\.\.|:(?:\s|$)|\s#|\s$")
# What would begin raw HTML or TeX, code, a formula, link, note, box, emoji or attribute in pandoc, which reads values as Markdown.
_ACTIVE = pattern(
    r"<(?=[A-Za-z/!?])|`|\\|\$(?=[^\s$][^$]*(?<!\s)\$(?!\d))|\$(?=\$)|\[(?=\[|[^\]]{0,500}\][\[({:]|[^\]]{501})|\^(?=\[)|^:::|\{(?=[#.=:])|&(?=#?\w{1,32};)"
    r"|:(?=[a-z_+-][a-z0-9_+-]{0,40}:)|(?:(?<=javascript)|(?<=vbscript)|(?<=data)|(?<=file)):(?=\S)",
    re.I,
)
# Words that YAML 1.1 or 1.2 parsers read as null, a boolean, a number, a time or a merge key.
_OTHER_TYPE = pattern(
    r"~|null|y|yes|n|no|true|false|on|off|<<|=|\.nan"
    r"|[-+]?(?:\.inf|0b[01_]+|0o[0-7_]+|0x[0-9a-f_]+|\.[0-9][0-9_]*(?:e[-+]?[0-9]+)?"
    r"|[0-9][0-9_]*(?::[0-5]?[0-9])*(?:\.[0-9_]*)?(?:e[-+]?[0-9]+)?)"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:t|\s+)[0-9:.]+\s*(?:z|[-+][0-9:]+)?)?",
    re.I,
)


def front_matter(book: Book, preset: str = "plain") -> str:
    """Return the front matter between its `---` lines; empty values are left out.

    For several articles it contains only the book's title, subtitle, language and date.
    """
    documents = book.documents
    if len(documents) == 1:
        values = {"plain": _plain, "obsidian": _obsidian, "hugo": _hugo}[preset](documents[0])
    else:
        values = _of_book(book)
    filled = {key: value for key, value in values.items() if value or value is False}
    return f"---\n{_yaml(filled)}---\n"


def _yaml(values: Mapping[str, Any]) -> str:
    """Return the values as block style YAML (https://yaml.org/spec/1.2.2/)."""
    lines = []
    for key, value in values.items():
        if isinstance(value, list):
            lines += [f"{key}:", *(f"- {_scalar(each)}" for each in value)]
        else:
            lines.append(f"{key}: {_scalar(value)}")
    return "".join(f"{line}\n" for line in lines)


def _scalar(value: str | bool | date) -> str:
    """Return a value on one line: unquoted if it parses as the same text, else in quotes."""
    if not isinstance(value, str):
        return value.isoformat() if isinstance(value, date) else str(value).lower()
    if not value.isprintable() and _NOT_PRINTED.search(value):  # a JSON string is also a YAML string
        import json

        return json.dumps(value)
    if _NOT_BARE.search(value) or _OTHER_TYPE.fullmatch(value):
        return "'{}'".format(value.replace("'", "''"))
    return value


def _of_book(book: Book) -> dict[str, Any]:
    return {
        "title": _inert(book.title),
        "subtitle": _inert(book.subtitle),
        "date": iso_time(book.date) if book.date else "",
        "lang": language_tag(book.language),
    }


def _inert(text: str) -> str:
    """Return the text with a backslash before what pandoc would run; other marks stay, for readers of plain YAML."""
    return TEX_BRACKET.sub("&#92;", _ACTIVE.sub(r"\\\g<0>", clean(text)))


def _plain(document: Document) -> dict[str, Any]:
    """Return pandoc's keys: `source` is the publication, `url` its link; times are text, so that parsers keep the zone."""
    translators = (credit.person for credit in document.credits if credit.role == "translator")
    return {
        "title": _inert(document.headline),
        "author": [_inert(person.name) for person in document.byline],
        "date": _time_of(document),
        "lang": language_tag(document.language),
        "source": _inert(document.publication),
        "url": markup_url(clean(document.url)),
        "original_url": markup_url(clean(document.original_url)),
        "translator": list(dict.fromkeys(_inert(name) for name in translators if name)),
        "tags": [_inert(tag) for tag in document.tags],
        "summary": _inert(document.summary),
    }


def _obsidian(document: Document) -> dict[str, Any]:
    """Return the properties that Obsidian's Web Clipper writes: days are dates, tags have no spaces."""
    return {
        "title": clean(document.headline),
        "source": clean(document.url),
        "author": [clean(person.name) for person in document.byline],
        "published": _day(document.published),
        "created": _day(document.archived),
        "description": clean(document.summary),
        "tags": [tag for text in document.tags if (tag := _tag(clean(text)))],
        "cover": _lead_address(document),
    }


def _hugo(document: Document) -> dict[str, Any]:
    address = _lead_address(document)
    return {
        "title": clean(document.headline),
        "date": _time_of(document),
        "lastmod": iso_time(document.updated) if document.updated else "",
        "authors": [clean(person.name) for person in document.byline],
        "tags": [clean(tag) for tag in document.tags],
        "description": clean(document.summary),
        "images": [address] if address else [],
        "draft": False,
    }


def _time_of(document: Document) -> str:
    """Return the publication time in RFC 3339, or only the day if the source states no time."""
    return iso_time(document.published, document.published_has_time) if document.published else ""


def _day(moment: date | None) -> date | None:
    return date(moment.year, moment.month, moment.day) if moment else None


def _lead_address(document: Document) -> str:
    image = document.lead.image if document.lead else None
    return clean(image.src) if image and not image.src.startswith("data:") else ""


def _tag(text: str) -> str:
    """Return a valid Obsidian tag (https://help.obsidian.md/tags): letters, digits, `_`, `-`, `/`, and not only digits."""
    tag = re.sub(r"[^\w/-]+", "-", text).strip("-")
    return f"{tag}-" if tag.isdigit() else tag
