"""Calls that type checkers accept, and the types that they infer. Checked by `tests/test_typing.py`; never run."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, assert_type

import feed2doc
from feed2doc import model as m

doc = feed2doc.read("item.txt")
assert_type(doc, feed2doc.Document)
assert_type(feed2doc.read_all(Path("feed.xml"), format="feed"), Iterator[feed2doc.Document])
assert_type(
    feed2doc.read(b"<p>x</p>", options=feed2doc.ReadOptions(base_url="https://example.com")), m.Document
)

# A name and its options: str for text formats, bytes for the others.
assert_type(feed2doc.write(doc, "md"), str)
assert_type(feed2doc.write(doc, "markdown", front_matter="none", notes="footnotes"), str)
assert_type(feed2doc.write(doc, "text", width=0, links=False), str)
assert_type(feed2doc.write(doc, "html", images="link", css="p {}"), str)
assert_type(feed2doc.write(doc, "json", indent=0), str)
assert_type(feed2doc.write(doc, "jsonl", text=False), str)
assert_type(feed2doc.write(doc, "typst", page="a5"), str)
assert_type(feed2doc.write(doc, "epub", css="p {}", pictures="pictures"), bytes)
assert_type(feed2doc.write(doc, "kepub", paragraphs="indent", env=feed2doc.Env()), bytes)
assert_type(feed2doc.write(doc, "pdf", engine="typst", variant="pdf/a-3a"), bytes)

# Options as a value.
assert_type(feed2doc.write(doc, feed2doc.PlainText(width=0)), str)
assert_type(feed2doc.write(doc, feed2doc.Markdown(front_matter="hugo"), env=feed2doc.Env()), str)
assert_type(feed2doc.write(doc, feed2doc.Kepub(css="p {}")), bytes)
assert_type(feed2doc.write(doc, feed2doc.Pdf(page="a6"), pictures=Path("pictures")), bytes)
assert_type(feed2doc.write(doc, feed2doc.Pandoc("docx", arguments=("--toc",))), str | bytes)

# A name that is only known when the program runs, or that is not one of feed2doc's own.
name = str(doc.language)
assert_type(feed2doc.write(doc, name), str | bytes)
assert_type(feed2doc.write(doc, "docx"), str | bytes)

book = feed2doc.bundle([doc, doc], title="Morning")
assert_type(book, feed2doc.Book)
assert_type(feed2doc.save(book, "morning.epub"), Path)
assert_type(
    feed2doc.save(book, Path("morning.pdf"), format=feed2doc.Pdf(page="a5"), pictures="pictures"), Path
)
feed2doc.save(book, BytesIO(), format="epub")
assert_type(feed2doc.convert("item.txt", "item.epub"), Path)
assert_type(feed2doc.formats(), dict[str, feed2doc.Writer[Any]])
assert_type(feed2doc.figures(doc), list[m.Figure])
assert_type(feed2doc.check("item.epub", doc).findings == (), bool)
assert_type(feed2doc.explain("item.txt").fields[0].rule, str)
assert_type(feed2doc.sync(["https://example.com/feed"], "news", format="kepub").written, tuple[Path, ...])


def names(document: feed2doc.Document) -> list[str]:
    return [node.name for node in feed2doc.walk(document) if isinstance(node, m.Person)]
