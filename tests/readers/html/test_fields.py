"""Spaces between fields that only a style sheet parts."""

import feed2doc
import pytest

END = "<p>The last paragraph has nothing else at all.</p>"


def read(html: str) -> str:
    env = feed2doc.Env(audit=True)
    page = f"[Quay](https://example.com/1)\n---\n<p>The quay was closed.</p>{html}{END}"
    document = feed2doc.read(page.encode(), env=env)
    assert not [each for each in env.diagnostics if each.kind == "loss" or each.rule == "account"]
    written = str(feed2doc.write(document, "text", width=0, links=False))
    return " ".join(written.partition("closed.")[2].partition("The last")[0].split())


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<div><span class="label">Difficoltà:</span><span>Facile</span></div>', "Difficoltà: Facile"),
        ("<p><strong>Serves:</strong><span>4 persons</span></p>", "Serves: 4 persons"),
        (
            '<div><span class="entry-ship">Anna</span><span class="entry-port">Oslo</span><span class="entry-gate">16</span></div>',
            "Anna Oslo 16",
        ),
        ('<div><span class="cook-name">Ann</span><a class="cook-town" href="/o">Oslo</a></div>', "Ann Oslo"),
    ],
)
def test_fields_do_not_touch(html: str, expected: str) -> None:
    assert read(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p><span class="normaltextrun">近5</span><span class="normaltextrun">000件。</span></p>', "近5000件。"),
        ('<p><span class="s1">Mc</span><span class="s2">Donald</span></p>', "McDonald"),
        ('<p><span class="SpellE">Mc</span><span class="GramE">Donald</span></p>', "McDonald"),
        ('<p><span class="dropcap-letters">Th</span><span class="rest-text">E harbour</span></p>', "ThE harbour"),
        ('<p>It was <span class="firm-name">Mc</span><span class="firm-rest">Donald</span>, she said.</p>', "It was McDonald, she said."),
        ("<p>At <b>12:</b><i>30</i> it closed.</p>", "At 12:30 it closed."),
        ('<p><code><span class="name">std:</span><span class="more">Vector</span></code> it is.</p>', "std:Vector it is."),
        ('<p><span class="word-a">Hydro</span><span class="word-b">Electric power came to the quay.</span></p>', "HydroElectric power came to the quay."),
    ],
)  # fmt: skip
def test_parts_of_words_do(html: str, expected: str) -> None:
    assert read(html) == expected
