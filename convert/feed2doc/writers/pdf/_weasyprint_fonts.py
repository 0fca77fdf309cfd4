"""Faster WeasyPrint 70: fonts are embedded in a third of the time, and style sheets are read once.

With Chinese fonts, embedding dominates short PDFs.

- WeasyPrint copies every font file into memory when it first meets the font, 25 MB for one of Noto CJK, and discards the
  copy after subsetting. Here the file is read only for fonts that HarfBuzz does not subset.
- WeasyPrint subsets fonts twice, the second time to drop empty slots after the last glyph used; Chinese fonts have hardly
  any. Here fonts are subset once, without the tables for vertical text, because no page is set vertically.

WeasyPrint's own classes are subclassed, not changed, for other users of WeasyPrint in this process. If WeasyPrint's
internals are not as expected, its own class is used.
"""

from __future__ import annotations

import functools
from types import FunctionType
from typing import Any

from feed2doc._text.lazy_re import pattern
from feed2doc.writers.pdf._weasyprint_endings import with_full_endings
from feed2doc.writers.pdf._weasyprint_lines import balance_headings
from feed2doc.writers.pdf._weasyprint_pictures import make_fitting

_AT_RULE = pattern(r"@[^\s{;(]*")
_KEPT_RULES = frozenset(["@page", "@media", "@top-left", "@bottom-center"])
_DROPPED = b"BASE DSIG EBDT EBLC EBSC GDEF GPOS GSUB JSTF LTSH PCLT VORG vhea vmtx"


@functools.cache
def quick_html() -> Any:
    """Return WeasyPrint's HTML class, or a subclass of it that embeds fonts and reads style sheets this way."""
    import weasyprint
    from weasyprint import css, document, pdf
    from weasyprint.pdf import fonts, stream

    try:
        if not fonts.harfbuzz_subset or not fonts.harfbuzz.hb_version_atleast(4, 1, 0):
            return weasyprint.HTML
        read = fonts.get_hb_object_data
        opened = _with(fonts.Font.__init__, get_hb_object_data=lambda *_: b"")

        class Font(fonts.Font):  # type: ignore[misc]
            def __init__(self, *arguments: Any) -> None:
                opened(self, *arguments)
                special = self.bitmap or self.png or self.svg or self.colr or "fvar" in self.tables
                if special:
                    self.file_content = read(self.hb_face)

            def subset(self, to_unicode: dict[int, str], hinting: bool) -> None:
                if (
                    not self.file_content
                    and to_unicode
                    and (cut := _cut_down(fonts, self.hb_face, to_unicode))
                ):
                    self.file_content = read(cut)
                    return
                self.file_content = self.file_content or read(self.hb_face)
                super().subset(to_unicode, hinting)

        class Stream(stream.Stream):  # type: ignore[misc]
            add_font = _with(stream.Stream.add_font, Font=Font)

        Stream.clone = _with(stream.Stream.clone, Stream=Stream)

        class Document(document.Document):  # type: ignore[misc]
            write_pdf = _with(
                document.Document.write_pdf, generate_pdf=_with(pdf.generate_pdf, Stream=Stream)
            )
            _build_layout_context: Any = classmethod(
                _with(
                    document.Document._build_layout_context.__func__,
                    get_all_computed_styles=_with(
                        css.get_all_computed_styles,
                        find_stylesheets=_with(css.find_stylesheets, CSS=_style_sheet),
                    ),
                )
            )
            _render: Any = classmethod(
                _with(document.Document._render.__func__, layout_document=_with_fitting_pictures)
            )

        class Html(weasyprint.HTML):  # type: ignore[misc]
            render = _with(weasyprint.HTML.render, Document=Document)

    except AttributeError:
        return weasyprint.HTML
    return Html


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


def _with_fitting_pictures(html: Any, root: Any, context: Any) -> Any:
    balance_headings(root, context)
    make_fitting(root, context)
    return _layout()(html, root, context)


@functools.cache
def _layout() -> Any:
    from weasyprint.layout import layout_document

    return _with(layout_document, make_all_pages=with_full_endings)


def _with(function: Any, **names: Any) -> Any:
    """Return a copy of a function with these global names replaced; raise AttributeError if it does not use them."""
    code = function.__code__
    if missing := set(names) - set(code.co_names):
        raise AttributeError(f"{function.__qualname__} does not use {', '.join(sorted(missing))}")
    values = {**function.__globals__, **names}
    copy = FunctionType(code, values, function.__name__, function.__defaults__, function.__closure__)
    copy.__kwdefaults__ = function.__kwdefaults__
    return copy


def _cut_down(fonts: Any, face: Any, glyphs: dict[int, str]) -> Any:
    """Return the face with only these glyphs, at their original numbers, or None if HarfBuzz fails.

    Source: https://harfbuzz.github.io/harfbuzz-hb-subset.html
    """
    harfbuzz, cut, ffi = fonts.harfbuzz, fonts.harfbuzz_subset, fonts.ffi
    wanted = cut.hb_subset_input_create_or_fail()
    if wanted == ffi.NULL:
        return None
    wanted = ffi.gc(wanted, cut.hb_subset_input_destroy)
    tags = sorted(harfbuzz.hb_tag_from_string(name, -1) for name in (*_DROPPED.split(), b"SVG "))
    for into, numbers in (
        (cut.hb_subset_input_glyph_set(wanted), sorted(glyphs)),
        (cut.hb_subset_input_set(wanted, cut.HB_SUBSET_SETS_DROP_TABLE_TAG), tags),
    ):
        array = ffi.new(f"hb_codepoint_t[{len(numbers)}]", numbers)
        harfbuzz.hb_set_add_sorted_array(into, array, len(numbers))
    flags = cut.HB_SUBSET_FLAGS_RETAIN_GIDS | cut.HB_SUBSET_FLAGS_PASSTHROUGH_UNRECOGNIZED
    flags |= cut.HB_SUBSET_FLAGS_NO_HINTING | cut.HB_SUBSET_FLAGS_DESUBROUTINIZE
    cut.hb_subset_input_set_flags(wanted, flags | cut.HB_SUBSET_FLAGS_NOTDEF_OUTLINE)
    made = cut.hb_subset_or_fail(face, wanted)
    return ffi.gc(made, harfbuzz.hb_face_destroy) if made != ffi.NULL else None
