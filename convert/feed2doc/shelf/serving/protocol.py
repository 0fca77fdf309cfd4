"""HTTP connections that are closed if nothing comes: uvicorn waits without end for the rest of a request's head."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

_SECONDS = 30.0


class PunctualProtocol(H11Protocol):
    """A connection that is closed if no request has come, or none after the last answer, for 30 to 60 seconds."""

    _check: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin to watch the connection."""
        super().connection_made(transport)
        self._look(object())

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop watching."""
        if self._check:
            self._check.cancel()
        super().connection_lost(exc)

    def _look(self, before: object) -> None:
        is_waiting = self.cycle is None or self.cycle.response_complete
        if is_waiting and before is self.cycle:
            self.transport.close()
            return
        seen = self.cycle if is_waiting else object()
        self._check = self.loop.call_later(_SECONDS, self._look, seen)
