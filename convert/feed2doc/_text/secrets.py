"""Removal of user names, passwords and keys from URLs, before a text is shown or stored."""

from __future__ import annotations

import re

from feed2doc._text.lazy_re import pattern

# User info up to the last @ of the authority; or up to the next @, if there is no port: a password may contain a slash or space.
# Messages of packages quote addresses without the scheme, and pathlib leaves only one slash.
_USER = pattern(
    r"""(?:(?<=://)|(?<=[A-Za-z]{2}:/)(?!/))"""
    r"""(?:[^\s/?#]{0,300}@|[^\s/?#:@\[]{0,300}:(?!\d*[/?#\s])[^\n@"'<>]{0,300}@)"""
    r"""|(?<=['"])(?!mailto:)[^\s/'"@:]{1,300}:[^\s/'"@]{1,300}@(?=[\w\[])"""
)
# Its value does not include what follows the URL in a message.
_PARAMETER = pattern(r"""([?&;#]([\w.%\[\]-]{1,80})=)[^\s&;#"'`<>]*[^\s&;#"'`<>:,.)]""")
# Names of parameters whose values let others in: access_token, apiKey, X-Amz-Signature, and so on.
_SECRET = pattern(
    r"token|secret|passw|pwd|auth(?!or)|signature|credential|session|jwt|key$|(?:^|[_.-])(?:sig|pass|sid)$",
    re.I,
)
MASK = "***"


def without_user(url: str) -> str:
    """Return the URL without a user name and password (RFC 3986 section 3.2.1)."""
    return _USER.sub("", url, count=1) if "@" in url and "://" in url else url


def masked(text: str) -> str:
    """Return the text with its URLs without user info, and with *** for the values of parameters that look like keys.

    A URL without secrets is unchanged. One with secrets still works for resolving relative URLs.
    """
    if "@" in text and ":" in text:
        text = _USER.sub("", text)
    if "=" in text:
        text = _PARAMETER.sub(_masked_parameter, text)
    return text


def _masked_parameter(found: re.Match[str]) -> str:
    return found[1] + MASK if _SECRET.search(found[2]) else found[0]


def public_name(url: str) -> str:
    """Return a name for a URL that has no secrets, and differs from that of a URL with other secrets."""
    shown = masked(url)
    if shown == url:
        return url
    import hashlib

    return f"{shown}~{hashlib.sha256(url.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"
