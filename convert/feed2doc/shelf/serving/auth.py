"""The password: checking it, sessions, and a limit for wrong guesses."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import sqlite3
import threading
import time
from collections import OrderedDict, deque
from contextlib import suppress

import msgspec

from feed2doc.shelf.library.database import Database, setting

_MOST_WRONG, _WINDOW = 10, 60.0
_SESSION_SECONDS = 90 * 24 * 3600
_SEEN_SECONDS = 3600
_MOST_KNOWN = 1000
_SCRYPT = {"n": 2**14, "r": 8, "p": 1}


class RefusedError(Exception):
    """A password was wrong, or there were too many wrong ones: then `wait` is how long to wait, in seconds."""

    def __init__(self, wait: int = 0) -> None:
        super().__init__("wrong password")
        self.wait = wait


class Client(msgspec.Struct, frozen=True):
    """Who sends a request: its address and the name of its program."""

    address: str
    program: str


class Passwords:
    """Checks the password, of which only a hash is kept. Ten wrong ones in a minute from one address are the last for now.

    A program that has given the right one stays in until it gives a wrong one.
    """

    def __init__(self, password: str, salt: bytes) -> None:
        self.digest: bytes = _hashed(password, salt)
        self._salt = salt
        self._key = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self._right: OrderedDict[Client, bytes] = OrderedDict()
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()

    def is_remembered(self, client: Client, password: str) -> bool:
        """Return True if this client has given this password before. This takes no time."""
        given = hmac.digest(self._key, password.encode("utf-8", "surrogateescape"), "sha256")
        with self._lock:
            known = self._right.get(client)
            if known is not None and hmac.compare_digest(known, given):
                self._right.move_to_end(client)
                return True
            self._right.pop(client, None)
            return False

    def check(self, client: Client, password: str) -> None:
        """Raise RefusedError unless this is the password. This takes some 50 ms."""
        if self.is_remembered(client, password):
            return
        with self._lock:
            times = self._wrong.setdefault(client.address, deque())
            self._wrong.move_to_end(client.address)
            now = time.monotonic()
            while times and now - times[0] > _WINDOW:
                times.popleft()
            if len(times) >= _MOST_WRONG:
                raise RefusedError(max(1, int(_WINDOW - (now - times[0])) + 1))
            times.append(now)  # before the check, so that guesses at the same time count as well
            while len(self._wrong) > _MOST_KNOWN:
                self._wrong.popitem(last=False)
        if not hmac.compare_digest(_hashed(password, self._salt), self.digest):
            raise RefusedError
        with self._lock:
            if now in times:
                times.remove(now)
            self._right[client] = hmac.digest(
                self._key, password.encode("utf-8", "surrogateescape"), "sha256"
            )
            while len(self._right) > _MOST_KNOWN:
                self._right.popitem(last=False)


class Sessions:
    """The browsers that are logged in. The library has only hashes of their cookies, each with that of the password."""

    def __init__(self, database: Database, password: bytes) -> None:
        self._database, self._password = database, password

    def begin(self) -> str:
        """Return the cookie of a new session."""
        value = secrets.token_urlsafe(32)
        now = int(time.time())
        with self._database.writing() as db:
            db.execute("DELETE FROM session WHERE seen < ?", (now - _SESSION_SECONDS,))
            db.execute("INSERT INTO session VALUES (?, ?, ?)", (_digest(value), now, self._password))
        return value

    def is_open(self, value: str) -> bool:
        """Return True if this is the cookie of a session."""
        row = self._database.reader.execute(
            "SELECT seen FROM session WHERE digest = ? AND password = ?", (_digest(value), self._password)
        ).fetchone()
        now = int(time.time())
        if row is None or row[0] < now - _SESSION_SECONDS:
            return False
        if abs(now - row[0]) > _SEEN_SECONDS:  # or it was last seen while the clock was ahead
            # Pages can be read also while the disk is full.
            with suppress(sqlite3.OperationalError), self._database.writing() as db:
                db.execute("UPDATE session SET seen = ? WHERE digest = ?", (now, _digest(value)))
        return True

    def end(self, value: str) -> None:
        """End a session."""
        with self._database.writing() as db:
            db.execute("DELETE FROM session WHERE digest = ?", (_digest(value),))


def salt_of(database: Database) -> bytes:
    """Return the salt of a library, which is made when it is first needed."""
    with database.writing() as db:
        if not setting(db, "salt"):
            db.execute("INSERT INTO setting VALUES ('salt', ?)", (secrets.token_hex(16),))
        return bytes.fromhex(setting(db, "salt"))


def basic_password(header: str) -> str | None:
    """Return the password in an Authorization header (RFC 7617), or None if there is none."""
    scheme, _, value = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        pair = base64.b64decode(value.strip(), validate=True).decode("utf-8", "surrogateescape")
    except (binascii.Error, ValueError):
        return None
    return pair.partition(":")[2] if ":" in pair else None


def _hashed(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode("utf-8", "surrogateescape"), salt=salt, dklen=32, **_SCRYPT)


def _digest(value: str) -> bytes:
    return hashlib.sha256(value.encode()).digest()
