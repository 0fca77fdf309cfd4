"""An article as Typst source."""

from __future__ import annotations

from collections.abc import Callable
from itertools import dropwhile

from feed2doc import model as m
from feed2doc._locale.labels import labels
from feed2doc.model import Document, Image
from feed2doc.writers._shared.bylines import byline_text
from feed2doc.writers._shared.facts import article_facts
from feed2doc.writers._shared.floating_pictures import floating_pictures
from feed2doc.writers._shared.headlines import is_phrased
from feed2doc.writers._shared.numbering import Numbered
from feed2doc.writers._shared.running_heads import running_head
from feed2doc.writers.typst.content import TypstContent
from feed2doc.writers.typst.ending import Ending, ending_of, ending_source
from feed2doc.writers.typst.markup import (
    beginnings_of,
    in_phrases,
    lines,
    on_one_line,
    string,
    turned,
)


def article_source(
    article: Numbered,
    picture: Callable[[Image], str | None],
    line_length: int,
    running_length: float,
    above: str,
    below: str = "",
    *,
    named: bool = False,
    front: bool = False,
) -> str:
    """Return the code of an article between the code `above`, in which its publication may be named already, and `below`.

    `running_length` is the room for its running head in ems of that; `front` says that it is a front page.
    """
    document, facts = article.document, article_facts(article.document)
    content = TypstContent(
        document.language,
        picture,
        article.inside,
        line_length=line_length,
        name=f"a{article.number}",
        floating=floating_pictures(document, line_length),
    )
    words, title = content.words, facts["headline"]
    phrased = title if is_phrased(on_one_line(title), document.language) else ""
    given = {
        "level": str(article.level) if article.level != 1 else "",
        "place": f"<a{article.number}>",
        "language": string(facts["language"]),
        "dir": facts["direction"],
        "publication": _stated(document.publication),
        "running": _stated(running_head(document.publication, on_one_line(title), running_length)),
        "headline": title_source(title, document.language),
        "phrases": phrased and f"[{in_phrases(title)}]",
        "beginnings": phrased and f"({''.join(f'[{each}], ' for each in beginnings_of(title))})",
        "turns": phrased and f"({''.join(f'([{one}], [{other}]), ' for one, other in turned(title))})",
        "standfirst": f"[{standfirst}]" if (standfirst := content.inlines(document.standfirst)) else "",
        "byline": _stated(byline_text(document)),
        "time": _stated(facts["time"]),
        "source": f"({string(facts['url'])}, {string(words['source'] + words['colon'])}, {string(facts['source'])})"
        if facts["url"]
        else "",
        "above": above,
        "below": below,
        "named": "true" if named else "",
        "front": "true" if front else "",
    }
    body = [content.section("", (document.lead,) if document.lead else ())]
    credits = _credits(document, content, facts["original_url"], article.level + 1)
    ending = Ending() if front else ending_of(document, content.line_length, credits=bool(credits))
    if credits and not ending.text and (last := _last_block(document)):
        content.last, content.closing = last, credits
    depth = 0
    for section in document.sections:
        if heading := _heading(section.heading, content):
            # A heading is at most one level below the previous one (ISO 14289-1 7.4.2).
            depth = min(max(section.level, 1), depth + 1, 6 - article.level)
            heading = f"{'=' * depth} {heading}"
        kept = ending.blocks if section is document.sections[-1] else 0
        body.append(content.section(heading, section.blocks[: len(section.blocks) - kept], depth))
    if ending.text:
        place = f"<a{article.number}-end>"
        body.append(ending_source(ending, document, place, credits, content))
    elif credits and (content.closing or content.last is None):
        body.append(f"#{credits}")
    return (
        f"#article({lines(f'{name}: {value}' for name, value in given.items() if value)})[\n"
        + "\n\n".join(filter(None, body))
        + "\n]"
    )


def _heading(heading: m.Inlines, content: TypstContent) -> str:
    """Return the heading of a section, whose lines end between phrases if it is plain text, or "" if it has no words."""
    heading = tuple(dropwhile(_is_blank, heading))  # Typst takes what begins with a line break for empty
    title = "".join(node.value for node in heading if isinstance(node, m.Text))
    is_plain = all(isinstance(node, m.Text) for node in heading)
    if is_plain and is_phrased(on_one_line(title), content.language):
        return in_phrases(title.strip())
    return content.inlines(heading).strip()


def _last_block(document: Document) -> m.Block | None:
    """Return the last block of the text, or None if there is none or the same object is above, too."""
    blocks = [block for section in document.sections for block in section.blocks]
    if not document.sections or not document.sections[-1].blocks:
        return None
    return None if any(block is blocks[-1] for block in blocks[:-1]) else blocks[-1]


def _is_blank(node: m.Inline) -> bool:
    return isinstance(node, m.LineBreak) or (isinstance(node, m.Text) and not node.value.strip())


def title_source(title: str, language: str) -> str:
    """Return the title as a string that is never blank, because a heading must have text (ISO 14289-1 7.4)."""
    return string(title if on_one_line(title).strip() else labels(language)["untitled"])


def _stated(value: str) -> str:
    return string(on_one_line(value)) if value else ""


def _credits(document: Document, content: TypstContent, original: str, level: int) -> str:
    rows = [f"[{content.inlines(credit.text)}]" for credit in document.credits]
    if original:
        rows.append(f"[#link({string(original)}, {string(content.words['original'])})]")
    if not rows:
        return ""
    return f"credits({lines([string(content.words['credits']), str(level), *rows])})"
