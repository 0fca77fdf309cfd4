"""File names in place of descriptions of pictures (`IMG_2034.JPG`, `Screenshot 2024-05-04`, `image`), and those of documents."""

from __future__ import annotations

import re

from feed2doc._text.cjk import is_character
from feed2doc._text.lazy_re import pattern

_LONGEST = 80
# A file name of several words is a description: `boats-at-dusk.jpg`.
_FEWEST_WORDS, _WORD = 2, pattern(r"[^\W\d_]{3,}")
_FILE = pattern(r"\S{1,76}\.(?:jpe?g|png|gif|webp|avif|heic|bmp|tiff?|svg)", re.I)
# What cameras, phones and programs call their files, before a number or a time, and what LaTeXML and Webflow write if there is no
# description.
_CAMERA = pattern(
    r"refer to caption|\[uncaptioned image\]|__wf_reserved_\w{1,40}|(?:img|image|dsc[nf]?|pxl|mvimg|gopr|_mg|sam|screen[ _-]?shot|whatsapp[ _-]image|photo|picture|pic|untitled(?:[ _-]design)?"
    r"|unnamed|download|fullsizeoutput|bildschirmfoto|captura de (?:pantalla|tela)|capture d.écran|bild|billede|bilde|fotos?|imagen?|imagem|immagine|afbeelding|kép|kuva|obrázek|obrázok"
    r"|obraz|zdjęcie|resim|görsel|φωτογραφία|εικόνα|изображение|картинка|фото|صورة|banner|thumbnail|placeholder|(?:featured|header|hero|blog|post|article)[ _-]image|图片|圖片|画像|截屏|截图|截圖"
    r"|微信(?:图片|圖片|截图|截圖)|qq(?:图片|截图)|mmexport|wechat[ _-]?img|dji|signal|kakaotalk|スクリーンショット|스크린샷)"
    r"[\d\s_.,:()-]*+(?:(?:at|um|à|a las|alle|\W[ap]m)[\d\s_.,:()-]*+)?+(?:(?<=\.)(?:jpe?g|png|gif|webp|avif|heic))?",
    re.I,
)
# Numbers and hashes, which are the name of a file if it has them.
_NUMBER = pattern(r"(?=(?:\D*\d){4})(?:[\da-f]{8,}|[a-z]{0,3}[\d_.-]+)", re.I)
# The files that articles come with, of which each has its own.
_DOCUMENT = pattern(r"\.(?:pdf|epub|docx?|odt|rtf|pptx?|odp|xlsx?|ods|csv|zip)(?:$|[?#])", re.I)


def is_document(url: str) -> bool:
    """Return True if a link leads to a document that its reader may want: `…/tides.pdf`."""
    return _DOCUMENT.search(url) is not None


def is_file_name(words: str, src: str) -> bool:
    """Return True if the words of a picture are only the name of its file, or what a camera or program gives to all pictures."""
    if not words or len(words) > _LONGEST:
        return False
    if _CAMERA.fullmatch(words):
        return True
    if _FILE.fullmatch(words):
        return len(_WORD.findall(words.rpartition(".")[0])) < _FEWEST_WORDS and not any(
            map(is_character, words)
        )
    return _NUMBER.fullmatch(words) is not None and words in src
