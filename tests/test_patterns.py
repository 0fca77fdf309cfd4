"""Reading and writing take linear time on texts that are made to be slow, and so does every regular expression."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import feed2doc
import pytest

from tests.check_patterns import BOUNDED, Pattern, key_of, known, patterns, patterns_of_words, slow


def item(html: str, url: str = "https://example.com/a") -> bytes:
    return f"[Port opens]({url})\n------\n\n<p>The port is open again.</p>\n{html}\n".encode()


def feed(before: str) -> bytes:
    entry = "<item><title>Port opens</title><description>&lt;p&gt;It is open.&lt;/p&gt;</description></item>"
    return f"{before}<rss version='2.0'><channel><title>P</title>{entry * 3}</channel></rss>".encode()


def read(data: bytes) -> None:
    list(feed2doc.read_all(data))


def plain(document: feed2doc.Document) -> str:
    return feed2doc.write(document, "text", width=0)


def written(format: str) -> Callable[[bytes], None]:
    return lambda data: void(feed2doc.write(feed2doc.read(data), format))


def void(_: object) -> None:
    pass


# Texts by length, and what is done with them.
GROWING: dict[str, tuple[Callable[[int], bytes], Callable[[bytes], None]]] = {
    "bars": (lambda n: item(f"<p>{'｜' * n}</p>"), read),
    "bars in the byline": (lambda n: item(f"<p class='byline'>By Ann {'｜ ' * n}</p>"), read),
    "commas in srcset": (lambda n: item(f"<img src=a.jpg srcset='a{',' * n}x 2x'>"), read),
    "spaces and commas in srcset": (lambda n: item(f"<img src=a.jpg srcset='a 2x{', ' * n}'>"), read),
    "declarations": (lambda n: item("<p>Ships.</p>" + "<?xml " * n), read),
    "lines before a feed": (lambda n: feed("\n" * n), read),
    "declarations before a feed": (lambda n: feed("<?xml version='1.0'?>" + "<!-- -->" * n), read),
    "spaces in a caption": (
        lambda n: item(
            f"<figure><img src=a.jpg><figcaption>Quay (Photo{chr(160) * n}x</figcaption></figure>"
        ),
        read,
    ),
    "pictures in a caption": (
        lambda n: item(f"<figure><img src=a.jpg><figcaption>{'图 ' * n}x</figcaption></figure>"),
        read,
    ),
    "spaces after a translator": (lambda n: item(f"<p>编译：梅{chr(0x3000) * n}林</p>"), written("epub")),
    "spaces before a label": (lambda n: item(f"<p>记者：梅林{chr(0x3000) * n}x</p>"), written("epub")),
    "emphasis next to punctuation": (
        lambda n: item("<p>" + "<em>a</em><b>，</b>" * n + "</p>"),
        written("markdown"),
    ),
    "picture proxies": (lambda n: item(f"<p><img src='https://example.com{'/_next/image?' * n}'></p>"), read),
    "agencies": (lambda n: item(f"<p>{'社' * n}</p>", "https://www.dw.com/zh/a"), read),
    "spaces in a title": (
        lambda n: f"<html><title>A{' ' * n}b</title><article><p>Text.</p></article></html>".encode(),
        read,
    ),
    "a long word": (lambda n: item(f"<p>{'a' * n} http://example.com</p>"), written("text")),
    "powers": (lambda n: item(f"<math><mfrac><mi>{'⁰' * n}-</mi><mi>b</mi></mfrac></math>"), written("text")),
    "comments": (lambda n: item(f"<p>{'&lt;!--' * n}</p>"), written("markdown")),
}
_FIRST = 1000
_HAN, _HANGUL = r"-\u9fff", r"-\ud7a3"


def seconds(act: Callable[[bytes], None], data: bytes) -> float:
    start = time.thread_time()
    act(data)
    return time.thread_time() - start


@pytest.mark.parametrize("name", GROWING)
def test_four_times_the_text_takes_about_four_times_as_long(name: str) -> None:
    make, act = GROWING[name]
    act(make(10))  # imports, and patterns that are compiled on first use
    before = seconds(act, make(_FIRST))
    after = seconds(act, make(4 * _FIRST))
    if after > 6 * before:  # another process may have disturbed one of them
        before = min(seconds(act, make(_FIRST)) for _ in range(3))
        after = min(seconds(act, make(4 * _FIRST)) for _ in range(3))
    assert after < 6 * before + 0.01


def test_new_patterns_take_linear_time() -> None:
    """The others did when `python -m tests.check_patterns new` was run last."""
    listed = known()
    for each in patterns():
        if key_of(each) not in listed and each.name not in BOUNDED:
            assert slow(each) is None, f"{each.name} takes more than linear time"


def test_patterns_that_take_more_than_linear_time_are_found() -> None:
    for source, is_slow in (
        (r"\s+$", True),
        (r"a.*b.*c", True),
        (r"(?:a|b)*c", True),
        (r"(?<!\s)\s+(?=x)", False),
    ):
        assert bool(slow(Pattern("tried", source, 0, "search", 0))) is is_slow, source


def test_words_are_compiled_without_ranges_of_thousands_of_characters() -> None:
    """Python takes 1 ms to compile such a range, and 3 ms if case does not matter, for each place in a pattern."""
    words = list(patterns_of_words())
    assert len(words) > 1000
    assert not [
        each.name for each in words if _HAN in each.source or (each.flags & re.I and _HANGUL in each.source)
    ]


def test_patterns_of_users_see_the_first_and_the_last_500_characters(tmp_path: Path) -> None:
    rule = "hosts = ['example.com']\ndrop_text = ['^Read .* here$', 'END$', 'MIDDLE', 'cut$']\n"
    (tmp_path / "own.toml").write_text(rule)
    env = feed2doc.Env(site_dirs=(tmp_path,))
    long = "The port is open again. " * 60

    def is_kept(text: str) -> bool:
        return text in plain(feed2doc.read(item(f"<p>{text}</p>"), env=env))

    assert not is_kept("Read it here") and not is_kept(f"{long}END") and is_kept(f"{long}END. So it is.")
    assert is_kept(f"{long}MIDDLE {long}".strip())
    assert is_kept((f"{long[:497]}cut" + long).strip())  # which is no end
