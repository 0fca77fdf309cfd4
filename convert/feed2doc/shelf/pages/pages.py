"""The pages to read: lists, articles and messages, from the templates in `templates/shelf`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import accumulate
from typing import Any

import msgspec

from feed2doc._locale.dates import localized_day
from feed2doc._locale.labels import script_of
from feed2doc._locale.tags import direction_of
from feed2doc._text.wrap import width_of
from feed2doc.shelf.formats import cover_path
from feed2doc.shelf.library.questions import Article, Edition, Neighbour, NextEdition, Page
from feed2doc.shelf.pages.frame import Visit, books_of, page_of, pager
from feed2doc.shelf.pages.interface import announced, interface, iso, moment
from feed2doc.shelf.processes.preparation import document_of

_SHOWN_COLUMNS = 150
_SHOWN_AUTHORS, _SHOWN_NAME, _SHOWN_TITLE = 3, 40, 300


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
    return page_of(
        "list",
        visit,
        here,
        title=heading if page.number == 1 else f"{heading} ({page.number})",
        heading=heading,
        about=about,
        articles=[_listed(each, visit.language) for each in page.entries],
        pager=pager(page, path),
        query=query,
        empty=empty,
        invites=invites,
    )


def source_list(visit: Visit, page: Page) -> str:
    """Return the page of all sources."""
    title = interface(visit.language)["sources"]
    return page_of(
        "sources", visit, "/sources", title=title, sources=page.entries, pager=pager(page, "/sources")
    )


def article_page(
    visit: Visit,
    article: Article,
    document: bytes,
    pictures: Mapping[str, str],
    near: tuple[Neighbour | None, Neighbour | None],
) -> str:
    """Return the page of an article, with links to those before and after it. Only pictures of the library are shown."""
    from markupsafe import Markup

    from feed2doc.writers.html import article_content

    def picture(image: Any) -> str | None:
        name = pictures.get(image.src)
        return f"{visit.prefix}/picture/{name}" if name else None

    shown, ui = document_of(document), interface(visit.language)
    if shown.headline != article.title:
        shown = msgspec.structs.replace(shown, headline=article.title)
    return page_of(
        "article",
        visit,
        "",
        title=article.title,
        article={
            "id": article.id,
            "language": article.language,
            "direction": direction_of(article.language),
            "script": script_of(article.language),
            "source": article.source,
            "source_id": article.source_id,
        },
        content=Markup(article_content(shown, picture, prefix="a-")),
        books=books_of(str(article.id), article.hash, article.title),
        near=[
            (ui[f"article_{rel}"], rel, each)
            for rel, each in zip(("prev", "next"), near, strict=True)
            if each
        ],
    )


def edition_page(visit: Visit, edition: Edition, content: str) -> str:
    """Return the page of an edition to read."""
    from markupsafe import Markup

    return page_of(
        "edition",
        visit,
        "",
        title=edition.title,
        edition={
            "language": edition.language,
            "direction": direction_of(edition.language),
            "script": script_of(edition.language),
        },
        content=Markup(content),
        books=books_of(edition.id, edition.hash, edition.title),
    )


def source_code_page(visit: Visit, versions: list[str]) -> str:
    """Return the page about the source code."""
    title = interface(visit.language)["source_code"]
    return page_of("source", visit, "/source", title=title, versions=versions)


def message_page(visit: Visit, status: int) -> str:
    """Return the page of an error."""
    ui = interface(visit.language)
    heading = ui.get(f"error_{status}", ui["error_400"])
    about = ui["too_many"] if status == 429 else ui.get(f"about_{status}", ui["about_400"])
    return page_of("message", visit, "", title=heading, heading=heading, message=about, link="")


def unknown_address_page(visit: Visit, use: str, wanted: str) -> str:
    """Return the page of a request that does not name the server: which address to use, and how to allow the other one."""
    ui = interface(visit.language)
    message = ui["about_421"].format(use=use, wanted=wanted)
    return page_of(
        "message", visit, "", title=ui["error_421"], heading=ui["error_421"], message=message, link=use
    )


def nothing_yet_page(visit: Visit, next: NextEdition | None) -> str:
    """Return the page that is shown for the newest edition of a shelf that has none."""
    ui = interface(visit.language)
    message = announced(visit.language, next) if next else ui["empty"]
    return page_of(
        "message", visit, "", title=ui["editions"], heading=ui["editions"], message=message, link=""
    )


def _listed(article: Article, language: str) -> dict[str, Any]:
    published = article.published
    authors = article.authors[:_SHOWN_AUTHORS]
    return {
        "id": article.id,
        "title": _cut(article.title, _SHOWN_TITLE),
        "language": article.language,
        "direction": direction_of(article.language),
        "cover": cover_path(str(article.id), article.hash) if article.picture else "",
        "source": article.source,
        "authors": ", ".join(_cut(each, _SHOWN_NAME) for each in authors),
        "datetime": published or iso(article.changed),
        "time": localized_day(datetime.fromisoformat(published), language)
        if published
        else moment(article.changed, language),
        "summary": _shown(article.summary),
    }


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[:longest].rstrip() + "…"


def _shown(summary: str) -> str:
    """Return the beginning of a summary: some three lines on a phone, in any script."""
    ends = accumulate(map(width_of, summary))
    length = next((at for at, width in enumerate(ends) if width > _SHOWN_COLUMNS), len(summary))
    return summary if length == len(summary) else summary[:length].rstrip() + "…"
