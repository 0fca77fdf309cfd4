"""PDF by WeasyPrint, from the page that its template makes."""

from __future__ import annotations

import functools
import gc
import hashlib
import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feed2doc._locale.labels import labels
from feed2doc._templating import render
from feed2doc._text.lazy_re import pattern
from feed2doc.env import Env
from feed2doc.errors import MissingDependencyError, OptionError, pip_install
from feed2doc.fonts.faces import has_family
from feed2doc.fonts.families import families_of
from feed2doc.model import Book, Image
from feed2doc.writers._shared.facts import (
    authors_of,
    book_title,
    date_of,
    description_of,
    direction_of,
    keywords_of,
    language_of,
)
from feed2doc.writers._shared.one_page import page_parts
from feed2doc.writers._shared.page_layout import FONT_FILES, page_of
from feed2doc.writers.pdf._weasyprint_fonts import quicken
from feed2doc.writers.pdf._weasyprint_tags import corrected

if TYPE_CHECKING:
    from feed2doc.writers.pdf.options import Pdf

_ASSET, _FONT = "feed2doc-asset:", "feed2doc-font:own"
_LANGUAGE = pattern(r' lang="([^"]+)"')
_TAG = pattern(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def by_weasyprint(book: Book, options: Pdf, env: Env) -> bytes:
    """The book as a tagged PDF. A character that no font here has is noted as a loss.

    Raises MissingDependencyError, with what to install, if Pango is not there, and OptionError for a font that is not.
    """
    weasyprint = _weasyprint()
    page = _page(book, options, env)
    # PDF/A is tagged by its level a; else WeasyPrint would need to be told.
    variant = (
        {"pdf_variant": None, "pdf_tags": True}
        if options.variant == "none"
        else {"pdf_variant": options.variant}
    )
    watch = _Watch(env)
    logger = logging.getLogger("weasyprint")
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(watch)
    try:
        with _rare_collections():
            html = weasyprint.HTML(string=page, url_fetcher=_fetcher(env, options), base_url=_ASSET)
            pdf: bytes = html.write_pdf(
                pdf_identifier=hashlib.sha256(page.encode("utf-8")).digest()[:16],
                font_config=_font_configuration() if not _font_file(options) else None,
                finisher=corrected(env),
                **variant,
            )
    finally:
        logger.removeHandler(watch)
        logger.propagate = propagate
    return pdf


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Let Python look for garbage seldom: a layout is millions of objects, all in use, and to go through them again and
    again is a sixth of a bundle's time."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 1000)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _weasyprint() -> Any:
    try:
        with redirect_stdout(io.StringIO()):  # where WeasyPrint would say that Pango is not there
            import weasyprint
    except (ImportError, OSError) as error:
        from feed2doc.doctor.install_commands import how_to_install

        raise MissingDependencyError(
            f"PDF needs WeasyPrint and the Pango library: {how_to_install('pango')}. Or leave it to Typst, which needs neither:"
            f" {pip_install('feed2doc[typst]')} and --pdf-engine typst"
        ) from error
    # WeasyPrint adds a handler that prints to standard error when nobody else listens.
    logging.getLogger("weasyprint").handlers = [logging.NullHandler()]
    quicken()
    return weasyprint


class _Watch(logging.Handler):
    """Turns what WeasyPrint says is lost into diagnostics."""

    def __init__(self, env: Env) -> None:
        super().__init__(logging.ERROR)
        self._env = env

    def emit(self, record: logging.LogRecord) -> None:
        self._env.note("loss", f"PDF: {record.getMessage()}", rule="pdf")


@functools.cache
def _font_configuration() -> Any:
    """The fonts of this system, found once a process."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def _font_file(options: Pdf) -> Path | None:
    return Path(options.font) if options.font.lower().endswith(FONT_FILES) else None


def _fetcher(env: Env, options: Pdf) -> Any:
    """A fetcher that knows the asset store and the user's font and nothing else: no other file, no network."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    font = _font_file(options)

    class AssetFetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url == _FONT and font is not None:
                return URLFetcherResponse(url, body=font.read_bytes(), headers={"Content-Type": "font/otf"})
            picture = env.assets.get(url.removeprefix(_ASSET)) if url.startswith(_ASSET) else None
            if picture is None:
                raise ValueError("only the pictures of the book are read")
            return URLFetcherResponse(url, body=picture.data, headers={"Content-Type": picture.media_type})

    return AssetFetcher()


def _families(language: str, options: Pdf) -> list[str]:
    own = "feed2doc own" if _font_file(options) else options.font
    return [*([own] if own else []), *families_of(language)]


def _page(book: Book, options: Pdf, env: Env) -> str:
    from markupsafe import Markup

    if options.font and not _font_file(options) and has_family(options.font) is False:
        raise OptionError(
            f"font {options.font!r}: no font of that family is installed; `fc-list : family` lists them"
        )
    documents = book.documents
    language = language_of(book)
    parts = page_parts(book, lambda image: _asset_url(image, env), measure=page_of(options.page).measure)
    bodies = (
        str(article[key])
        for part in parts
        for article in part.articles
        for key in ("lead", "body", "credits")
    )
    spans = {found for body in bodies for found in _LANGUAGE.findall(body)}
    others = sorted({*(d.language for d in documents), *spans} - {language, "und"})
    return render(
        "pdf/page.html",
        env.template_dirs,
        title=book_title(book),
        subtitle=book.subtitle,
        language=language,
        direction=direction_of(language),
        parts=parts,
        many=len(documents) > 1,
        words=labels(language),
        authors=authors_of(documents),
        keywords=keywords_of(documents),
        created=date_of(book),
        description=description_of(book),
        fonts=[(each, _families(each, options)) for each in (language, *others) if _TAG.fullmatch(each)],
        own_font=_font_file(options) is not None,
        page=page_of(options.page),
        paragraphs=options.paragraphs,
        css=Markup(options.css.replace("</", "<\\/")),
    )


def _asset_url(image: Image, env: Env) -> str | None:
    for url in (image.src, image.fallback_src):
        if url and env.assets.get(url) is not None:
            return _ASSET + url
    return None
