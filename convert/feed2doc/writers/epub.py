"""EPUB 3.3 with NCX and guide for old readers; every page is ours, the package is EbookLib's, corrected."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from feed2doc._labels import labels, script_of
from feed2doc._registry import Writer
from feed2doc._templating import render
from feed2doc._xml import legal
from feed2doc.env import Env
from feed2doc.model import Book, Document, Figure, Image
from feed2doc.writers._article import Entry, article_context, direction_of, outline, title_of
from feed2doc.writers._epub_metadata import metadata_of
from feed2doc.writers._epub_package import File, Package, pack
from feed2doc.writers._xhtml import Xhtml


@dataclass(frozen=True, slots=True, kw_only=True)
class EpubOptions:
    """There is nothing to choose yet."""


@dataclass(slots=True)
class _Pictures:
    """The pictures of a book, each once, and whether each had a text for those who cannot see it."""

    env: Env
    files: dict[str, File] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def href(self, image: Image) -> str | None:
        """Where the picture is in the book, None if it is not at hand."""
        url = image.src
        picture = self.env.assets.get(url)
        if picture is None and image.fallback_src:
            picture = self.env.assets.get(image.fallback_src)
        if picture is None:
            return None
        if url not in self.names:
            digest = picture.digest  # the same picture of two addresses is in the book once
            if digest not in self.files:
                number = len(self.files) + 1
                name = f"images/image-{number:03}.{picture.extension}"
                self.files[digest] = File(f"image-{number:03}", name, picture.media_type, picture.read)
            self.names[url] = self.files[digest].name
        return self.names[url]


def write_epub(book: Book, options: EpubOptions, env: Env) -> bytes:
    """The book as an EPUB file; the same book gives the same bytes."""
    documents = book.documents
    language = _language(book)
    pictures = _Pictures(env)
    names = [f"chapter-{n:03}.xhtml" for n in range(1, len(documents) + 1)]
    chapters = []
    for name, document in zip(names, documents, strict=True):
        xhtml = Xhtml(document.language, pictures.href, epub=True)
        page = render("epub/chapter.xhtml", env.template_dirs, **article_context(document, xhtml))
        chapters.append(File(name.partition(".")[0], name, "application/xhtml+xml", page.encode("utf-8")))
    entries = _contents(book, names)
    title = legal(book.title).strip() or (
        title_of(documents[0]) if documents else labels(language)["untitled"]
    )
    identifier = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, ' '.join(d.id for d in documents) or title)}"
    context = {
        "title": title,
        "language": language,
        "direction": direction_of(language),
        "entries": entries,
        "first": names[0] if names else "nav.xhtml",
        "words": labels(language),
        "identifier": identifier,
        "ncx": _numbered(entries),
    }
    style = render("epub/style.css", env.template_dirs, script=script_of(language)).encode("utf-8")
    package = Package(
        metadata=metadata_of(
            book, title, language, identifier, _has_pictures(documents), bool(pictures.files)
        ),
        language=language,
        direction=direction_of(language),
        nav=render("epub/nav.xhtml", env.template_dirs, **context).encode("utf-8"),
        ncx=render("epub/toc.ncx", env.template_dirs, **context).encode("utf-8"),
        chapters=chapters,
        files=[File("style", "style.css", "text/css", style), *pictures.files.values()],
        start=(names[0], labels(language)["start"]) if names else ("nav.xhtml", labels(language)["contents"]),
        contents=labels(language)["contents"],
    )
    return pack(package)


def _language(book: Book) -> str:
    if book.language != "und" or not book.documents:
        return book.language
    return book.documents[0].language


def _contents(book: Book, names: list[str]) -> list[Entry]:
    """The table of contents: parts that have a title, in them the articles, in them the headings."""
    rest = iter(names)
    entries: list[Entry] = []
    for part in book.parts:
        inside = tuple(outline(document, next(rest)) for document in part.documents)
        title = " ".join(legal(part.title).split())
        if title and inside:
            entries.append(Entry(title, inside[0].href, inside))
        else:
            entries += inside
    return entries or [Entry(book.title or labels(book.language)["untitled"], "nav.xhtml")]


def _numbered(entries: list[Entry]) -> list[tuple[int, Entry, list[tuple[int, Entry]]]]:
    """The contents in two levels, as deep as Kindle goes, each with its place in the reading order.

    Entries of one target have one place (NCX, https://www.niso.org/publications/ansiniso-z3986-2005-r2012-daisy).
    """
    places: dict[str, int] = {}

    def place(entry: Entry) -> int:
        return places.setdefault(entry.href, len(places) + 1)

    return [
        (place(entry), entry, [(place(child), child) for child in _flat(entry.entries)]) for entry in entries
    ]


def _flat(entries: tuple[Entry, ...]) -> list[Entry]:
    return [each for entry in entries for each in (entry, *_flat(entry.entries))]


def _has_pictures(documents: tuple[Document, ...]) -> list[Image]:
    """The pictures that the articles show as figures; for what accessibility may claim."""
    figures = [d.lead for d in documents if d.lead]
    figures += [b for d in documents for s in d.sections for b in s.blocks if isinstance(b, Figure)]
    return [figure.image for figure in figures if figure.image]


WRITER = Writer(
    name="epub",
    extension="epub",
    media_type="application/epub+zip",
    options=EpubOptions,
    write=write_epub,
    description="EPUB 3.3 for e-readers",
)
