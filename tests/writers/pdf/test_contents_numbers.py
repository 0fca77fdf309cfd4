"""The page numbers of the contents of PDFs are those of the pages on which the articles begin."""

import re
from pathlib import Path
from random import Random
from typing import Any

import feed2doc
import pytest
from feed2doc import model as m
from feed2doc.writers.pdf.options import Pdf
from msgspec.structs import replace

from tests.pdf_text import ENGINES, KOBO, article, text_of
from tests.writers.pdf.test_page_endings import SENTENCE

_ENTRY = re.compile(r"(Ferry \d+)[ .]+ (\d+)")


def numbers(
    articles: int, paragraphs: int, options: Pdf, folder: Path
) -> tuple[dict[str, int], dict[str, int]]:
    """Return the page numbers by headline, those of the contents and those of the pages on which the articles begin."""
    titles = [f"Ferry {n}" for n in range(10, 10 + articles)]
    documents = []
    for n, title in enumerate(titles):
        words = "".join(Random(n).sample(SENTENCE, len(SENTENCE)))  # or it is the same story
        texts = [m.Paragraph((m.Text(words * 3),)) for _ in range(1 + n % paragraphs)]
        documents.append(replace(article(*texts, language="zh-CN"), id=title, headline=title))
    pages = text_of(feed2doc.write(feed2doc.bundle(documents), options), folder, "-layout").split("\f")
    contents = [page for page in pages if _ENTRY.search(page)]
    stated = {title: int(number) for page in contents for title, number in _ENTRY.findall(page)}
    found = {
        title: next(n for n, page in enumerate(pages, 1) if title in page and page not in contents)
        for title in titles
    }
    return stated, found


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("page", "paragraphs"), [(KOBO, 9), ("a4", 3)])
def test_the_contents_state_where_articles_begin(
    engine: Any, page: str, paragraphs: int, tmp_path: Path
) -> None:
    stated, found = numbers(24, paragraphs, Pdf(engine=engine, page=page), tmp_path)
    assert stated == found and len(set(found.values())) > 20
