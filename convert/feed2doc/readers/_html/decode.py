"""Decoding of bytes: UTF-8, then the declared encoding, then the detected encoding."""

from __future__ import annotations

import codecs
import re

from feed2doc._formats import Source
from feed2doc._text.lazy_re import pattern
from feed2doc.env import Env
from feed2doc.errors import ReadError

_DECLARED = pattern(rb"<(?:meta[^>]+charset=[\"']?|\?xml[^>]+encoding=[\"'])([\w.:\-]+)", re.I)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode(source: Source, env: Env) -> str:
    """Return the decoded text with `\\n` line endings. A few invalid bytes are noted as a loss.

    Raise ReadError if the input is not text.
    """
    text = _text(source, env)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _text(source: Source, env: Env) -> str:
    data = source.data
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data.decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(data[:4096])
    if declared:
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    # Damaged UTF-8 has many valid multi-byte characters; text in other encodings has few.
    sound = len(text) - bad - sum(text.count(chr(n)) for n in range(128))
    if (bad <= max(3, len(text) // 200) or sound >= 2 * bad) and b"\x00" not in data:
        env.note("loss", f"{bad} invalid bytes, not UTF-8", rule="encoding")
        return text
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None or b"\x00" in data[:4096]:
        raise ReadError(f"{source.name}: not text, or in an unknown encoding: convert it to UTF-8")
    env.note("notice", f"decoded as {best.encoding}, detected from the bytes", rule="encoding")
    return str(best)
