"""The routes of forms: adding and removing, settings, codes, logging in and out."""

from __future__ import annotations

import re
from time import time

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from feed2doc._locale.tags import language_tag
from feed2doc._text.lazy_re import pattern
from feed2doc._text.plain import printable
from feed2doc.looks import shipped_looks
from feed2doc.shelf import opml
from feed2doc.shelf.catalog.routes import page_number
from feed2doc.shelf.formats import BY_ENDING, Format, book_path, parsed
from feed2doc.shelf.library import editions
from feed2doc.shelf.library.arrivals import remove
from feed2doc.shelf.library.subscriptions import TEXT_ONLY
from feed2doc.shelf.pages import form_pages
from feed2doc.shelf.pages.forms import form_of, number, text
from feed2doc.shelf.pages.interface import interface
from feed2doc.shelf.pages.routes import checked, edition_page, redirect
from feed2doc.shelf.serving.auth import RefusedError
from feed2doc.shelf.serving.gate import Gate, client_of, visit_of
from feed2doc.shelf.shelf import Shelf

_LONGEST_KEEP = 36500
# Browsers write a time of day as 06:00 and some add seconds; people write 6:00.
_TIME = pattern(r"([01]?\d|2[0-3]):([0-5]\d)(?::\d\d)?")


class FormRoutes:
    """The pages that change something."""

    def __init__(self, shelf: Shelf, gate: Gate) -> None:
        self._shelf, self._gate = shelf, gate

    @property
    def routes(self) -> list[Route]:
        """The routes. Those of logging in exist only with a password."""
        found = [
            Route("/feeds", self.feeds),
            Route("/feeds/remove", self.remove_feed, methods=["POST"]),
            Route("/feeds/fetch", self.fetch, methods=["POST"]),
            Route("/feeds/settings", self.configure_feed, methods=["POST"]),
            Route("/feeds.opml", self.opml),
            Route("/read/remove", self.remove_article, methods=["POST"]),
            Route("/editions/settings", self.configure_editions, methods=["POST"]),
            Route("/go", self.go),
            Route("/go", self.make_code, methods=["POST"]),
        ]
        if self._gate.door:
            found += [
                Route("/login", self.login_page),
                Route("/login", self.login, methods=["POST"]),
                Route("/logout", self.logout, methods=["POST"]),
            ]
        return found

    async def feeds(self, request: Request) -> Response:
        """Show the feeds."""
        at, visit = page_number(request), visit_of(request)
        return HTMLResponse(
            await self._shelf.run(lambda: form_pages.feed_list(visit, checked(self._shelf.feeds.page(at))))
        )

    async def remove_feed(self, request: Request) -> Response:
        """Remove a feed. Its articles stay."""
        form = await form_of(request)
        id = number(form, "feed")
        page = await self._shelf.run(self._shelf.feeds.page_of, id) or 1
        await self._shelf.write(self._shelf.feeds.remove, id)
        last = (await self._shelf.run(self._shelf.feeds.page, 1)).last
        return redirect(visit_of(request), f"/feeds?page={min(page, last)}&done=removed")

    async def remove_article(self, request: Request) -> Response:
        """Remove an article. It does not come in again."""
        form = await form_of(request)
        await self._shelf.write(self._remove_article, number(form, "article"))
        return redirect(visit_of(request), "/?done=article")

    def _remove_article(self, id: int) -> None:
        with self._shelf.database.writing() as db:
            remove(db, [id])

    async def fetch(self, request: Request) -> Response:
        """Let a feed be fetched now, or all feeds if the form names none."""
        form = await form_of(request)
        id = number(form, "feed") if "feed" in form else 0
        count = await self._shelf.write(self._shelf.feeds.fetch_now, id)
        self._shelf.wake.set()
        done = ("fetch" if id else "fetch_all") + ("" if count else "_wait")
        return await self._to_feed(request, id, done)

    async def _to_feed(self, request: Request, id: int, done: str) -> Response:
        """Lead to a feed in the list, or to the beginning of the list if it is not there."""
        page = await self._shelf.run(self._shelf.feeds.page_of, id)
        path = f"/feeds?page={page}&done={done}#feed-{id}" if page else f"/feeds?done={done}"
        return redirect(visit_of(request), path)

    async def configure_feed(self, request: Request) -> Response:
        """Change the settings of a feed."""
        form, visit = await form_of(request), visit_of(request)
        id, look = number(form, "feed"), text(form, "look")
        given = {name: text(form, name).strip() for name in ("language", "keep")}
        language, keep = language_tag(given["language"]), given["keep"] or "0"
        ui, errors = interface(visit.language), dict[str, str]()
        if given["language"] and not language:
            errors["language"] = ui["bad_language"].format(given=printable(given["language"][:20]))
        if not re.fullmatch(r"\d{1,5}", keep) or int(keep) > _LONGEST_KEEP:
            errors["keep"] = ui["bad_keep"]
        if look not in ("", TEXT_ONLY, *shipped_looks()):
            raise HTTPException(422)
        if errors:
            wrong = form_pages.Wrong(given | {"look": look}, errors, id)
            at = await self._shelf.run(self._shelf.feeds.page_of, id) or 1
            page = await self._shelf.run(self._shelf.feeds.page, at)
            return HTMLResponse(form_pages.feed_list(visit, page, wrong), 422)
        await self._shelf.write(self._shelf.feeds.configure, id, language=language, look=look, keep=int(keep))
        self._shelf.wake.set()
        return await self._to_feed(request, id, "saved")

    async def configure_editions(self, request: Request) -> Response:
        """Change the settings of the editions."""
        form, visit = await form_of(request), visit_of(request)
        given = {name: text(form, name).strip() for name in ("minutes", "time")}
        minutes, found = given["minutes"] or "0", _TIME.fullmatch(given["time"])
        ui, errors = interface(visit.language), dict[str, str]()
        if not re.fullmatch(r"\d{1,4}", minutes) or int(minutes) > editions.MOST_MINUTES:
            errors["minutes"] = ui["bad_minutes"].format(most=editions.MOST_MINUTES)
        if given["time"] and not found:
            errors["time"] = ui["bad_time"]
        if errors:
            wrong = form_pages.Wrong(given, errors)
            return HTMLResponse(
                await self._shelf.run(edition_page, self._shelf.library, visit, 1, wrong), 422
            )
        at = f"{int(found[1]):02}:{found[2]}" if found else ""
        new = editions.EditionSettings(int(minutes), at)
        await self._shelf.write(editions.configure, self._shelf.database, new, time())
        return redirect(visit, "/editions?done=saved")

    async def opml(self, request: Request) -> Response:
        """Answer with all feeds as OPML."""
        rows = await self._shelf.write(self._shelf.feeds.addresses)
        headers = {"Content-Disposition": 'attachment; filename="feeds.opml"'}
        return Response(opml.write_opml(rows), headers=headers, media_type=opml.MEDIA_TYPE)

    async def go(self, request: Request) -> Response:
        """Show the form that takes a code, or lead to the book of one."""
        visit, code = visit_of(request), request.query_params.get("code", "")
        addresses = self._gate.addresses(request)
        if not code:
            return HTMLResponse(form_pages.go_page(visit, addresses))
        id, _, ending = (await self._shelf.run(self._shelf.codes.name, code)).partition(".")
        of = await self._shelf.run(self._shelf.library.book, id)
        if of:
            format = _for_reader(BY_ENDING[ending], client_of(request).program)
            return redirect(visit, book_path(str(of.id), of.hash, of.title, format))
        error = interface(visit.language)["code_gone" if id else "code_unknown"]
        return HTMLResponse(form_pages.go_page(visit, addresses, error=error), 404)

    async def make_code(self, request: Request) -> Response:
        """Show a new code for a book."""
        form = await form_of(request)
        path = text(form, "path")
        found = re.fullmatch(r"/get/([^/]{1,120})/([^/]{1,100})", path)
        address = parsed(found[1], found[2]) if found else None
        if address is None:
            raise HTTPException(422)
        code = await self._shelf.write(self._shelf.codes.new, f"{address.id}.{address.format.ending}")
        return HTMLResponse(form_pages.go_page(visit_of(request), self._gate.addresses(request), code=code))

    async def login_page(self, request: Request) -> Response:
        """Show the login."""
        return HTMLResponse(
            form_pages.login_page(visit_of(request), _safe(request.query_params.get("next", "/")))
        )

    async def login(self, request: Request) -> Response:
        """Begin a session if the password is right."""
        form, visit, door = await form_of(request), visit_of(request), self._gate.door
        assert door is not None
        next = _safe(text(form, "next"))
        try:
            await self._shelf.run(door.passwords.check, client_of(request), text(form, "password"))
        except RefusedError as refused:
            if refused.wait:
                return self._gate.unauthorised(request, refused.wait)
            error = interface(visit.language)["wrong_password"]
            return HTMLResponse(form_pages.login_page(visit, next, error), 401)
        if request.state.session:
            await self._shelf.write(door.sessions.end, request.state.session)
        request.state.new_cookies["shelf-session"] = await self._shelf.write(door.sessions.begin)
        return redirect(visit, next)

    async def logout(self, request: Request) -> Response:
        """End the session."""
        await form_of(request)
        if self._gate.door and request.state.session:
            await self._shelf.write(self._gate.door.sessions.end, request.state.session)
        request.state.new_cookies["shelf-session"] = ""
        return redirect(visit_of(request), "/login?done=logout")


def _for_reader(format: Format, program: str) -> Format:
    """Return a format as the program of a reader wants it: a Kobo shows its own kind of EPUB better."""
    return BY_ENDING["kepub.epub"] if format.ending == "epub" and "Kobo" in program else format


def _safe(path: str) -> str:
    """Return a path of this server: what a browser could take for another server leads to the first page."""
    is_safe = re.fullmatch(r"/(?![/\\])[!-\[\]-~]{0,1000}", path)
    return path if is_safe and "%09" not in path and "//" not in path[:3] else "/"
