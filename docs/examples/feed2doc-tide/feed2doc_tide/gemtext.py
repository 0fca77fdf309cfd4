"""A writer for Gemtext, the format of the Gemini protocol: https://geminiprotocol.net/docs/gemtext-specification.gmi"""

from typing import ClassVar

from feed2doc import Book, Document, Env, Writer, model, texts_of
from msgspec import Struct


class GemtextOptions(Struct, frozen=True, kw_only=True):
    """Options of Gemtext. `links` adds the URL of the article."""

    format: ClassVar[str] = "gemtext"
    links: bool = True


def write_gemtext(book: Book, options: GemtextOptions, env: Env) -> bytes:
    """Return the articles of a book: headline, URL and sections, one line per paragraph."""
    return "\n\n".join(_article(document, options) for document in book.documents).encode() + b"\n"


def _article(document: Document, options: GemtextOptions) -> str:
    lines = [f"# {document.headline}"]
    lines += [f"=> {document.url}"] if options.links and document.url else []
    for section in document.sections:
        if section.heading:
            lines.append(f"## {model.plain_text(section.heading)}")
        lines += [model.plain_text(text) for block in section.blocks for text in texts_of(block)]
    return "\n\n".join(lines)


WRITER = Writer(
    name="gemtext",
    extension="gmi",
    media_type="text/gemini",
    options=GemtextOptions,
    write=write_gemtext,
    text=True,
    description="text for the Gemini protocol",
)
