"""The parts of all pages: the frame of the template `shelf/base.html`, the style sheet, and the links between parts of a list."""

from __future__ import annotations

import functools
import hashlib
from typing import Any

import msgspec

from feed2doc import __version__
from feed2doc._locale.labels import labels
from feed2doc._locale.tags import direction_of
from feed2doc._templating import render
from feed2doc.looks import look_of
from feed2doc.shelf.formats import FORMATS, book_path
from feed2doc.shelf.library.questions import Page
from feed2doc.shelf.pages.interface import interface

_LOOK = "modern"


class Visit(msgspec.Struct, frozen=True):
    """The facts of a request that all pages use.

    `language` is that of the browser, `prefix` what the server has before its paths; `token` goes into forms,
    and `done` says what the last form did.
    """

    language: str
    prefix: str
    token: str
    logged_in: bool = False
    done: str = ""


def page_of(template: str, visit: Visit, here: str, **context: Any) -> str:
    """Return the page that a template of the shelf makes of these values. `here` is its place in the navigation."""
    words = labels(visit.language)
    return render(
        f"shelf/{template}.html",
        (),
        ui=interface(visit.language),
        language=visit.language,
        direction=direction_of(visit.language),
        gap=words["gap"],
        colon=words["colon"],
        prefix=visit.prefix,
        here=here,
        logged_in=visit.logged_in,
        done=visit.done,
        token=visit.token,
        version=style_version(),
        **context,
    )


@functools.cache
def style() -> str:
    """Return the style sheet of all pages."""
    from feed2doc.writers.html import page_style

    return page_style(_LOOK) + render("shelf/style.css", (), look=look_of(_LOOK, "html"))


@functools.cache
def style_version() -> str:
    """Return a version of the style sheet."""
    return hashlib.sha256(f"{__version__}{style()}".encode()).hexdigest()[:8]


def pager(page: Page, path: str) -> dict[str, Any]:
    """Return the links to the pages of a list before and after this one."""
    joint = "&" if "?" in path else "?"

    def at(number: int) -> str:
        return path if number == 1 else f"{path}{joint}page={number}"

    return {
        "number": page.number,
        "last": page.last,
        "previous": at(page.number - 1) if page.number > 1 else "",
        "next": at(page.number + 1) if page.number < page.last else "",
    }


def books_of(id: str, hash: str, title: str) -> list[dict[str, str]]:
    """Return the links to a book in all formats."""
    return [{"path": book_path(id, hash, title, each), "title": each.label} for each in FORMATS]
