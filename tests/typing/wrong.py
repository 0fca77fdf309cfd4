"""Calls that type checkers refuse, each on the line of an `# error` comment. Checked by `tests/test_typing.py`; never run."""

from io import BytesIO

import feed2doc
from feed2doc import model as m

doc = feed2doc.read("item.txt")
name = str(doc.language)

feed2doc.write(doc, "text", front_matter="none")  # error: an option of Markdown
feed2doc.write(doc, "md", widht=3)  # error: no such option
feed2doc.write(doc, "epub", width=0)  # error: an option of text
feed2doc.write(doc, "markdown", front_matter="toml")  # error: not one of the values
feed2doc.write(doc, "text", width="wide")  # error: not a number
feed2doc.write(doc, name, width=0)  # error: which format takes options is not known
feed2doc.write(doc, "docx", reference_doc="a.docx")  # error: the formats of pandoc take Pandoc(...)
feed2doc.write(doc, feed2doc.Markdown(), front_matter="none")  # error: options are in the class
feed2doc.write(doc, feed2doc.Epub)  # error: a class, not options
feed2doc.write(doc, options=feed2doc.Epub())  # error: the format is the second argument
feed2doc.write([doc], "md")  # error: a list is not a book
feed2doc.write(None, "md")  # error: nothing is not a document
feed2doc.Markdown(width=0)  # error: an option of text
feed2doc.PlainText(78)  # error: options are named
feed2doc.PlainText().width = 3  # error: options are frozen
doc.headline = "Other"  # error: so is the model
text: str = feed2doc.write(doc, "epub")  # error: bytes
data: bytes = feed2doc.write(doc, feed2doc.Markdown())  # error: str
feed2doc.save(doc, BytesIO())  # error: a file object needs a format
feed2doc.convert("item.txt")  # error: where to
feed2doc.convert("item.txt", to="md")  # error: where to
feed2doc.save(doc, "out.pdf", page="a5")  # error: options are in format=
feed2doc.convert("item.txt", "out.pdf", page="a5")  # error: options are in format=
feed2doc.read(["item.txt"])  # error: one input
feed2doc.nothing()  # error: no such name
m.Paragraph("text")  # error: a paragraph has inlines
