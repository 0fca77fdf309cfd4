"""A coverage-guided fuzz target: a reader must read any bytes, or raise a Feed2docError.

usage: python tests/fuzz/fuzz_readers.py -max_total_time=60 tests/fuzz/corpus

New inputs are saved in the first folder; `make fuzz` passes a temporary one before the seed corpus.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["feed2doc"]):
    import feed2doc
    from feed2doc import _formats
    from feed2doc.readers._blocks.elements import SILENT
    from feed2doc.readers._html.parse import parse_html

    for name in _formats.builtin_names("reader"):
        _formats.reader(name)

MARK = "feed2docmark"


def read_anything(data: bytes) -> None:
    """Read the bytes in the detected format. Only a Feed2docError may be raised."""
    env = feed2doc.Env(trace=feed2doc.Trace())
    try:
        documents = list(feed2doc.read_all(data, env=env))
    except feed2doc.Feed2docError:
        return
    for document in documents:
        text = feed2doc.write(document, "json")
        assert isinstance(text, str)
        assert feed2doc.read(text.encode()) == document, "the model is not its own JSON's"


def read_text(data: bytes) -> None:
    """Check that a word in a paragraph after any HTML is in the document, or that dropping it was noted."""
    body = data.decode("utf-8", "replace") + f"</script></style></textarea></title>--><p>{MARK}</p>"
    env = feed2doc.Env()
    try:
        documents = list(
            feed2doc.read_all(f"[h](https://harbour.example/)\n------\n{body}".encode(), env=env)
        )
    except feed2doc.Feed2docError:
        return
    if len(documents) == 1 and is_text(body):
        found = str(feed2doc.write(documents[0], "json")) + "".join(
            d.text + d.message for d in env.diagnostics
        )
        assert MARK in found, "a word was lost"


def is_text(body: str) -> bool:
    """Return True if the mark is visible text: not in a tag, nor in an element that has no text or only a fallback."""
    tree = parse_html(body)
    holders = [e for e in tree.iter() if MARK in (e.text or "") + (e.tail or "")]
    return bool(holders) and all(
        each.tag not in UNSEEN for holder in holders for each in (holder, *holder.iterancestors())
    )


UNSEEN = SILENT | {"iframe", "video", "audio", "embed", "object", "applet"}


def test_one_input(data: bytes) -> None:
    """Run both checks on one input of the fuzzer."""
    (read_text if data[:1] == b"T" else read_anything)(data.removeprefix(b"T"))


if __name__ == "__main__":
    atheris.Setup(sys.argv, test_one_input)
    atheris.Fuzz()
