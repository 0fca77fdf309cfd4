"""A coverage-guided fuzz target: a reader must account for all text of any bytes, or raise a Feed2docError.

usage: python tests/fuzz/fuzz_readers.py -max_total_time=60 tests/fuzz/corpus

New inputs are saved in the first folder; `make fuzz` passes a temporary one before the seed corpus.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["feed2doc"]):
    import feed2doc
    from feed2doc import _formats

    for name in _formats.builtin_names("reader"):
        _formats.reader(name)


def test_one_input(data: bytes) -> None:
    """Read the bytes in the detected format, or as the HTML of an item if they begin with T.

    The account of each article must be even, and the article equal to its own JSON.
    """
    if data[:1] == b"T":
        data = b"[h](https://harbour.example/)\n------\n<p>first</p>" + data[1:]
    env = feed2doc.Env(trace=feed2doc.Trace(), audit=True)
    try:
        documents = list(feed2doc.read_all(data, env=env))
    except feed2doc.Feed2docError:
        return
    uneven = [diagnostic for diagnostic in env.diagnostics if diagnostic.rule == "account"]
    assert not uneven, uneven
    for document in documents:
        text = feed2doc.write(document, "json")
        assert isinstance(text, str)
        assert feed2doc.read(text.encode()) == document, "the model is not its own JSON's"


if __name__ == "__main__":
    atheris.Setup(sys.argv, test_one_input)
    atheris.Fuzz()
