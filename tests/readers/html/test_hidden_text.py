"""Text that browsers do not display is left out and noted; what a script or a click shows is kept."""

import feed2doc
import pytest
from feed2doc.model import Image, walk

TEXT = "<p>The harbour is open again, and the ferry is back at the quay.</p>"


def read(html: str, env: feed2doc.Env | None = None) -> str:
    text = feed2doc.write(feed2doc.read(html.encode(), env=env), "text")
    assert isinstance(text, str)
    return text


@pytest.mark.parametrize(
    "html",
    [
        "<p hidden>NOT SHOWN</p>",
        '<div style="DISPLAY : None !important"><p>NOT SHOWN</p></div>',
        '<span style="visibility:hidden">NOT SHOWN</span>',
        '<div style="max-height:0;overflow:hidden;color:#fff">NOT SHOWN</div>',
        '<div style="font-size:0">NOT SHOWN</div>',
        '<span style="font-size:1px;line-height:1px;color:#ffffff">NOT SHOWN</span>',
        '<td style="mso-hide:all">NOT SHOWN</td>',
        '<p style="position:absolute;left:-9999px">NOT SHOWN</p>',
        '<p style="text-indent:-1000em">NOT SHOWN</p>',
        '<span style="position:absolute;clip:rect(0 0 0 0);width:1px">NOT SHOWN</span>',
        '<p>Rope <b>12 mm<span style="display:inline-block;opacity:0">NOT SHOWN</span></b></p>',
        '<p>Rope <small class="copy-hint" style="opacity: 0.0">NOT SHOWN</small></p>',
        '<p>Rope <span style="position:absolute; opacity:0">NOT SHOWN</span></p>',
        '<p>Look <a href="https://e.org/a">here<span class="sr-only"> NOT SHOWN</span></a>.</p>',
        '<div style="display:none"><img src="https://e.org/p.gif" width="1" height="1">NOT SHOWN</div>',
        "<dialog><p>NOT SHOWN</p></dialog>",
        '<img src="https://e.org/a.jpg"><div style="display:none"><img src="https://e.org/a.jpg">NOT SHOWN</div>',
    ],
)
def test_hidden_text_is_left_out_and_noted(html: str) -> None:
    env = feed2doc.Env()
    assert "NOT SHOWN" not in read(html + TEXT, env)
    assert any("NOT SHOWN" in d.text for d in env.diagnostics if d.kind == "dropped")
    assert not [d for d in env.diagnostics if d.kind == "loss"]


@pytest.mark.parametrize(
    "html",
    [
        '<p hidden="until-found">SHOWN</p>',
        '<p style="visibility:visible;display:block">SHOWN</p>',
        '<div style="font-size:0px;line-height:0"><p style="font-size:16px">SHOWN</p></div>',
        '<div style="visibility:hidden"><p style="visibility:visible">SHOWN</p></div>',
        '<div class="wow fadeIn" style="visibility:hidden">SHOWN</div>',
        '<div role="tabpanel" hidden>SHOWN</div>',
        '<button aria-controls="more">More</button><div id="more" style="display:none">SHOWN</div>',
        '<p style="color:#fff;background:#000">SHOWN</p>',
        '<p style="position:absolute;left:-9px">SHOWN</p>',
        '<p style="overflow:hidden;height:20px">SHOWN</p>',
        '<p>Rope <span style="opacity:0.5">SHOWN</span></p>',
        '<p>Rope <span class="fade-in" style="opacity:0">SHOWN</span></p>',
        '<p style="opacity:0">SHOWN</p>',
        '<h2><span style="opacity:0">SHOWN</span></h2>',
        '<p>Start <span><span style="opacity:0">SHOWN</span></span> <span><span style="opacity:0">now</span></span>.</p>',
        '<p><span style="opacity:0">SHOWN</span> <span style="opacity:0">later</span></p>',
        '<p><span style="opacity:0">SHOWN word by word, as the reader scrolls down the page</span></p>',
        '<p style="font-size:10px">SHOWN</p>',
        "<details><summary>More</summary>SHOWN</details>",
        "<dialog open><p>SHOWN</p></dialog>",
        '<p>Rope <button popovertarget="n">1</button></p><dialog id="n" popover>SHOWN</dialog>',
        '<p aria-hidden="true">SHOWN</p>',
    ],
)
def test_what_is_displayed_or_shown_by_a_click_is_kept(html: str) -> None:
    assert "SHOWN" in read(html + TEXT)


def test_an_article_that_a_script_shows_is_kept() -> None:
    assert "ferry" in read(f'<p>Name</p><div style="visibility:hidden;opacity:0">{TEXT * 20}</div>')
    assert "ferry" in read(f'<div style="display:none">{TEXT}</div>')


@pytest.mark.parametrize("around", ["<h1>Lamps</h1>", "<header>Quay News, Oslo</header>"])
def test_a_short_article_below_its_title_that_a_script_shows_is_kept(around: str) -> None:
    """As the pages of WeChat are written."""
    hidden = (
        '<div id="js_content" style="visibility: hidden; opacity: 0;"><section>A new lamp.</section></div>'
    )
    page = f"<html><head><title>Lamps</title></head><body><article>{around}{hidden}</article></body></html>"
    assert "A new lamp." in feed2doc.write(feed2doc.read(page.encode()), "text")


@pytest.mark.parametrize(
    "around",
    [
        '<div id="meta_content"><span id="copyright_logo">原创</span><span id="profileBt"><a id="js_name">Quay Press</a></span></div>',
        '<div><a href="https://twitter.com/share?url=x">Twitter</a> <a href="https://www.facebook.com/sharer.php?u=x">Facebook</a></div>',
        '<p class="byline">By Ann Ba</p>',
    ],
)
def test_what_is_left_out_or_a_byline_does_not_make_the_article_hidden_text(around: str) -> None:
    hidden = '<div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0;"><p>A new lamp.</p></div>'
    page = f"<html><head><title>Lamps</title></head><body><article><h1>Lamps</h1>{around}{hidden}</article></body></html>"
    assert "A new lamp." in feed2doc.write(feed2doc.read(page.encode()), "text")


def test_a_hidden_picture_whose_copy_is_in_a_noscript_is_kept() -> None:
    """As Cloudflare Mirage writes it."""
    picture = (
        '<img data-cfsrc="https://e.org/a.jpg" style="display:none;visibility:hidden">'
        '<noscript><img src="https://e.org/a.jpg"></noscript>'
    )
    document = feed2doc.read(f"{TEXT}<p>{picture}</p>".encode())
    assert [node.src for node in walk(document) if isinstance(node, Image)] == ["https://e.org/a.jpg"]


def test_a_picture_that_is_nowhere_else_is_kept() -> None:
    document = feed2doc.read(
        f'{TEXT}<div style="display:none"><img src="https://e.org/a.jpg"></div>'.encode()
    )
    assert [node.src for node in walk(document) if isinstance(node, Image)] == ["https://e.org/a.jpg"]


def test_a_lazy_picture_that_its_script_shows_is_kept_but_no_counter() -> None:
    """As WeChat writes them."""
    lazy = '<img data-src="https://e.org/a.jpg" src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=" style="visibility: hidden !important">'
    counter = '<img src="https://e.org/count.gif" style="display:none">'
    document = feed2doc.read(f"{TEXT}<p>{lazy}</p>{TEXT}<p>{counter}</p>".encode())
    assert [node.src for node in walk(document) if isinstance(node, Image)] == ["https://e.org/a.jpg"]
