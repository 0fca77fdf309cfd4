"""Names of font files on Linux, macOS and Windows, for systems without fontconfig."""

from __future__ import annotations

from typing import NamedTuple


class FontFile(NamedTuple):
    """A file name in lower case, the index of the face in the file, and whether that face is bold."""

    name: str
    number: int = 0
    bold: bool = False


def _noto(index: int) -> tuple[FontFile, ...]:
    """Return the collections of Noto CJK; their faces are JP, KR, SC, TC, HK."""
    return tuple(
        FontFile(f"noto{style}cjk-{weight}.ttc", index, weight == "bold")
        for style in ("serif", "sans")
        for weight in ("bold", "regular")
    )


_LATIN = ("liberationserif", "notoserif", "dejavuserif", "dejavusans", "notosans", "liberationsans")

FILES: dict[str, tuple[FontFile, ...]] = {
    "SC": (
        *_noto(2),
        FontFile("songti.ttc", 0, True),
        FontFile("pingfang.ttc", 2),
        FontFile("stheiti medium.ttc", 1, True),
        FontFile("msyhbd.ttc", 0, True),
        FontFile("msyh.ttc"),
        FontFile("simsun.ttc"),
    ),
    "TC": (
        *_noto(3),
        FontFile("pingfang.ttc", 1),
        FontFile("stheiti medium.ttc", 0, True),
        FontFile("msjhbd.ttc", 0, True),
        FontFile("msjh.ttc"),
        FontFile("mingliu.ttc"),
    ),
    "HK": (*_noto(4), FontFile("pingfang.ttc", 0), FontFile("msjhbd.ttc", 0, True), FontFile("msjh.ttc")),
    "JP": (
        *_noto(0),
        FontFile("ヒラギノ明朝 pron.ttc", 2, True),
        FontFile("ヒラギノ明朝 pron.ttc"),
        FontFile("yugothb.ttc", 0, True),
        FontFile("yumin.ttf"),
        FontFile("msmincho.ttc"),
        FontFile("msgothic.ttc"),
    ),
    "KR": (
        *_noto(1),
        FontFile("applemyungjo.ttf"),
        FontFile("applesdgothicneo.ttc", 6, True),
        FontFile("applesdgothicneo.ttc"),
        FontFile("malgunbd.ttf", 0, True),
        FontFile("malgun.ttf"),
        FontFile("batang.ttc"),
    ),
    "": (
        FontFile("georgia bold.ttf", 0, True),
        FontFile("georgia.ttf"),
        FontFile("georgiab.ttf", 0, True),
        FontFile("times new roman bold.ttf", 0, True),
        FontFile("times new roman.ttf"),
        FontFile("timesbd.ttf", 0, True),
        FontFile("times.ttf"),
        *(FontFile(f"{name}-bold.ttf", 0, True) for name in _LATIN),
        *(FontFile(f"{name}-regular.ttf") for name in _LATIN if not name.startswith("dejavu")),
        FontFile("dejavuserif.ttf"),
        FontFile("dejavusans.ttf"),
        FontFile("arial unicode.ttf"),
        FontFile("arial.ttf"),
        FontFile("segoeui.ttf"),
    ),
}
