"""Why a feed or a picture could not be fetched, in the language of the pages. The log has the message itself."""

from __future__ import annotations

import re

from feed2doc._text.lazy_re import pattern
from feed2doc.shelf.pages.interface import interface

# What the messages of `network`, `pictures` and `readers` say, and the names of our words for it.
_KINDS = (
    (pattern(r"\bstatus (?P<status>404|410)\b"), "gone"),
    (pattern(r"\bstatus (?P<status>401|403|451)\b"), "denied"),
    (pattern(r"\bstatus (?P<status>425|429|503|509)\b"), "busy"),
    (pattern(r"\bstatus (?P<status>\d{3})\b"), "status"),
    (pattern(r"\bcould not resolve (?P<host>[^\s:,;]{1,255})"), "host"),
    (
        pattern(r"(?:^|: )(?P<host>[^\s,;]{1,255}) is (?:[^\s,]{1,60}, which is )?not a public address"),
        "private",
    ),
    (pattern(r"\bno secure connection to\b"), "insecure"),
    (pattern(r"\bno connection to\b"), "offline"),
    (pattern(r"\bmore than \d+ redirects\b"), "circle"),
    (pattern(r"\bpeer closed connection\b|\bserver disconnected\b", re.I), "broken"),
    (pattern(r"\btook too long\b|\bstopped after \d+ s\b"), "late"),
    (pattern(r"\bnot a feed\b"), "no_feed"),
    (pattern(r"\bnot a picture\b"), "no_picture"),
    (pattern(r"\blarger than\b|\bmore than [\d,]+ (?:pixels|MiB)\b|\bexceed \d+ MiB\b"), "large"),
)


def reason(error: str, language: str) -> str:
    """Return why something could not be fetched, or "" if there was no error."""
    if not error:
        return ""
    ui = interface(language)
    for each, kind in _KINDS:
        if found := each.search(error):
            return ui[f"reason_{kind}"].format(**found.groupdict())
    return ui["reason_other"]
