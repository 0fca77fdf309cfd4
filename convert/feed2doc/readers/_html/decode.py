"""Bytes to text: UTF-8, then what the bytes declare, then what they look like."""

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
    """The text of these bytes with newlines. A few bad bytes are a loss; ReadError if it is no text."""
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
    # What is UTF-8 with damage has many sound characters of several bytes; other character sets have few.
    sound = len(text) - bad - sum(text.count(chr(n)) for n in range(128))
    if (bad <= max(3, len(text) // 200) or sound >= 2 * bad) and b"\x00" not in data:
        env.note("loss", f"{bad} bytes that are not UTF-8", rule="encoding")
        return text
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None or b"\x00" in data[:4096]:
        raise ReadError(f"{source.name}: is not text in any encoding that can be told")
    env.note("notice", f"read as {best.encoding}, which the bytes look like", rule="encoding")
    return str(best)
