"""The pages of a book: cover, title page, contents, parts and chapters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from feed2doc._locale.dates import localized_day
from feed2doc._locale.labels import labels, script_of
from feed2doc._locale.tags import direction_of, language_tag
from feed2doc._templating import render
from feed2doc._text.urls import normalize_url
from feed2doc.env import Env
from feed2doc.errors import TemplateError
from feed2doc.model import Book, Image
from feed2doc.writers._shared.contents.entries import ContentsPart, are_compact, part_facts
from feed2doc.writers._shared.escape import has_description
from feed2doc.writers._shared.facts import article_context, title_of
from feed2doc.writers._shared.front_pages import has_front_page
from feed2doc.writers._shared.headlines import heading_of
from feed2doc.writers._shared.xhtml.blocks import Xhtml
from feed2doc.writers.epub.names import Chapter, uid_of
from feed2doc.writers.epub.package import File

STYLE, PARTS_STYLE, OWN_STYLE = "style.css", "parts.css", "own.css"


class EpubImages(Struct):
    """The pictures of a book without duplicates, and whether each has an alternative text from its source."""

    env: Env
    files: dict[str, File] = {}
    described: bool = True

    def href(self, image: Image) -> str | None:
        """Return the location of the picture in the book, or None if it is not available."""
        picture = self.env.assets.get(image.src)
        if picture is None and image.fallback_src:
            picture = self.env.assets.get(image.fallback_src)
        if picture is None:
            return None
        self.described = self.described and has_description(image)
        if picture.digest not in self.files:  # a picture with two URLs is stored only once
            uid = f"image-{picture.digest[:16]}"
            name = f"images/{picture.digest[:16]}.{picture.extension}"
            self.files[picture.digest] = File(uid, name, picture.media_type, picture.read)
        return self.files[picture.digest].name


class Pages(Struct, frozen=True):
    """Renders the pages of a book; each page is a file."""

    env: Env
    title: str
    subtitle: str
    language: str
    styles: tuple[str, ...]
    pictures: EpubImages
    links: dict[str, str]

    def cover(self, image: Image, href: str) -> File:
        """Return the page with the cover picture."""
        return self._page(
            "cover",
            "cover.xhtml",
            title=labels(self.language)["cover"],
            image=href,
            alt=image.alt or self.title,
        )

    def title_page(self, book: Book) -> File:
        """Return the title page: publication, title, authors and date."""
        documents = book.documents
        alone = documents[0] if len(documents) == 1 else None
        below = [", ".join(person.name for person in alone.byline)] if alone else [self.subtitle]
        if book.date:
            below.append(localized_day(book.date, self.language))
        return self._page(
            "titlepage",
            "titlepage.xhtml",
            heading=self.title,
            above=alone.publication if alone else "",
            below=[line for line in below if line],
        )

    def contents(self, book: Book, parts: Sequence[ContentsPart]) -> File:
        """Return a bundle's table of contents page. After a front page, which has the book's title, it is compact."""
        words = labels(self.language)
        after_front = has_front_page(book)
        return self._page(
            "contents",
            "contents.xhtml",
            heading=words["contents"] if after_front else heading_of(self.title, self.language),
            subtitle="" if after_front else self.subtitle,
            compact=are_compact(book),
            design=None,
            parts=parts,
        )

    def part(self, part: ContentsPart) -> File:
        """Return the page before a part's articles."""
        facts = part_facts(part, self.language)
        return self._page("part", part.href, title=part.title, facts=facts, rows=part.rows)

    def chapter(self, chapter: Chapter, before: Chapter | None, after: Chapter | None) -> File:
        """Return the page of an article, with links to those before and after it. The front page has the book's title."""
        document = chapter.document

        def inside(url: str) -> str:
            name = self.links.get(normalize_url(url), "")
            return name if name != chapter.name else ""

        xhtml = Xhtml(
            document.language, self.pictures.href, epub=True, inside=inside if len(self.links) > 1 else None
        )
        has_title = chapter.front and before is None
        article = article_context(document, xhtml, 2 if has_title else 1)
        language = article["language"]
        return self._page(
            "chapter",
            chapter.name,
            title=title_of(document),
            language=language,
            article=article,
            uid=chapter.uid,
            part="" if chapter.front else chapter.part,
            book_language=self.language,
            front=chapter.front,
            nameplate=self.title if has_title else "",
            subtitle=self.subtitle,
            turns=[_turn(way, each) for way, each in (("prev", before), ("next", after)) if each],
        )

    def nav(self, **context: Any) -> File:
        """Return the nav document, with `entries` and `landmarks`."""
        return self._page("nav", "nav.xhtml", words=labels(self.language), **context)

    def _page(self, template: str, name: str, *, title: str = "", language: str = "", **context: Any) -> File:
        language = language or self.language
        page = render(
            f"epub/{template}.xhtml",
            self.env.template_dirs,
            title=title or self.title,
            language=language,
            direction=direction_of(language),
            script=script_of(language),
            styles=self.styles,
            **context,
        )
        data = page.encode("utf-8")
        if self.env.template_dirs:
            _check_xml(data, template)
        return File(uid_of(name), name, "application/xhtml+xml", data)


def _turn(way: str, chapter: Chapter) -> dict[str, str]:
    """Return a link to a chapter as the template shows it."""
    language = language_tag(chapter.document.language) or "und"
    title = title_of(chapter.document)
    return {
        "way": way,
        "href": chapter.name,
        "title": title,
        "language": language,
        "direction": direction_of(language),
    }


def _check_xml(page: bytes, template: str) -> None:
    """Raise TemplateError if a custom template produced a page that is not well-formed XML."""
    from lxml import etree

    try:
        etree.fromstring(page)
    except etree.XMLSyntaxError as error:
        raise TemplateError(
            f"template epub/{template}.xhtml: the page is not well-formed XML: {error}"
        ) from error
