"""What changed between two versions of an article, as deletions and insertions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern

_TOKEN = pattern(r"[\u3040-\u30ff\u3400-\u9fff]|\s+|\w+|[^\w\s]")
_MOST_TOKENS = 4000


def changes(old: m.Document, new: m.Document) -> m.Blocks:
    """Return the paragraphs of an article that differ from an older version, with what was deleted and inserted."""
    before, after = _paragraphs(old), _paragraphs(new)
    return tuple(m.Paragraph(content) for content in _changed(before, after))


def _paragraphs(document: m.Document) -> list[str]:
    texts = (m.printed_text(run) for run in m.texts_of(document))
    return [text for each in texts if (text := " ".join(each.split()))]


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[m.Inlines]:
    for kind, i, j, k, n in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from _differences("\n".join(before[i:j]), "\n".join(after[k:n]))


def _differences(old: str, new: str) -> Iterator[m.Inlines]:
    """Yield paragraphs with the differences of two texts. Only the lines that differ are shown."""
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    if max(len(a), len(b)) > _MOST_TOKENS:
        a, b = [old], [new]
    runs: list[m.Inline] = []
    for kind, i, j, k, n in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        gone, came = "".join(a[i:j]), "".join(b[k:n])
        if kind == "equal":
            runs.append(m.Text(came))
            continue
        if gone.strip():
            runs.append(m.Strike((m.Text(gone),)))
        if came.strip():
            runs.append(m.Insert((m.Text(came),)))
    if runs:
        yield tuple(runs)
