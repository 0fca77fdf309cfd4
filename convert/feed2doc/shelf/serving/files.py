"""Answers that are files: conditional requests and ranges (RFC 9110 sections 13 and 14)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from feed2doc._text.lazy_re import pattern

_CHUNK = 256 * 1024
_RANGE = pattern(r"bytes=(\d{0,20})-(\d{0,20})")
_TAG = pattern(r'(?:W/)?("[^"]{0,200}")')


class Served(msgspec.Struct, frozen=True):
    """A file as it is served. `modified` is in seconds."""

    path: Path
    size: int
    digest: str
    content_type: str
    modified: int
    headers: Mapping[str, str] = {}

    @property
    def tag(self) -> str:
        """The entity tag."""
        return f'"{self.digest[:32]}"'


def file_response(request: Request, file: Served) -> Response:
    """Return the answer to a request for a file."""
    date = formatdate(file.modified, usegmt=True)
    headers = {"ETag": file.tag, "Last-Modified": date, "Accept-Ranges": "bytes", **file.headers}
    if is_unchanged(request.headers, file.tag, file.modified):
        return Response(status_code=304, headers=headers)
    headers["Content-Type"] = file.content_type
    first, last, status = 0, file.size - 1, 200
    asked = request.headers.get("range") if request.method == "GET" else None
    if asked and _range_applies(request.headers.get("if-range"), file.tag, date):
        found = _range(asked, file.size)
        if found == (0, -1):
            return Response(status_code=416, headers={**headers, "Content-Range": f"bytes */{file.size}"})
        if found is not None:
            first, last, status = *found, 206
            headers["Content-Range"] = f"bytes {first}-{last}/{file.size}"
    headers["Content-Length"] = str(last - first + 1)
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers)
    return StreamingResponse(_chunks(file.path, first, last), status_code=status, headers=headers)


def is_unchanged(headers: Mapping[str, str], tag: str, modified: int | None = None) -> bool:
    """Return True if the client has the current version. The tags that it names go before the time."""
    if (tags := headers.get("if-none-match")) is not None:
        return tags.strip() == "*" or tag in _TAG.findall(tags)
    if modified is None or (since := headers.get("if-modified-since")) is None:
        return False
    try:
        return parsedate_to_datetime(since).timestamp() >= modified
    except (ValueError, TypeError, IndexError, OverflowError):
        return False


def _range_applies(condition: str | None, tag: str, date: str) -> bool:
    return condition is None or condition.strip() in (tag, date)


def _range(asked: str, size: int) -> tuple[int, int] | None:
    """Return the first and last byte of a range, (0, -1) if it is beyond the file, or None if all is to be sent."""
    found = _RANGE.fullmatch(asked.strip())
    if not found or not any(found.groups()):
        return None
    if not found[1]:
        length = int(found[2])
        return (max(0, size - length), size - 1) if length else (0, -1)
    first = int(found[1])
    last = min(int(found[2]), size - 1) if found[2] else size - 1
    if found[2] and int(found[2]) < first:
        return None
    return (first, last) if first < size else (0, -1)


async def _chunks(path: Path, first: int, last: int) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        file.seek(first)
        left = last - first + 1
        while left > 0:
            data = await asyncio.to_thread(file.read, min(_CHUNK, left))
            if not data:
                return
            left -= len(data)
            yield data
