"""The pages with forms: adding, feeds, editions, login, and codes for other devices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from time import time

import msgspec

from feed2doc.looks import shipped_looks
from feed2doc.shelf.library.editions import MOST_MINUTES, EditionSettings, period
from feed2doc.shelf.library.questions import Article, NextEdition, Page
from feed2doc.shelf.pages.frame import Visit, books_of, page_of, pager
from feed2doc.shelf.pages.interface import announced, clock, counted, interface, iso, moment
from feed2doc.shelf.reasons import reason

_DEVICES = (
    ("KOReader", "on_koreader"),
    ("Kobo", "on_kobo"),
    ("Kindle", "on_kindle"),
    ("PocketBook", "on_pocketbook"),
    ("Moon+ Reader, Librera, FBReader", "on_apps"),
    ("Thorium, Readest, KyBook", "on_computer"),
    ("", "on_other"),
)


class Wrong(msgspec.Struct, frozen=True):
    """A form that cannot be taken: what was given, and what is wrong, by the names of the fields; and of which feed it is."""

    given: Mapping[str, str]
    errors: Mapping[str, str]
    feed: int = 0


class Addresses(msgspec.Struct, frozen=True):
    """The address of the server for this browser, and that for other devices, or "" if only this machine can reach it."""

    here: str
    others: str
    has_password: bool


def add_page(visit: Visit, error: str = "", url: str = "", reason: str = "") -> str:
    """Return the page with the forms that add feeds and files. `reason` says why there is no feed at an address."""
    title = interface(visit.language)["add"]
    return page_of("add", visit, "/add", title=title, error=error, url=url, reason=reason)


def choice_page(visit: Visit, url: str, choices: Sequence[tuple[str, str]]) -> str:
    """Return the page that has the feeds of a page to choose from."""
    title = interface(visit.language)["choose"]
    return page_of("choose", visit, "/add", title=title, page=url, choices=choices)


def feed_list(visit: Visit, page: Page, wrong: Wrong | None = None) -> str:
    """Return the page of the feeds."""
    ui, now = interface(visit.language), time()
    shown = [
        each
        | {
            "errors": {},
            "articles": counted(ui, "article", "articles", each["articles"]) if each["articles"] else "",
            "lost": counted(ui, "lost_one", "lost", each["lost"]) if each["lost"] else "",
            "error": reason(each["error"], visit.language),
            "why": reason(each["why"] or "", visit.language),
            "next": moment(each["next"], visit.language) if each["next"] > now else "",
            "fetched": iso(each["fetched"]) if each["fetched"] else "",
            "fetched_text": moment(each["fetched"], visit.language) if each["fetched"] else "",
        }
        | ({"errors": wrong.errors, **wrong.given} if wrong and wrong.feed == each["id"] else {})
        for each in page.entries
    ]
    return page_of(
        "feeds",
        visit,
        "/feeds",
        title=ui["feeds"],
        feeds=shown,
        looks=shipped_looks(),
        pager=pager(page, "/feeds"),
    )


def edition_list(
    visit: Visit, page: Page, settings: EditionSettings, next: NextEdition | None, wrong: Wrong | None = None
) -> str:
    """Return the page of the editions, with the form of their settings."""
    ui, now = interface(visit.language), time()
    if next is None and settings.at:
        next = NextEdition(period(settings.at, now)[1], 0)
    editions = [
        {
            "id": each.id,
            "title": each.title,
            "language": each.language,
            "count": counted(ui, "article", "articles", each.articles),
            "minutes": counted(ui, "minute", "minutes", each.minutes) if each.minutes else "",
            "books": books_of(each.id, each.hash, each.title),
        }
        for each in page.entries
    ]
    return page_of(
        "editions",
        visit,
        "/editions",
        title=ui["editions"],
        editions=editions,
        given=wrong.given if wrong else {"minutes": settings.minutes or "", "time": settings.at},
        errors=wrong.errors if wrong else {},
        most_minutes=MOST_MINUTES,
        next=announced(visit.language, next) if next else "",
        clock=clock(visit.language, now),
        pager=pager(page, "/editions"),
    )


def removal_page(visit: Visit, article: Article) -> str:
    """Return the page that asks before an article is removed."""
    return page_of("remove", visit, "", title=interface(visit.language)["ask_article"], article=article)


def login_page(visit: Visit, next: str, error: str = "") -> str:
    """Return the login."""
    return page_of("login", visit, "", title=interface(visit.language)["login"], next=next, error=error)


def go_page(visit: Visit, addresses: Addresses, code: str = "", error: str = "") -> str:
    """Return the page for e-readers: with a new code, or with addresses, a form that takes a code, and steps for each device."""
    ui = interface(visit.language)
    return page_of(
        "go",
        visit,
        "/go",
        title=ui["make_code"] if code else ui["devices"],
        code=code,
        error=error,
        addresses=addresses,
        devices=[(name or ui["other_devices"], ui[key].splitlines()) for name, key in _DEVICES],
    )
