"""A book as an EPUB or KEPUB: its pages, contents and package."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from itertools import islice

from msgspec import Struct

from feed2doc._locale.labels import labels
from feed2doc._locale.tags import direction_of
from feed2doc._templating import render
from feed2doc._text.xml import xml_safe
from feed2doc.env import Env
from feed2doc.looks import look_of
from feed2doc.looks.sheets import style_sheet
from feed2doc.model import Book, Image, length_of
from feed2doc.writers._shared.contents.entries import ContentsPart, needs_contents, rows_of
from feed2doc.writers._shared.facts import TocEntry, book_title, language_of, places_of
from feed2doc.writers._shared.front_pages import has_front_page
from feed2doc.writers.epub.metadata import BookFacts, metadata_of
from feed2doc.writers.epub.names import NamedPart, named
from feed2doc.writers.epub.nav import contents, numbered
from feed2doc.writers.epub.options import Epub
from feed2doc.writers.epub.package import File, Package, pack
from feed2doc.writers.epub.pages import OWN_STYLE, PARTS_STYLE, STYLE, EpubImages, Pages


def build(book: Book, options: Epub, env: Env, *, kobo: Callable[[bytes], bytes] | None = None) -> bytes:
    """Return the book's bytes. `kobo` converts a page for Kobo's reader; such a book never begins with a chapter."""
    language, title = language_of(book), book_title(book)
    parts = named(book)
    rows = _rows(parts, language)
    chapters = [chapter for part in parts for chapter in part.chapters]
    pictures = EpubImages(env)
    has_titles = any(part.title and not part.front for part in parts)
    styles = (STYLE, *(PARTS_STYLE,) * has_titles, *(OWN_STYLE,) * bool(options.css))
    pages = Pages(
        env,
        title,
        book.subtitle,
        language,
        styles,
        pictures,
        places_of((c.document, c.name) for c in chapters),
    )
    cover = _cover(book.cover, env)
    spine = _first_page(book, pages, cover, titled=kobo is not None)
    contents = [pages.contents(book, [row for row in rows if not row.front])] if needs_contents(book) else []
    written = iter(map(pages.chapter, chapters, [None, *chapters], [*chapters[1:], None]))
    for number, part in enumerate(parts):
        if not part.front:
            spine += contents
            contents = []
        spine += [pages.part(rows[number])] if part.name else []
        spine += islice(written, len(part.chapters))
    nav = _Nav(title, language, parts, {page.uid for page in spine}, has_front_page(book))
    identifier = identifier_of(book, title)
    facts = BookFacts(
        title=title,
        language=language,
        identifier=identifier,
        words=sum(row.length.count for part in rows for row in part.rows)
        or sum(length_of(document).count for document in book.documents),
        pictures=list(pictures.files.values()),
        described=pictures.described,
        has_cover=cover is not None,
    )
    finish = kobo or (lambda page: page)
    package = Package(
        metadata=metadata_of(book, facts),
        language=language,
        direction=direction_of(language),
        nav=pages.nav(entries=nav.entries, landmarks=nav.landmarks).content(),
        ncx=nav.ncx(identifier, env),
        spine=[File(page.uid, page.name, page.media_type, finish(page.content())) for page in spine],
        files=[*_styles(options, parts, env, kobo=kobo is not None), *pictures.files.values()],
        cover=cover,
        guide=nav.guide,
    )
    return pack(package)


def _rows(parts: list[NamedPart], language: str) -> list[ContentsPart]:
    """Return the tables of contents of the parts; empty for a single article, which has no page that shows them."""
    if sum(len(part.chapters) for part in parts) < 2 and not any(part.title for part in parts):
        return []
    return [
        rows_of(p.title, p.name, [(c.document, c.name) for c in p.chapters], language, front=p.front)
        for p in parts
    ]


def _first_page(book: Book, pages: Pages, cover: File | None, *, titled: bool) -> list[File]:
    """Return the page with the cover, or the title page if there must be one."""
    if cover and book.cover:
        return [pages.cover(book.cover, cover.name)]
    return [pages.title_page(book)] if titled else []


def _styles(options: Epub, parts: list[NamedPart], env: Env, *, kobo: bool) -> list[File]:
    style = style_sheet(
        "epub/style.css",
        env.template_dirs,
        look_of(options.look, "epub", env.template_dirs),
        paragraphs=options.paragraphs,
        reader=True,
        small=True,
        kobo=kobo,
    )
    files = [File("style", STYLE, "text/css", style.encode())]
    if any(part.title and not part.front for part in parts):
        openings = [part.opening for part in parts if part.opening]
        shown = render("epub/parts.css", env.template_dirs, openings=openings)
        files.append(File("parts-style", PARTS_STYLE, "text/css", shown.encode()))
    if options.css:
        files.append(File("own-style", OWN_STYLE, "text/css", options.css.encode()))
    return files


def identifier_of(book: Book, title: str) -> str:
    """Return the book's permanent identifier (RFC 4122, name-based): from an article's URL, or from a bundle's title.

    A bundle rebuilt with more articles stays the same book, so reading systems keep the reading position.
    """
    documents = book.documents
    alone = documents[0] if len(documents) == 1 and book.title in ("", documents[0].headline) else None
    name = (alone.url or alone.id) if alone else f"feed2doc:book:{title}"
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, xml_safe(name))}"


def _cover(image: Image | None, env: Env) -> File | None:
    """Return the cover picture, if available, under the name that both of its declarations use."""
    picture = env.assets.get(image.src) if image else None
    if picture is None:
        return None
    return File("cover-image", f"images/cover.{picture.extension}", picture.media_type, picture.read)


class _Nav(Struct, frozen=True):
    """A book's navigation: entries and landmarks for EPUB 3, NCX and guide for old readers. `pages` are the ids of its pages."""

    title: str
    language: str
    parts: list[NamedPart]
    pages: set[str]
    has_front: bool

    @property
    def first(self) -> str:
        """Return the location where the text begins, or the first page of an empty book."""
        empty = "titlepage.xhtml" if "titlepage" in self.pages else "nav.xhtml"
        return next((part.name or part.chapters[0].name for part in self.parts), empty)

    @property
    def entries(self) -> list[TocEntry]:
        """Return the table of contents; it is never empty (EPUBCheck RSC-005)."""
        words = labels(self.language)
        page = [TocEntry(words["contents"], "contents.xhtml")] if "contents" in self.pages else []
        return contents(self.parts, page) or [TocEntry(self.title, self.first)]

    @property
    def landmarks(self) -> list[tuple[str, str, str]]:
        """Return epub:type, location and label of the places that reading systems offer as shortcuts.

        The nav itself is not included, because it is not in the reading order (EPUBCheck RSC-011).
        """
        words = labels(self.language)
        cover, toc = ("cover", "cover.xhtml", words["cover"]), ("toc", "contents.xhtml", words["contents"])
        start = ("bodymatter", self.first, words["start"])
        in_order = (cover, start, toc) if self.has_front else (cover, toc, start)
        return [each for each in in_order if each is start or each[1].partition(".")[0] in self.pages]

    @property
    def guide(self) -> list[tuple[str, str, str]]:
        """Return the landmarks in the terms of EPUB 2 (OPF 2.0.1 section 2.6); Kindle finds the nav through them."""
        rows = [
            ("text" if kind == "bodymatter" else kind, href, label) for kind, href, label in self.landmarks
        ]
        if all(kind != "toc" for kind, _, _ in rows):
            rows.append(("toc", "nav.xhtml", labels(self.language)["contents"]))
        return rows

    def ncx(self, identifier: str, env: Env) -> bytes:
        """Return the NCX."""
        context = {"title": self.title, "language": self.language, "identifier": identifier}
        return render("epub/toc.ncx", env.template_dirs, ncx=numbered(self.entries), **context).encode()
