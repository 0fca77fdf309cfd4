"""The functions of the library: read, write, save, convert, check, explain and formats."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, overload

from msgspec import Struct

from feed2doc import _formats
from feed2doc._files.atomic import save as save_atomically
from feed2doc._formats import ReadOptions, chosen, for_file, refuse
from feed2doc._locale.dates import in_zone
from feed2doc._locale.zones import check_zone
from feed2doc._text.urls import shown_url
from feed2doc.env import Env, Trace
from feed2doc.errors import LimitError, PluginError, ReadError, UsageError, expect
from feed2doc.model import MAX_NESTING, Book, Document
from feed2doc.readers.inputs import Input, PathName, load, name_of, reader_of

if TYPE_CHECKING:
    from typing import Never, Unpack

    from feed2doc import _keywords as k
    from feed2doc.checking.findings import Comparison
    from feed2doc.explanation import Explanation
    from feed2doc.writers.epub.options import Epub
    from feed2doc.writers.html import Html
    from feed2doc.writers.json import Json
    from feed2doc.writers.jsonl import Jsonl
    from feed2doc.writers.markdown.options import Markdown
    from feed2doc.writers.pdf.options import Pdf
    from feed2doc.writers.text.options import PlainText
    from feed2doc.writers.typst.options import Typst

# ---- reading ---------------------------------------------------------------------------------------


def read(
    source: Input, *, format: str | None = None, options: ReadOptions | None = None, env: Env | None = None
) -> Document:
    """Return the only article in an input. A str or path names a file; bytes and file objects are content.

    The format is detected from the content unless `format` names a reader. Raise ReadError if the input cannot be read or
    does not have exactly one article, LimitError if it exceeds a limit, UnknownFormatError if there is no such reader.
    """
    documents = list(read_all(source, format=format, options=options, env=env))
    if len(documents) != 1:
        raise ReadError(
            f"{name_of(source)}: expected one article, found {len(documents)}: use feed2doc.read_all"
        )
    return documents[0]


def read_all(
    source: Input, *, format: str | None = None, options: ReadOptions | None = None, env: Env | None = None
) -> Iterator[Document]:
    """Return an iterator over the articles in an input, in order. Arguments and errors are those of `read`.

    Errors in the input or its first article are raised immediately, errors in a later article when it is reached.
    """
    expect("format", format, str, type(None))
    expect("options", options, ReadOptions, type(None))
    expect("env", env, Env, type(None))
    given = load(source)
    reader = _formats.reader(format) if format else reader_of(given)
    found = iter(reader.read(given, options or ReadOptions(), env or Env()))
    return chain([first], found) if (first := next(found, None)) else iter(())


def explain(
    source: Input, *, format: str | None = None, options: ReadOptions | None = None, env: Env | None = None
) -> Explanation:
    """Return the rule that produced each part of the only article in an input, and what was left out.

    Arguments and errors are those of `read`.
    """
    from msgspec.structs import replace

    from feed2doc.explanation import explained

    expect("env", env, Env, type(None))
    traced = replace(env or Env(), trace=Trace(), diagnostics=[], audit=True)
    return explained(read(source, format=format, options=options, env=traced), traced)


# ---- writing ---------------------------------------------------------------------------------------


# fmt: off
@overload
def write(
    book: Document | Book, format: Markdown | PlainText | Html | Json | Jsonl | Typst, /, **common: Unpack[k.Common]
) -> str: ...
@overload
def write(book: Document | Book, format: Epub | Pdf, /, **common: Unpack[k.Common]) -> bytes: ...
@overload
def write(book: Document | Book, format: Struct, /, **common: Unpack[k.Common]) -> str | bytes: ...
@overload
def write(book: Document | Book, format: Literal["markdown", "md"], /, **options: Unpack[k.MarkdownKeywords]) -> str: ...
@overload
def write(book: Document | Book, format: Literal["text", "txt"], /, **options: Unpack[k.PlainTextKeywords]) -> str: ...
@overload
def write(book: Document | Book, format: Literal["html", "htm"], /, **options: Unpack[k.HtmlKeywords]) -> str: ...
@overload
def write(book: Document | Book, format: Literal["json"], /, **options: Unpack[k.JsonKeywords]) -> str: ...
@overload
def write(book: Document | Book, format: Literal["jsonl"], /, **options: Unpack[k.JsonlKeywords]) -> str: ...
@overload
def write(book: Document | Book, format: Literal["typst", "typ"], /, **options: Unpack[k.TypstKeywords]) -> str: ...
@overload
def write(book: Document | Book, format: Literal["epub", "kepub"], /, **options: Unpack[k.EpubKeywords]) -> bytes: ...
@overload
def write(book: Document | Book, format: Literal["pdf"], /, **options: Unpack[k.PdfKeywords]) -> bytes: ...
@overload
def write(book: Document | Book, format: str, /, **common: Unpack[k.Common]) -> str | bytes: ...
# fmt: on
def write(
    book: Document | Book,
    format: str | Struct,
    /,
    *,
    env: Env | None = None,
    pictures: PathName | None = None,
    **options: Any,
) -> str | bytes:
    """Return an article or book in a format, as str for text formats and as bytes for others.

    Args:
        book: An article, or a book of several (`bundle`).
        format: A format name, or an options object: `write(doc, "text", width=0)` means `write(doc, PlainText(width=0))`.
        env: The environment; the default is a new `Env()`. If a format embeds pictures, a picture that is not available is
            added to its diagnostics as a loss.
        pictures: A folder with pictures, found by their paths in the article, as HOST/PATH, or by file name.
        options: Fields of the format's options class.

    Raises:
        UnknownFormatError: There is no such format.
        OptionError: The format does not have an option, or an option has a wrong value.
        MissingDependencyError: A package or program that the format needs is not installed.
        UsageError: The first argument is not an article or book.
    """
    writer, given = chosen(format, options)
    data = _written(book, writer, given, env or Env(), pictures)
    return data.decode("utf-8") if writer.text else data


@overload
def save(
    book: Document | Book,
    output: PathName,
    *,
    format: str | Struct | None = None,
    env: Env | None = None,
    pictures: PathName | None = None,
) -> Path: ...
@overload
def save(
    book: Document | Book,
    output: BinaryIO,
    *,
    format: str | Struct,
    env: Env | None = None,
    pictures: PathName | None = None,
) -> None: ...
def save(
    book: Document | Book,
    output: PathName | BinaryIO,
    *,
    format: str | Struct | None = None,
    env: Env | None = None,
    pictures: PathName | None = None,
    **options: Any,
) -> Path | None:
    """Save an article or book atomically, and return the path of the file (None for a file object).

    The file extension selects the format. `format`, a name or an options object such as `Pdf(page="a5")`, is required if the
    path has no extension and for binary file objects; options cannot be passed as keywords. Other arguments and errors are those of `write`. Also raise WriteError if the file cannot
    be saved, UsageError if the extension belongs to another format.
    """
    if isinstance(output, str | os.PathLike):
        path = Path(output)
        writer, given = for_file(path, format, options)
        save_atomically(path, _written(book, writer, given, env or Env(), pictures))
        return path
    if not hasattr(output, "write"):
        raise UsageError(f"output: expected a path or a binary file object, not {type(output).__name__}")
    if isinstance(output, io.TextIOBase):
        raise UsageError('output: is a text file: open it in binary mode, with "wb"')
    if format is None:
        raise UsageError('output: a file object has no extension: add format=, such as format="epub"')
    writer, given = chosen(format, {})
    refuse(options, writer)
    output.write(_written(book, writer, given, env or Env(), pictures))
    return None


def convert(
    source: Input,
    output: PathName,
    *,
    format: str | Struct | None = None,
    read_options: ReadOptions | None = None,
    display_timezone: str = "",
    env: Env | None = None,
    **options: Never,
) -> Path:
    """Convert a file with one article, and return the path of the output.

    Pictures next to the input are used. `format` is passed to `save`, `read_options` to `read` as its `options`. Times are
    shown in the zone `display_timezone` (IANA name), or in the article's own. The errors are those of both functions; also
    raise OptionError if the zone is unknown.
    """
    expect("output", output, str, os.PathLike)
    expect("read_options", read_options, ReadOptions, type(None))
    expect("display_timezone", display_timezone, str)
    writer, given = for_file(Path(output), format, options)  # before anything is read
    if display_timezone:
        check_zone(display_timezone)
    env = Env() if env is None else env
    document = read(source, options=read_options, env=env)
    if display_timezone:
        document = in_zone(document, display_timezone)
    save_atomically(Path(output), _written(document, writer, given, env, None))
    return Path(output)


def render(book: Document | Book, writer: _formats.Writer[Any], options: object, env: Env) -> bytes:
    """Return an article or book in the format of this writer."""
    whole = Book.of(book) if isinstance(book, Document) else book
    try:
        return writer.write(whole, writer.check(options), env)
    except RecursionError as error:
        raise LimitError(f"{writer.name}: the document is nested deeper than {MAX_NESTING} levels") from error


def _written(
    book: Document | Book, writer: _formats.Writer[Any], options: object, env: Env, pictures: PathName | None
) -> bytes:
    if not isinstance(book, Document | Book):
        hint = "feed2doc.read returns one"
        if isinstance(book, str | os.PathLike | bytes):
            hint = "read it first, with feed2doc.read"
        elif isinstance(book, Iterable):
            hint = "make a book with feed2doc.bundle"
        raise UsageError(f"expected a Document or a Book, not {type(book).__name__}: {hint}")
    expect("env", env, Env)
    if pictures is not None:
        expect("pictures", pictures, str, os.PathLike)
        from feed2doc.pictures.archives import seek_pictures

        if not Path(pictures).is_dir():
            raise UsageError(f"pictures {os.fspath(pictures)}: not a folder")
        seek_pictures(book, (Path(pictures),), env)
    data = render(book, writer, options, env)
    if writer.pictures and getattr(options, "images", "embed") == "embed":
        _note_missing_pictures(book, env)
    return data


def _note_missing_pictures(book: Document | Book, env: Env) -> None:
    from feed2doc.model import images_of

    for src in dict.fromkeys(i.src for i in images_of(book) if not env.assets.has(i.src, i.fallback_src)):
        hint = "pass pictures=FOLDER, or the Env that read it, or call feed2doc.gather"
        src = shown_url(src)
        env.note("loss", f"picture {src}: not available: {hint}", rule="pictures", text=src)


# ---- the rest --------------------------------------------------------------------------------------


def formats() -> dict[str, _formats.Writer[Any]]:
    """Return the output formats by name, each with its extension, media type and options class.

    Formats of plugins that do not load are left out.
    """
    found = {}
    for name in _formats.names("writer"):
        try:
            found[name] = _formats.writer(name)
        except PluginError:
            continue
    return found


def check(output: Input, articles: Document | Book | Iterable[Document]) -> Comparison:
    """Compare an output with the articles that it was written from, and return what is missing.

    The `findings` of the result are empty if all text is present, in order. Raise ReadError if the output is in a format
    that cannot be read back, MissingDependencyError if the output is a PDF and pdftotext is not installed.
    """
    from feed2doc.checking.comparison import proof
    from feed2doc.model import documents_of

    expect("articles", articles, Document, Book, Iterable)
    documents = documents_of(articles)
    for document in documents:
        expect("articles", document, Document, hint="read each file first, with feed2doc.read")
    given = load(output)
    return proof(given.data, given.name, documents)


for _function in (read, read_all, explain, write, save, convert, formats, check):
    _function.__module__ = "feed2doc"
del _function
