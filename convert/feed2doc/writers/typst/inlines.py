"""Inlines as Typst markup: text, links, formulas and notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import assert_never

from msgspec import Struct

from feed2doc import model as m
from feed2doc._locale.labels import labels
from feed2doc._locale.tags import is_right_to_left, language_tag
from feed2doc.writers._shared.escape import address
from feed2doc.writers._shared.headlines import has_phrases
from feed2doc.writers._shared.line_breaks import is_latin_sentence
from feed2doc.writers.typst.markup import among_han, bracketed, markup, said, string, with_hyphenated_words

_SIMPLE = {
    m.Strong: "strong",
    m.Emph: "emph",
    m.Strike: "strike",
    m.Insert: "underline",
    m.Highlight: "highlight",
    m.Sub: "sub",
    m.Sup: "super",
}


class TypstInlines(Struct):
    """Writes the inlines of one article's content.

    `picture` returns the path of a picture next to the source, or None if it is not available. `inside` returns the label of
    the article in the same book that a URL links to, or "" if there is none.
    """

    language: str
    picture: Callable[[m.Image], str | None]
    inside: Callable[[str], str] | None = None
    in_link: bool = False
    is_lined: bool = False
    deferred_notes: list[str] = []

    @property
    def words(self) -> Mapping[str, str]:
        """The labels in the article's language."""
        return labels(self.language)

    def blocks_apart(self, blocks: m.Blocks) -> str:
        """Return the blocks of a note, separated by empty lines."""
        raise NotImplementedError

    def _lined(self, line: str, content: m.Inlines) -> str:
        """Return inlines with a line through or under them, unless they have one: PDF/UA-1 allows no second one."""
        if self.is_lined:
            return self.inlines(content)
        self.is_lined = True
        words = self.inlines(content)
        self.is_lined = False
        return f"#{line}[{words}]"

    def inlines(self, inlines: m.Inlines) -> str:
        """Return the inlines as markup."""
        return "".join(map(self.inline, inlines))

    def inline(self, node: m.Inline) -> str:
        """Return an inline as markup."""
        match node:
            case m.Text(value):
                written = markup(value)
                if not has_phrases(self.language):
                    return with_hyphenated_words(written)
                if is_latin_sentence(value):
                    return f"#latin-sentence[{written}]"
                return among_han(written) if "’" in value else written
            case m.Strong(content) | m.Emph(content) | m.Highlight(content) | m.Sub(content) | m.Sup(content):
                return f"#{_SIMPLE[type(node)]}[{self.inlines(content)}]"
            case m.Strike(content) | m.Insert(content):
                return self._lined(_SIMPLE[type(node)], content)
            case m.Quotation(content) | m.Abbreviation(content):
                return self.inlines(content)
            case m.Span():
                return self._span(node)
            case m.Code(value):
                return f"#raw({string(value)})"
            case m.Link():
                return self._link(node)
            case m.InlineImage(image):
                path = self.picture(image)
                return (
                    f"#icon({string(path)}, alt: {string(said(image.alt, ''))})"
                    if path
                    else markup(image.alt)
                )
            case m.Math():
                return self._formula(node)
            case m.LineBreak():
                return " \\\n"
            case m.Ruby(base, reading):
                return f"#ruby[{self.inlines(base)}][{markup(reading)}]"
            case m.Note(blocks):
                return self._note(blocks)
            case _:
                assert_never(node)

    def _formula(self, formula: m.Math) -> str:
        """Return a formula as a drawing on the baseline, or as text if it cannot be drawn."""
        from feed2doc.formulas.drawing import drawing_of

        drawing = drawing_of(formula)
        if drawing is None:
            return markup(formula.words)
        size = f"width: {drawing.width:g}em, depth: {drawing.depth:g}em"
        return f"#formula({string(drawing.svg)}, alt: {string(said(formula.words, ''))}, {size})"

    def _destination(self, url: str) -> str:
        """Return the link target as Typst code, a label in the book or a URL, or "" if there is none."""
        place = self.inside(url) if self.inside else ""
        return f"<{place}>" if place else string(valid) if (valid := address(url)) else ""

    def _link(self, link: m.Link) -> str:
        to = self._destination(link.url)
        if not to or self.in_link:
            return self.inlines(link.content) or markup(link.url)
        self.in_link = True
        content = self.inlines(link.content) if link.content else markup(link.url)
        self.in_link = False
        marks, self.deferred_notes = "".join(self.deferred_notes), []
        return f"#link({to})[{content}]{marks}" if content.strip() else content + marks

    def _span(self, span: m.Span) -> str:
        language = language_tag(span.lang)
        way = span.dir if span.dir in ("ltr", "rtl") else "rtl" if is_right_to_left(language) else ""
        given = [f"language: {string(language)}"] * bool(language) + [f"dir: {way}"] * bool(way)
        content = self.inlines(span.content)
        return f"#span({', '.join(given)})[{content}]" if given else content

    def _note(self, blocks: m.Blocks) -> str:
        in_link, deferred_notes = self.in_link, self.deferred_notes
        self.in_link, self.deferred_notes = False, []
        mark = f"#footnote{bracketed(self.blocks_apart(blocks))}"
        self.in_link = in_link
        if not in_link:
            return mark
        self.deferred_notes = [*deferred_notes, mark]  # it comes after the link, because it links elsewhere
        return ""
