"""The pages, in the language of the browser, from the templates in `templates/shelf`."""

from __future__ import annotations

import functools
import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from itertools import accumulate
from typing import Any

import msgspec

from feed2doc import __version__
from feed2doc._locale.dates import localized_day
from feed2doc._locale.labels import script_of
from feed2doc._locale.tags import is_right_to_left
from feed2doc._templating import render
from feed2doc._text.wrap import width_of
from feed2doc.looks import look_of, shipped_looks
from feed2doc.shelf.editions import MOST_MINUTES, EditionSettings
from feed2doc.shelf.formats import FORMATS, book_path, cover_path
from feed2doc.shelf.library import Article, NextEdition, Page
from feed2doc.shelf.preparation import document_of

_SHOWN_COLUMNS = 150
_SHOWN_AUTHORS, _SHOWN_NAME, _SHOWN_TITLE = 3, 40, 300
_LOOK = "modern"


class Visit(msgspec.Struct, frozen=True):
    """What all pages need to know of a request.

    `language` is that of the browser, `prefix` what the server has before its paths; `token` goes into forms,
    and `done` says what the last form did.
    """

    language: str
    prefix: str
    token: str
    logged_in: bool = False
    done: str = ""


class Wrong(msgspec.Struct, frozen=True):
    """A form that cannot be taken: what was given, and what is wrong, by the names of the fields; and of which feed it is."""

    given: Mapping[str, str]
    errors: Mapping[str, str]
    feed: int = 0


class Addresses(msgspec.Struct, frozen=True):
    """The address of the server for this browser, and that for other devices, or "" if only this machine can reach it."""

    here: str
    others: str


def language_for(accepted: str) -> str:
    """Return the first of the languages of the pages that the browser accepts."""
    found = []
    for part in accepted.split(",")[:20]:
        tag, _, quality = part.strip().partition(";")
        weight = re.fullmatch(r"\s*q=([01](?:\.\d{1,3})?)\s*", quality)
        if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}", tag):
            found.append((-float(weight[1]) if weight else -1.0, script_of(tag)))
    known = (
        script for weight, script in sorted(found, key=lambda pair: pair[0]) if weight and script in _words()
    )
    return next(known, "en")


@functools.cache
def interface(language: str) -> Mapping[str, str]:
    """Return the words of the pages in a language."""
    table = _words()
    return table["en"] | table.get(language, {})


@functools.cache
def style() -> str:
    """Return the style sheet of all pages."""
    from feed2doc.writers.html import page_style

    return page_style(_LOOK) + render("shelf/style.css", (), look=look_of(_LOOK, "html"))


def article_list(
    visit: Visit,
    here: str,
    heading: str,
    page: Page,
    path: str,
    *,
    empty: str,
    invites: bool = False,
    about: str = "",
    query: str | None = None,
) -> str:
    """Return a page of articles. `path` is its address without the number of the page."""
    return _page(
        "list",
        visit,
        here,
        title=heading if page.number == 1 else f"{heading} ({page.number})",
        heading=heading,
        about=about,
        articles=[_listed(each, visit.language) for each in page.entries],
        pager=_pager(page, path),
        query=query,
        empty=empty,
        invites=invites,
    )


def source_list(visit: Visit, page: Page) -> str:
    """Return the page of all sources."""
    title = interface(visit.language)["sources"]
    return _page(
        "sources", visit, "/sources", title=title, sources=page.entries, pager=_pager(page, "/sources")
    )


def edition_list(
    visit: Visit, page: Page, settings: EditionSettings, next: NextEdition | None, wrong: Wrong | None = None
) -> str:
    """Return the page of the editions, with the form of their settings."""
    ui = interface(visit.language)
    editions = [
        {
            "title": each.title,
            "language": each.language,
            "count": counted(ui, "article", "articles", each.articles),
            "minutes": counted(ui, "minute", "minutes", each.minutes) if each.minutes else "",
            "books": _books(each.id, each.hash, each.title),
        }
        for each in page.entries
    ]
    return _page(
        "editions",
        visit,
        "/editions",
        title=ui["editions"],
        editions=editions,
        given=wrong.given if wrong else {"minutes": settings.minutes or "", "time": settings.at},
        errors=wrong.errors if wrong else {},
        most_minutes=MOST_MINUTES,
        next=_announced(visit, next) if next else "",
        pager=_pager(page, "/editions"),
    )


def article_page(visit: Visit, article: Article, document: bytes, pictures: Mapping[str, str]) -> str:
    """Return the page of an article. Only pictures of the library are shown."""
    from markupsafe import Markup

    from feed2doc.writers.html import article_content

    def picture(image: Any) -> str | None:
        name = pictures.get(image.src)
        return f"{visit.prefix}/picture/{name}" if name else None

    shown = document_of(document)
    if shown.headline != article.title:
        shown = msgspec.structs.replace(shown, headline=article.title)
    return _page(
        "article",
        visit,
        "",
        title=article.title,
        article={
            "id": article.id,
            "language": article.language,
            "direction": _direction(article.language),
            "script": script_of(article.language),
            "source": article.source,
            "source_id": article.source_id,
        },
        content=Markup(article_content(shown, picture, prefix="a-")),
        books=_books(str(article.id), article.hash, article.title),
    )


def add_page(visit: Visit, error: str = "", url: str = "", reason: str = "") -> str:
    """Return the page with the forms that add feeds and files. `reason` says why there is no feed at an address."""
    title = interface(visit.language)["add"]
    return _page("add", visit, "/add", title=title, error=error, url=url, reason=reason)


def choice_page(visit: Visit, url: str, choices: Sequence[tuple[str, str]]) -> str:
    """Return the page that has the feeds of a page to choose from."""
    title = interface(visit.language)["choose"]
    return _page("choose", visit, "/add", title=title, page=url, choices=choices)


def done_message(language: str, key: str, number: str) -> str:
    """Return what a form that leads to a page has done, or "" for a key that none has."""
    ui = interface(language)
    if key == "files" and re.fullmatch(r"[1-9]\d{0,2}", number):
        return counted(ui, "done_files_one", "done_files", int(number))
    return ui[f"done_{key}"] if key in ("feed", "saved", "removed", "logout") else ""


def feed_list(visit: Visit, page: Page, wrong: Wrong | None = None) -> str:
    """Return the page of the feeds."""
    ui = interface(visit.language)
    shown = [
        each
        | {
            "errors": {},
            "lost": counted(ui, "lost_one", "lost", each["lost"]) if each["lost"] else "",
            "fetched": _iso(each["fetched"]) if each["fetched"] else "",
            "fetched_text": _moment(each["fetched"], visit.language) if each["fetched"] else "",
        }
        | ({"errors": wrong.errors, **wrong.given} if wrong and wrong.feed == each["id"] else {})
        for each in page.entries
    ]
    return _page(
        "feeds",
        visit,
        "/feeds",
        title=ui["feeds"],
        feeds=shown,
        looks=shipped_looks(),
        pager=_pager(page, "/feeds"),
    )


def login_page(visit: Visit, next: str, error: str = "") -> str:
    """Return the login."""
    return _page("login", visit, "", title=interface(visit.language)["login"], next=next, error=error)


def go_page(visit: Visit, addresses: Addresses, code: str = "", error: str = "") -> str:
    """Return the page with a code, or with the form that takes one."""
    title = interface(visit.language)["go"]
    return _page(
        "go",
        visit,
        "/go",
        title=title,
        code=code,
        error=error,
        addresses=addresses,
    )


def source_code_page(visit: Visit, versions: list[str]) -> str:
    """Return the page about the source code."""
    title = interface(visit.language)["source_code"]
    return _page("source", visit, "/source", title=title, versions=versions)


def message_page(visit: Visit, status: int) -> str:
    """Return the page of an error."""
    ui = interface(visit.language)
    heading = ui.get(f"error_{status}", ui["error_400"])
    about = ui["too_many"] if status == 429 else ui.get(f"about_{status}", ui["about_400"])
    return _page("message", visit, "", title=heading, heading=heading, message=about, link="")


def unknown_address_page(visit: Visit, use: str, wanted: str) -> str:
    """Return the page of a request that does not name the server: which address to use, and how to allow the other one."""
    ui = interface(visit.language)
    message = ui["about_421"].format(use=use, wanted=wanted)
    return _page(
        "message", visit, "", title=ui["error_421"], heading=ui["error_421"], message=message, link=use
    )


def nothing_yet_page(visit: Visit, next: NextEdition | None) -> str:
    """Return the page that is shown for the newest edition of a shelf that has none."""
    ui = interface(visit.language)
    message = _announced(visit, next) if next else ui["empty"]
    return _page("message", visit, "", title=ui["editions"], heading=ui["editions"], message=message, link="")


def _announced(visit: Visit, next: NextEdition) -> str:
    ui = interface(visit.language)
    count = counted(ui, "article", "articles", next.articles)
    return ui["next_edition"].format(time=_moment(next.due, visit.language), articles=count)


def counted(ui: Mapping[str, str], one: str, many: str, number: int) -> str:
    """Return a number of things in words."""
    return ui[one] if number == 1 else ui[many].format(n=number)


def _page(template: str, visit: Visit, here: str, **context: Any) -> str:
    return render(
        f"shelf/{template}.html",
        (),
        ui=interface(visit.language),
        language=visit.language,
        direction=_direction(visit.language),
        prefix=visit.prefix,
        here=here,
        logged_in=visit.logged_in,
        done=visit.done,
        token=visit.token,
        version=style_version(),
        **context,
    )


@functools.cache
def style_version() -> str:
    """Return a version of the style sheet."""
    return hashlib.sha256(f"{__version__}{style()}".encode()).hexdigest()[:8]


def _listed(article: Article, language: str) -> dict[str, Any]:
    published = article.published
    authors = article.authors[:_SHOWN_AUTHORS]
    return {
        "id": article.id,
        "title": _cut(article.title, _SHOWN_TITLE),
        "language": article.language,
        "direction": _direction(article.language),
        "cover": cover_path(str(article.id), article.hash) if article.picture else "",
        "source": article.source,
        "authors": ", ".join(_cut(each, _SHOWN_NAME) for each in authors),
        "datetime": published or _iso(article.changed),
        "time": localized_day(datetime.fromisoformat(published), language)
        if published
        else _moment(article.changed, language),
        "summary": _shown(article.summary),
    }


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[:longest].rstrip() + "…"


def _shown(summary: str) -> str:
    """Return the beginning of a summary: some three lines on a phone, in any script."""
    ends = accumulate(map(width_of, summary))
    length = next((at for at, width in enumerate(ends) if width > _SHOWN_COLUMNS), len(summary))
    return summary if length == len(summary) else summary[:length].rstrip() + "…"


def _books(id: str, hash: str, title: str) -> list[dict[str, str]]:
    return [{"path": book_path(id, hash, title, each), "title": each.label} for each in FORMATS]


def _pager(page: Page, path: str) -> dict[str, Any]:
    joint = "&" if "?" in path else "?"

    def at(number: int) -> str:
        return path if number == 1 else f"{path}{joint}page={number}"

    return {
        "number": page.number,
        "last": page.last,
        "previous": at(page.number - 1) if page.number > 1 else "",
        "next": at(page.number + 1) if page.number < page.last else "",
    }


def _direction(language: str) -> str:
    return "rtl" if is_right_to_left(language) else "ltr"


def _iso(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def _moment(seconds: int, language: str) -> str:
    moment = datetime.fromtimestamp(seconds).astimezone()
    return f"{localized_day(moment, language)} {moment:%H:%M}"


@functools.cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("interface.toml").read_text("utf-8"))
