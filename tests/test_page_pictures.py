"""The pages of PDFs look as they did when they were last reviewed; `make golden` stores what they look like now."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import feed2doc
import pytest
from feed2doc.writers.pdf.options import Pdf
from PIL import Image

from tests.page_articles import page_book
from tests.pdf_pictures import rendered, sheet
from tests.pdf_text import ENGINES


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("page, width", [("90x122mm", 72), ("110x150mm", 80), ("a5", 96), ("a4", 120)])
def test_pages_look_as_they_did(
    engine: Any, page: str, width: int, golden_picture: Callable[[str, Image.Image], None], tmp_path: Path
) -> None:
    book, env = page_book()
    data = feed2doc.write(book, Pdf(engine=engine, page=page), env=env)
    assert isinstance(data, bytes)
    pages = rendered(data, tmp_path, dpi=45)
    golden_picture(f"pages/{engine}-{page}.png", sheet(pages, width, columns=10).convert("L"))
