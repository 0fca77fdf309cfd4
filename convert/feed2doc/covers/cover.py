"""Book covers: the lead picture with the headline, type only, or a picture chosen by the user."""

from __future__ import annotations

import io
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from feed2doc._files.named_files import read_file
from feed2doc.assets import MAX_PICTURE_BYTES, Picture, picture_of
from feed2doc.covers import MODES, is_wanted
from feed2doc.covers._facts import CoverFacts, facts_of
from feed2doc.covers._layouts import HEIGHT, WIDTH, bare_page, front_page, lead_page, text_page
from feed2doc.covers._palette import Palette, palette_for
from feed2doc.env import Env
from feed2doc.errors import OptionError
from feed2doc.fonts.families import package_with
from feed2doc.looks import DEFAULT, look_of
from feed2doc.model import Book, Document, Figure, Image, images_of, plain_text, walk
from feed2doc.pictures.profiles import Profile, profile
from feed2doc.pictures.resize import on_picture, prepared, reason

if TYPE_CHECKING:
    from PIL import Image as Pillow

_KEY = "cover.jpg"
_QUALITY = 85
_LEAST_WIDTH, _LEAST_HEIGHT = 500, 300
_SHOWN = 20


class _Lead(Struct, frozen=True):
    """A picture for the cover with its article; `whole` says that it must not be cropped."""

    document: Document
    figure: Figure
    image: Pillow.Image
    whole: bool


def with_cover(
    book: Book,
    mode: str,
    env: Env,
    device: Profile | None = None,
    look: str = "",
    *,
    shape: float = WIDTH / HEIGHT,
) -> Book:
    """Return the book with a cover, a JPEG of 1600 x 2560 pixels, or wider, that is put into the asset store.

    Args:
        book: The book; only pictures in `env.assets` are available.
        mode: "lead" is the first large picture with the headline, "text" is type only, "auto" is one of the two for several
            articles and none for a single one, "none" means no cover; anything else is the path of a picture.
        env: Stores the cover, and gets a notice of characters that no font has.
        device: The device profile, which says whether the cover is grey; by default the cover is in colour.
        look: The look that has its fonts and colours, by name or as the path of a file; by default it is classic.
        shape: The width of the page that the cover fills, divided by its height. Covers are drawn as wide as pages are, up to
            squares; your own picture keeps its proportions.

    Raises:
        OptionError: The path is not a picture that can be read.
    """
    device = device or profile()
    if not is_wanted(mode, len(book.documents)):
        return book
    if mode not in MODES:
        return _covered(book, _from_file(mode), book.title, env, device)
    lead = _lead_of(book, env) if mode != "text" else None
    if mode == "lead" and lead is None:
        env.note("notice", "no available picture is large enough for a cover; using type only", rule="cover")
    tokens = look_of(look or DEFAULT, "pdf", env.template_dirs)
    facts = facts_of(book, tokens, lead.document if lead else None)
    _tell_missing(facts, env)
    colours = palette_for(facts.name, tokens, grey=device.grey)
    aside = round((min(shape, 1) * HEIGHT - WIDTH) / 2)
    page = _page(facts, lead, colours, max(0, aside), bundle=len(book.documents) > 1)
    if page is None:
        env.note(
            "notice",
            "no cover: no installed font has the characters of its title",
            rule="cover",
            text=book.title,
        )
        return book
    return _covered(book, page, _said(facts, lead.figure if lead else None), env, device)


def check_mode(mode: str) -> None:
    """Raise OptionError if this is neither a named mode nor the path of a picture."""
    if mode not in MODES:
        _from_file(mode)


def _page(
    facts: CoverFacts, lead: _Lead | None, colours: Palette, aside: int, *, bundle: bool
) -> Pillow.Image | None:
    picture = lead.image if lead else None
    if not facts.title.is_legible:
        return bare_page(picture, colours, aside) if picture is not None else None
    if bundle:
        return front_page(facts, picture, colours, aside)
    if lead is None:
        return text_page(facts, colours, aside)
    return lead_page(facts, lead.image, colours, aside, whole=lead.whole)


def _lead_of(book: Book, env: Env) -> _Lead | None:
    """Return the first figure in the book whose picture is available and large enough, with its article."""
    for document in book.documents:
        for node in walk((document.lead, document.sections)):
            if not isinstance(node, Figure) or node.image is None:
                continue
            kept = env.assets.get(node.image.src)
            if kept is not None and (lead := on_picture(kept.data, HEIGHT, partial(_lead, document, node))):
                return lead
    return None


def _lead(document: Document, figure: Figure, image: Pillow.Image | None) -> _Lead | None:
    if image is None or image.width < _LEAST_WIDTH or image.height < _LEAST_HEIGHT:
        return None
    # Drawings, especially charts, are usually PNG or GIF.
    whole = image.format in ("PNG", "GIF")
    return _Lead(document, figure, _plain(image, min(max(image.size), 2 * HEIGHT)), whole)


def _from_file(path: str) -> Pillow.Image:
    """Return the picture in this file, upright, with its proportions, and no larger than a cover."""
    try:
        data = read_file(Path(path), MAX_PICTURE_BYTES)
    except (OSError, ValueError) as error:
        raise OptionError(f"cover {path}: {getattr(error, 'strerror', '') or error}") from error
    picture = on_picture(data, HEIGHT, _fitted)
    if picture is None:
        raise OptionError(f"cover {path}: {reason(data)}")
    return picture


def _fitted(image: Pillow.Image | None) -> Pillow.Image | None:
    from PIL import ImageOps

    if image is None:
        return None
    ImageOps.exif_transpose(image, in_place=True)
    scale = min(1.0, WIDTH / image.width, HEIGHT / image.height)
    return _plain(image, max(1, round(max(image.size) * scale)))


def _plain(image: Pillow.Image, longest: int) -> Pillow.Image:
    """Return the picture in opaque sRGB."""
    return prepared(image, Profile(transparency=False), longest).convert("RGB")


def _covered(book: Book, page: Pillow.Image, alt: str, env: Env, profile: Profile) -> Book:
    key = _KEY
    while any(image.src == key for image in images_of(book.documents)):
        key = f"book-{key}"
    env.assets.put(key, _jpeg(page.convert("L") if profile.grey else page))
    return msgspec.structs.replace(book, cover=Image(key, alt=alt, width=page.width, height=page.height))


def _jpeg(page: Pillow.Image) -> Picture:
    out = io.BytesIO()
    page.info.clear()
    # Full colour resolution (no subsampling), because the edges of light type on a coloured ground would fray.
    page.save(out, "JPEG", quality=_QUALITY, subsampling=0, optimize=True, progressive=False)
    picture = picture_of(out.getvalue())
    assert picture is not None
    return picture


def _said(facts: CoverFacts, lead: Figure | None) -> str:
    """Return the alternative text of the cover: its texts and its picture."""
    texts = (facts.title, facts.publication, facts.byline, facts.date)
    said = [kind.text for kind in texts if kind.text] if facts.title.is_legible else []
    if lead is not None:
        described = (lead.image.alt if lead.image else "") or plain_text(lead.caption)
        said.append(" ".join(described.split()))
    return " — ".join(each for each in said if each)


def _tell_missing(facts: CoverFacts, env: Env) -> None:
    missing = facts.missing
    if not missing:
        return
    shown = " ".join(missing[:_SHOWN]) + (" …" if len(missing) > _SHOWN else "")
    env.note(
        "notice",
        f"cover: no installed font has {shown} (apt install {package_with(missing)})",
        rule="cover",
        text=missing,
    )
