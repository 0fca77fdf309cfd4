"""Writers: one module per output format, each with a `WRITER`.

The choices that some formats offer are listed here, so that the command line can show them without loading any writer.
"""

from typing import Literal, get_args

PdfEngine = Literal["auto", "weasyprint", "typst"]
FrontMatter = Literal["plain", "obsidian", "hugo", "none"]
Notes = Literal["list", "footnotes"]
Paragraphs = Literal["language", "indent", "space"]

ENGINES: tuple[PdfEngine, ...] = get_args(PdfEngine)
FRONT_MATTERS: tuple[FrontMatter, ...] = get_args(FrontMatter)
NOTES: tuple[Notes, ...] = get_args(Notes)
