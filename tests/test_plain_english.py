"""The project's English: phrases that readers find strange are rare in comments, docstrings and docs."""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# What to write instead: "is not a", "are not", "next to", "again", "separated", "the files that", "reported".
STRANGE = re.compile(
    r"(?<!there )(?<!There )\b(?:is|are|was|were) no(?:ne)?\b(?! longer| more\b| doubt)"
    r"|\bthose (?:that|which) (?:are|have|were)\b|\b(?:no|some)body\b|\bof (?:yours|theirs|ours)\b"
    r"|\bbeside\b|\banew\b|\bparted\b|\bfor want of\b|\b(?:is|are|be|was|were) told\b|\blikewise\b"
    # A noun phrase says what a module, class or constant is.
    r"|(?:^|[.:;] )(?:What|Whatever|Whether|Which|Wherever) [^.?\n]{3,70}[.:]"
)
MOST_PER_THOUSAND_WORDS = 1


def comments() -> Iterator[str]:
    for path in sorted((ROOT / "convert").rglob("*.py")):
        with path.open("rb") as file:
            for token in tokenize.tokenize(file.readline):
                if token.type == tokenize.COMMENT:
                    yield token.string.lstrip("# ")


def docstrings() -> Iterator[str]:
    for path in sorted((ROOT / "convert").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                yield ast.get_docstring(node) or ""


def docs() -> Iterator[str]:
    for path in [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]:
        text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL)
        yield re.sub(r"`[^`]*`|\]\([^)]*\)", "", text)


@pytest.mark.parametrize("texts", [comments, docstrings, docs])
def test_strange_phrases_are_rare(texts: Callable[[], Iterator[str]]) -> None:
    words, found = 0, []
    for text in texts():
        words += len(text.split())
        found += [text[max(0, hit.start() - 20) : hit.end() + 20] for hit in STRANGE.finditer(text)]
    assert words > 10_000
    assert len(found) <= MOST_PER_THOUSAND_WORDS * words / 1000, "\n".join(found)
