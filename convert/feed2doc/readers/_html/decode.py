"""Decoding of bytes: byte order mark, UTF-8, the declared encoding, then the detected encoding.

Labels mean what browsers take them to mean (https://encoding.spec.whatwg.org/): `iso-8859-1` is windows-1252, `gb2312` is
GB 18030.
"""

from __future__ import annotations

import functools
import re

from msgspec import Struct

from feed2doc._formats import Source
from feed2doc._text.lazy_re import pattern
from feed2doc._text.surrogates import joined_surrogates
from feed2doc._text.utf import utf_of
from feed2doc.env import Env
from feed2doc.errors import ReadError

_DECLARED = pattern(rb"<(?:meta[^<>]+?charset=[\"'\s]*|\?xml[^<>]+?encoding=[\"'])([\w.:\-]+)", re.I)
_DECLARED_WITHIN = 16_384
_SIGNS, _MAKER = pattern(r"[^a-z\d]"), pattern(r"^x?(?:ms|cp|win|ansi|windows|mswin)-?(?=(?:874|125\d)$)")
# Python's codecs for an encoding of the standard, most complete first. Others have one codec, named by webencodings.
_CODECS = {"gbk": ("gb18030",), "big5": ("big5hkscs", "cp950")}
# The usual encodings of pages that declare only their language: https://html.spec.whatwg.org/#determining-the-character-encoding
_LANGUAGE = pattern(rb"""(?:\blang=["']?|<(?:dc:)?language>\s*)(\w\w)(?:[-_](\w+))?""", re.I)
_USUAL = {
    **{
        "zh": ("gb18030",),
        "zh-tw": ("big5hkscs", "cp950"),
        "zh-hk": ("big5hkscs", "cp950"),
        "zh-hant": ("big5hkscs",),
    },
    **{"ja": ("cp932", "euc_jp"), "ko": ("cp949",), "th": ("cp874",), "vi": ("cp1258",), "el": ("cp1253",)},
    **dict.fromkeys(("ru", "bg", "be", "mk", "sr", "uk"), ("cp1251",)),
    **dict.fromkeys(("cs", "hu", "pl", "sk", "sl", "hr"), ("cp1250",)),
    **dict.fromkeys(("et", "lt", "lv"), ("cp1257",)),
    **{"tr": ("cp1254",), "ar": ("cp1256",), "fa": ("cp1256",), "he": ("cp1255",)},
    **dict.fromkeys(
        ("en", "de", "fr", "es", "pt", "it", "nl", "da", "sv", "no", "fi", "ca", "id"), ("cp1252",)
    ),
}
# A text with fewer non-ASCII bytes than one in four is in a Latin script, whose encodings look alike.
_LATIN_SHARE = 4
_UTF = ("utf-8", "utf-16le", "utf-16be", "replacement", "x-user-defined")
_BAD = "\ufffd"
# The start of the escape sequences of ISO 2022.
_ESCAPE = b"\x1b"
# C1 controls that are quotation marks, dashes and the like of windows-1252, converted as if they were ISO 8859-1.
_CONTROL = pattern("[\x80\x82\x84\x85\x91-\x97\x99]")
_CONTROL_IN_UTF8 = pattern(b"\xc2[\x80-\x9f]")  # faster, because it begins with a byte that is rare
# Chinese characters, single Korean letters, and Korean syllables.
_RANGES = (("\u4e00", "\u9fff"), ("\u3130", "\u318f"), ("\uac00", "\ud7a3"))


class _Attempt(Struct, frozen=True):
    """A text decoded with this codec, and the number of invalid bytes in it."""

    text: str
    codec: str
    bad: int

    @property
    def few_bad(self) -> bool:
        """True if the invalid bytes are damage rather than a sign of another encoding."""
        return self.bad <= max(3, len(self.text) // 200)


def decode(source: Source, env: Env) -> str:
    """Return the decoded text with `\\n` line endings, and halves of characters joined. A few invalid bytes are noted as a loss.

    Raise ReadError if the input is not text.
    """
    text = joined_surrogates(_text(source, env))
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _text(source: Source, env: Env) -> str:
    data = source.data
    if codec := utf_of(data):
        return _without_controls(data.decode(codec, "replace"))
    try:
        if _ESCAPE not in data:
            text = data.decode("utf-8")
            return _without_controls(text) if b"\xc2" in data and _CONTROL_IN_UTF8.search(data) else text
    except UnicodeDecodeError:
        pass
    return _without_controls(_unusual(source, env))


def _without_controls(text: str) -> str:
    return _CONTROL.sub(lambda found: found[0].encode("latin-1").decode("cp1252"), text)


def _unusual(source: Source, env: Env) -> str:
    """Return the text of bytes that are not valid UTF-8."""
    data = source.data
    utf8 = _attempt(data, "utf-8")
    sound = _sound(utf8)
    stated = _declared(data)
    if stated is not None and stated.few_bad and sound <= 4 * utf8.bad:
        return _noted(stated, env)
    # No text in a Latin script has the byte FF. A few other bytes without any character in UTF-8 are windows-1252.
    is_utf8 = sound > 0 or b"\xff" in data
    if not utf8.bad or (is_utf8 and (utf8.few_bad or sound >= 2 * utf8.bad) and b"\x00" not in data):
        return _noted(utf8, env)
    return _detected(source, env)


def _declared(data: bytes) -> _Attempt | None:
    """Return the text in the declared encoding, or None if none is declared or it is unknown or a UTF.

    The declaration itself was readable as ASCII, so it is wrong if it says UTF-16.
    """
    found = _DECLARED.search(data[:_DECLARED_WITHIN])
    if found is None:
        return None
    import webencodings

    encoding = webencodings.lookup(label := found[1].decode("ascii")) or webencodings.lookup(
        _label_like(label)
    )
    if encoding is None or encoding.name in _UTF:
        return None
    return _best(data, _CODECS.get(encoding.name, (encoding.codec_info.name,)))


def _label_like(label: str) -> str:
    """Return the label of the standard that only differs in signs or the maker's name: `cp-1251`, `win1251`, `GB_2312`."""
    plain = _MAKER.sub("windows", _SIGNS.sub("", label.lower()))
    return _squeezed_labels().get(plain, label)


@functools.cache
def _squeezed_labels() -> dict[str, str]:
    from webencodings.labels import LABELS

    return {_SIGNS.sub("", label): label for label in LABELS}


def _usual(data: bytes) -> _Attempt | None:
    """Return the text in the usual encoding of its declared language, or None if that does not fit."""
    found = _LANGUAGE.search(data[:_DECLARED_WITHIN])
    if found is None:
        return None
    primary, region = found[1].decode().lower(), (found[2] or b"").decode("ascii", "replace").lower()
    codecs_ = _USUAL.get(f"{primary}-{region}") or _USUAL.get(primary)
    attempt = _best(data, codecs_) if codecs_ else None
    return attempt if attempt is not None and attempt.few_bad else None


def _best(data: bytes, codecs_: tuple[str, ...]) -> _Attempt:
    return min((_attempt(data, codec) for codec in codecs_), key=lambda attempt: attempt.bad)


def _attempt(data: bytes, codec: str) -> _Attempt:
    text = data.decode(codec, "replace")
    return _Attempt(text, codec, text.count(_BAD))


def _sound(utf8: _Attempt) -> int:
    """Return the number of valid multi-byte characters. Damaged UTF-8 has many; text in other encodings has few."""
    return len(utf8.text) - utf8.bad - sum(utf8.text.count(chr(n)) for n in range(128))


def _noted(attempt: _Attempt, env: Env) -> str:
    if attempt.bad:
        env.note("loss", f"{attempt.bad} invalid bytes, not {attempt.codec.upper()}", rule="encoding")
    return attempt.text


def _detected(source: Source, env: Env) -> str:
    from charset_normalizer import from_bytes

    data = source.data
    usual = _usual(data) if b"\x00" not in data else None
    if usual is None:
        best = from_bytes(data).best()
        if b"\x00" in data[:4096]:
            raise ReadError(f"{source.name}: not text, or in an unknown encoding: convert it to UTF-8")
        high = sum(byte > 0x7F for byte in data)
        if best is None and high * 2 > len(data):
            raise ReadError(f"{source.name}: not text, or in an unknown encoding: convert it to UTF-8")
        if best is None:
            usual = _attempt(data, "utf-8")
        elif high * _LATIN_SHARE < len(data) and not best.multi_byte_usage:
            usual = _attempt(data, "cp1252")
        else:
            usual = _attempt(data, _east_asian(str(best), best.encoding))
    env.note("notice", f"decoded as {usual.codec}, detected from the bytes", rule="encoding")
    return _noted(usual, env)


def _east_asian(text: str, codec: str) -> str:
    """Return the codec, or that of Chinese or Japanese if the text in a Korean one is not Korean.

    Korean has few Chinese characters and hardly any single letters, which Japanese kana become.
    """
    if codec not in ("cp949", "euc_kr", "johab", "iso2022_kr"):
        return codec
    hanja, letters, hangul = (sum(low <= c <= high for c in text) for low, high in _RANGES)
    if letters * 4 > hangul:
        return "euc_jp"
    return "gb18030" if hanja * 10 > hangul else codec
