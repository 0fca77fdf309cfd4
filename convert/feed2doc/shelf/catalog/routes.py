"""The routes of the catalog, of books and of pictures."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from feed2doc._text.lazy_re import pattern
from feed2doc.errors import Feed2docError
from feed2doc.shelf.catalog import atom, opds_json
from feed2doc.shelf.catalog.feeds import Feed, within_limit
from feed2doc.shelf.catalog.negotiation import wants_json
from feed2doc.shelf.formats import FORMATS, Format, disposition, parsed, parsed_cover
from feed2doc.shelf.library.books import Made
from feed2doc.shelf.library.questions import NUMBER, Article, Edition
from feed2doc.shelf.pages import pages
from feed2doc.shelf.processes.preparation import picture_path
from feed2doc.shelf.serving.files import Served, file_response, is_unchanged
from feed2doc.shelf.serving.gate import visit_of
from feed2doc.shelf.shelf import Shelf

_PICTURE = pattern(r"[0-9a-f]{32}\.(jpg|png|gif|webp)")
_PICTURE_TYPES = {"jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp"}
_MOST_QUERY = 200
_KEPT_FEEDS = 48
_KEPT = {"Cache-Control": "private, max-age=31536000, immutable"}


class OpdsRoutes:
    """The routes that e-readers use. Feeds that were written are kept until the library changes."""

    def __init__(self, shelf: Shelf, prefix: str) -> None:
        self._shelf, self._prefix = shelf, prefix
        self._written: OrderedDict[tuple[int, str, bool], tuple[bytes, str, str]] = OrderedDict()

    @property
    def routes(self) -> list[Route]:
        """The routes."""
        return [
            Route("/opds", self.start),
            Route("/opds/new", self.newest),
            Route("/opds/sources", self.sources),
            Route("/opds/sources/{id}", self.of_source),
            Route("/opds/editions", self.editions),
            Route("/opds/search", self.search),
            Route("/opds/search.xml", self.search_description),
            Route("/get/{ident}/{name}", self.book),
            Route("/latest.epub", self.latest),
            Route("/cover/{name}", self.cover),
            Route("/picture/{name}", self.picture),
        ]

    async def start(self, request: Request) -> Response:
        """Answer with the feed that leads to the others."""
        return await self._feed(request, "/opds", lambda: self._shelf.catalog.start(self._changed()))

    async def newest(self, request: Request) -> Response:
        """Answer with all articles."""
        number = page_number(request)

        def feed() -> Feed:
            page = self._shelf.library.newest(number)
            return self._shelf.catalog.articles("New", "/opds/new", page, self._changed())

        return await self._feed(request, f"/opds/new?page={number}", feed)

    async def sources(self, request: Request) -> Response:
        """Answer with the sources."""
        number = page_number(request)

        def feed() -> Feed:
            return self._shelf.catalog.sources(self._shelf.library.sources(number), self._changed())

        return await self._feed(request, f"/opds/sources?page={number}", feed)

    async def of_source(self, request: Request) -> Response:
        """Answer with the articles of a source."""
        number, id = page_number(request), numeric(request.path_params["id"])
        path = f"/opds/sources/{id}"

        def feed() -> Feed:
            found = self._shelf.library.of_source(id, number)
            if found is None:
                raise HTTPException(404)
            return self._shelf.catalog.articles(found[0].name, path, found[1], self._changed())

        return await self._feed(request, f"{path}?page={number}", feed)

    async def editions(self, request: Request) -> Response:
        """Answer with the editions."""
        number = page_number(request)

        def feed() -> Feed:
            return self._shelf.catalog.editions(self._shelf.library.editions(number), self._changed())

        return await self._feed(request, f"/opds/editions?page={number}", feed)

    async def search(self, request: Request) -> Response:
        """Answer with the articles that have all words."""
        number, query = page_number(request), query_of(request)

        def feed() -> Feed:
            return self._shelf.catalog.found(
                query, self._shelf.library.search(query, number), self._changed()
            )

        return await self._feed(request, f"/opds/search?page={number}&q={query}", feed)

    async def search_description(self, request: Request) -> Response:
        """Answer with the description of the search."""
        data = atom.write_opensearch(self._prefix)
        return self._answer(request, data, atom.OPENSEARCH_TYPE, _tag(data))

    async def book(self, request: Request) -> Response:
        """Answer with a book, which is made when it is first asked for. Of an older version, it may be there still."""
        address = parsed(request.path_params["ident"], request.path_params["name"])
        if address is None:
            raise HTTPException(404)
        of = await self._shelf.run(self._shelf.library.book, address.id)
        if of is None:
            raise HTTPException(404)
        if of.hash == address.hash:
            return await self._book(request, of, address.format)
        of = msgspec.structs.replace(of, hash=address.hash)
        if (made := await self._shelf.kept_book(of, address.format)) is None:
            raise HTTPException(404)
        return _served(request, made, of, address.format, _KEPT)

    async def latest(self, request: Request) -> Response:
        """Answer with the newest edition."""
        page = await self._shelf.run(self._shelf.library.editions, 1)
        if not page.entries:
            next = await self._shelf.run(self._shelf.library.next_edition)
            return HTMLResponse(pages.nothing_yet_page(visit_of(request), next), 404)
        return await self._book(request, page.entries[0], FORMATS[0], {})

    async def cover(self, request: Request) -> Response:
        """Answer with the cover of an article or edition."""
        address = parsed_cover(request.path_params["name"])
        if address is None:
            raise HTTPException(404)
        id, hash = address
        of = await self._shelf.run(self._shelf.library.book, id)
        if of is None or of.hash != hash:
            raise HTTPException(404)
        made = await self._shelf.cover(of)
        kept = {"Cache-Control": "private, max-age=86400"}
        return file_response(
            request, Served(made.path, made.size, made.digest, "image/jpeg", of.changed, kept)
        )

    async def picture(self, request: Request) -> Response:
        """Answer with a picture of an article."""
        name = request.path_params["name"]
        kind = _PICTURE.fullmatch(name)
        if not kind or not await self._shelf.run(self._shelf.library.has_picture, name):
            raise HTTPException(404)
        path = picture_path(self._shelf.folder, name)
        try:
            status = path.stat()
        except OSError as error:
            raise HTTPException(404) from error
        kept = Served(path, status.st_size, name[:32], _PICTURE_TYPES[kind[1]], int(status.st_mtime), _KEPT)
        return file_response(request, kept)

    async def _book(
        self, request: Request, of: Article | Edition, format: Format, kept: dict[str, str] = _KEPT
    ) -> Response:
        try:
            made = await self._shelf.book(of, format)
        except Feed2docError as error:
            self._shelf.log(f"{of.title}: {format.label}: {error}")
            raise HTTPException(503, headers={"Retry-After": "60"}) from error
        return _served(request, made, of, format, kept)

    async def _feed(self, request: Request, name: str, build: Callable[[], Feed]) -> Response:
        """Answer with a feed in the form that the client wants. Raise HTTPException for a page past its end."""
        as_json = wants_json(request.headers.get("accept", ""))
        key = (self._shelf.database.version(), name, as_json)
        if (written := self._written.get(key)) is None:
            written = self._written[key] = await self._shelf.run(self._write, build, as_json)
            while len(self._written) > _KEPT_FEEDS:
                self._written.popitem(last=False)
        return self._answer(request, *written, vary="Accept")

    def _write(self, build: Callable[[], Feed], as_json: bool) -> tuple[bytes, str, str]:
        feed = build()
        if feed.number > feed.last:
            raise HTTPException(404)
        write = opds_json.write_json if as_json else atom.write_atom
        data = within_limit(feed, lambda each: write(each, self._prefix))
        return data, opds_json.MEDIA_TYPE if as_json else atom.content_type(feed), _tag(data)

    def _answer(self, request: Request, data: bytes, content_type: str, tag: str, vary: str = "") -> Response:
        headers = {"ETag": tag} | ({"Vary": vary} if vary else {})
        if is_unchanged(request.headers, tag):
            return Response(status_code=304, headers=headers)
        return Response(data, headers={**headers, "Content-Type": content_type})

    def _changed(self) -> int:
        """Return when the library changed last."""
        return int(self._shelf.database.reader.execute("SELECT changed FROM last").fetchone()[0])


def _served(
    request: Request, made: Made, of: Article | Edition, format: Format, kept: dict[str, str]
) -> Response:
    headers = {"Content-Disposition": disposition(of.title, format), **kept}
    return file_response(
        request, Served(made.path, made.size, made.digest, format.content_type, of.changed, headers)
    )


def page_number(request: Request) -> int:
    """Return the number of the page that is asked for. Raise HTTPException if it is not one."""
    asked = request.query_params.get("page", "1")
    if not NUMBER.fullmatch(asked):
        raise HTTPException(404)
    return int(asked)


def numeric(id: str) -> int:
    """Return an id as a number. Raise HTTPException if it is not one."""
    if not NUMBER.fullmatch(id):
        raise HTTPException(404)
    return int(id)


def query_of(request: Request) -> str:
    """Return the words of a search."""
    asked = request.query_params.get("q") or request.query_params.get("query") or ""
    return " ".join(asked.replace("\x00", " ").split())[:_MOST_QUERY]


def _tag(data: bytes) -> str:
    return f'"{hashlib.sha256(data).hexdigest()[:24]}"'
