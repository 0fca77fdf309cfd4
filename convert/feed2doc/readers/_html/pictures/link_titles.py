"""Captions of pictures in the attributes of the links around them, which a lightbox shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

# Attributes of Lightbox 2, Fancybox, lightGallery and GLightbox; `title` is a caption in links of such scripts only.
_CAPTIONS = ("data-title", "data-caption", "data-sub-html", "data-lightbox-title", "data-description")
_SCRIPTS = ("data-lightbox", "data-fancybox", "data-gallery", "data-glightbox", "data-fslightbox")
_BOX = pattern(r"light-?box|fancy-?box|thickbox|colorbox|gallery|prettyphoto|shadowbox")
_MARKUP = pattern(r"<[^<>]{1,500}>")


def settle_link_titles(root: _Element) -> None:
    """Give the pictures in links of a lightbox the captions that these state as their titles, if they have none."""
    for link in root.iter("a"):
        picture = link[0] if len(link) == 1 else None
        if picture is None or picture.tag != "img" or picture.get("title") or (picture.tail or "").strip():
            continue
        captions = [each for name in _CAPTIONS if (each := link.get(name))]
        if not captions and (title := link.get("title")) and _is_box(link):
            captions = [title]
        alt = " ".join((picture.get("alt") or "").split())
        for words in map(_words_of, captions):
            if words.startswith(("#", ".")):  # the id of an element with the caption
                break
            if words and words != alt:
                picture.set("title", words)
                break


def _words_of(caption: str) -> str:
    import html

    return " ".join(_MARKUP.sub(" ", html.unescape(caption)).split())


def _is_box(link: _Element) -> bool:
    stated = f"{link.get('rel') or ''} {link.get('class') or ''}".lower()
    return any(link.get(name) is not None for name in _SCRIPTS) or _BOX.search(stated) is not None
