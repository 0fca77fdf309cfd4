"""A transform that drops articles that are hardly more than a headline."""

from feed2doc import Document, Env, Transform, texts_of
from feed2doc.model import plain_text

FEWEST = 40


def _short(document: Document, env: Env) -> Document | None:
    texts = (text for section in document.sections for block in section.blocks for text in texts_of(block))
    length = sum(len(plain_text(text)) for text in texts)
    return document if length >= FEWEST else None


TRANSFORM = Transform(
    name="short", apply=_short, description=f"leave out articles with fewer than {FEWEST} characters"
)
