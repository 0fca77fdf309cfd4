"""The words of the shelf's pages: complete in every language, and in the language of the browser."""

import re
import string

import pytest
from feed2doc.shelf.pages.interface import interface, language_for, languages
from feed2doc.shelf.reasons import reason

from tests import paths

ROOT = paths.ROOT
# Words whose names are put together: an underscore and what varies.
VARYING = ("done_", "error_", "about_", "reason_", "on_", "article_")


def fields(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


@pytest.mark.parametrize("language", languages())
def test_every_language_has_every_word_with_the_same_fields(language: str) -> None:
    english, own = interface("en"), interface(language)
    assert list(own) == list(english)
    for key, text in own.items():
        assert text.strip() and fields(text) == fields(english[key]), key
        assert text.count("\n") == english[key].count("\n"), key


def test_no_word_is_unused() -> None:
    files = [*(ROOT / "convert/feed2doc/shelf").rglob("*.py"), *(ROOT / "templates/shelf").glob("*.html")]
    used = set(re.findall(r"[a-z][a-z_0-9]*", " ".join(each.read_text("utf-8") for each in files)))
    unused = [key for key in interface("en") if key not in used and not key.startswith(VARYING)]
    assert not unused


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("de-CH,de;q=0.9,en;q=0.8", "de"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK;q=0.9, zh-CN;q=0.8", "zh-Hant"),
        ("fi, ar;q=0.3", "ar"),
        ("fi", "en"),
        ("", "en"),
    ],
)
def test_the_language_is_that_of_the_browser(accepted: str, language: str) -> None:
    assert language_for(accepted) == language


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("", ""),
        ("http://a.example/f: cannot be fetched: status 404", "There is nothing at this address (status 404)."),
        ("http://a.example/f: cannot be fetched: status 429", "The server is busy (status 429)."),
        ("http://a.example/f: cannot be fetched: status 418", "The server answered with status 418."),
        ("http://a.example/f: cannot be fetched: could not resolve a.example", "There is no server a.example."),
        ("http://a.example/f: cannot be fetched: more than 5 redirects", "The address only leads to other addresses."),
        ("http://a.example/f: cannot be fetched: peer closed connection without", "The connection broke off."),
        ("http://a.example/f: cannot be fetched: no connection to a.example", "The server cannot be reached."),
        ("no secure connection to a.example: TLS failed: x", "There is no secure connection to the server."),
        ("10.0.0.1 is not a public address", "10.0.0.1 is not a public address. --allow-host 10.0.0.1 allows it."),
        (
            "http://a.example/f: cannot be fetched: a.example is 10.0.0.1, which is not a public address",
            "a.example is not a public address. --allow-host a.example allows it.",
        ),
        ("http://a.example/f: cannot be fetched: took too long", "It took too long."),
        ("http://a.example/f: stopped after 180 s while fetching it", "It took too long."),
        ("http://a.example/f: cannot be fetched: larger than 25 MiB", "It is too large."),
        ("not a picture that can be shown", "There is no picture at this address."),
        (
            "http://a.example/f: not a feed: use the address of an RSS, Atom or JSON feed",
            "There is no RSS, Atom or JSON feed at this address.",
        ),
        ("[Errno 104] Connection reset by peer", "It could not be read. The log of the server says more."),
        ("internal error, please report it: KeyError", "It could not be read. The log of the server says more."),
    ],
)  # fmt: skip
def test_errors_are_explained_without_their_message(message: str, expected: str) -> None:
    assert reason(message, "en") == expected
    assert bool(reason(message, "de")) == bool(expected)
