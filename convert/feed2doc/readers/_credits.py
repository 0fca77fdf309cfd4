"""Lines of credits, typed: who wrote, translated, helped; where the original is; who owns it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import cast

from feed2doc.model import Block, Blocks, Credit, Inline, Inlines, Link, Paragraph, Person, Role, plain_text
from feed2doc.readers._frames import caption_of
from feed2doc.readers._inlines import split_lines
from feed2doc.readers._sites import SiteRule


def lines_of(blocks: Sequence[Block]) -> list[Inlines]:
    """The lines of these blocks, one for each paragraph or line break."""
    return [line for block in blocks for line in split_lines(caption_of((block,)))]


def split_tail(blocks: Blocks, rule: SiteRule) -> tuple[Blocks, list[Inlines]]:
    """The blocks without the paragraphs of credits at their end, and the lines of these.

    A paragraph there is one of credits when its last line matches a pattern of the rule.
    """
    end = len(blocks)
    while end and isinstance(block := blocks[end - 1], Paragraph):
        lines = split_lines(block.content)
        if not lines or _match(plain_text(lines[-1]), rule) is None:
            break
        end -= 1
    return blocks[:end], lines_of(blocks[end:])


def type_credits(
    lines: Sequence[Inlines], rule: SiteRule, spelled: Callable[[list[str]], tuple[Person, ...]]
) -> tuple[tuple[Credit, ...], tuple[Person, ...]]:
    """The credits of these lines, and the byline in the spelling that they use.

    A line that no pattern knows is the bio of the author whom it names, else a note.
    """
    byline = spelled([plain_text(line) for line in lines])
    return tuple(_credit(line, rule, byline) for line in lines), byline


def _credit(line: Inlines, rule: SiteRule, byline: tuple[Person, ...]) -> Credit:
    text = plain_text(line)
    urls = [link.url for link in _links(line)]
    if (known := _match(text, rule)) is not None:
        role, person = known
        # Only an address of the original says more than where the line's own words lead.
        return Credit(cast("Role", role), line, person, urls[0] if urls and role != "rights" else "")
    for person_of in byline:
        if person_of.name.casefold() in text.casefold():
            return Credit("author-bio", line, person_of.name, urls[-1] if urls else "")
    return Credit("note", line, "", urls[0] if urls else "")


def _match(text: str, rule: SiteRule) -> tuple[str, str] | None:
    """The role of the first pattern that knows this text, and the person that it names."""
    for credit in rule.credit:
        if found := re.search(credit.text, text):
            return credit.role, (found.groupdict().get("person") or "").strip(" 。.")
    return None


def _links(inlines: Inlines) -> Iterator[Link]:
    for node in inlines:
        if isinstance(node, Link):
            yield node
        content: tuple[Inline, ...] = getattr(node, "content", ())
        yield from _links(content)
