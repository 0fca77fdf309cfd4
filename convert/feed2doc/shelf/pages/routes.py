"""The routes of the pages that only show something."""

from __future__ import annotations

from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from feed2doc._locale.labels import labels
from feed2doc._text.lazy_re import pattern
from feed2doc.shelf.catalog.routes import numeric, page_number, query_of
from feed2doc.shelf.library.questions import Edition, Library, Page
from feed2doc.shelf.pages import form_pages, pages
from feed2doc.shelf.pages.form_pages import Wrong
from feed2doc.shelf.pages.frame import Visit, style, style_version
from feed2doc.shelf.pages.interface import counted, interface
from feed2doc.shelf.serving.files import is_unchanged
from feed2doc.shelf.serving.gate import visit_of
from feed2doc.shelf.shelf import Shelf
from feed2doc.shelf.source_code import archive, versions

_WITH_SLASH = pattern(r"/(?:add|editions|feeds|go|login|read|search|source|sources)(?:/\w{1,40})?/")


class PageRoutes:
    """The pages of articles, sources and editions."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._library = shelf.library

    @property
    def routes(self) -> list[Route]:
        """The routes."""
        return [
            Route("/", self.newest),
            Route("/sources", self.sources),
            Route("/sources/{id}", self.source),
            Route("/read/{id}", self.article),
            Route("/search", self.search),
            Route("/read/{id}/remove", self.ask),
            Route("/editions", self.editions),
            Route("/editions/{id}", self.edition),
            Route("/source", self.source_code),
            Route("/source.tar.gz", self.source_archive),
            Route("/style.css", self.style),
            Route("/{name}/", self.without_slash),
            Route("/{name}/{id}/", self.without_slash),
        ]

    async def newest(self, request: Request) -> Response:
        """Show the newest articles."""
        number, visit = page_number(request), visit_of(request)

        def page() -> str:
            ui = interface(visit.language)
            found = checked(self._library.newest(number))
            return pages.article_list(visit, "/", ui["newest"], found, "/", empty=ui["empty"], invites=True)

        return HTMLResponse(await self._shelf.run(page))

    async def sources(self, request: Request) -> Response:
        """Show the sources."""
        number, visit = page_number(request), visit_of(request)
        return HTMLResponse(
            await self._shelf.run(lambda: pages.source_list(visit, checked(self._library.sources(number))))
        )

    async def source(self, request: Request) -> Response:
        """Show the articles of a source."""
        number, visit, id = page_number(request), visit_of(request), numeric(request.path_params["id"])

        def page() -> str:
            found = self._library.of_source(id, number)
            if found is None:
                raise HTTPException(404)
            ui = interface(visit.language)
            about = counted(ui, "article", "articles", found[0].articles)
            articles = checked(found[1])
            path = f"/sources/{id}"
            return pages.article_list(
                visit, "", found[0].name, articles, path, empty=ui["no_articles"], about=about
            )

        return HTMLResponse(await self._shelf.run(page))

    async def article(self, request: Request) -> Response:
        """Show an article."""
        visit, id = visit_of(request), numeric(request.path_params["id"])

        def page() -> str:
            found = self._library.article(id)
            if found is None:
                raise HTTPException(404)
            of, near = self._library.ingredients(id), self._library.neighbours(id)
            return pages.article_page(visit, found, of.documents[0], of.pictures[0], near)

        return HTMLResponse(await self._shelf.run(page))

    async def ask(self, request: Request) -> Response:
        """Ask before an article is removed."""
        found = await self._shelf.run(self._library.article, numeric(request.path_params["id"]))
        if found is None:
            raise HTTPException(404)
        return HTMLResponse(form_pages.removal_page(visit_of(request), found))

    async def search(self, request: Request) -> Response:
        """Show the form and what it finds."""
        number, visit, query = page_number(request), visit_of(request), query_of(request)

        def page() -> str:
            ui = interface(visit.language)
            found = checked(self._library.search(query, number)) if query else Page((), 0)
            heading = f"{ui['search']}{labels(visit.language)['colon']}{query}" if query else ui["search"]
            about = counted(ui, "found_one", "found", found.total) if found.total else ""
            empty = ui["found_none"] if query else ui["search_hint"]
            path = f"/search?q={quote(query, safe='')}"
            return pages.article_list(
                visit, "/search", heading, found, path, empty=empty, about=about, query=query
            )

        return HTMLResponse(await self._shelf.run(page))

    async def editions(self, request: Request) -> Response:
        """Show the editions."""
        number, visit = page_number(request), visit_of(request)
        return HTMLResponse(await self._shelf.run(edition_page, self._library, visit, number))

    async def edition(self, request: Request) -> Response:
        """Show an edition to read."""
        found = await self._shelf.run(self._library.book, request.path_params["id"])
        if not isinstance(found, Edition):
            raise HTTPException(404)
        content = await self._shelf.page(found)
        return HTMLResponse(pages.edition_page(visit_of(request), found, content))

    async def source_code(self, request: Request) -> Response:
        """Show where the source code is."""
        return HTMLResponse(pages.source_code_page(visit_of(request), versions()))

    async def source_archive(self, request: Request) -> Response:
        """Answer with the source code."""
        headers = {"Content-Disposition": 'attachment; filename="feed2doc-source.tar.gz"'}
        return Response(await self._shelf.run(archive), headers=headers, media_type="application/gzip")

    async def style(self, request: Request) -> Response:
        """Answer with the style sheet. Its address changes with it."""
        headers = {"Cache-Control": "public, max-age=31536000", "ETag": f'"{style_version()}"'}
        if is_unchanged(request.headers, headers["ETag"]):
            return Response(status_code=304, headers=headers)
        return Response(style(), headers=headers, media_type="text/css")

    async def without_slash(self, request: Request) -> Response:
        """Lead from the address of a page with a slash at its end to the page. Addresses for programs lead nowhere."""
        path = request.scope["path"]
        if not _WITH_SLASH.fullmatch(path):
            raise HTTPException(404)
        return redirect(visit_of(request), path[:-1])


def edition_page(library: Library, visit: Visit, number: int, wrong: Wrong | None = None) -> str:
    """Return a page of the editions. Raise HTTPException if it is past the end."""
    found = checked(library.editions(number))
    return form_pages.edition_list(visit, found, library.edition_settings(), library.next_edition(), wrong)


def redirect(visit: Visit, path: str) -> Response:
    """Return the answer that leads to another page of this server."""
    return RedirectResponse(visit.prefix + path, 303)


def checked(page: Page) -> Page:
    """Return a page of a list. Raise HTTPException if it is past the end."""
    if page.number > page.last:
        raise HTTPException(404)
    return page
