"""Pandoc's output formats, as listed by `pandoc --list-output-formats` in version 3.9, to avoid calling it.

Formats that feed2doc writes itself are left out: epub, html, json, markdown, pdf, typst.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

# Columns: name, file extension, media type, flags. Flags: `t` prints title and authors from the metadata, `d` also the
# date, `p` embeds pictures, `b` is binary, `r` holds references only, `o` is styled by a reference document, `n` omits
# captions, `l` omits tables, `h` omits headings in lists, quotations, boxes and cells, `u` is not wrapped, because the end
# of a line would end a picture, a caption, a note or a value of the metadata, `m` does not escape formulas,
# `f` has none.
_TABLE = """
ansi                  ans       text/plain                         td
asciidoc              adoc      text/asciidoc                      tdu
asciidoc_legacy       adoc      text/asciidoc                      tdu
asciidoctor           adoc      text/asciidoc                      tdu
bbcode                bbcode    text/plain                         f
bbcode_fluxbb         bbcode    text/plain                         lf
bbcode_hubzilla       bbcode    text/plain                         f
bbcode_phpbb          bbcode    text/plain                         lf
bbcode_steam          bbcode    text/plain                         f
bbcode_xenforo        bbcode    text/plain                         f
beamer                tex       application/x-tex                  td
biblatex              bib       application/x-bibtex               r
bibtex                bib       application/x-bibtex               r
chunkedhtml           zip       application/zip                    tdpb
commonmark            md        text/markdown                      -
commonmark_x          md        text/markdown                      tdu
context               tex       application/x-tex                  tdh
csljson               json      application/vnd.citationstyles.csl+json r
djot                  dj        text/x-djot                        t
docbook               xml       application/docbook+xml            tdh
docbook4              xml       application/docbook+xml            tdh
docbook5              xml       application/docbook+xml            tdh
docx                  docx      application/vnd.openxmlformats-officedocument.wordprocessingml.document tdpbo
dokuwiki              txt       text/plain                         f
dzslides              html      text/html                          tdp
epub2                 epub      application/epub+zip               tdpb
epub3                 epub      application/epub+zip               tdpb
fb2                   fb2       application/x-fictionbook+xml      tdpnh
gfm                   md        text/markdown                      td
haddock               hs        text/plain                         -
html4                 html      text/html                          tdp
html5                 html      text/html                          tdp
icml                  icml      application/xml                    p
ipynb                 ipynb     application/x-ipynb+json           p
jats                  xml       application/jats+xml               t
jats_archiving        xml       application/jats+xml               t
jats_articleauthoring xml       application/jats+xml               t
jats_publishing       xml       application/jats+xml               t
jira                  jira      text/plain                         nf
latex                 tex       application/x-tex                  td
man                   1         text/troff                         td
markdown_github       md        text/markdown                      -
markdown_mmd          md        text/markdown                      tdnu
markdown_phpextra     md        text/markdown                      -
markdown_strict       md        text/markdown                      -
markua                md        text/markdown                      f
mediawiki             wiki      text/x-wiki                        n
ms                    ms        text/troff                         td
muse                  muse      text/plain                         tdn
native                native    text/plain                         td
odt                   odt       application/vnd.oasis.opendocument.text tdpbo
opendocument          fodt      application/xml                    td
opml                  opml      text/x-opml                        u
org                   org       text/x-org                         tdu
plain                 txt       text/plain                         td
pptx                  pptx      application/vnd.openxmlformats-officedocument.presentationml.presentation tdpbon
revealjs              html      text/html                          tdp
rst                   rst       text/x-rst                         tdu
rtf                   rtf       application/rtf                    tdp
s5                    html      text/html                          tdp
slideous              html      text/html                          tdp
slidy                 html      text/html                          tdp
tei                   xml       application/tei+xml                tdnhm
texinfo               texi      application/x-texinfo              td
textile               textile   text/x-textile                     f
vimdoc                txt       text/plain                         tnf
xml                   xml       application/xml                    td
xwiki                 xwiki     text/plain                         n
zimwiki               txt       text/x-zim-wiki                    f
"""


class PandocFormat(Struct, frozen=True):
    """One of pandoc's output formats.

    `titled`: prints the title and authors from the metadata. `dated`: prints the date. `pictures`: embeds pictures.
    `text`: is UTF-8 text. `references`: holds references only, no text. `styled`: can be styled by a reference document.
    `captions`, `tables` and `inner_headings`: keeps them. `wrapped`: has lines of 72 characters. `escapes_formulas`: writes
    `&` in them as XML does. `formulas`: has formulas of TeX.
    """

    name: str
    extension: str
    media_type: str
    titled: bool
    dated: bool
    pictures: bool
    text: bool
    references: bool
    styled: bool
    captions: bool
    tables: bool
    inner_headings: bool
    wrapped: bool
    escapes_formulas: bool
    formulas: bool


def _format(line: str) -> PandocFormat:
    name, extension, media_type, marks = line.split()
    return PandocFormat(
        name,
        extension,
        media_type,
        titled="t" in marks,
        dated="d" in marks,
        pictures="p" in marks,
        text="b" not in marks,
        references="r" in marks,
        styled="o" in marks,
        captions="n" not in marks,
        tables="l" not in marks,
        inner_headings="h" not in marks,
        wrapped="u" not in marks,
        escapes_formulas="m" not in marks,
        formulas="f" not in marks,
    )


FORMATS: Mapping[str, PandocFormat] = {each.name: each for each in map(_format, _TABLE.strip().splitlines())}
