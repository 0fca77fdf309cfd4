"""Fonts that WeasyPrint 70 embeds in a third of the time. With Chinese fonts, embedding dominates short PDFs.

- WeasyPrint copies every font file into memory when it first meets the font, 25 MB for one of Noto CJK, and discards the
  copy after subsetting. Here the file is read only for fonts that HarfBuzz does not subset.
- WeasyPrint subsets fonts twice, the second time to drop empty slots after the last glyph used; Chinese fonts have hardly
  any. Here fonts are subset once, without the tables for vertical text, because no page is set vertically.
"""

from __future__ import annotations

from types import FunctionType
from typing import Any

_DROPPED = b"BASE DSIG EBDT EBLC EBSC GDEF GPOS GSUB JSTF LTSH PCLT VORG vhea vmtx"


def stream_class() -> Any:
    """Return a subclass of WeasyPrint's stream of a PDF with such fonts. Raise AttributeError if WeasyPrint is not as expected."""
    from weasyprint.pdf import fonts, stream

    if not fonts.harfbuzz_subset or not fonts.harfbuzz.hb_version_atleast(4, 1, 0):
        raise AttributeError("HarfBuzz is too old to subset fonts")
    read = fonts.get_hb_object_data
    opened = with_names(fonts.Font.__init__, get_hb_object_data=lambda *_: b"")

    class Font(fonts.Font):  # type: ignore[misc]
        def __init__(self, *arguments: Any) -> None:
            opened(self, *arguments)
            special = self.bitmap or self.png or self.svg or self.colr or "fvar" in self.tables
            if special:
                self.file_content = read(self.hb_face)

        def subset(self, to_unicode: dict[int, str], hinting: bool) -> None:
            if not self.file_content and to_unicode and (cut := _cut_down(fonts, self.hb_face, to_unicode)):
                self.file_content = read(cut)
                return
            self.file_content = self.file_content or read(self.hb_face)
            super().subset(to_unicode, hinting)

    class Stream(stream.Stream):  # type: ignore[misc]
        add_font = with_names(stream.Stream.add_font, Font=Font)

    Stream.clone = with_names(stream.Stream.clone, Stream=Stream)
    return Stream


def with_names(function: Any, **names: Any) -> Any:
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
