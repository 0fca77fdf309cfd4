"""Round trips: output that is read back gives the same document."""

import feed2doc
import pytest
from feed2doc import Html
from feed2doc.model import Document
from hypothesis import HealthCheck, given, settings

from tests.strategies import documents


@pytest.mark.slow
@pytest.mark.timeout(600)  # a failure takes minutes to make small
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(documents())
def test_html_is_read_back_equal(document: Document) -> None:
    page = feed2doc.write(document, Html(images="link"))
    assert isinstance(page, str)
    env = feed2doc.Env()
    assert feed2doc.read(page.encode(), env=env) == document
    assert not [d for d in env.diagnostics if d.kind == "loss"]


@pytest.mark.timeout(600)  # a failure takes minutes to make small
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(documents())
def test_json_is_read_back_equal(document: Document) -> None:
    for to in ("json", "jsonl"):
        data = feed2doc.write(document, to)
        assert isinstance(data, str) and feed2doc.read(data.encode()) == document
