"""PDF by WeasyPrint, from the HTML of its template."""

from __future__ import annotations

import atexit
import functools
import hashlib
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from msgspec.structs import replace

from feed2doc._files.temporary import new_folder
from feed2doc._locale.labels import labels
from feed2doc._locale.tags import direction_of
from feed2doc._templating import render
from feed2doc.doctor.pango import check_libraries
from feed2doc.env import Env
from feed2doc.errors import MissingDependencyError, OptionError, pip_install
from feed2doc.fonts.faces import has_family
from feed2doc.looks import look_of
from feed2doc.looks.faces import css, faces
from feed2doc.model import Book, Image
from feed2doc.writers._shared.contents.design import contents_design
from feed2doc.writers._shared.contents.entries import needs_contents
from feed2doc.writers._shared.contents.titles import shown
from feed2doc.writers._shared.facts import (
    authors_of,
    book_title,
    date_of,
    description_of,
    keywords_of,
    language_of,
)
from feed2doc.writers._shared.headlines import has_phrases, with_phrases
from feed2doc.writers._shared.one_page import languages_of, page_parts
from feed2doc.writers._shared.page_layout import FONT_FILES, page_of
from feed2doc.writers._shared.xhtml.program_text import CODE_LETTER
from feed2doc.writers.pdf._weasyprint_html import html_class
from feed2doc.writers.pdf._weasyprint_tags import fix_tags

if TYPE_CHECKING:
    from feed2doc.writers.pdf.options import Pdf

_ASSET, _FONT = "feed2doc-asset:", "feed2doc-font:own"
_DRAWING = "data:image/svg+xml;base64,"  # of formulas


def by_weasyprint(book: Book, options: Pdf, env: Env) -> bytes:
    """Return the book as a tagged PDF. Characters that no installed font has are noted as a loss.

    Raise MissingDependencyError, which says what to install, if Pango is missing, and OptionError if a font is missing.
    """
    html_class = _html_class()
    page = _page(book, options, env)
    # PDF/A is tagged because of its level a; otherwise WeasyPrint needs `pdf_tags`.
    variant = (
        {"pdf_variant": None, "pdf_tags": True}
        if options.variant == "none"
        else {"pdf_variant": options.variant}
    )
    listening = _listening.set(env)
    try:
        with nullcontext(_configuration()) if _font_file(options) else _font_configuration() as fonts:
            html = html_class(string=page, url_fetcher=_fetcher(env, options), base_url=_ASSET)
            pdf: bytes = html.write_pdf(
                pdf_identifier=hashlib.sha256(page.encode("utf-8")).digest()[:16],
                font_config=fonts,
                finisher=fix_tags(env),
                **variant,
            )
    finally:
        _listening.reset(listening)
    return pdf


def check_installed() -> None:
    """Raise MissingDependencyError, which says what to install, if a library of WeasyPrint is missing. It is not loaded."""
    if "weasyprint.text.ffi" not in sys.modules:
        with _named_if_missing():
            check_libraries()


@contextmanager
def _named_if_missing() -> Iterator[None]:
    try:
        yield
    except (ImportError, OSError) as error:
        from feed2doc.doctor.install_commands import how_to_install

        raise MissingDependencyError(
            f"PDF needs WeasyPrint and the Pango library: {how_to_install('pango')}. Or use Typst, which needs neither:"
            f" {pip_install('feed2doc[typst]')} and --pdf-engine typst"
        ) from error


def _html_class() -> Any:
    """Load WeasyPrint and return its HTML class, or a faster subclass; raise MissingDependencyError if loading fails."""
    check_installed()
    with _named_if_missing():
        import weasyprint  # noqa: F401
    logging.getLogger("weasyprint").addFilter(_FILTER)  # does nothing if the logger has it already
    return html_class()


_listening: ContextVar[Env | None] = ContextVar("feed2doc_listening", default=None)


class _OurMessages(logging.Filter):
    """Turns errors from our own layouts into diagnostics. Messages about other documents go to the application's handlers."""

    def filter(self, record: logging.LogRecord) -> bool:
        env = _listening.get()
        if env is None:
            return True
        if record.levelno >= logging.ERROR:
            env.note("loss", f"PDF: {record.getMessage()}", rule="pdf")
        return False


_FILTER = _OurMessages()
# The idle font configurations, by process: a fork does not inherit the threads that Pango may keep for them.
_idle: dict[int, list[Any]] = {}
_MOST_IDLE = 16
atexit.register(_idle.clear)  # before Pango is unloaded, even if something else refers to this module


@contextmanager
def _font_configuration() -> Iterator[Any]:
    """Lend the fonts of this system, which take a third of a short PDF's time to find, to one layout at a time.

    Pango is thread-safe as long as two threads do not use the same objects. A configuration is not used again after an
    error: objects that the error keeps alive may still refer to it, and Python may free them in any thread.
    """
    idle = _idle.setdefault(os.getpid(), [])
    try:
        fonts = idle.pop()
    except IndexError:
        fonts = _configuration()
    yield fonts
    if len(idle) < _MOST_IDLE:
        idle.append(fonts)


def _configuration() -> Any:
    return _configuration_class()()


@functools.cache
def _configuration_class() -> Any:
    """Return a class of font configurations that keep their files in a folder that is removed even if the process is killed."""
    from weasyprint.text.fonts import FontConfiguration

    class Configuration(FontConfiguration):  # type: ignore[misc]
        _folder: Path | None

        def add_font_face(self, *arguments: Any) -> Any:
            self._folder = self._folder or Path(new_folder())
            return super().add_font_face(*arguments)

    return Configuration


def _font_file(options: Pdf) -> Path | None:
    return Path(options.font) if options.font.lower().endswith(FONT_FILES) else None


def _fetcher(env: Env, options: Pdf) -> Any:
    """Return a fetcher that reads only the asset store and the user's font: no other files, no network."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    font = _font_file(options)

    class AssetFetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url == _FONT and font is not None:
                return URLFetcherResponse(url, body=font.read_bytes(), headers={"Content-Type": "font/otf"})
            if url.startswith(_DRAWING):
                return super().fetch(url, headers)
            picture = env.assets.get(unquote(url.removeprefix(_ASSET))) if url.startswith(_ASSET) else None
            if picture is None:
                raise ValueError("only the book's pictures can be read")
            return URLFetcherResponse(url, body=picture.data, headers={"Content-Type": picture.media_type})

    return AssetFetcher()


def _page(book: Book, options: Pdf, env: Env) -> str:
    from markupsafe import Markup

    if options.font and not _font_file(options) and has_family(options.font) is False:
        raise OptionError(
            f"font {options.font!r}: no font of that family is installed; `fc-list : family` lists them"
        )
    documents, title = book.documents, book_title(book)
    language = language_of(book)
    page = page_of(options.page)
    look = look_of(options.look, page.medium, env.template_dirs)
    in_columns = options.columns and page.has_columns
    line_length = page.column_length if in_columns else page.line_length
    parts = page_parts(
        book,
        lambda image: _asset_url(image, env),
        line_length=line_length,
        code_length=int((line_length / 2 - 2 * look.code.padding) / (look.code.size * CODE_LETTER)),
        running_length=page.line_length / 2 / look.running.size,
    )
    listed = [part.listed for part in parts]
    design = contents_design(book, listed, page, look)
    parts = [replace(part, listed=own) for part, own in zip(parts, shown(listed, design, page), strict=True)]
    own = "feed2doc own" if _font_file(options) else options.font
    return render(
        "pdf/page.html",
        env.template_dirs,
        title=title,
        heading=Markup(with_phrases(title, language)) if has_phrases(language) else title,
        subtitle=book.subtitle,
        language=language,
        direction=direction_of(language),
        cover=book.cover,
        cover_url=_asset_url(book.cover, env) if book.cover else None,
        parts=parts,
        many=len(documents) > 1,
        contents=needs_contents(book),
        compact=design is not None,
        design=design,
        words=labels(language),
        authors=authors_of(documents),
        keywords=keywords_of(documents),
        created=date_of(book),
        description=description_of(book),
        look=look,
        faces=faces(look, languages_of(language, parts), own),
        code=css((*look.fonts.code, "monospace")),
        own_font=_font_file(options) is not None,
        page=page,
        paragraphs=options.paragraphs,
        reader=False,
        small=page.is_screen,
        paged=True,
        in_columns=in_columns,
        rtl=any(article["direction"] == "rtl" for part in parts for article in part.articles)
        or any(' dir="rtl"' in text for part in parts for text in part.texts),
        css=Markup(options.css.replace("</", "<\\/")),
    )


def _asset_url(image: Image, env: Env) -> str | None:
    for url in (image.src, image.fallback_src):
        if url and env.assets.get(url) is not None:
            return _ASSET + quote(url, safe="")  # WeasyPrint would quote some of its characters
    return None
