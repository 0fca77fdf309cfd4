"""Inlines as XHTML: text, links, ruby, formulas and the marks of notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from feed2doc import model as m
from feed2doc._locale.labels import labels
from feed2doc._locale.tags import is_right_to_left, language_tag, primary_language
from feed2doc._text.lazy_re import pattern
from feed2doc._text.wrap import NOT_AT_START, width_of
from feed2doc.writers._shared.autospace import spaced
from feed2doc.writers._shared.escape import address, attribute, text, title_attribute
from feed2doc.writers._shared.formulas import formula_as_mathml, formula_as_picture
from feed2doc.writers._shared.headlines import broken_at_phrases, has_phrases, is_phrased, with_phrases
from feed2doc.writers._shared.line_breaks import (
    broken_at_quotations,
    is_latin_sentence,
    joined,
    joined_at_end,
    kept,
    start_of_end,
    with_french_spaces,
    with_latin_apostrophes,
)
from feed2doc.writers._shared.punctuation_widths import with_half_widths

_SIMPLE = {
    m.Strong: "strong",
    m.Emph: "em",
    m.Strike: "s",
    m.Insert: "ins",
    m.Highlight: "mark",
    m.Quotation: "q",
    m.Sub: "sub",
    m.Sup: "sup",
}


# A word at the end of a text that hyphens may part, with the signs after it. A line without a longer one would have wide gaps.
_LAST_WORD = pattern(r"(?<= )[^\W\d_]{6,14}[^\w\s]{0,4}$")


def _follows(node: m.Inline) -> bool:
    """Return True if no line begins with this inline: the mark of a note, or only signs."""
    return isinstance(node, m.Note) or (
        isinstance(node, m.Text) and all(c in NOT_AT_START for c in node.value)
    )


class XhtmlInlines(Struct):
    """Writes the inlines of one article's content.

    `picture` returns the location of a picture inside the output, or None if it is not available. `prefix` makes ids unique
    in a page with several articles. `epub` adds EPUB semantics. `line_length` is the number of letters per line in pages for
    WeasyPrint, which does not set ruby, does not space Latin from Han, tags a link correctly only if it contains nothing but
    text, and lets a table be as wide as its longest words; `code_length` is that of program text. `inside` returns the location
    in the output that a URL links to, or "" if there is none, so that articles of a book link to each other. `floating` says
    below how many paragraphs that follow them figures may be in such pages, by their ids.
    """

    language: str
    picture: Callable[[m.Image], str | None]
    prefix: str = ""
    epub: bool = False
    line_length: int = 0
    code_length: int = 0
    inside: Callable[[str], str] | None = None
    floating: Mapping[int, int] = {}
    notes: list[m.Blocks] = []
    in_link: bool = False
    deferred_notes: list[str] = []

    @property
    def for_weasyprint(self) -> bool:
        """True if the output is for pages of a fixed size."""
        return self.line_length > 0

    @property
    def words(self) -> Mapping[str, str]:
        """The labels in the article's language."""
        return labels(self.language)

    @property
    def _code_direction(self) -> str:
        return ' dir="ltr"' if is_right_to_left(self.language) else ""

    @property
    def _line_end(self) -> str:
        """A line end; where paragraphs are indented, so is the next line, because it is one of its own."""
        is_indented = (self.epub or self.for_weasyprint) and primary_language(self.language) in ("zh", "ja")
        return '<br/><span class="indent"></span>' if is_indented else "<br/>"

    def inlines(self, inlines: m.Inlines) -> str:
        """Return the inlines as XHTML."""
        return "".join(self.inline(node) for node in inlines)

    def headline(self, title: str) -> str:
        """Return a headline as XHTML, whose lines end between phrases in Chinese and Japanese."""
        if self.for_weasyprint:  # no style breaks its lines between phrases
            return with_phrases(title, self.language) if has_phrases(self.language) else self.text(title)
        return broken_at_phrases(title) if is_phrased(title, self.language) else self.text(title)

    def heading(self, content: m.Inlines) -> str:
        """Return the heading of a section as XHTML, whose lines end as those of a headline do if it is plain text."""
        match content:
            case (m.Text(title),) if not self.for_weasyprint:
                return self.headline(title)
            case _:
                return self.paragraph(content)

    def paragraph(self, content: m.Inlines, *, begun: bool = False) -> str:
        """Return the inlines of a paragraph, heading or caption, of which WeasyPrint leaves more than a character to the last line.

        Browsers do so themselves (`text-wrap: pretty`). Nor does the line have only the end of a word. If the line is `begun`, there
        is other text before them.
        """
        if self.for_weasyprint:
            if has_phrases(self.language):
                return self._ended(content, begun=begun)
            match content:
                case (*before, m.Text(value)) if end := _LAST_WORD.search(value):
                    start = f"{self.inlines(tuple(before))}{self.text(value[: end.start()])}"
                    return f'{start}<span class="whole">{self.text(end[0])}</span>'
        return self.inlines(content)

    def _ended(self, content: m.Inlines, *, begun: bool = False) -> str:
        """Return the inlines at the end of a paragraph that may have `begun` before them."""
        end = len(content)
        while end and _follows(content[end - 1]):
            end -= 1
        if not end:
            return self.inlines(content)
        last, begun = content[end - 1], begun or end > 1
        match last:
            case m.Text(value) if at := start_of_end(value, begun=begun):
                written = f'{self.text(value[:at])}<span class="keep">{self.text(value[at:])}</span>'
            case m.Strong(inner) | m.Emph(inner) | m.Quotation(inner) if not self.in_link:
                tag = _SIMPLE[type(last)]
                written = f"<{tag}>{self._ended(inner, begun=begun)}</{tag}>"
            case m.Link((*others, m.Text(value))):
                joined = m.Text(joined_at_end(value, begun=begun or bool(others)))
                written = self.inline(replace(last, content=(*others, joined)))
            case _:
                return self.inlines(content)
        return f"{self.inlines(content[: end - 1])}{written}{self.inlines(content[end:])}"

    def text(self, value: str) -> str:
        """Return text; for WeasyPrint, a link contains nothing else: see the class docstring."""
        if not self.for_weasyprint:
            return kept(text(value))
        value = joined(value)
        if primary_language(self.language) == "fr":
            value = with_french_spaces(value)
        if self.in_link:
            return text(value)
        # WeasyPrint 70 breaks after the first word of a text whose last space would be beyond the end of the line.
        if value[-1:] == " " and value[:-1]:
            return f"{self._broken(value[:-1])}<span> </span>"
        return self._broken(value)

    def _broken(self, value: str) -> str:
        """Return text with the breaks, spaces between Han and Latin, and widths of signs that WeasyPrint does not know."""
        xhtml = broken_at_quotations(spaced(value))
        if not has_phrases(self.language):
            return xhtml
        if is_latin_sentence(value):
            return f'<span class="latin">{xhtml}</span>'
        if "’" in value:
            xhtml = with_latin_apostrophes(xhtml)
        return with_half_widths(xhtml, self.language)

    def inline(self, node: m.Inline) -> str:
        """Return an inline as XHTML."""
        match node:
            case m.Text(value):
                return self.text(value)
            case (
                m.Strong(content)
                | m.Emph(content)
                | m.Strike(content)
                | m.Insert(content)
                | m.Highlight(content)
                | m.Quotation(content)
                | m.Sub(content)
                | m.Sup(content)
            ):
                tag = _SIMPLE[type(node)]
                return f"<{tag}>{self.inlines(content)}</{tag}>"
            case m.Abbreviation(content, title):
                return f"<abbr{title_attribute(title)}>{self.inlines(content)}</abbr>"
            case m.Span(content):
                return self._span(node, self.inlines(content))
            case m.Code(value):
                return f"<code{self._code_direction}>{text(value)}</code>"
            case m.Link():
                return self._link(node)
            case m.InlineImage(image):
                href = self.picture(image)
                if href is None:
                    return text(image.alt)
                title = title_attribute(image.title)
                return f'<img class="inline" src="{attribute(href)}" alt="{attribute(image.alt)}"{title}/>'
            case m.Math():
                return self._formula(node)
            case m.LineBreak():
                return self._line_end
            case m.Ruby(base, reading):
                words = self.inlines(base)
                if self.for_weasyprint and self.in_link:
                    return f"{words}（{text(reading)}）"
                if self.for_weasyprint:
                    # In the em of the reading, which is half that of its base: a column is one of its ems there.
                    over, below = width_of(reading) / 2, width_of(m.plain_text(base))
                    place = (
                        f"width: {over:g}em; margin: 0 {(below - over) / 2:g}em 0 {-(below + over) / 2:g}em"
                    )
                    return (
                        f'<span class="ruby" style="min-width: {over / 2:g}em">{words}'
                        f'<span class="rt" style="{place}">{text(reading)}</span></span>'
                    )
                if self.epub:  # EPUBCheck HTM-055: rp is discouraged
                    return f"<ruby>{words}<rt>{text(reading)}</rt></ruby>"
                return f"<ruby>{words}<rp>（</rp><rt>{text(reading)}</rt><rp>）</rp></ruby>"
            case m.Note(blocks):
                return self._note_mark(blocks)
            case _:
                assert_never(node)

    def _formula(self, formula: m.Math) -> str:
        """Return a formula as MathML, or for WeasyPrint, which does not set it, as a drawing."""
        if self.for_weasyprint:
            return formula_as_picture(formula) or text(formula.words)
        return formula_as_mathml(formula, annotated=not self.epub) or text(formula.words)

    def _address(self, url: str) -> str:
        """Return the URL to write, or the location in the output that it stands for; "" if there is no valid target."""
        return (self.inside(url) if self.inside else "") or address(url)

    def _link(self, link: m.Link) -> str:
        url = self._address(link.url)
        if not url or self.in_link:  # XHTML does not allow a link inside a link
            return self.inlines(link.content) or text(link.url)
        self.in_link = True
        start = f'<a href="{attribute(url)}"{title_attribute(link.title)}>'
        content = self._linked(link.content, start) if self.for_weasyprint else self.inlines(link.content)
        self.in_link = False
        marks, self.deferred_notes = "".join(self.deferred_notes), []
        if not content:
            content = text(link.url)
        elif not content.strip() or (self.for_weasyprint and link.content):
            return content + marks
        return f"{start}{content}</a>{marks}"

    def _linked(self, content: m.Inlines, start: str) -> str:
        """Return the content with links innermost: each piece of text becomes a link, inside its inline elements."""
        pieces = []
        for node in content:
            match node:
                case (
                    m.Strong(inner)
                    | m.Emph(inner)
                    | m.Strike(inner)
                    | m.Insert(inner)
                    | m.Highlight(inner)
                    | m.Quotation(inner)
                    | m.Sub(inner)
                    | m.Sup(inner)
                ):
                    tag = _SIMPLE[type(node)]
                    pieces.append(f"<{tag}>{self._linked(inner, start)}</{tag}>")
                case m.Abbreviation(inner, title):
                    pieces.append(f"<abbr{title_attribute(title)}>{self._linked(inner, start)}</abbr>")
                case m.Span(inner):
                    pieces.append(self._span(node, self._linked(inner, start)))
                case m.LineBreak():
                    pieces.append(self._line_end)
                case m.Text(value) | m.Code(value) if not value.strip():
                    pieces.append(text(value))
                case m.Note(blocks):
                    pieces.append(self._note_mark(blocks))
                case _:
                    pieces.append(f"{start}{self.inline(node)}</a>")
        return "".join(pieces)

    def _span(self, span: m.Span, content: str) -> str:
        lang = language_tag(span.lang)
        xml = f' xml:lang="{lang}"' if lang and self.epub else ""
        marks = f' lang="{lang}"{xml}' if lang else ""
        way = f' dir="{span.dir}"' if span.dir else ""
        return f"<span{marks}{way}>{content}</span>"

    def _note_mark(self, blocks: m.Blocks) -> str:
        self.notes.append(blocks)
        n = len(self.notes)
        kind = ' epub:type="noteref" role="doc-noteref"' if self.epub else ' role="doc-noteref"'
        at = f"{self.prefix}note{n}"
        mark = f'<sup><a{kind} id="{at}-mark" href="#{at}">{n}</a></sup>'
        if not self.in_link:
            return mark
        self.deferred_notes.append(mark)  # it comes after the link, because XHTML does not allow nested links
        return ""
