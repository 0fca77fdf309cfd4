"""Digests that name things: by them files are told apart, nothing is kept secret."""

from __future__ import annotations

import sys
from importlib import import_module

# hashlib loads OpenSSL first; in that time what Python has built in is done with a quarter of a megabyte.
_BUILT_IN = "_sha2" if sys.version_info >= (3, 12) else "_sha256"
_SMALL = 2**18


def sha256_of(data: bytes) -> str:
    """The SHA-256 of these bytes, in hex digits."""
    try:
        module = import_module(_BUILT_IN if len(data) <= _SMALL else "hashlib")
    except ImportError:  # Pythons other than CPython
        module = import_module("hashlib")
    return str(module.sha256(data).hexdigest())
