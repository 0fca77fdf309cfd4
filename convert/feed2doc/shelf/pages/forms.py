"""Reading forms: their fields, and whether they come from a page of this server."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from feed2doc.shelf.library.questions import NUMBER
from feed2doc.shelf.serving.gate import check_form, visit_of


async def form_of(request: Request) -> FormData:
    """Return the form of a request, without files. Raise HTTPException unless it comes from a page of this server."""
    async with request.form(max_files=0, max_fields=20) as form:
        check(request, form)
        return form


def check(request: Request, form: FormData) -> None:
    """Raise HTTPException unless a form comes from a page of this server."""
    check_form(request, form.get("token"), visit_of(request).token)


def text(form: FormData, name: str) -> str:
    """Return the text of a field, or "" if it has none."""
    value: Any = form.get(name, "")
    return value if isinstance(value, str) else ""


def number(form: FormData, name: str) -> int:
    """Return the number in a hidden field. Raise HTTPException if it has none."""
    value = text(form, name)
    if not NUMBER.fullmatch(value):
        raise HTTPException(422)
    return int(value)
