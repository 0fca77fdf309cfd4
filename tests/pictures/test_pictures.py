"""Pictures resized for devices, and books and files with pictures."""

import functools
import io
import re
from pathlib import Path

import feed2doc
import pytest
from feed2doc import model as m
from feed2doc.assets import Assets
from feed2doc.pictures.gather import gather
from feed2doc.pictures.profiles import Profile, profile
from feed2doc.pictures.resize import fit, refusal
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow
from PIL import ImageCms

from tests.command import run as run_command
from tests.kitchen_sink import DOCUMENT
from tests.picture_server import huge_png, noise, picture

DEFAULT = profile("default")


def opened(data: bytes) -> Pillow.Image:
    image = Pillow.open(io.BytesIO(data))
    image.load()
    return image


# ---- resizing for a device --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF", "BMP"])
def test_every_format_becomes_one_that_devices_show(kind: str) -> None:
    fitted = fit(picture(kind, (300, 200)), DEFAULT)
    assert fitted is not None and fitted.media_type in ("image/jpeg", "image/png")
    assert opened(fitted.data).size == (300, 200)


@pytest.mark.parametrize("name", ["default", "kobo", "kindle", "koreader", "apple", "tablet", "print"])
def test_profiles_limit_the_sides_and_the_colours(name: str) -> None:
    device = profile(name)
    fitted = fit(noise((4000, 1000)), device)
    assert fitted is not None
    image = opened(fitted.data)
    assert max(image.size) == min(4000, device.longest_side) and image.width == pytest.approx(
        4 * image.height, abs=4
    )
    assert (image.mode == "L") == device.grey


def test_orientation_is_applied_and_metadata_gone() -> None:
    exif = Pillow.Exif()
    exif[0x0112], exif[0x010E] = 6, "where it was taken"
    data = picture("JPEG", (60, 40), exif=exif.tobytes(), comment=b"who took it")
    fitted = fit(data, DEFAULT)
    assert fitted is not None and opened(fitted.data).size == (40, 60)
    assert (
        b"where it was taken" not in fitted.data
        and b"who took it" not in fitted.data
        and not opened(fitted.data).getexif()
    )


def test_a_jpeg_that_fits_keeps_its_picture_and_loses_its_metadata() -> None:
    exif = Pillow.Exif()
    exif[0x010E] = "where it was taken"
    data = noise((50, 40), exif=exif.tobytes(), comment=b"a comment")
    fitted = fit(data, DEFAULT)
    assert fitted is not None and len(fitted.data) < len(data)
    assert b"where it" not in fitted.data and b"a comment" not in fitted.data
    assert list(opened(fitted.data).tobytes()) == list(opened(data).tobytes())


def test_colours_are_converted_to_srgb() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    fitted = fit(picture("PNG", (20, 20), icc_profile=lab), DEFAULT)
    assert fitted is not None and "icc_profile" not in opened(fitted.data).info
    out = io.BytesIO()
    Pillow.new("CMYK", (20, 20), (0, 255, 255, 0)).save(out, "JPEG")
    fitted = fit(out.getvalue(), DEFAULT)
    assert fitted is not None and opened(fitted.data).mode == "RGB"


def test_transparency_becomes_white_for_devices_without_it() -> None:
    data = picture("PNG", (20, 20), (200, 0, 0, 0))
    kept, flat = fit(data, DEFAULT), fit(data, profile("kobo"))
    assert kept is not None and opened(kept.data).mode == "RGBA"
    assert flat is not None and opened(flat.data).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_an_animation_is_reduced_to_its_first_frame() -> None:
    out = io.BytesIO()
    frames = [Pillow.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=100)
    fitted = fit(out.getvalue(), DEFAULT)
    assert fitted is not None and opened(fitted.data).convert("RGB").getpixel((1, 1)) == (255, 0, 0)
    assert getattr(opened(fitted.data), "n_frames", 1) == 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_same_picture_and_profile_same_bytes(kind: str) -> None:
    data = noise((1800, 1300), kind)
    first, second = fit(data, profile("kindle")), fit(data, profile("kindle"))
    assert first is not None and second is not None and first.data == second.data


@pytest.mark.parametrize(
    "data", [b"", b"<svg/>", picture()[:100], b"%PDF-1.4", b"\x89PNG\r\n\x1a\n" + b"x" * 50]
)
def test_input_that_is_not_a_picture(data: bytes) -> None:
    assert refusal(data) and fit(data, DEFAULT) is None


def test_a_decompression_bomb_is_refused() -> None:
    assert refusal(huge_png()) == "more than 64,000,000 pixels"


@given(st.binary(max_size=300))
def test_any_bytes_are_a_picture_or_none(data: bytes) -> None:
    for start in (b"", b"\xff\xd8\xff", b"GIF89a", b"RIFF\x10\0\0\0WEBP"):
        assert fit(start + data, DEFAULT) is None or not refusal(start + data)


def test_an_unknown_profile_is_an_error() -> None:
    with pytest.raises(feed2doc.OptionError, match="unknown profile 'nook': choose from apple"):
        profile("nook")


# ---- in a document ---------------------------------------------------------------------------------


def test_a_document_without_pictures_keeps_every_word() -> None:
    bare = m.without_pictures(DOCUMENT)
    assert list(m.images_of(bare)) == [] and "不在手边的图片。" in m.plain_article(bare)
    lead = m.without_pictures(DOCUMENT, keep_lead=True)
    assert [image.src for image in m.images_of(lead)] == [
        DOCUMENT.lead.image.src if DOCUMENT.lead and DOCUMENT.lead.image else ""
    ]


def test_pictures_are_changed_wherever_they_are() -> None:
    image = m.Image("https://e.org/a.jpg", "alt")
    blocks = (
        m.Paragraph((m.InlineImage(image),)),
        m.Figure(image),
        m.Figure(image, (m.Text("c"),)),
        m.Embed("video", "https://e.org/v", "t", image),
    )
    document = feed2doc.Document(id="1", sections=(m.Section(blocks=blocks),))
    moved = m.with_images(document, lambda _: m.Image("b.jpg"))
    assert [i.src for i in m.images_of(moved)] == ["b.jpg"] * 4
    (section,) = m.with_images(document, lambda _: None).sections
    assert section.blocks == (
        m.Paragraph((m.Text("alt"),)),
        m.Figure(None, (m.Text("c"),)),
        m.Embed("video", "https://e.org/v", "t"),
    )


def test_the_link_of_a_picture_goes_to_its_words() -> None:
    url = "https://e.org/lines"
    image, bare, quay = (
        m.Image("https://e.org/a.jpg", "All lines"),
        m.Image("https://e.org/a.jpg"),
        m.Text("The quay "),
    )
    link, own = m.Link((m.Text("map"),), "https://e.org/map"), m.Link((m.Text("lines"),), url)
    figures = {
        m.Figure(image, url=url): (m.Link((m.Text("All lines"),), url),),
        m.Figure(m.Image("https://e.org/a.jpg", "Lines"), url=url): (m.Link((m.Text("Lines"),), url),),
        m.Figure(image, (quay,), url=url): (m.Link((m.Text("All lines — "), quay), url),),
        m.Figure(bare, (link, quay, m.Text("now")), url=url): (link, m.Link((quay, m.Text("now")), url)),
        m.Figure(bare, (link,), url=url): (link,),
        m.Figure(image, (quay, own), url=url): (m.Text("All lines — "), quay, own),
        m.Figure(image, (quay,)): (m.Text("All lines — "), quay),
        m.Figure(image, (m.Text("Not all lines run."),)): (m.Text("Not all lines run."),),
        m.Figure(m.Image("https://e.org/a.jpg", "Quay"), (quay,)): (quay,),
    }
    document = feed2doc.Document(id="1", sections=(m.Section(blocks=(*figures, m.Figure(bare, url=url))),))
    (section,) = m.without_pictures(document).sections
    assert section.blocks == tuple(m.Figure(None, caption) for caption in figures.values())


def test_cells_and_items_stay_without_their_pictures() -> None:
    page = """<table><tr><th>Pic<th>Name<th>Age<tr><td rowspan=2><img src=https://e.org/a.jpg><td>Ann<td>5<tr><td>Bo<td>6</table>
        <ol><li>One<li><img src=https://e.org/b.jpg><li>Three</ol><ul><li>A<li><img src=https://e.org/c.jpg></ul>
        <table><tr><td><img src=https://e.org/d.jpg><td><img src=https://e.org/e.jpg></table>"""
    read = feed2doc.read(f"[A](https://e.org/)\n------\n<p>Text.</p>{page}".encode())
    bare = m.without_pictures(read)
    _, table, numbered, bullets = bare.sections[0].blocks
    assert isinstance(table, m.Table) and [len(row) for row in table.rows] == [3, 3, 2]
    assert table.rows[1][0].blocks == () and table.rows[1][0].rowspan == 2
    assert isinstance(numbered, m.OrderedList) and [bool(item) for item in numbered.items] == [
        True,
        False,
        True,
    ]
    assert isinstance(bullets, m.BulletList) and len(bullets.items) == 1
    text = feed2doc.write(bare, "text")
    assert re.search(r"^ *3\. Three$", text, re.M) and re.search(r"^ {4,}Ann +5$", text, re.M), text
    for to in ("markdown", "html", "epub", "pdf", "docx", "typst"):
        assert feed2doc.write(bare, to)


def test_a_budget_lowers_the_largest_first() -> None:
    env = feed2doc.Env()
    small, large = noise((200, 200)), noise((1500, 1500))
    env.assets.add("https://e.org/small", small)
    env.assets.add("https://e.org/large", large)
    figures = tuple(m.Figure(m.Image(f"https://e.org/{n}")) for n in ("small", "large"))
    document = feed2doc.Document(id="1", sections=(m.Section(blocks=figures),))
    gather([document], env, None, Profile(book_mib=1, quality=95))
    sizes = {n: env.assets.get(f"https://e.org/{n}") for n in ("small", "large")}
    assert all(sizes.values()) and sum(len(p.data) for p in sizes.values() if p) <= 2**20
    assert sizes["small"] is not None and opened(sizes["small"].data).size == (200, 200)


def gathered(pictures: dict[str, bytes], profile: Profile) -> tuple[feed2doc.Env, int]:
    """Return an environment into which these pictures were gathered, and the total size of its pictures."""
    env = feed2doc.Env()
    for url, data in pictures.items():
        env.assets.add(url, data)
    figures = tuple(m.Figure(m.Image(url)) for url in pictures)
    gather([feed2doc.Document(id="1", sections=(m.Section(blocks=figures),))], env, None, profile)
    return env, sum(picture.size for url in pictures if (picture := env.assets.get(url)))


def test_a_budget_holds_for_pictures_smaller_than_the_device() -> None:
    pictures = {f"https://e.org/{n}": noise((900, 900 + n)) for n in range(4)}
    assert sum(map(len, pictures.values())) > 2**20
    env, size = gathered(pictures, Profile(book_mib=1, longest_side=1600))
    assert 2**19 < size <= 2**20 and not env.diagnostics


@functools.cache
def drawing(shades: int) -> bytes:
    """Return a drawing in few shades, with equal ones side by side: scaled down, it has many more shades and compresses worse."""
    tile = Pillow.effect_noise((400, 1600), 200).point(lambda value: value * shades // 256 * 255 // shades)
    whole = Pillow.new("L", (1600, 1600))
    for left in range(0, 1600, 400):
        whole.paste(tile, (left, 0))
    out = io.BytesIO()
    whole.save(out, "PNG", optimize=True)
    return out.getvalue()


@pytest.mark.slow
def test_pictures_that_cannot_be_reduced_stay_and_are_reported() -> None:
    pictures = {f"https://e.org/{n}": drawing(n) for n in range(7, 11)}
    before = sum(map(len, pictures.values()))
    assert before > 2**20
    env, size = gathered(pictures, Profile(book_mib=1))
    assert size == before
    assert [(d.kind, d.message) for d in env.diagnostics] == [
        ("notice", "the pictures exceed the 1 MiB of the profile")
    ]


@pytest.mark.slow
def test_a_book_that_stays_too_large_for_the_device_is_reported(tmp_path: Path) -> None:
    pictures = {f"{n}.png": drawing(n) for n in range(7, 11)}
    for name, data in pictures.items():
        (tmp_path / name).write_bytes(data)
    figures = "".join(f'<figure><img src="{name}"></figure>' for name in pictures)
    (tmp_path / "item.txt").write_text(f"[h](https://e.org/a)\n------\n<p>Text.</p>{figures}<p>End.</p>")
    (tmp_path / "feed2doc.toml").write_text(
        '[convert]\nprofile = "tiny"\n[profile.tiny.device]\nbook_mib = 1\n'
    )
    done = run_command("item.txt", "--to", "epub", "--offline", cwd=tmp_path)
    assert done.returncode == 0 and done.stderr == (
        b"feed2doc: item.txt: the pictures exceed the 1 MiB of the profile\n"
    )


def test_the_store_gives_what_was_put_in() -> None:
    assets = Assets()
    assets.add("u", picture())
    assert assets.raw("u") == picture() and not assets.is_fitted("u")
    fitted = fit(picture(), DEFAULT)
    assert fitted is not None
    assets.put("u", fitted)
    assert assets.is_fitted("u") and assets.get("u") == fitted


# ---- on the command line ---------------------------------------------------------------------------


# ---- many ------------------------------------------------------------------------------------------


# ---- found in review -------------------------------------------------------------------------------


def test_lists_and_links_with_only_pictures_go_with_them() -> None:
    image = m.InlineImage(m.Image("https://e.org/a.jpg"))
    blocks = (
        m.BulletList(((m.Figure(m.Image("https://e.org/b.jpg")),), (m.Paragraph((m.Text("x"),)),))),
        m.BulletList(((m.Figure(m.Image("https://e.org/b.jpg")),),)),
        m.Paragraph((m.Link((image,), "https://e.org/"), m.Text("y"))),
    )
    (section,) = m.without_pictures(feed2doc.Document(id="1", sections=(m.Section(blocks=blocks),))).sections
    assert section.blocks == (m.BulletList(((m.Paragraph((m.Text("x"),)),),)), m.Paragraph((m.Text("y"),)))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('Go<a href="https://e.org/">{}</a>now', "Go now"),
        ("Go<b>{}</b>now", "Go now"),
        ("Go<span lang=fr><b>{}</b></span><i>now</i>", "Go now"),
        ("Go<b>{}{}</b>{}now", "Go now"),
        ("Go <b>{tar}</b>now on", "Go tar now on"),
        ("Go<b>{tar}</b><i>{oil}</i>now on", "Go tar oil now on"),
        ("<i>Go<b>{tar}</b></i>now on", "Go tar now on"),
        ("Go {} now", "Go now"),
        ("Go <b>{}</b> now", "Go now"),
        ('<a href="https://e.org/">{}</a> Go now', "Go now"),
        ("Go <b>now {}</b>", "Go now"),
        ("走<b>{}</b>吧 on", "走吧 on"),
        ("Go now<b>{}</b>.", "Go now."),
    ],
)
def test_words_around_a_picture_in_other_elements_do_not_touch(html: str, expected: str) -> None:
    picture = '<img src="https://e.org/i.png" alt="{}" width=16 height=16>'
    for name in ("", "tar", "oil"):
        html = html.replace(f"{{{name}}}", picture.format(name))
    page = f"<h1>Quay</h1><p>It is open.</p><p>{html}</p>".encode()
    document = m.without_pictures(feed2doc.read(page, format="html"))
    last = document.sections[-1].blocks[-1]
    assert isinstance(last, m.Paragraph) and m.plain_text(last.content) == expected
    assert not any(isinstance(each, m.Link) for each in m.walk(last))
