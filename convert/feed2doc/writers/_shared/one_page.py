"""All articles of a book on one page, for HTML and for PDFs by WeasyPrint."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from feed2doc._text.lazy_re import pattern
from feed2doc.model import Book, Image
from feed2doc.writers._shared.contents.entries import ContentsPart, has_own_page
from feed2doc.writers._shared.facts import article_context, title_of
from feed2doc.writers._shared.floating_pictures import floating_pictures
from feed2doc.writers._shared.numbering import Numbered, linked_parts
from feed2doc.writers._shared.running_heads import running_head
from feed2doc.writers._shared.xhtml.blocks import Xhtml

_LANGUAGE = pattern(r' lang="([^"]+)"')
_TAG = pattern(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


class PagePart(Struct, frozen=True):
    """A part: its title, facts, table of contents, and articles as contexts of `shared/article.xhtml`.

    A `front` part comes before the contents.
    """

    title: str
    id: str
    facts: str
    listed: ContentsPart
    articles: tuple[dict[str, Any], ...]

    @property
    def front(self) -> bool:
        """True if the part comes before the contents."""
        return self.listed.front

    @property
    def large(self) -> bool:
        """True if the part has a page of its own."""
        return has_own_page(len(self.articles), front=self.front)

    @property
    def texts(self) -> list[str]:
        """The XHTML of the articles."""
        return [str(article[key]) for article in self.articles for key in ("lead", "body", "credits")]


def page_parts(
    book: Book,
    picture: Callable[[Image], str | None],
    *,
    line_length: int = 0,
    code_length: int = 0,
    running_length: float = 0,
    elsewhere: Callable[[str], str] | None = None,
) -> list[PagePart]:
    """Return the parts of the page; the article's number makes its ids unique.

    `line_length` is the number of letters per line on pages that WeasyPrint lays out, or 0 if the page has no fixed size,
    `code_length` that of program text, and `running_length` the width of a running head in its own ems. `elsewhere` returns the
    address to which a link leads that does not lead to an article of the book, or "" for its own.
    """

    def written(one: Numbered) -> dict[str, Any]:
        xhtml = Xhtml(
            one.document.language,
            picture,
            prefix=f"a{one.number}-",
            line_length=line_length,
            code_length=code_length,
            floating=floating_pictures(one.document, line_length) if line_length else {},
        )
        xhtml.inside = _either(one.inside, elsewhere)
        title = title_of(one.document)
        context = article_context(one.document, xhtml, one.level) | {"title": title}
        if running_length:
            context["running"] = running_head(context["publication"], title, running_length)
        return context

    return [
        PagePart(part.title, f"p{part.number}", part.facts, part.listed, tuple(map(written, part.articles)))
        for part in linked_parts(book, "#a{}-title", "#p{}")
    ]


def _either(
    inside: Callable[[str], str] | None, elsewhere: Callable[[str], str] | None
) -> Callable[[str], str] | None:
    if inside is None or elsewhere is None:
        return inside or elsewhere
    return lambda url: inside(url) or elsewhere(url)


def languages_of(language: str, parts: Iterable[PagePart]) -> tuple[str, ...]:
    """Return the languages that need rules for their fonts: that of the page, then others in it.

    Those that a selector of the page's own would match as well, such as zh in zh-TW, are left out.
    """
    found = {article["language"] for part in parts for article in part.articles}
    found |= {tag for part in parts for text in part.texts for tag in _LANGUAGE.findall(text)}
    others = (each for each in sorted(found - {language, "und"}) if not language.startswith(f"{each}-"))
    return tuple(each for each in (language, *others) if _TAG.fullmatch(each))
