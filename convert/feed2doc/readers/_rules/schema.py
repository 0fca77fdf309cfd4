"""The schema of rule files: `sites/<host>.toml` describe a site's markup, `systems/<name>.toml` that of a publishing system.

docs/site-rules.md documents the keys.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec

from feed2doc._compiled_data import compiled
from feed2doc._decoding import convert
from feed2doc._files.named_files import read_text
from feed2doc._text.lazy_re import pattern
from feed2doc._text.toml import TomlError, parse_toml, value_error
from feed2doc.errors import OptionError, SiteRuleError
from feed2doc.model import Role
from feed2doc.readers._rules.class_words import ClassWords
from feed2doc.readers._rules.selectors import selector

SHIPPED = Path(__file__).parents[2] / "sites"
SYSTEMS = SHIPPED.with_name("systems")

# A name in the tree by which a publishing system is known, or the beginning of several. It has at least three characters.
_MARK = pattern(r"[.#][\w-]{3,60}\*?|\[[a-z][a-z0-9-]*\]|[a-z]+-[a-z0-9-]*\*?")

# The keys whose values are CSS selectors.
SELECTED = (
    "byline",
    "byline_in_text",
    "header",
    "standfirst",
    "heading",
    "paragraph",
    "inline",
    "caption",
    "photo_credit",
    "credits",
    "quote",
    "aside",
    "verse",
    "figure",
    "note",
    "note_mark",
    "card",
    "embed",
    "tags",
    "comments",
    "drop",
    "header_byline",
    "header_time",
    "header_standfirst",
    "header_drop",
)
# The keys whose values are tables with a selector, in `select`.
SELECTING = ("time", "player", "words", "gallery")
# The keys whose values are regular expressions.
PATTERNS = (
    "byline_in_headline",
    "byline_in_standfirst",
    "byline_in_publication",
    "byline_in_url",
    "headline_suffix",
    "publication_suffix",
    "caption_text",
    "caption_credit",
    "signature",
    "drop_text",
    "header_drop_text",
    "author_url",
    "archive_url",
    "byline_label",
    "time_label",
    "update_label",
)
# The groups that some of them need, which a match must have.
_NAMING = ("byline_in_headline", "byline_in_standfirst", "byline_in_publication", "byline_in_url")
GROUPS = {"caption_credit": "credit"} | dict.fromkeys(_NAMING, "person")


class TimeRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The location of the time.

    `attribute` names the attribute with the time, if it is not in the text. `clock = "12h"` means 12-hour times without am
    or pm.
    """

    select: str
    attribute: str = ""
    clock: str = "24h"


class PlayerRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An element that a script replaces by a player.

    In `url` and `title`, `{name}` stands for the value of an attribute, and `{name.field}` for a field of the JSON in it;
    `text` is the text of the element. If there is a `pattern`, it must occur in `attribute`, and `{name}` may be one of its groups.
    """

    select: str
    url: str
    title: str = ""
    attribute: str = "src"
    pattern: str = ""


class WordsRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An element whose words a script writes: they are in an attribute, or in a field of the JSON in it.

    `instead` are the words that the script replaces, such as the `0` of a counter.
    """

    select: str
    attribute: str
    field: str = ""
    instead: str = ""


class GalleryRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An element whose pictures a script shows: the JSON in an attribute has their URLs, and the caption of them all.

    `urls` and `caption` are the names of its fields, one in the other: `images.src`. Of a list, each item counts. Without `urls`,
    the attribute is the URL of a picture.
    """

    select: str
    attribute: str
    urls: str = ""
    caption: str = ""


class CreditRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The role of a credit line that matches `text`. The group `person` is the person it names.

    The role "byline" means that the line names the author of the article. A `weak` rule counts only for the article's authors.
    """

    role: str
    text: str
    weak: bool = False


class SiteRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One rule file. Selectors are CSS; patterns are Python regular expressions, searched in the text of paragraphs."""

    hosts: tuple[str, ...] = ()
    generator: str = ""
    marks: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    publication: str = ""
    language: str = ""
    timezone: str = ""
    byline: tuple[str, ...] = ()
    byline_in_text: tuple[str, ...] = ()
    byline_in_headline: tuple[str, ...] = ()
    byline_in_standfirst: tuple[str, ...] = ()
    byline_in_publication: tuple[str, ...] = ()
    byline_in_url: tuple[str, ...] = ()
    headline_suffix: tuple[str, ...] = ()
    publication_suffix: tuple[str, ...] = ()
    time: tuple[TimeRule, ...] = ()
    header: tuple[str, ...] = ()
    standfirst: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    paragraph: tuple[str, ...] = ()
    inline: tuple[str, ...] = ()
    bold_headings: bool = False
    header_row: bool = False
    one_author: bool = False
    feed_subtitle: bool = False
    only_article: bool = False
    tex: bool = False
    caption: tuple[str, ...] = ()
    photo_credit: tuple[str, ...] = ()
    caption_text: tuple[str, ...] = ()
    caption_credit: tuple[str, ...] = ()
    quote: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    verse: tuple[str, ...] = ()
    figure: tuple[str, ...] = ()
    note: tuple[str, ...] = ()
    note_mark: tuple[str, ...] = ()
    card: tuple[str, ...] = ()
    embed: tuple[str, ...] = ()
    player: tuple[PlayerRule, ...] = ()
    words: tuple[WordsRule, ...] = ()
    gallery: tuple[GalleryRule, ...] = ()
    credits: tuple[str, ...] = ()
    credit: tuple[CreditRule, ...] = ()
    signature: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    drop_text: tuple[str, ...] = ()
    share_links: tuple[str, ...] = ()
    donation_links: tuple[str, ...] = ()
    badge_links: tuple[str, ...] = ()
    invitation_links: tuple[str, ...] = ()
    podcast_links: tuple[str, ...] = ()
    account_links: tuple[str, ...] = ()
    header_byline: tuple[str, ...] = ()
    header_time: tuple[str, ...] = ()
    header_standfirst: tuple[str, ...] = ()
    header_drop: tuple[str, ...] = ()
    header_drop_text: tuple[str, ...] = ()
    author_url: tuple[str, ...] = ()
    archive_url: tuple[str, ...] = ()
    byline_label: tuple[str, ...] = ()
    time_label: tuple[str, ...] = ()
    update_label: tuple[str, ...] = ()
    class_words: ClassWords = ClassWords()
    name: str = ""
    shipped: bool = False


@functools.cache
def text_of(path: Path) -> str:
    """Return the text of a rule file. Raise SiteRuleError if it cannot be read."""
    try:
        return read_text(path)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SiteRuleError(f"site rule {path}: cannot be read: {reason}") from error


@functools.cache
def load(path: Path) -> SiteRule:
    """Return the rule in a file. Raise SiteRuleError, which names the file, line and key, if it is invalid."""
    shipped = path.parent in (SHIPPED, SYSTEMS)  # these are checked by the tests
    known = compiled().get(f"{path.parent.name}/{path.name}") if shipped else None
    data = _parsed(path) if known is None else msgspec.json.decode(known)
    try:
        rule = convert({**data, "name": path.stem, "shipped": shipped}, SiteRule)
    except msgspec.ValidationError as error:
        raise SiteRuleError(_message(path, *_place(str(error)))) from error
    if not shipped:
        check(rule, path)
    return rule


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return parse_toml(text_of(path))
    except TomlError as error:
        raise SiteRuleError(f"site rule {path}: {error}") from error


def _place(message: str) -> tuple[str, str]:
    """Return the key named in a message of msgspec, and the problem."""
    import difflib

    if unknown := re.search(r"unknown field `([^`]+)`", message):
        known = [
            name
            for kind in (SiteRule, TimeRule, CreditRule, PlayerRule, WordsRule, GalleryRule)
            for name in kind.__struct_fields__
        ]
        close = difflib.get_close_matches(
            unknown[1], [name for name in known if name not in ("name", "shipped")], n=1
        )
        hint = f"did you mean {close[0]}?" if close else "see docs/site-rules.md"
        return unknown[1], f"unknown key: {hint}"
    at = re.search(r" - at `\$\.?([A-Za-z_]*)", message)
    return (at[1] if at else ""), value_error(message.split(" - at ")[0])


def _message(path: Path, key: str, problem: str, value: str = "") -> str:
    line = _line_of(text_of(path), key, value)
    return f"site rule {path}, line {line}: {key}: {problem}"


def _line_of(text: str, key: str, value: str = "") -> int:
    """Return the line number, from 1, of the key, or of the value after the key."""
    lines = text.splitlines()
    start = next((n for n, line in enumerate(lines) if re.match(rf"\s*(?:\[\[?)?{key}\b", line)), 0)
    shown = (value, value.replace("\\", "\\\\").replace('"', '\\"')) if value else ()
    return next((n for n in range(start, len(lines)) if any(s in lines[n] for s in shown)), start) + 1


def check(rule: SiteRule, path: Path) -> None:
    """Raise SiteRuleError for a value that has the right type but is invalid."""
    _check_patterns(rule, path)
    for key, problem, value in _problems(rule, path):
        raise SiteRuleError(_message(path, key, problem, value))


def _check_patterns(rule: SiteRule, path: Path) -> None:
    """Raise SiteRuleError for an invalid selector or pattern."""
    for key in (*SELECTED, *SELECTING):
        for each in getattr(rule, key):
            css = each.select if key in SELECTING else each
            _check_one(path, key, css, lambda css: selector(css).check())
    for key in PATTERNS:
        for written in getattr(rule, key):
            _check_one(path, key, written, re.compile)
            group = GROUPS.get(key)
            if group is not None and group not in re.compile(written).groupindex:
                problem = (
                    f"{written!r}: the group {group} is missing: write (?P<{group}>...) around what it is"
                )
                raise SiteRuleError(_message(path, key, problem, written))
    for player in rule.player:
        _check_one(path, "player", player.pattern, re.compile)
    for credit in rule.credit:
        _check_one(path, "credit", credit.text, re.compile)


def _problems(rule: SiteRule, path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the key of each other invalid value, what the problem is, and the value as far as it is in the file."""
    from feed2doc._locale.tags import language_tag
    from feed2doc._locale.zones import check_zone

    for mark in rule.marks:
        if not _MARK.fullmatch(mark):
            yield (
                "marks",
                f'{mark!r} must be a name such as ".post", "#post", "[data-post]" or ".post-*"',
                mark,
            )
    for time in rule.time:
        if time.clock not in ("12h", "24h") or (time.clock == "12h" and not rule.timezone):
            yield "time", 'clock must be "24h", or "12h" with a timezone', "clock"
    roles = (*get_args(Role), "byline")
    for credit in rule.credit:
        if credit.role not in roles:
            yield "credit", f"role {credit.role!r} must be one of {', '.join(roles)}", credit.role
    if rule.timezone:
        try:
            check_zone(rule.timezone)
        except OptionError as error:
            yield "timezone", str(error), rule.timezone
    if rule.language and not language_tag(rule.language):
        yield "language", f"{rule.language!r} must be a language tag such as en or zh-Hant", rule.language
    if not (rule.hosts or rule.generator or rule.marks or rule.feeds) and path.name != "generic.toml":
        yield "hosts", 'missing: list the hosts, as in hosts = ["example.com"]', ""


def _check_one(path: Path, key: str, value: str, test: Any) -> None:
    try:
        test(value)
    except Exception as error:  # cssselect and re each raise several types
        raise SiteRuleError(_message(path, key, f"{value!r}: {error}", value)) from error
