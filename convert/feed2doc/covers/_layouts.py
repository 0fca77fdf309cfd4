"""The layouts of covers: with or without a picture, with a band or a masthead, and type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc.covers._facts import CoverFacts
from feed2doc.covers._lettering import Type, draw_line
from feed2doc.covers._palette import Colour, Palette
from feed2doc.covers._typesetting import Setting, fit_text

if TYPE_CHECKING:
    from PIL import Image

WIDTH, HEIGHT = 1600, 2560
MARGIN = 120
_INNER = WIDTH - 2 * MARGIN
_FOOT = HEIGHT - 140
_POSTER, _LARGEST, _SMALLEST = 360, 236, 68  # pixels; 68 pixels are 9 points on a 6-inch reader
_SMALL = 60
_SCALES = (1.5, 1.35, 1.2, 1.1, 1.0, 0.92, 0.85, 0.78, 0.72)
_LEAST_GAP = 84
_LEAST_PICTURE, _MOST_PICTURE = 1000, 1660
_CROPPED = 1.3  # how much taller than when uncropped a picture may be shown, with its sides cut off


class Canvas:
    """A page of one colour to draw on, from the top down, inside its margins.

    Text is on its middle, `WIDTH` wide. On a wider page, with more space of `aside` pixels on each side, bars and pictures
    go on to its edges.
    """

    def __init__(self, ground: Colour, aside: int = 0, *, right_to_left: bool = False) -> None:
        from PIL import Image, ImageDraw

        self.image = Image.new("RGB", (WIDTH + 2 * aside, HEIGHT), ground)
        self._aside = aside
        self._draw = ImageDraw.Draw(self.image)
        self._mirrored = right_to_left

    def bar(self, top: int, height: int, fill: Colour, *, width: int = WIDTH) -> None:
        """Draw a bar from edge to edge, or a bar of this width from the margin where lines begin."""
        begin = self._aside + (WIDTH - MARGIN - width if self._mirrored else MARGIN)
        left, width = (0, self.image.width) if width == WIDTH else (begin, width)
        self._draw.rectangle((left, top, left + width - 1, top + height - 1), fill=fill)

    def text(self, top: int, setting: Setting, fill: Colour) -> int:
        """Draw lines from this height on, and return the height where they end."""
        for number, line in enumerate(setting.lines):
            baseline = top + round(setting.size * (0.88 + number * setting.type.leading))
            x = self._aside + (WIDTH - MARGIN if setting.type.right_to_left else MARGIN)
            draw_line(self._draw, (x, baseline), line, setting.type, setting.size, fill)
        return top + setting.height

    def picture(self, top: int, height: int, picture: Image.Image) -> None:
        """Fill the full page width and this height with the picture, cropped equally on opposite sides."""
        from PIL import Image, ImageOps

        # Tall pictures are cropped more at the bottom, because their subject, especially a face, is in the upper part.
        fitted = ImageOps.fit(
            picture, (self.image.width, height), Image.Resampling.LANCZOS, centering=(0.5, 0.35)
        )
        self.image.paste(fitted, (0, top))


def text_page(facts: CoverFacts, colours: Palette, aside: int = 0) -> Image.Image:
    """Return a cover for one article with type only, light on dark."""
    page = Canvas(colours.ground, aside, right_to_left=facts.title.right_to_left)
    top = 150
    page.bar(top, 16, colours.accent, width=150)
    if facts.publication.text:
        top = page.text(top + 56, _one_line(facts.publication, 84), colours.white)
    page.bar(top + 52, 3, colours.soft, width=_INNER)
    top += 52 + 90
    foot = _sign(page, facts, colours)
    room = foot - 90 - top
    title = fit_text(facts.title, _INNER, room, (_POSTER, _LARGEST), most_lines=3)
    if title.cut:
        title = fit_text(facts.title, _INNER, room, (_LARGEST, _SMALLEST))
    page.text(top, title, colours.white)
    return page.image


def lead_page(
    facts: CoverFacts, picture: Image.Image, colours: Palette, aside: int = 0, *, whole: bool = False
) -> Image.Image:
    """Return a cover for one article: its picture above a band with the headline.

    `whole` is for pictures such as charts, whose edges matter.
    """
    page = Canvas(colours.ground, aside, right_to_left=facts.title.right_to_left)
    foot = _sign(page, facts, colours)
    head = 70 + (84 + 50 if facts.publication.text else 0)
    least = _picture_height(picture, 1.0)
    room = foot - 80 - least - head
    for sizes, most_lines in (((_LARGEST, 176), 2), ((176, _SMALLEST), 5), ((_SMALLEST, _SMALLEST), 99)):
        title = fit_text(facts.title, _INNER, room, sizes, most_lines=most_lines)
        if not title.cut:
            break
    stretch = 1.0 if whole else _CROPPED
    height = min(_picture_height(picture, stretch), foot - 80 - title.height - head)
    page.picture(0, height, picture)
    page.bar(height, 16, colours.accent)
    top = height + 70
    if facts.publication.text:
        top = page.text(top, _one_line(facts.publication, 66), colours.soft) + 50
    page.text(top, title, colours.white)
    return page.image


def bare_page(picture: Image.Image, colours: Palette, aside: int = 0) -> Image.Image:
    """Return the picture alone, uncropped and centred, for titles that no font can set."""
    page = Canvas(colours.ground, aside)
    height = min(HEIGHT, round(page.image.width * picture.height / picture.width))
    page.picture((HEIGHT - height) // 2, height, picture)
    return page.image


def front_page(
    facts: CoverFacts, picture: Image.Image | None, colours: Palette, aside: int = 0
) -> Image.Image:
    """Return a bundle's cover, like the front page of a newspaper: masthead, date line, picture, headlines."""
    page = Canvas(colours.paper, aside, right_to_left=facts.title.right_to_left)
    top = _masthead(page, facts, colours, 420 if picture else 640)
    if picture is not None:
        height = min(_picture_height(picture, 1.1), 1060)
        page.picture(top, height, picture)
        top += height
    else:
        top += 10
    _headlines(page, facts.headlines, (top + 64, HEIGHT - 110), colours)
    return page.image


def _masthead(page: Canvas, facts: CoverFacts, colours: Palette, most: int) -> int:
    """Draw the title in a band and the date line below it, and return the height where they end."""
    names = _one_line(facts.publication, 60) if facts.publication.text else None
    title = fit_text(facts.title, _INNER, most - 200, (_LARGEST, 84), most_lines=3)
    top = 100
    height = top + title.height + 64 + (names.height + 36 if names else 0)
    page.bar(0, height, colours.ground)
    page.bar(height, 14, colours.accent)
    end = page.text(top, title, colours.white)
    if names:
        page.text(end + 36, names, colours.soft)
    top = height + 14
    if facts.date.text:
        top = page.text(top + 34, _one_line(facts.date, 54), colours.muted) + 30
    return top


def _headlines(page: Canvas, headlines: tuple[Type, ...], place: tuple[int, int], colours: Palette) -> None:
    """Draw as many headlines as fit between two heights, the first one larger, with rules between them."""
    top, end = place
    settings = _settled(headlines, end - top)
    if not settings:
        return
    room = end - top - sum(setting.height for setting in settings)
    gap = min(130, room // max(1, len(settings) - 1)) if len(settings) > 1 else 0
    for number, setting in enumerate(settings):
        if number:
            page.bar(top + gap // 2 - 2, 3, colours.line, width=_INNER)
            top += gap
        top = page.text(top, setting, colours.ink)


def _settled(headlines: tuple[Type, ...], height: int) -> list[Setting]:
    """Return the headlines at the largest sizes at which all fit, dropping the last ones if necessary."""

    def place(count: int, scale: float) -> list[Setting]:
        settings = [_headline(kind, number, scale, height) for number, kind in enumerate(headlines[:count])]
        taken = sum(setting.height for setting in settings) + _LEAST_GAP * (count - 1)
        return settings if taken <= height else []

    for count in range(len(headlines), 0, -1):
        if smallest := place(count, _SCALES[-1]):
            return next((settings for scale in _SCALES[:-1] if (settings := place(count, scale))), smallest)
    return []


def _headline(kind: Type, number: int, scale: float, height: int) -> Setting:
    largest, most_lines = (92, 3) if number else (138, 4)
    return fit_text(kind, _INNER, height, (round(largest * scale), 60), most_lines=most_lines)


def _sign(page: Canvas, facts: CoverFacts, colours: Palette) -> int:
    """Draw byline and date at the foot of the page, and return the height where they begin."""
    lines = [kind for kind in (facts.byline, facts.date) if kind.text]
    settings = [fit_text(kind, _INNER, 200, (_SMALL, 52), most_lines=2) for kind in lines]
    top = _FOOT - sum(s.height for s in settings) - 26 * max(0, len(settings) - 1)
    start = top
    for number, setting in enumerate(settings):
        top = page.text(top, setting, colours.soft if number else colours.white) + 26
    return start


def _one_line(kind: Type, size: int) -> Setting:
    return fit_text(kind, _INNER, 2 * size, (size, 44), most_lines=1)


def _picture_height(picture: Image.Image, stretch: float) -> int:
    """Return the picture's height at full page width, limited so that there is room for the type."""
    return min(max(round(WIDTH * picture.height / picture.width * stretch), _LEAST_PICTURE), _MOST_PICTURE)
