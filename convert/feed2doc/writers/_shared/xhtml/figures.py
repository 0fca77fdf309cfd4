"""Figures and embeds as XHTML."""

from __future__ import annotations

from collections.abc import Mapping

from feed2doc import model as m
from feed2doc._text.urls import host_of
from feed2doc.writers._shared.captions import is_short
from feed2doc.writers._shared.escape import address, alt_of, attribute, text, title_attribute, words_of_embed
from feed2doc.writers._shared.line_breaks import joined_at_end


def figure_as_xhtml(
    figure: m.Figure,
    words: Mapping[str, str],
    *,
    caption: str,
    credit: str,
    href: str | None,
    url: str,
    links_text: bool,
    past: int = 0,
) -> str:
    """Return a figure with its caption and credit, which are XHTML; without a picture at `href`, there is a link to it.

    It links to `url`, if that is not empty: the picture does, or the host's name in the caption if there is no picture or
    `links_text` is true. An attribute says that it may be `past` so many paragraphs.
    """
    start = f'<a href="{attribute(url)}">' if url else ""
    link = f"{start}{text(host_of(url) or url)}</a>" if url and (links_text or href is None) else ""
    by = f'<span class="credit">{credit}</span>' if credit else ""
    said = " ".join(part for part in (caption, by, link) if part)
    if figure.image is None:
        return f'<div class="caption">{said}</div>'
    kind = ' class="short"' if is_short(figure) else ""
    below = f"\n<figcaption{kind}>{said}</figcaption>" if said else ""
    if href is None:
        alternative = m.words_beside_caption(figure) or words["picture"]
        missing = _placeholder(alternative, figure.image.src)
        return f'<figure class="missing">\n{missing}{below}\n</figure>'
    alt = alt_of(figure.image, figure, words["figure"])
    title = title_attribute(figure.image.title)
    picture = f'<img src="{attribute(href)}" alt="{attribute(alt)}"{title}/>'
    if url and not link:
        picture = f"{start}{picture}</a>"
    moves = f' data-past="{past}"' if past else ""
    return f"<figure{moves}>\n{picture}{below}\n</figure>"


def embed_as_xhtml(
    embed: m.Embed, words: Mapping[str, str], poster: str | None, *, joins_end: bool = False
) -> str:
    """Return a link to what is embedded, below its picture at `poster` if there is one.

    If `joins_end` is true, no line of it has only the last character of Chinese or Japanese text.
    """
    said = words_of_embed(embed, words)
    still = f'<img src="{attribute(poster)}" alt="{attribute(said)}"/>\n' if poster else ""
    shown = joined_at_end(said) if joins_end else said
    return f'<div class="embed {embed.kind}">\n{still}{_placeholder(shown, embed.url)}\n</div>'


def _placeholder(words: str, url: str) -> str:
    """Return a paragraph that links to what is not in the output."""
    target, said = address(url), text(words)
    content = f'<a href="{attribute(target)}">{said}</a>' if target else said
    return f'<p class="placeholder">{content}</p>'
