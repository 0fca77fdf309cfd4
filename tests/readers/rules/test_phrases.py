"""Phrases of word files: what their patterns match, and by what a text is known that they may match."""

import re

import pytest
from feed2doc.readers._rules.words.phrases import needs_of, parts_of, starts_of, template


@pytest.mark.parametrize(
    ("phrase", "texts", "others"),
    [
        (
            "This [story|piece] [first appeared|was reprinted] [in|on] …",
            ["This story first appeared in Quay Letter", "This piece was reprinted on Monday"],
            ["This storey first appeared in a plan", "This story appeared in Quay Letter", "This story first appeared"],
        ),
        ("[L'auteur|L'autrice] est …", ["L’auteur est historien", "L'autrice est ici"], ["L'acteur est ici"]),
        ("Read it[ here|:]…", ["Read it here now", "Read it: now"], ["Read it now"]),
    ],
)  # fmt: skip
def test_one_of_several_words(phrase: str, texts: list[str], others: list[str]) -> None:
    pattern = re.compile(f"^{template(phrase)}$", re.I)
    starts, parts = starts_of([phrase]), parts_of(phrase)
    for text in texts:
        assert pattern.match(text), text
        assert text.lower().startswith(starts) and all(part in text.lower() for part in parts)
    assert not [text for text in others if pattern.match(text)]


def test_what_is_in_only_some_texts_of_a_phrase_is_not_needed() -> None:
    phrase = "Dieser [Text|Beitrag] erschien [zuerst|ursprünglich] …"
    assert starts_of([phrase]) == ("dieser",)
    assert set(parts_of(phrase)) == {"dieser", "erschien"}
    assert needs_of([phrase]) == ("erschien",)
    assert starts_of(["[Texto|Artículo] publicado …"]) == ("artículo", "texto")
