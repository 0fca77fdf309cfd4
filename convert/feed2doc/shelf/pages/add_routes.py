"""The page that adds feeds and files."""

from __future__ import annotations

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from feed2doc._text.lazy_re import pattern
from feed2doc._text.plain import printable
from feed2doc.shelf.library.arrivals import let_in, put
from feed2doc.shelf.library.subscriptions import LONGEST_ADDRESS, is_address
from feed2doc.shelf.pages import form_pages
from feed2doc.shelf.pages.forms import check, text
from feed2doc.shelf.pages.frame import Visit
from feed2doc.shelf.pages.interface import counted, interface
from feed2doc.shelf.pages.routes import redirect
from feed2doc.shelf.pages.uploads import read_all as uploads_of
from feed2doc.shelf.reasons import reason
from feed2doc.shelf.serving.gate import visit_of
from feed2doc.shelf.shelf import Shelf

_MOST_FILES = 500
# An address without a scheme, as browsers show it.
_BARE_ADDRESS = pattern(r"(?:localhost|[^\s/:@.?#]+(?:\.[^\s/:@.?#]+){1,9})(?::\d{1,5})?(?:[/?#]\S*)?")

_UNREACHED = pattern(r"\bno (?:secure )?connection to ")


class AddRoutes:
    """The forms that add a feed or files."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    @property
    def routes(self) -> list[Route]:
        """The routes."""
        return [Route("/add", self.page), Route("/add", self.add, methods=["POST"])]

    async def page(self, request: Request) -> Response:
        """Show the forms."""
        return HTMLResponse(form_pages.add_page(visit_of(request)))

    async def add(self, request: Request) -> Response:
        """Add a feed or files."""
        visit = visit_of(request)
        async with request.form(max_files=_MOST_FILES, max_fields=20) as form:
            check(request, form)
            files = [each for each in form.getlist("files") if isinstance(each, UploadFile)]
            if files:
                return await self._add_files(visit, files)
        if "url" not in form:
            return HTMLResponse(form_pages.add_page(visit, interface(visit.language)["no_file"]), 422)
        return await self._add_feed(visit, form)

    async def _add_feed(self, visit: Visit, form: FormData) -> Response:
        """Add a feed. Where none is found, or several, ask first."""
        url, page = text(form, "url").strip(), text(form, "page")
        is_bare = _BARE_ADDRESS.fullmatch(url) is not None
        if is_bare:
            url = f"https://{url}"
        if not is_address(url):
            error = interface(visit.language)["bad_address"]
            return HTMLResponse(form_pages.add_page(visit, error, printable(url[:LONGEST_ADDRESS])), 422)
        is_sure = "anyway" in form
        added = await self._shelf.subscribe(url, page if is_address(page) else "", is_sure=is_sure)
        if is_bare and _UNREACHED.search(added.error):  # as browsers do
            plain = url.replace("https://", "http://", 1)
            other = await self._shelf.subscribe(plain, is_sure=is_sure)
            url, added = (plain, other) if other.id or other.choices else (url, added)
        if added.choices:
            return HTMLResponse(form_pages.choice_page(visit, url, added.choices))
        if not added.id:
            why = reason(added.error, visit.language)
            return HTMLResponse(form_pages.add_page(visit, "", printable(page or url), why), 400)
        number = await self._shelf.run(self._shelf.feeds.page_of, added.id)
        path = f"/feeds?page={number}&done=feed#feed-{added.id}" if number else "/feeds?done=feed"
        return redirect(visit, path)

    async def _add_files(self, visit: Visit, files: list[UploadFile]) -> Response:
        """Add what uploaded files have. Those that cannot be read are named; the others are added all the same."""
        uploads = await uploads_of(self._shelf, files)
        feeds = [pair for _, upload in uploads for pair in upload.feeds]
        articles = [each for _, upload in uploads for each in upload.articles]

        def store() -> None:
            with self._shelf.database.writing() as db:
                let_in(db, articles)
                put(db, articles, fetch_pictures=True)
            for name, url in feeds:
                self._shelf.feeds.add(url, name)

        await self._shelf.write(store)
        self._shelf.wake.set()
        self._shelf.has_pictures_due.set()
        bad = [name for name, upload in uploads if upload.failure and not upload.articles]
        count = len(files) - len(bad)
        if bad:
            ui = interface(visit.language)
            error = ui["bad_files"].format(names=", ".join(bad))
            done = counted(ui, "done_files_one", "done_files", count) if count else ""
            return HTMLResponse(form_pages.add_page(visit, f"{done} {error}".strip()), 422)
        return redirect(visit, f"{'/feeds' if feeds else '/'}?done=files&n={count}")
