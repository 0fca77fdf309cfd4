"""Figures and embeds as Typst markup."""

from __future__ import annotations

from feed2doc import model as m
from feed2doc._text.urls import host_of
from feed2doc._text.wrap import width_of
from feed2doc.writers._shared.captions import is_short
from feed2doc.writers._shared.escape import address, alt_of, words_of_embed
from feed2doc.writers._shared.lead_ins import leads_to
from feed2doc.writers.typst.inlines import TypstInlines
from feed2doc.writers.typst.markup import lines, markup, said, string

_SHORT_CREDIT = 20
# So many lines of the text are at least three lines of a caption, whose letters are smaller.
_LONG_CAPTION = 4


class TypstFigures(TypstInlines, kw_only=True):
    """Writes figures and embeds of one article.

    `line_length` is the number of letters per line, `moving` the last figure so far that may be below paragraphs that follow it, and
    `following` the figure that follows the block that is written, if one does. `lead` is the picture above the text of the article,
    `last` its last one, which is above the code `closing` of the credits.
    """

    line_length: int
    moving: m.Block | None = None
    following: m.Figure | None = None
    lead: m.Block | None = None
    last: m.Block | None = None
    closing: str = ""

    def figure(self, figure: m.Figure, name: str = "") -> str:
        """Return a figure with separate caption and credit; a picture that is not available becomes a link to it."""
        caption, credit = self.inlines(figure.caption), self.inlines(figure.credit)
        if to := self._destination(figure.url):
            caption = f"{caption} #link({to})[{markup(host_of(figure.url) or figure.url)}]".lstrip()
        if credit and width_of(m.plain_text(figure.credit)) <= _SHORT_CREDIT:
            credit = f"#box[{credit}]"  # a name stays on one line
        by = [f"credit: [{credit}]"] if credit else []
        if figure.image is None:
            return f"#caption-alone({', '.join([f'[{caption}]', *by])})"
        if path := self.picture(figure.image):
            alt = said(alt_of(figure.image, figure, self.words["figure"]), self.words["figure"])
            shown = [string(path), f"alt: {string(alt)}", *([f"name: {name}"] if name else [])]
            if name and (following := self._following()):
                shown.append(f"next: {following}")
            if figure is self.lead:
                shown.append("lead: true")
            if figure is self.moving:
                shown.append("floats: true")
            if figure is self.last:
                shown.append(f"closing: {self.closing}")
                self.closing = ""
        else:
            url = address(figure.image.src)
            words = m.words_beside_caption(figure) or self.words["picture"]
            shown = ["none", f"url: {string(url)}", f"words: {string(words)}"]
        below = [f"caption: [{caption}]", *by] if caption else by
        return f"#pic({lines([*shown, *below, *(['short: true'] if below and is_short(figure) else [])])})"

    def _following(self) -> str:
        """Return the path, caption and credit of the picture that follows, from which its height is computed, or "".

        A caption of three lines or more is `auto`, because how many more there are makes no difference.
        """
        figure = self.following
        if figure is None or figure.image is None or any(isinstance(node, m.Note) for node in m.walk(figure)):
            return ""
        path = self.picture(figure.image)
        if not path:
            return ""
        if width_of(m.plain_text(figure.caption)) >= _LONG_CAPTION * self.line_length:
            return f"({string(path)}, auto, none)"
        words = (self.inlines(each) for each in (figure.caption, figure.credit))
        return f"({string(path)}, {', '.join(f'[{each}]' if each else 'none' for each in words)})"

    def embed(self, embed: m.Embed, name: str = "") -> str:
        words = said(words_of_embed(embed, self.words), self.words[embed.kind])
        rows = [string(words), f"url: {string(address(embed.url))}"]
        if embed.poster is not None and (path := self.picture(embed.poster)):
            rows += [f"poster: {string(path)}", *([f"name: {name}"] if name else [])]
            if embed is self.lead:
                rows.append("lead: true")
        return f"#embed({', '.join(rows)})"


def first_picture(block: m.Block, line_length: int) -> tuple[m.Image | None, int]:
    """Return the picture that the block is or begins with, if it does, and the number of boxes around the picture.

    A box begins with a picture if only its title and one line are above it.
    """
    match block:
        case m.Figure(image):
            return image, 0
        case m.Embed():
            return block.poster, 0
        case m.Quote((first, *_)) | m.BulletList(((first, *_), *_)) | m.OrderedList(((first, *_), *_)):
            return first_picture(first, line_length)
        case m.Aside((line, m.Figure(image), *_)) if leads_to(line, block.blocks[1], line_length, boxed=True):
            return image, 1
        case m.Aside((first, *_)):
            picture, boxes = first_picture(first, line_length)
            return picture, boxes + 1
    return None, 0
