"""WeasyPrint 70 with our layout: balanced headings, whole words, pictures that fit, full last pages; and quick fonts and style sheets.

WeasyPrint's own classes are subclassed, not changed, for other users of WeasyPrint in this process. If WeasyPrint's
internals are not as expected, its own class is used.
"""

from __future__ import annotations

import functools
from typing import Any

from feed2doc._text.lazy_re import pattern
from feed2doc.writers.pdf._weasyprint_fonts import stream_class, with_names

_AT_RULE = pattern(r"@[^\s{;(]*")
_KEPT_RULES = frozenset(["@page", "@media", "@top-left", "@bottom-center"])


@functools.cache
def html_class() -> Any:
    """Return WeasyPrint's HTML class, or a subclass of it that lays out pages and embeds fonts this way."""
    import weasyprint

    try:
        return _html_class()
    except (AttributeError, ImportError):
        return weasyprint.HTML


def _html_class() -> Any:
    import weasyprint
    from weasyprint import css, document, pdf

    generate_pdf = with_names(pdf.generate_pdf, Stream=stream_class())
    find_stylesheets = with_names(css.find_stylesheets, CSS=_style_sheet)
    styles = with_names(css.get_all_computed_styles, find_stylesheets=find_stylesheets)
    context = document.Document._build_layout_context.__func__
    render = document.Document._render.__func__

    class Document(document.Document):  # type: ignore[misc]
        write_pdf = with_names(document.Document.write_pdf, generate_pdf=generate_pdf)
        _build_layout_context: Any = classmethod(with_names(context, get_all_computed_styles=styles))
        _render: Any = classmethod(with_names(render, layout_document=_layout()))

    class Html(weasyprint.HTML):  # type: ignore[misc]
        render = with_names(weasyprint.HTML.render, Document=Document)

    return Html


def _layout() -> Any:
    from weasyprint.layout import layout_document

    from feed2doc.writers.pdf._weasyprint_endings import with_full_endings
    from feed2doc.writers.pdf._weasyprint_lines import balance_headings
    from feed2doc.writers.pdf._weasyprint_pictures import make_fitting
    from feed2doc.writers.pdf._weasyprint_words import keep_words_whole

    laid_out = with_names(layout_document, make_all_pages=with_full_endings)

    def layout(html: Any, root: Any, context: Any) -> Any:
        keep_words_whole(root)
        balance_headings(root, context)
        make_fitting(root, context)
        return laid_out(html, root, context)

    return layout


def _style_sheet(string: str | None = None, **options: Any) -> Any:
    """Return the style sheet, which is the same for all articles of a batch with the same languages."""
    from weasyprint import CSS

    # The others depend on the document: they have fonts, files or counters of their own.
    if string is None or set(_AT_RULE.findall(string)) - _KEPT_RULES:
        return CSS(string=string, **options)
    return _kept_style_sheet(string, options["base_url"], options["media_type"])


@functools.lru_cache(16)
def _kept_style_sheet(string: str, base_url: str, media_type: str) -> Any:
    from weasyprint import CSS

    return CSS(string=string, base_url=base_url, media_type=media_type)
