"""The HTML of all examples of the CommonMark specification is read without loss, raw HTML too."""

import json

import feed2doc
import pytest
from feed2doc.model import Document
from lxml import html

from tests import paths

EXAMPLES = [
    example["html"]
    for example in json.loads((paths.TESTS / "data" / "commonmark-0.31.2.json").read_text("utf-8"))
]
# Elements whose content browsers do not show as text.
UNSEEN = ("script", "style", "noscript", "template")


def squeezed(text: str) -> str:
    return "".join(text.split())


def words_of(node: object) -> str:
    """Return all characters of a part of the model in reading order, without URLs and titles."""
    if isinstance(node, tuple):
        return "".join(map(words_of, node))
    fields = [(name, getattr(node, name)) for name in getattr(node, "__struct_fields__", ())]
    return "".join(
        value if name == "value" else words_of(value) if not isinstance(value, str) else ""
        for name, value in fields
    )


def test_there_are_all_of_them() -> None:
    assert len(EXAMPLES) == 652


@pytest.mark.parametrize("source", EXAMPLES)
def test_no_text_is_lost(source: str) -> None:
    tree = html.fragment_fromstring(f"<div>{source}</div>", create_parent="section")
    for element in list(tree.iter(*UNSEEN)):
        element.drop_tree()
    expected = squeezed(tree.text_content())
    env = feed2doc.Env()
    try:
        document = feed2doc.read(f"[h](https://harbour.example/)\n------\n{source}".encode(), env=env)
    except feed2doc.ReadError as error:
        assert not expected and "no content" in str(error)
        return
    assert squeezed(words_of((document.lead or (), document.sections, document.credits))) == expected
    assert not [d for d in env.diagnostics if d.kind == "loss"]
    # The model contains no URL that a reader must not follow: its own JSON would be refused otherwise.
    assert isinstance(feed2doc.read(str(feed2doc.write(document, "json")).encode()), Document)
