"""Galleries: lists of pictures are pictures, with their captions and the one for all of them."""

import feed2doc
import pytest
from feed2doc import model as m


def blocks(html: str) -> list[m.Block]:
    """Return the blocks between two paragraphs of an article, in which nothing may be lost."""
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(f"<p>Begin.</p>{html}<p>End.</p>".encode(), format="html", env=env)
    assert not [each for each in env.diagnostics if each.kind == "loss"]
    return [block for section in document.sections for block in section.blocks][1:-1]


def shown(html: str) -> list[tuple[str, str]]:
    """Return the file names and captions of figures; there must be no other blocks."""
    found = blocks(html)
    assert all(isinstance(block, m.Figure) for block in found), found
    return [
        (block.image.src.rpartition("/")[2] if block.image else "", m.plain_text(block.caption))
        for block in found
        if isinstance(block, m.Figure)
    ]


def item(tag: str, name: str, caption: str, more: str = "") -> str:
    return f'<{tag}{more}><figure><img src="https://e.org/{name}.jpg"><figcaption>{caption}</figcaption></figure></{tag}>'


TWO = item("li", "a", "Bow") + item("li", "b", "Stern")
BOTH = [("a.jpg", "Bow"), ("b.jpg", "Stern")]


@pytest.mark.parametrize("tag", ["ul", "ol"])
def test_a_gallery_in_a_figure(tag: str) -> None:
    caption = '<figcaption class="blocks-gallery-caption">The boat</figcaption>'
    gallery = (
        f'<figure class="wp-block-gallery"><{tag} class="blocks-gallery-grid">{TWO}</{tag}>{caption}</figure>'
    )
    assert shown(gallery) == [*BOTH, ("", "The boat")]


@pytest.mark.parametrize(
    "html",
    [
        f"<ul>{TWO}</ul>",
        f'<ol class="slides">{TWO}</ol>',
        f'<div class="photo-gallery"><ol>{TWO}</ol></div>',
        '<div class="gallery gallery-columns-2">'
        + "".join(
            f'<dl class="gallery-item"><dt class="gallery-icon"><a href="https://e.org/{name}.jpg"><img src="https://e.org/{name}.jpg">'
            f'</a></dt><dd class="wp-caption-text gallery-caption">{caption}</dd></dl>'
            for name, caption in (("a", "Bow"), ("b", "Stern"))
        )
        + "</div>",
        '<div class="gallery">'
        + "".join(
            f'<div class="gallery-item"><img src="https://e.org/{name}.jpg"><p>{caption}</p></div>'
            for name, caption in (("a", "Bow"), ("b", "Stern"))
        )
        + "</div>",
    ],
)
def test_a_gallery_without_a_caption_for_all(html: str) -> None:
    assert shown(html) == BOTH


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        (f"<ol>{TWO}</ol>", m.OrderedList),
        (f"<ul>{TWO}<li>The mast</li></ul>", m.BulletList),
        ('<ul><li>One <img src="https://e.org/a.jpg"></li><li>Two</li></ul>', m.BulletList),
        ('<dl><dt>Bow <img src="https://e.org/a.jpg"></dt><dd>In front</dd></dl>', m.DefinitionList),
    ],
)
def test_lists_with_words_or_numbers_are_kept(html: str, kind: type[m.Block]) -> None:
    assert kind in map(type, blocks(html))
