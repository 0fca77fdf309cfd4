"""PDF by WeasyPrint: tagged (PDF/UA-1), with outline, running heads and the fonts of the language."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from typing import Any

from feed2doc._labels import labels
from feed2doc._registry import Writer
from feed2doc._templating import render
from feed2doc.env import Env
from feed2doc.errors import MissingDependencyError
from feed2doc.model import Book, Document, Image
from feed2doc.writers._article import book_title, creators_of, direction_of, language_of
from feed2doc.writers._fonts import families_of
from feed2doc.writers._page import page_parts

_SCHEME = "feed2doc-asset:"


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfOptions:
    """`page` is a page size that CSS knows, such as A4, A5 or letter; `css` comes after the page's own."""

    page: str = "A4"
    css: str = ""


def write_pdf(book: Book, options: PdfOptions, env: Env) -> bytes:
    """The book as a tagged PDF. Raises MissingDependencyError, with what to install, if Pango is not there."""
    weasyprint = _weasyprint()
    page = _page(book, options, env)
    fetcher = _fetcher(weasyprint, env)
    watch = _Watch(env)
    logger = logging.getLogger("weasyprint")
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(watch)
    try:
        pdf: bytes = weasyprint.HTML(string=page, url_fetcher=fetcher, base_url=_SCHEME).write_pdf(
            pdf_variant="pdf/ua-1",
            pdf_identifier=hashlib.sha256(page.encode("utf-8")).digest()[:16],
        )
    finally:
        logger.removeHandler(watch)
        logger.propagate = propagate
    return pdf


def _weasyprint() -> Any:
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        raise MissingDependencyError(
            "PDF needs WeasyPrint and the Pango library. Debian or Ubuntu: apt install libpango-1.0-0"
            " libpangoft2-1.0-0 libharfbuzz-subset0; Fedora: dnf install pango; macOS: brew install pango"
        ) from error
    # WeasyPrint adds a handler that prints to standard error when nobody else listens.
    logging.getLogger("weasyprint").handlers = [logging.NullHandler()]
    return weasyprint


class _Watch(logging.Handler):
    """Turns what WeasyPrint says is lost into diagnostics."""

    def __init__(self, env: Env) -> None:
        super().__init__(logging.ERROR)
        self._env = env

    def emit(self, record: logging.LogRecord) -> None:
        self._env.note("loss", f"PDF: {record.getMessage()}", rule="pdf")


def _fetcher(weasyprint: Any, env: Env) -> Any:
    """A fetcher that knows the asset store and nothing else: no file, no network."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class AssetFetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            picture = env.assets.get(url.removeprefix(_SCHEME)) if url.startswith(_SCHEME) else None
            if picture is None:
                raise ValueError("only the pictures of the book are read")
            return URLFetcherResponse(url, body=picture.data, headers={"Content-Type": picture.media_type})

    return AssetFetcher()


def _page(book: Book, options: PdfOptions, env: Env) -> str:
    from markupsafe import Markup

    documents = book.documents
    language = language_of(book)
    return render(
        "pdf/page.html",
        env.template_dirs,
        title=book_title(book),
        subtitle=book.subtitle,
        language=language,
        direction=direction_of(language),
        parts=page_parts(book, lambda image: _asset_url(image, env), ruby=False),
        many=len(documents) > 1,
        words=labels(language),
        authors=list(dict.fromkeys(name for d in documents for name in creators_of(d))),
        keywords=list(dict.fromkeys(tag for d in documents for tag in d.tags)),
        created=_created(documents),
        description=next((d.summary for d in documents if d.summary), ""),
        families=families_of(language),
        page=options.page,
        css=Markup(options.css.replace("</", "<\\/")),
    )


def _created(documents: tuple[Document, ...]) -> str:
    dates = sorted(d.published for d in documents if d.published)
    return dates[0].isoformat() if dates else ""


def _asset_url(image: Image, env: Env) -> str | None:
    for url in (image.src, image.fallback_src):
        if url and env.assets.get(url) is not None:
            return _SCHEME + url
    return None


WRITER = Writer(
    name="pdf",
    extension="pdf",
    media_type="application/pdf",
    options=PdfOptions,
    write=write_pdf,
    description="tagged PDF for paper and screen",
)
