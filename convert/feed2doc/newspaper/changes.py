"""What changed between two versions of an article, as deletions and insertions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc.newspaper.differences import changed_parts, without_remnants

_TOKEN = pattern(r"[\u3040-\u30ff\u3400-\u9fff]|\s+|[^\W\u3040-\u30ff\u3400-\u9fff]+|[^\w\s]")


def changes(old: m.Document, new: m.Document) -> m.Blocks:
    """Return the paragraphs of an article that differ from an older version, with what was deleted and inserted."""
    before, after = _paragraphs(old), _paragraphs(new)
    return tuple(m.Paragraph(content) for content in _changed(before, after))


def _paragraphs(document: m.Document) -> list[str]:
    texts = (m.printed_text(run) for run in m.texts_of(document))
    return [text for each in texts if (text := " ".join(each.split()))]


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[m.Inlines]:
    """Yield the paragraphs that differ, those at one place as one."""
    for i, j, k, n in changed_parts(before, after):
        a, b = (_TOKEN.findall("\n".join(part)) for part in (before[i:j], after[k:n]))
        yield tuple(_runs(a, b))


def _runs(a: Sequence[str], b: Sequence[str]) -> Iterator[m.Inline]:
    at = 0
    for i, j, k, n in (*without_remnants(changed_parts(a, b)), (len(a), len(a), len(b), len(b))):
        if at < k:
            yield m.Text("".join(b[at:k]))
        gone, came = "".join(a[i:j]), "".join(b[k:n])
        if gone.strip():
            yield m.Strike((m.Text(gone),))
        if came.strip():
            yield m.Insert((m.Text(came),))
        at = n
