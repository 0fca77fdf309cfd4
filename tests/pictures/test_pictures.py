"""Pictures resized for devices, and books and files with pictures."""

import functools
import io
import os
import re
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import feed2doc
import pytest
from feed2doc import model as m
from feed2doc._cli import run
from feed2doc.assets import Assets
from feed2doc.pictures.gather import gather
from feed2doc.pictures.profiles import Profile, profile
from feed2doc.pictures.resize import fit, refusal
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow
from PIL import ImageCms

from tests.command import ITEM, on_terminal
from tests.command import run as run_command
from tests.kitchen_sink import DOCUMENT
from tests.picture_server import BAD, Server, body, huge_png, item, picture, serving

DEFAULT = profile("default")


def opened(data: bytes) -> Pillow.Image:
    image = Pillow.open(io.BytesIO(data))
    image.load()
    return image


@functools.cache
def noise(size: tuple[int, int], kind: str = "JPEG", **options: object) -> bytes:
    """Return a picture that compresses badly."""
    out = io.BytesIO()
    Pillow.effect_noise(size, 90).convert("RGB").save(out, kind, **options)
    return out.getvalue()


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


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Server]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with serving() as running:
        yield running


ALLOW = ("--allow-host", "127.0.0.1")


@pytest.fixture
def convert(server: Server, tmp_path: Path) -> Callable[..., Path]:
    """Return a function that converts an item with these pictures and returns the output's path."""

    def converted(
        to: str, *options: str, paths: tuple[str, ...] = ("/ok.jpg", "/404", "/webp"), code: int = 0
    ) -> Path:
        source, out = tmp_path / "item.txt", tmp_path / f"out.{to}"
        source.write_text(item(server, *paths), "utf-8")
        assert run([str(source), "--to", to, "-o", str(out), *options]) == code
        return out

    return converted


def test_a_terminal_shows_how_many_pictures_are_there(server: Server, tmp_path: Path) -> None:
    (tmp_path / "item.txt").write_text(item(server, "/ok.jpg", "/webp", "/avif"), "utf-8")
    arguments = ("item.txt", "--to", "html", "-o", "-", "--images", "embed", *ALLOW)
    for more in ((), ("-q",), ("--bundle",)):
        code, shown, output = on_terminal(*arguments, *more, cwd=tmp_path)
        assert code == 0 and output.startswith(b"<!DOCTYPE html>")
        if more == ("-q",):
            assert not shown.strip("\r")
            continue
        # If the item takes long, the progress bar of the whole run follows.
        steps = [step for step in shown.split("\r") if step.startswith("pictures")]
        assert steps == [f"pictures {n}/3" for n in (1, 2, 3)]


def test_bad_pictures_are_left_out(
    convert: Callable[..., Path], capfd: pytest.CaptureFixture[str], server: Server
) -> None:
    paths = ("/ok.jpg", *BAD, "/avif", "/ok.jpg?again")
    book = convert("epub", *ALLOW, paths=paths)
    lost = [line for line in capfd.readouterr().err.splitlines() if ": lost: picture http" in line]
    assert (
        len(lost) == len(BAD) - 1 and server.counts["/referer"] == 1
    )  # it is fetched, because the request names its article
    with zipfile.ZipFile(book) as opened_book:
        names = [name for name in opened_book.namelist() if "/images/" in name]
        text = "".join(opened_book.read(n).decode() for n in opened_book.namelist() if "article-" in n)
    assert len(names) == 4 and text.count("placeholder") == len(BAD) - 1
    assert all(f"说明{path} <span" in text.replace("&amp;", "&") or f"说明{path}" in text for path in paths)


def test_strict_makes_a_missing_picture_an_error(convert: Callable[..., Path]) -> None:
    out = convert("epub", *ALLOW, "--strict", code=5)
    assert not out.exists()


@pytest.mark.parametrize("options", [("--offline",), ("--images", "link"), ("--images", "none")])
def test_no_picture_is_requested_if_none_is_needed(
    convert: Callable[..., Path], server: Server, options: tuple[str, ...]
) -> None:
    for to in ("epub", "html", "pdf"):
        convert(to, *ALLOW, *options)
    assert server.requests == []


@pytest.mark.parametrize("at_hand", [True, False])
@pytest.mark.parametrize("to", ["epub", "md", "html"])
def test_a_strict_run_offline_fails_for_a_missing_picture(tmp_path: Path, to: str, at_hand: bool) -> None:
    (tmp_path / "pier.png").write_bytes(picture("PNG"))
    near = '<p><img src="pier.png"></p>' if at_hand else ""
    (tmp_path / "item.txt").write_text(
        ITEM.format(n=1) + near + '<p><img src="https://example.com/quay.png"></p>'
    )
    arguments = ("item.txt", "--to", to, "--images", "embed", "--offline")
    done = run_command(*arguments, "--strict", cwd=tmp_path)
    assert done.returncode == 5 and b"quay.png: not available offline" in done.stderr and not done.stdout
    (tmp_path / "quay.png").write_bytes(picture("PNG"))
    assert run_command(*arguments, "--strict", "--image-dir", ".", cwd=tmp_path).returncode == 0
    (tmp_path / "quay.png").unlink()
    done = run_command(*arguments, cwd=tmp_path)
    assert done.returncode == 0 and not done.stderr


def test_offline_opens_no_socket(convert: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    for to in ("epub", "html", "pdf", "md"):
        assert convert(to, "--offline", *(("--images", "embed") if to == "md" else ())).exists()


@pytest.mark.parametrize(
    "command",
    [
        ("sync", "HTTPS://me:geheim@port.example/feed.xml", "--dest", "news", "--to", "md"),
        ("edition", "item.txt", "http://me:geheim@port.example/feed.xml", "-o", "a.md"),
        ("pair", "item.txt", "s3://me:geheim@bucket/b.txt"),
        ("convert", "https://me:geheim@port.example/a.html", "-o", "a.md"),
        ("convert", "item.txt", "--to", "md", "--output-dir", "s3://me:geheim@bucket/out"),
        ("convert", "item.txt", "-o", "s3://me:geheim@bucket/a.md"),
    ],
    ids=str,
)
def test_offline_refuses_urls(tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "item.txt").write_text(ITEM.format(n=1))
    done = run_command(*command, "--offline", cwd=tmp_path)
    assert done.returncode == 2 and b"is on the network: download it, or leave out --offline" in done.stderr
    assert b"geheim" not in done.stderr and os.listdir(tmp_path) == ["item.txt"]


def test_offline_refuses_urls_in_the_library(tmp_path: Path) -> None:
    with pytest.raises(feed2doc.UsageError, match="is on the network"):
        feed2doc.sync(["item.txt", "https://port.example/feed.xml"], tmp_path / "news", offline=True)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(("profile", "points"), [("kobo", "303 x 403"), ("", "595 x 842")])
def test_a_profile_has_its_page(convert: Callable[..., Path], profile: str, points: str) -> None:
    out = convert("pdf", "--offline", *(("--profile", profile) if profile else ()))
    info = subprocess.run(["pdfinfo", out], capture_output=True, text=True, check=True).stdout
    width, _, height, *_ = info.split("Page size:")[1].split()
    assert f"{round(float(width))} x {round(float(height))}" == points


def test_each_format_has_its_usual_pictures(convert: Callable[..., Path], server: Server) -> None:
    assert "data:image/jpeg" in convert("html", *ALLOW).read_text("utf-8")
    asked = len(server.requests)
    markdown = convert("md", *ALLOW).read_text("utf-8")
    text = convert("txt", *ALLOW).read_text("utf-8")
    assert f"]({server.url('/ok.jpg')})" in markdown and "127.0.0.1" not in text and "说明/404" in text
    assert len(server.requests) == asked


def test_lead_alone(server: Server, tmp_path: Path) -> None:
    source, out = tmp_path / "item.txt", tmp_path / "out.html"
    source.write_text(item(server, "/1.jpg", "/2.jpg").replace("<p>渡轮回来了。</p>", ""), "utf-8")
    assert run([str(source), "--to", "html", "-o", str(out), *ALLOW, "--images", "lead"]) == 0
    page = out.read_text("utf-8")
    assert page.count("data:image") == 1 and "说明/1.jpg" in page and "说明/2.jpg" in page
    assert [path for path, _ in server.requests] == ["/1.jpg"]


def test_markdown_has_its_pictures_next_to_it(convert: Callable[..., Path]) -> None:
    out = convert("md", *ALLOW, "--images", "embed")
    assert sorted(f.name for f in (out.parent / "out.images").iterdir()) == ["001.jpg", "002.jpg"]
    assert "](out.images/001.jpg)" in out.read_text("utf-8")


def test_archived_pictures_are_found_by_url_and_by_name(
    convert: Callable[..., Path], server: Server, tmp_path: Path
) -> None:
    (tmp_path / "by-name").mkdir()
    (tmp_path / "by-name" / "404").write_bytes(picture())
    (tmp_path / "by-url" / "127.0.0.1").mkdir(parents=True)
    (tmp_path / "by-url" / "127.0.0.1" / "webp").write_bytes(picture("PNG"))
    folders = ("--image-dir", str(tmp_path / "by-name"), "--image-dir", str(tmp_path / "by-url"))
    page = convert("html", "--offline", *folders).read_text("utf-8")
    assert page.count("data:image") == 2 and server.requests == []


def test_a_second_run_asks_for_nothing_and_writes_the_same(
    convert: Callable[..., Path], server: Server
) -> None:
    paths = tuple(f"/n{n}.jpg" for n in range(6))
    first = convert("epub", *ALLOW, paths=paths).read_bytes()
    asked = len(server.requests)
    assert asked == 6 and convert("epub", *ALLOW, paths=paths).read_bytes() == first
    assert len(server.requests) == asked


def test_wrong_options_are_errors(convert: Callable[..., Path], capfd: pytest.CaptureFixture[str]) -> None:
    convert("epub", "--profile", "nook", code=2)
    convert("epub", "--image-dir", "/nowhere", code=2)
    convert("epub", "--images", "some", code=2)
    lines = capfd.readouterr().err.splitlines()
    assert (
        "unknown profile 'nook'" in lines[0]
        and "--image-dir /nowhere: not a folder" in lines[1]
        and len(lines) == 3
    )


# ---- many ------------------------------------------------------------------------------------------

MANY = """
import sys
from pathlib import Path
import feed2doc
from feed2doc.model import Document, Figure, Image, Paragraph, Section, Text
from feed2doc.pictures.profiles import profile
from feed2doc.pictures.fetcher import Fetcher
from feed2doc.pictures.gather import gather
base, cache, out = sys.argv[1:]
def article(n):
    figures = tuple(Figure(Image(f"{base}/many/{n}{x}.jpg"), (Text(x),)) for x in "ab")
    section = Section(blocks=(Paragraph((Text("渡轮回来了。" * 40),)), *figures))
    return Document(id=f"https://harbour.example/{n}", headline=str(n), language="zh-CN", sections=(section,))
documents = tuple(article(n) for n in range(200))
env = feed2doc.Env()
with Fetcher(Path(cache), allow_hosts=["127.0.0.1"]) as fetcher:
    gather(documents, env, fetcher, profile("default"))
book = feed2doc.Book(title="Many", language="zh-CN", parts=(feed2doc.Part(documents=documents),))
Path(out).write_bytes(feed2doc.write(book, "epub", env=env))
# VmHWM, not ru_maxrss, which a new process has from the one that started it.
peak = next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
print(sum(d.kind == "loss" for d in env.diagnostics), int(peak) // 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak memory is read from /proc")
def test_four_hundred_pictures_in_bounded_memory_and_once(tmp_path: Path) -> None:
    """Convert 200 articles with two pictures of some 200 kB; the second run finds them in the cache and writes the same book."""
    data = noise((600, 400), quality=88)
    assert 150_000 < len(data) < 100 * 2**20 / 400  # so that the budget leaves them unchanged
    route = {f"/many/{n}{x}.jpg": body(data + f"{n}{x}".encode()) for n in range(200) for x in "ab"}
    with serving(more=route) as server:
        books, asked = [], []
        for number in range(2):
            out = tmp_path / f"{number}.epub"
            arguments = [server.url(""), str(tmp_path / "cache.sqlite"), str(out)]
            done = subprocess.run(
                [sys.executable, "-c", MANY, *arguments], capture_output=True, text=True, check=True
            )
            lost, megabytes = map(int, done.stdout.split())
            assert lost == 0 and megabytes < 300
            books.append(out.read_bytes())
            asked.append(len(server.requests))
    assert asked == [400, 400] and books[0] == books[1]
    assert len([n for n in zipfile.ZipFile(io.BytesIO(books[0])).namelist() if "/images/" in n]) == 400


# ---- found in review -------------------------------------------------------------------------------


def test_a_picture_that_fails_is_requested_and_reported_once_for_all_formats(
    server: Server, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "item.txt"
    source.write_text(item(server, "/404"), "utf-8")
    formats = [word for to in ("epub", "html", "md") for word in ("--to", to)]
    assert run([str(source), *formats, "--output-dir", str(tmp_path / "out"), *ALLOW]) == 0
    assert server.counts["/404"] == 1 and capfd.readouterr().err.count(": lost: picture") == 1


def test_strict_writes_no_pictures_either(convert: Callable[..., Path]) -> None:
    out = convert("md", *ALLOW, "--images", "embed", "--strict", code=5)
    assert not out.exists() and not (out.parent / "out.images").exists()


@pytest.mark.parametrize("broken", ["no folder", "no database"])
def test_an_unusable_cache_does_no_harm(
    convert: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    home = tmp_path / "broken"
    if broken == "no folder":
        home.write_text("a file")
    else:
        (home / "feed2doc").mkdir(parents=True)
        (home / "feed2doc" / "fetched.sqlite").write_bytes(b"this is no database, " * 100)
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    assert "data:image" in convert("html", *ALLOW, paths=("/ok.jpg",)).read_text("utf-8")


def test_the_cache_of_earlier_versions_which_kept_addresses_is_removed(
    convert: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "old" / "feed2doc"
    folder.mkdir(parents=True)
    (folder / "pictures.sqlite-wal").write_text("https://e.org/a.jpg?token=SECRET")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder.parent))
    convert("html", *ALLOW, paths=("/ok.jpg",))
    kept = sorted(path.name for path in folder.iterdir())
    assert "fetched.sqlite" in kept and not [name for name in kept if name.startswith("pictures.")]


@pytest.mark.parametrize(
    "src",
    [
        "https://images.weserv.nl/?url=[x",
        "data:image/png;base64," + "A" * 5000,
        "a" * 5000,
        "https://e.org/" + "b" * 5000,
    ],
)
def test_urls_that_are_not_file_names(tmp_path: Path, src: str) -> None:
    source = tmp_path / "item.txt"
    source.write_text(f'[h](https://e.org/)\n------\n<p>a</p><img src="{src}">', "utf-8")
    options = ["--offline", "--image-dir", str(tmp_path), "--output-dir", str(tmp_path / "out")]
    assert run([str(source), "--to", "epub", *options]) == 0


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
