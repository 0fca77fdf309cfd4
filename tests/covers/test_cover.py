"""Book covers: their size, colours and content, and that the content stays inside the margins."""

import io
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pikepdf
import pytest
from feed2doc._text.phrases import pieces_of
from feed2doc.covers import _lettering
from feed2doc.covers._facts import facts_of
from feed2doc.covers._layouts import MARGIN
from feed2doc.covers._lettering import type_of
from feed2doc.covers._linebreaks import Sized, balanced, greedy
from feed2doc.covers._palette import PALETTES, Colour, palette_for
from feed2doc.covers._typesetting import fit_text
from feed2doc.covers.cover import with_cover
from feed2doc.env import Env
from feed2doc.errors import OptionError
from feed2doc.fonts import faces
from feed2doc.fonts.faces import BUILT_IN, Typeface, faces_for
from feed2doc.looks import look_of, shipped_looks
from feed2doc.model import Book, Document, Figure, Image, Paragraph, Part, Person, Quote, Section, Text
from feed2doc.newspaper.edition import edition
from feed2doc.pictures.profiles import profile
from PIL import Image as Pillow
from PIL import ImageChops, ImageStat, features

from tests import paths
from tests.command import run

IMAGES = paths.ROOT / "samples" / "images"
DEFAULT, KINDLE = profile("default"), profile("kindle")
LOOK = look_of("classic", "pdf")
DAY = datetime(2025, 2, 24, 9, 30, tzinfo=UTC)
HAN = "河流改道之后的第一个春天里，人们在旧河床上种下了树"
MONSTERS = {
    "Han": (HAN * 12, "zh-CN"),
    "German": ("Oberweserdampfschifffahrtsgesellschaftskapitänsmütze" * 4, "de"),
    "one word": ("m" * 120, "en"),
    "wide letters": ("W" * 600, "en"),
    "marks alone": ("！" * 200, "zh-CN"),
    "quotation marks": ("《" * 300, "zh-CN"),
    "Arabic": ("الريح لم تعد دقيقة كما كانت " * 12, "ar"),
    "marks above marks": ("a" + "\u0301" * 200 + " wind", "en"),
    "both ways": ("wind الريح 風 ветер " * 20, "en"),
    "lines": ("one\ntwo\u2028three\ttabs\x00\x07", "en"),
}


def article(headline: str, language: str = "zh-CN", number: int = 0, lead: Figure | None = None) -> Document:
    return Document(
        id=f"{number}",
        headline=headline,
        language=language,
        publication="海湾日报" if language.startswith("zh") else "The Bay Gazette",
        byline=(Person("林若水" if language.startswith("zh") else "Ada Northcote"),),
        published=DAY + timedelta(days=number),
        lead=lead,
    )


def book(*documents: Document, title: str = "晨读", language: str = "zh-CN") -> Book:
    return Book(title=title, language=language, parts=(Part(documents=documents),))


def figure(name: str, alt: str = "") -> Figure:
    return Figure(Image(name, alt=alt))


def jpeg(width: int, height: int, colour: tuple[int, int, int] = (10, 120, 200)) -> bytes:
    out = io.BytesIO()
    Pillow.new("RGB", (width, height), colour).save(out, "JPEG", quality=95)
    return out.getvalue()


def environment() -> Env:
    env = Env()
    for path in IMAGES.glob("*.jpg"):
        env.assets.add_file(path.name, path)
    return env


def cover_of(made: Book, env: Env) -> Pillow.Image:
    assert made.cover is not None
    picture = env.assets.get(made.cover.src)
    assert picture is not None and picture.media_type == "image/jpeg" and env.assets.is_fitted(made.cover.src)
    image = Pillow.open(io.BytesIO(picture.data))
    image.load()
    return image


def drawn(given: Book, mode: str = "text", *, grey: bool = False) -> Pillow.Image:
    env = environment()
    return cover_of(with_cover(given, mode, env, KINDLE if grey else DEFAULT), env)


def extremes(image: Pillow.Image) -> list[tuple[float, float]]:
    """Return the minimum and maximum of each colour channel."""
    return [(stat.extrema[0][0], stat.extrema[0][1]) for stat in map(ImageStat.Stat, image.split())]


@pytest.fixture
def fonts(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Return a function that changes the available fonts; font caches are cleared before and after."""

    def forget() -> None:
        for cached in (faces_for, faces.face_with, faces._by_fontconfig, faces._by_name):
            cached.cache_clear()

    forget()
    yield monkeypatch
    monkeypatch.undo()
    forget()
    _lettering._shapes.cache_clear()


# ---- the file --------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["lead", "text"])
@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize("grey", [False, True])
def test_a_cover_is_a_plain_jpeg_of_its_size(mode: str, count: int, grey: bool) -> None:
    given = book(*(article(HAN, number=n, lead=figure("harbour.jpg")) for n in range(count)))
    image = drawn(given, mode, grey=grey)
    assert (image.format, image.size, image.mode) == ("JPEG", (1600, 2560), "L" if grey else "RGB")
    assert not {"exif", "icc_profile", "comment", "progression"} & image.info.keys()


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize(("shape", "width"), [(210 / 297, 1810), (2, 2560), (0.5, 1600)])
def test_a_cover_is_as_wide_as_its_page(count: int, shape: float, width: int) -> None:
    given, env = book(*(article(HAN, number=n) for n in range(count))), environment()
    image, narrow = cover_of(with_cover(given, "text", env, shape=shape), env), drawn(given)
    assert image.size == (width, 2560)
    aside = (width - 1600) // 2
    middle = ImageChops.difference(image.crop((aside, 0, aside + 1600, 2560)), narrow)
    assert max(ImageStat.Stat(middle).mean) < 1  # the same, apart from JPEG's blocks
    left, ground = image.crop((0, 0, 1, 2560)), narrow.crop((0, 0, 1, 2560))
    assert max(ImageStat.Stat(ImageChops.difference(left, ground)).mean) < 1


def test_the_cover_of_a_pdf_fills_its_page(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.html").write_text(f"<h1>{name}</h1><p>Text of {name}.</p>", "utf-8")
    inputs = ("one.html", "two.html", "--bundle", "--pdf-engine", "typst")
    assert run(*inputs, "-o", "x.pdf", "--page", "a4", cwd=tmp_path).returncode == 0
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        pictures = [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and "/Width" in each]
        assert [(int(each.get("/Width", 0)), int(each.get("/Height", 0))) for each in pictures] == [
            (1810, 2560)
        ]


@pytest.mark.parametrize("mode", ["lead", "text"])
def test_the_same_book_has_the_same_bytes(mode: str) -> None:
    given = Book.of(article(HAN, lead=figure("lighthouse.jpg")))
    both = [drawn(given, mode).tobytes() for _ in range(2)]
    assert both[0] == both[1]


def test_a_cover_is_well_below_what_readers_take() -> None:
    env = environment()
    out = io.BytesIO()
    Pillow.effect_noise((3000, 2400), 120).convert("RGB").save(out, "JPEG")
    env.assets.add("noise.jpg", out.getvalue())
    with_cover(Book.of(article(HAN, lead=figure("noise.jpg"))), "lead", env, DEFAULT)
    picture = env.assets.get("cover.jpg")
    assert picture is not None and picture.size < 5_000_000


def test_a_cover_never_takes_the_address_of_a_picture_of_the_book() -> None:
    env = environment()
    env.assets.add("cover.jpg", jpeg(600, 400))
    made = with_cover(Book.of(article(HAN, lead=figure("cover.jpg"))), "lead", env, DEFAULT)
    assert made.cover is not None and made.cover.src == "book-cover.jpg"


# ---- which cover -----------------------------------------------------------------------------------


def test_auto_gives_a_single_article_none_and_a_bundle_one() -> None:
    single = Book.of(article(HAN, lead=figure("harbour.jpg")))
    assert with_cover(single, "auto", environment(), DEFAULT) is single
    several = book(article(HAN), article(HAN, number=1, lead=figure("harbour.jpg")))
    assert with_cover(several, "none", environment(), DEFAULT) is several
    assert drawn(several, "auto").tobytes() == drawn(several, "lead").tobytes()
    without = book(article(HAN), article(HAN, number=1))
    assert drawn(without, "auto").tobytes() == drawn(without, "text").tobytes()


def test_the_lead_is_the_first_large_picture() -> None:
    env = environment()
    env.assets.add("small.jpg", jpeg(499, 600))
    env.assets.add("flat.jpg", jpeg(900, 299))
    env.assets.add("large.jpg", jpeg(500, 300, (250, 10, 10)))
    quote = Section(
        blocks=(Paragraph((Text("风"),)), Quote((figure("flat.jpg"), figure("large.jpg", "red"))))
    )
    first = article("甲", lead=figure("missing.jpg"))
    second = msgspec.structs.replace(article("乙", number=1, lead=figure("small.jpg")), sections=(quote,))
    last = article("丙", number=2, lead=figure("harbour.jpg", "a harbour"))
    made = with_cover(book(first, second, last), "lead", env, DEFAULT)
    red, green, blue = cover_of(made, env).getpixel((800, 900))  # type: ignore[misc]
    assert red > 200 and green < 60 and blue < 60
    assert made.cover is not None and made.cover.alt.endswith("red")


def test_lead_without_a_picture_is_text_with_a_notice() -> None:
    env = environment()
    made = with_cover(Book.of(article(HAN)), "lead", env, DEFAULT)
    assert cover_of(made, env).tobytes() == drawn(Book.of(article(HAN))).tobytes()
    assert [(d.kind, d.rule) for d in env.diagnostics] == [("notice", "cover")]


def test_the_alt_text_says_what_is_on_the_cover() -> None:
    given = Book.of(article(HAN, lead=Figure(Image("harbour.jpg"), caption=(Text("日落时的\n港口"),))))
    made = with_cover(given, "lead", environment(), DEFAULT)
    assert made.cover is not None
    assert made.cover.alt == f"{HAN} — 海湾日报 — 林若水 — 2025年2月24日 — 日落时的 港口"
    assert (made.cover.width, made.cover.height) == (1600, 2560)


def test_a_bundle_has_its_days_once() -> None:
    facts = facts_of(
        book(article("甲"), article("乙", number=2), title="海湾日报 · 2025年2月24日至26日"), LOOK
    )
    assert (facts.title.text, facts.publication.text) == ("海湾日报", "")
    assert facts.date.text.startswith("2025年2月24日至26日")
    assert [h.text for h in facts.headlines] == ["甲", "乙"]


def test_the_cover_of_an_edition_names_its_articles_alone() -> None:
    for articles in ([article("甲")], [article("甲"), article("乙", number=2)]):
        made = edition(articles, title="晨读")
        facts = facts_of(made, LOOK, made.documents[0])
        assert [each.text for each in facts.headlines] == [each.headline for each in articles[::-1]]
        assert facts.date.text.endswith(f"· {len(articles)} 篇")


# ---- type ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MONSTERS)
@pytest.mark.parametrize("mode", ["text", "lead"])
def test_nothing_is_drawn_in_the_margins(name: str, mode: str) -> None:
    headline, language = MONSTERS[name]
    lead = figure("harbour.jpg")
    image = drawn(Book.of(article(headline, language, lead=lead)), mode)
    top = 1700 if mode == "lead" else 0  # the picture and the bar below it go to the edges
    ground = palette_for("海湾日报" if language == "zh-CN" else "The Bay Gazette", LOOK).ground
    edges = [
        (0, top, MARGIN - 8, 2560),
        (1600 - MARGIN + 8, top, 1600, 2560),
        (0, 2560 - 90, 1600, 2560),
        *([(0, 0, 1600, 100)] if mode == "text" else []),
    ]
    for box in edges:
        for (low, high), value in zip(extremes(image.crop(box)), ground, strict=True):
            assert abs(low - value) < 24 and abs(high - value) < 24


@pytest.mark.parametrize("headline, language", MONSTERS.values())
def test_a_front_page_takes_any_headlines(headline: str, language: str) -> None:
    documents = [article(headline, language, number=n) for n in range(9)]
    image = drawn(book(*documents, title=headline, language=language))
    paper = PALETTES[0].paper
    for box in ((0, 1400, MARGIN - 8, 2560), (1600 - MARGIN + 8, 1400, 1600, 2560), (0, 2480, 1600, 2560)):
        for (low, _), value in zip(extremes(image.crop(box)), paper, strict=True):
            assert abs(low - value) < 24


@pytest.mark.parametrize("headline, language", MONSTERS.values())
def test_type_is_never_too_small_and_ends_in_an_ellipsis(headline: str, language: str) -> None:
    setting = fit_text(type_of(headline, language, bold=True), 1360, 500, (200, 68))
    assert setting.lines and 68 <= setting.size <= 200 and setting.height <= 500
    assert setting.lines[-1].endswith("…") == setting.cut
    if not setting.cut:
        letters = "".join("".join(setting.lines).replace("-", "").split())
        assert letters == "".join(setting.type.text.split())


def test_a_headline_has_even_lines_of_whole_words() -> None:
    setting = fit_text(type_of("港口夜班工人的三十年", "zh-CN", bold=True), 1360, 1600, (236, 68))
    assert len(setting.lines[-1]) > 1 and setting.broken == 0
    english = fit_text(type_of("Night Shift at the Old Harbour", "en", bold=True), 1000, 900, (160, 68))
    assert len(english.lines[-1].split()) > 1 or len(english.lines[-1]) > 6


def test_no_line_begins_or_ends_with_what_may_not() -> None:
    text = "他说：“风（西风）没有以前那么准时了”，然后翻开《风向图册》的第三页……又合上。" * 4
    setting = fit_text(type_of(text, "zh-CN", bold=True), 700, 3000, (90, 68))
    assert len(setting.lines) > 8
    assert not any(line[0] in "，。、；：！？）》」』”" for line in setting.lines)
    assert not any(line[-1] in "（《「『“" for line in setting.lines)


def test_emoji_and_rare_characters_are_wrapped_like_all_others() -> None:
    text = "渡轮🚢🚢🚢 is back 😀 𠮷野家" + "长" * 30
    assert [piece.text for piece in pieces_of(text)][:7] == ["渡", "轮", "🚢", "🚢", "🚢 ", "is ", "back "]
    setting = fit_text(type_of(text, "zh-CN", bold=True), 400, 3000, (90, 68))
    assert "".join("".join(setting.lines).split()) == "".join(setting.type.text.split())


def test_a_soft_hyphen_is_seen_at_the_end_of_a_line_alone() -> None:
    setting = fit_text(type_of("Hafen\xadarbeiter\xadverein", "de", bold=True), 800, 900, (150, 140))
    assert [line.replace("-", "") for line in setting.lines] != [] and "\xad" not in "".join(setting.lines)
    assert all(line.endswith("-") for line in setting.lines[:-1]) and "-" not in setting.lines[-1]


def test_pieces_that_are_too_wide_have_their_own_line() -> None:
    assert greedy([Sized(5), Sized(20), Sized(5, 1), Sized(4)], 10) == [(0, 1), (1, 2), (2, 4)]
    assert "".join(piece.text for piece in pieces_of(HAN)) == HAN


def test_a_date_is_kept_on_a_line() -> None:
    words = "".join(
        each.text + ("" if each.inside_word else "|") for each in pieces_of("要闻 2025年5月7日星期三")
    )
    assert "|2025年5月7日|" in words


def test_a_line_ends_at_a_space_between_han_characters() -> None:
    pieces = pieces_of("海港批准渡轮新航线 老码头居民盼早开航")
    lines = balanced(pieces, [Sized(2 * len(piece.text.strip()), 1.0) for piece in pieces], 26)
    assert ["".join(piece.text for piece in pieces[a:b]).strip() for a, b in lines] == [
        "海港批准渡轮新航线",
        "老码头居民盼早开航",
    ]


@pytest.mark.skipif(not features.check("raqm"), reason="Pillow is without raqm")
def test_right_to_left_begins_at_the_right() -> None:
    ink = drawn(Book.of(article("الريح", "ar"))).crop((0, 420, 1600, 1000)).convert("L")
    box = ink.point(lambda value: 255 if value > 128 else 0).getbbox()
    assert box is not None and abs(box[2] - (1600 - MARGIN)) < 6 and box[0] > 600


# ---- colours ---------------------------------------------------------------------------------------


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, 1 to 21 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Colour) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("grey", [False, True])
def test_every_palette_has_contrast(grey: bool) -> None:
    chosen = {palette_for(str(number), LOOK, grey=grey) for number in range(200)}
    assert len(chosen) == len(PALETTES) or grey
    for colours in chosen:
        pairs = [(colours.ground, colours.white), (colours.ground, colours.soft)]
        pairs += [(colours.paper, colours.ink), (colours.paper, colours.muted)]
        assert min(contrast(*pair) for pair in pairs) >= 4.5
        assert contrast(colours.ground, colours.accent) >= 3


def test_contrast_is_that_of_wcag() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("grey", [False, True])
@pytest.mark.parametrize("mode", ["text", "lead"])
def test_the_pixels_of_text_stand_out(mode: str, grey: bool) -> None:
    env = environment()
    env.assets.add("white.jpg", jpeg(900, 600, (255, 255, 255)))
    given = Book.of(article("港口夜班工人的三十年", lead=figure("white.jpg")))
    image = cover_of(with_cover(given, mode, env, KINDLE if grey else DEFAULT), env).convert("RGB")
    for box in ((MARGIN, 1900 if mode == "lead" else 440, 1480, 2200), (MARGIN, 2240, 1480, 2440)):
        counted = image.crop(box).getcolors(1 << 24)
        assert counted is not None
        counted.sort(reverse=True)
        ground = counted[0][1]
        text = max((colour for _, colour in counted), key=lambda c: contrast(c, ground))  # type: ignore[arg-type]
        assert contrast(text, ground) >= 4.5  # type: ignore[arg-type]


# ---- fonts -----------------------------------------------------------------------------------------


def test_each_character_without_a_font_is_reported() -> None:
    env = environment()
    made = with_cover(Book.of(article("风\U0001fae9起\U0003abcd时", "zh-CN")), "text", env, DEFAULT)
    assert made.cover is not None and made.cover.alt.startswith("风起时")
    (notice,) = env.diagnostics
    assert (notice.kind, notice.rule) == ("notice", "cover")
    assert "\U0003abcd" in notice.text and "\U0003abcd" in notice.message and "fonts-noto" in notice.message


def test_a_missing_font_is_reported_with_its_package(fonts: pytest.MonkeyPatch) -> None:
    fonts.setattr(_lettering, "faces_for", lambda language, families, bold: (BUILT_IN,))
    fonts.setattr(_lettering, "face_with", lambda character, bold: None)
    env = environment()
    made = with_cover(Book.of(article("After the River 河", "en")), "text", env, DEFAULT)
    assert made.cover is not None and "河" not in made.cover.alt
    assert env.diagnostics[0].text == "河" and "apt install fonts-noto-cjk" in env.diagnostics[0].message
    assert extremes(cover_of(made, env).convert("L").crop((MARGIN, 420, 1480, 2000)))[0][1] > 200


def test_a_date_whose_words_no_font_has_is_in_digits(fonts: pytest.MonkeyPatch) -> None:
    """Without its words, 2025年2月24日至26日 would be 202522426."""
    fonts.setattr(_lettering, "faces_for", lambda language, families, bold: (BUILT_IN,))
    fonts.setattr(_lettering, "face_with", lambda character, bold: None)
    assert facts_of(book(article("甲"), article("乙", number=2)), LOOK).date.text == "2025-02-24/2025-02-26"
    assert facts_of(Book.of(article("甲")), LOOK).date.text.startswith("2025-02-2")


def test_a_title_that_no_font_can_set(fonts: pytest.MonkeyPatch) -> None:
    fonts.setattr(_lettering, "faces_for", lambda language, families, bold: (BUILT_IN,))
    fonts.setattr(_lettering, "face_with", lambda character, bold: None)
    env = environment()
    given = Book.of(article(HAN, lead=figure("harbour.jpg", "a harbour")))
    assert with_cover(given, "text", env, DEFAULT) is given
    assert any(d.message.startswith("no cover") for d in env.diagnostics)
    made = with_cover(given, "lead", env, DEFAULT)
    assert (
        made.cover is not None and made.cover.alt == "a harbour" and cover_of(made, env).size == (1600, 2560)
    )


def test_a_right_to_left_title_without_raqm_is_left_out(fonts: pytest.MonkeyPatch) -> None:
    fonts.setattr(_lettering, "_shapes", lambda: False)
    assert type_of("الريح 1984", "ar").text == "1984"
    assert not type_of("الريح 1984", "ar").is_legible


def test_fonts_are_found_without_fontconfig(fonts: pytest.MonkeyPatch, tmp_path: Path) -> None:
    known = faces_for("zh-CN", bold=True)[0]
    if not known.path.endswith("NotoSerifCJK-Bold.ttc"):
        pytest.skip("Noto Serif CJK is not installed")
    faces_for.cache_clear()
    fonts.setattr("shutil.which", lambda name: None)
    assert faces_for("zh-CN", bold=True)[0] == known
    assert faces_for("zh-CN", bold=True)[0].font(40).getname()[0] == "Noto Serif CJK SC"
    assert faces_for("ja", bold=True)[0].font(40).getname()[0] == "Noto Serif CJK JP"


def test_an_invalid_font_file_is_skipped(fonts: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "notoserifcjk-bold.ttc"
    broken.write_bytes(b"no font")
    fonts.setattr("shutil.which", lambda name: None)
    fonts.setattr(faces, "_FOLDERS", (str(tmp_path),))
    assert faces_for("zh-CN", bold=True) == (BUILT_IN,)
    assert BUILT_IN.has("A") and not BUILT_IN.has("河")
    assert not Typeface(str(broken)).has("A")


def test_what_a_face_has_is_what_its_cmap_says() -> None:
    from fontTools.ttLib import TTFont

    for face in dict.fromkeys([*faces_for("zh-CN", bold=True)[:3], *faces_for("en", bold=True)[:3]]):
        if face.path:
            with open(face.path, "rb") as file:
                known = set(TTFont(file, fontNumber=face.index, lazy=True).getBestCmap())
            assert {code for code in range(0x30000) if face.has(chr(code))} == {
                c for c in known if c < 0x30000
            }


@pytest.mark.parametrize("language", ["en:file=/etc/passwd", "-", "x" * 500, "zh,ja", "", "und", "a\x00b"])
def test_a_language_is_not_a_fontconfig_pattern(language: str, fonts: pytest.MonkeyPatch) -> None:
    assert type_of("After the River", language).text == "After the River"


# ---- a picture of one's own ------------------------------------------------------------------------


@pytest.mark.parametrize("size, expected", [((3200, 3200), (1600, 1600)), ((300, 400), (300, 400))])
def test_a_file_keeps_its_proportions(
    tmp_path: Path, size: tuple[int, int], expected: tuple[int, int]
) -> None:
    path = tmp_path / "own.jpg"
    path.write_bytes(jpeg(*size))
    env = environment()
    made = with_cover(Book.of(article(HAN)), str(path), env, KINDLE)
    image = cover_of(made, env)
    assert (image.size, image.mode) == (expected, "L")
    assert made.cover is not None and made.cover.alt == HAN


def test_a_file_is_turned_upright_and_made_opaque(tmp_path: Path) -> None:
    turned, clear = tmp_path / "turned.jpg", tmp_path / "clear.png"
    exif = Pillow.Exif()
    exif[0x0112] = 6
    Pillow.new("RGB", (2560, 1600)).save(turned, exif=exif)
    Pillow.new("RGBA", (60, 90), (0, 0, 0, 0)).save(clear)
    env = environment()
    assert cover_of(with_cover(Book.of(article(HAN)), str(turned), env, DEFAULT), env).size == (1600, 2560)
    image = cover_of(with_cover(Book.of(article(HAN)), str(clear), env, DEFAULT), env)
    assert image.mode == "RGB" and image.getpixel((30, 45)) == (255, 255, 255)


@pytest.mark.parametrize("name", ["missing.jpg", "text.jpg", ".", "a\x00b"])
def test_a_cover_that_is_not_a_picture_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "text.jpg").write_text("no picture")
    path = f"{tmp_path}/{name}"
    with pytest.raises(OptionError) as caught:
        with_cover(Book.of(article(HAN)), path, environment(), DEFAULT)
    assert path in str(caught.value) and "\n" not in str(caught.value)


def test_nothing_is_loaded_until_a_cover_is_drawn() -> None:
    program = "import sys, feed2doc.covers.cover as c; print([m for m in ('PIL', 'fontTools', 'icu4py') if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_covers_have_the_fonts_and_colours_of_the_look(tmp_path: Path) -> None:
    """A look of greys has the colours of the publication; white text can be read on all grounds."""
    grey, *others = (palette_for("海湾日报", look_of(name, "pdf")) for name in sorted(shipped_looks()))
    assert grey in PALETTES and not set(others) & set(PALETTES) and len(set(others)) == len(others)
    own = tmp_path / "own.toml"
    own.write_text(
        'extends = "classic"\n[fonts]\nheadings = "sans"\n[colors]\nheading = "#7a1f1f"\n', "utf-8"
    )
    colours = palette_for("海湾日报", look_of(str(own), "pdf"))
    assert colours.ground == (0x7A, 0x1F, 0x1F)
    for each in (grey, *others, colours):
        assert contrast(each.white, each.ground) > 7 and contrast(each.ink, each.paper) > 7
        assert contrast(each.soft, each.ground) > 4.5 and contrast(each.muted, each.paper) > 4.5
    titles = [facts_of(Book.of(article(HAN)), look_of(name, "pdf")).title for name in ("classic", str(own))]
    assert titles[0].faces[0] != titles[1].faces[0]
    env = environment()
    made = cover_of(with_cover(Book.of(article(HAN)), "text", env, DEFAULT, str(own)), env)
    assert max(abs(a - b) for a, b in zip(made.getpixel((5, 5)), colours.ground, strict=True)) < 6  # type: ignore[arg-type]
