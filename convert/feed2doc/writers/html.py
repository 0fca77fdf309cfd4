"""A single self-contained HTML page: embedded pictures, no scripts, light and dark."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar, Literal

from feed2doc._formats import Options, Writer
from feed2doc._locale.dates import iso_time
from feed2doc._locale.labels import labels
from feed2doc._locale.tags import direction_of
from feed2doc._templating import render
from feed2doc.env import Env
from feed2doc.looks import DEFAULT, check_look, look_of
from feed2doc.looks.faces import SCREEN_LANGUAGES
from feed2doc.looks.sheets import style_sheet
from feed2doc.model import Book, Document, Image, title_text
from feed2doc.writers._shared.contents.entries import are_compact, needs_contents
from feed2doc.writers._shared.escape import address
from feed2doc.writers._shared.facts import article_context, book_title, language_of, title_of
from feed2doc.writers._shared.headlines import heading_of
from feed2doc.writers._shared.one_page import languages_of, page_parts
from feed2doc.writers._shared.xhtml.blocks import Xhtml


class Html(Options, frozen=True, kw_only=True):
    """The options of HTML.

    `images` is "embed", to put pictures inside the page, or "link", to link to them. `css` is added after the page's own.
    `look` is classic, modern, newspaper, or the path of a TOML file with your own look.
    """

    __module__ = "feed2doc"
    format: ClassVar[str] = "html"
    images: Literal["embed", "link"] = "embed"
    css: str = ""
    look: str = DEFAULT

    def __post_init__(self) -> None:
        super().__post_init__()
        check_look(self.look)


def write_html(book: Book, options: Html, env: Env) -> bytes:
    """Return the book as one page; several articles get a table of contents, in parts if the book has them."""
    from markupsafe import Markup

    documents = book.documents

    def picture(image: Image) -> str | None:
        return (address(image.src) or None) if options.images == "link" else _data_url(image, env)

    language = language_of(book)
    parts = page_parts(book, picture)
    style = page_style(options.look, env.template_dirs, languages_of(language, parts))
    page = render(
        "html/page.html",
        env.template_dirs,
        title=(title := book_title(book)),
        heading=heading_of(title, language),
        subtitle=book.subtitle,
        language=language,
        direction=direction_of(language),
        parts=parts,
        many=len(documents) > 1,
        contents=needs_contents(book),
        compact=are_compact(book),
        design=None,
        words=labels(language),
        style=Markup(style + options.css.replace("</", "<\\/")),
        data=[Markup(_linked_data(document)) for document in documents],
        facts=_facts(documents[0]) if len(documents) == 1 else [],
    )
    return page.encode("utf-8")


def page_style(
    look: str, template_dirs: tuple[Path, ...] = (), languages: tuple[str, ...] = SCREEN_LANGUAGES
) -> str:
    """Return the style of pages in a look. The first of the languages is that of the page, or "" for any."""
    return style_sheet(
        "html/style.css",
        template_dirs,
        look_of(look, "html", template_dirs),
        languages,
        paragraphs="language",
        reader=False,
        small=False,
    )


def article_content(document: Document, picture: Callable[[Image], str | None], prefix: str = "") -> str:
    """Return the content of the `article` element of a page: header, text, credits and notes, with the headline as `h1`.

    `picture` returns the address of a picture, or None if it is not available. `prefix` goes before all ids.
    """
    xhtml = Xhtml(document.language, picture, prefix=prefix)
    context = article_context(document, xhtml)
    return render("shared/article.xhtml", (), article=context)


def book_content(
    book: Book, picture: Callable[[Image], str | None], elsewhere: Callable[[str], str] | None = None
) -> str:
    """Return the contents and articles of a book as parts of a page, with the title of the book as `h1`.

    `picture` returns the address of a picture, or None if it is not available. `elsewhere` returns the address to which a
    link leads that does not lead to an article of the book, or "" for its own.
    """
    return render(
        "html/content.html",
        (),
        title=book_title(book),
        subtitle=book.subtitle,
        language=language_of(book),
        parts=page_parts(book, picture, elsewhere=elsewhere),
        many=True,
        contents=needs_contents(book),
        compact=are_compact(book),
        design=None,
        words=labels(language_of(book)),
    )


def _data_url(image: Image, env: Env) -> str | None:
    picture = env.assets.get(image.src) or (
        env.assets.get(image.fallback_src) if image.fallback_src else None
    )
    if picture is None:
        return None
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode('ascii')}"


def _facts(document: Document) -> list[tuple[str, str, str]]:
    """Return the metadata of the page's head as attribute, name and value (https://ogp.me)."""
    published, updated = document.published, document.updated
    facts = [
        ("name", "author", document.byline_text),
        ("name", "description", document.summary),
        ("property", "og:type", "article"),
        ("property", "og:title", title_of(document)),
        ("property", "og:url", document.url),
        ("property", "og:site_name", document.publication),
        ("property", "og:description", document.summary),
        (
            "property",
            "article:published_time",
            iso_time(published, document.published_has_time) if published else "",
        ),
        ("property", "article:modified_time", iso_time(updated) if updated else ""),
        *(("property", "article:tag", tag) for tag in document.tags),
    ]
    return [fact for fact in facts if fact[2]]


def _linked_data(document: Document) -> str:
    """Return schema.org/NewsArticle as JSON that is safe inside a script element (https://schema.org/NewsArticle)."""
    published = document.published
    lead = document.lead
    image = None
    if lead is not None and lead.image is not None and lead.image.src.startswith("http"):
        image = {
            "@type": "ImageObject",
            "contentUrl": lead.image.src,
            "caption": title_text(lead.caption),
            "creditText": title_text(lead.credit),
        }
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": document.headline,
        "datePublished": iso_time(published, document.published_has_time) if published else None,
        "inLanguage": document.language,
        "author": [{"@type": "Person", "name": person.name} for person in document.byline],
        "publisher": {"@type": "Organization", "name": p} if (p := document.publication) else None,
        "url": document.url,
        "isBasedOn": document.original_url,
        "image": image,
    }
    text = json.dumps({k: v for k, v in facts.items() if v}, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace("&", "\\u0026").replace("\u2028", " ").replace("\u2029", " ")


WRITER = Writer(
    name="html",
    extension="html",
    media_type="text/html",
    options=Html,
    write=write_html,
    pictures=True,
    text=True,
    description="one self-contained page",
)
