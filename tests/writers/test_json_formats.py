"""JSON and JSON Lines: documents are read back equal and valid against the schema, and lines may include plain text."""

import itertools
import json
from collections.abc import Iterator
from typing import Any

import feed2doc
import msgspec
import pytest
from feed2doc.model import (
    SCHEMA_VERSION,
    Book,
    Document,
    Note,
    Paragraph,
    Part,
    Section,
    Text,
    json_schema,
    plain_article,
)
from feed2doc.writers.jsonl import Jsonl, lines_of
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, validators

from tests import paths
from tests.kitchen_sink import DOCUMENT
from tests.strategies import MANY, documents

SCHEMA: Any = json_schema()
PLAIN_VALIDATOR = Draft202012Validator(SCHEMA)


def _any_of(validator: Any, choices: list[Any], instance: Any, schema: Any) -> Iterator[Any]:
    """Try only the node of the type that an instance names: the others are not valid, and trying all takes ten times as long."""
    kind = instance.get("type") if isinstance(instance, dict) else None
    likely = [each for each in choices if each.get("$ref") == f"#/$defs/{kind}"]
    yield from PLAIN_VALIDATOR.VALIDATORS["anyOf"](validator, likely or choices, instance, schema)


VALIDATOR = validators.extend(Draft202012Validator, {"anyOf": _any_of})(SCHEMA)  # type: ignore[no-untyped-call]
PUBLISHED = paths.ROOT / "docs" / f"model-{SCHEMA_VERSION}.schema.json"
# Fields that may contain any text.
FREE = ("value", "headline", "summary", "name", "title", "alt", "text", "published_text", "publication", "id")


def with_texts(value: Any, texts: "itertools.cycle[str]") -> Any:
    """Return the JSON value with each of its free texts replaced by the next one in `texts`."""
    if isinstance(value, list):
        return [with_texts(each, texts) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: next(texts) if key in FREE and isinstance(each, str) else with_texts(each, texts)
        for key, each in value.items()
    }


@pytest.mark.slow
@MANY
@given(documents(), st.lists(st.text(), min_size=1))
def test_any_document_is_read_back_equal_and_valid(document: Document, texts: list[str]) -> None:
    value = with_texts(msgspec.to_builtins(document), itertools.cycle(texts))
    document = msgspec.convert(value, Document)
    for to in ("json", "jsonl"):
        data = str(feed2doc.write(document, to))
        assert feed2doc.read(data.encode()) == document
        VALIDATOR.validate(json.loads(data))


def places(value: Any) -> dict[tuple[str, str], tuple[Any, Any]]:
    """Return one position of each kind in a JSON value (its container and key), by the container's type and the key."""
    found: dict[tuple[str, str], tuple[Any, Any]] = {}
    if isinstance(value, dict):
        found = {(value["type"], key): (value, key) for key in value}
    elif value and isinstance(value, list):
        found = {("", type(value[0]).__name__): (value, 0)}
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        found = places(each) | found
    return found


MOMENTS = [f"2025-{t}" for t in ("01-01T00:00:00", "00-01T00:00:00Z", "01-00T00:00:00Z", "01-01T24:00:00Z")]
WRONG: tuple[object, ...] = (None, -1, "javascript:x", [], {"type": "Text", "value": "a"})


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_what_the_schema_accepts_is_read(wrong: object) -> None:
    accepted = refused = 0
    whole = json.loads(str(feed2doc.write(DOCUMENT, "json"))) | {"schema_version": SCHEMA_VERSION}
    for holder, key in places(whole).values():
        right = holder[key]
        holder[key] = wrong
        if VALIDATOR.is_valid(whole):
            accepted += 1
            feed2doc.read(json.dumps(whole).encode(), format="json")
        else:
            refused += 1
        holder[key] = right
    assert refused > accepted


@pytest.mark.parametrize("moment", MOMENTS)
def test_an_impossible_time_is_refused_by_schema_and_reader(moment: str) -> None:
    value = {"type": "Document", "id": "x", "published": moment}
    assert not VALIDATOR.is_valid(value) and VALIDATOR.is_valid(
        value | {"published": "2024-02-29T23:59:59+08:00"}
    )
    with pytest.raises(feed2doc.ReadError):
        feed2doc.read(json.dumps(value).encode())


def test_a_newer_version_is_refused_by_schema_and_reader() -> None:
    newer = {"type": "Document", "id": "x", "schema_version": SCHEMA_VERSION + 1}
    assert not VALIDATOR.is_valid(newer)
    with pytest.raises(feed2doc.ReadError, match=f"newer than {SCHEMA_VERSION}"):
        feed2doc.read(json.dumps(newer).encode())


def test_the_published_schema_is_that_of_the_model() -> None:
    assert json.loads(PUBLISHED.read_text("utf-8")) == json.loads(json.dumps(SCHEMA))
    Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_tells_nodes_apart_by_their_type() -> None:
    for name, each in SCHEMA["$defs"].items():
        assert each["properties"]["type"]["enum"] == [name] and "type" in each["required"]
    PLAIN_VALIDATOR.validate(json.loads(str(feed2doc.write(DOCUMENT, "json"))))


def test_lines_come_as_the_articles_do() -> None:
    def endless() -> Any:
        while True:
            yield DOCUMENT

    first, second = itertools.islice(lines_of(endless(), Jsonl()), 2)
    assert first == second and first.endswith(b"\n") and first.count(b"\n") == 1
    value = json.loads(first)
    assert value["text"] == plain_article(DOCUMENT) and value["headline"] == DOCUMENT.headline
    assert "text" not in json.loads(next(lines_of([DOCUMENT], Jsonl(text=False))))


def test_plain_text_has_every_word_once_a_line_and_nothing_of_ours() -> None:
    lines = plain_article(DOCUMENT).split("\n")
    assert lines[:4] == [
        DOCUMENT.headline,
        "停航三年之后，渡轮回来了。",
        "渡轮靠岸。",
        "Otto Berg/海港图片社",
    ]
    assert "航线" in lines and "二之一" in lines and lines[-1] == "脚注的话。"
    deep = Note((Paragraph((Text("two"),)),))
    note = Note((Paragraph((Text("one"), deep)),))
    document = Document(id="x", sections=(Section(blocks=(Paragraph((Text("zero"), note)),)),))
    assert plain_article(document) == "zero\none\ntwo"


def test_a_book_has_one_line_per_article() -> None:
    book = Book(title="B", parts=(Part("P", (DOCUMENT, Document(id="y"))),))
    data = str(feed2doc.write(book, "jsonl"))
    assert list(feed2doc.read_all(data.encode())) == list(book.documents)


def test_the_text_has_the_titles_of_films_and_the_readings_of_ruby() -> None:
    page = b'[A](https://e.org/1)\n---\n<p><ruby>\xe6\xbc\xa2<rt>kan</rt></ruby><video poster=p.jpg title="Ferries"></video>'
    line = json.loads(feed2doc.write(feed2doc.read(page), "jsonl"))
    assert "Ferries" in line["text"] and "漢(kan)" in line["text"]
