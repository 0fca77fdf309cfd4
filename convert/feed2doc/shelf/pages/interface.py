"""The words of the pages, in the language of the browser, from the files in `languages`."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.resources import files

from feed2doc._locale.dates import localized_day
from feed2doc._locale.labels import script_of
from feed2doc.shelf.library.questions import NextEdition

_DONE = (
    *("feed", "saved", "removed", "logout", "article"),
    *("fetch", "fetch_all", "fetch_wait", "fetch_all_wait"),
)


def language_for(accepted: str) -> str:
    """Return the first of the languages of the pages that the browser accepts."""
    found = []
    for part in accepted.split(",")[:20]:
        tag, _, quality = part.strip().partition(";")
        weight = re.fullmatch(r"\s*q=([01](?:\.\d{1,3})?)\s*", quality)
        if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}", tag):
            found.append((-float(weight[1]) if weight else -1.0, script_of(tag)))
    known = (
        script
        for weight, script in sorted(found, key=lambda pair: pair[0])
        if weight and script in languages()
    )
    return next(known, "en")


@functools.cache
def languages() -> tuple[str, ...]:
    """Return the languages of the pages."""
    names = sorted(each.name for each in files(__package__).joinpath("languages").iterdir())
    return tuple(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


@functools.cache
def interface(language: str) -> Mapping[str, str]:
    """Return the words of the pages in one of their languages."""
    return tomllib.loads(files(__package__).joinpath("languages", f"{language}.toml").read_text("utf-8"))


def counted(ui: Mapping[str, str], one: str, many: str, number: int) -> str:
    """Return a number of things in words."""
    return ui[one] if number == 1 else ui[many].format(n=number)


def done_message(language: str, key: str, number: str) -> str:
    """Return what a form that leads to a page has done, or "" for a key that none has."""
    ui = interface(language)
    if key == "files" and re.fullmatch(r"[1-9]\d{0,2}", number):
        return counted(ui, "done_files_one", "done_files", int(number))
    return ui[f"done_{key}"] if key in _DONE else ""


def announced(language: str, next: NextEdition) -> str:
    """Return when the next edition appears, and how much it has so far."""
    ui = interface(language)
    count = counted(ui, "article", "articles", next.articles)
    return ui["next_edition"].format(time=moment(next.due, language), articles=count)


def clock(language: str, now: float) -> str:
    """Return what the clock of the server says, and its time zone."""
    offset = f"{datetime.fromtimestamp(now).astimezone():%z}"
    zone = f"UTC{offset[:3]}:{offset[3:5]}"
    return interface(language)["server_clock"].format(time=moment(now, language), zone=zone)


def iso(seconds: int) -> str:
    """Return a time as HTML wants it, in UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def moment(seconds: float, language: str) -> str:
    """Return a time as people write it, by the clock of the server."""
    at = datetime.fromtimestamp(seconds).astimezone()
    return f"{localized_day(at, language)} {at:%H:%M}"
