"""Biographies below a label at the end of an article: `About the author`, a name, a portrait, what the author does."""

from __future__ import annotations

from collections.abc import Sequence

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.authors.biographies import LONGEST, biography_of
from feed2doc.readers._article.authors.bylines import printed_names
from feed2doc.readers._article.authors.unlabelled_names import are_people
from feed2doc.readers._article.credits.lines import lines_of
from feed2doc.readers._article.furniture.link_blocks import text_of
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._blocks.counting import address_of
from feed2doc.readers._rules.lookup import Rules

# How many blocks may be below a label, and how long it is.
_MOST, _LONGEST_LABEL, _LONGEST_NAME = 6, 30, 40
_READING = pattern(r"\s?[（(][^（）()]{1,40}[)）]$")
_COLONS, _SIGNS = ":： ", "#＃ "
_ENDS = frozenset(".。!！?？…,，")


def split_about_author(
    blocks: m.Blocks, rules: Rules, byline: str, account: Account
) -> tuple[m.Blocks, list[m.Inlines]]:
    """Return the blocks without such a label and what is below it, and the lines of the biography.

    Below the label are a few short paragraphs and a portrait, one paragraph is a name or says what somebody does, and text is
    above it.
    """
    for at in range(len(blocks) - 2, max(len(blocks) - _MOST - 2, 0), -1):
        block = blocks[at]
        if type(block) is m.Heading or (type(block) is m.Paragraph and _is_label(block, rules, byline)):
            break
    else:
        return blocks, []
    below = blocks[at + 1 :]
    if not _is_label(block, rules, byline) or not _is_biography(below, rules):
        return blocks, []
    if not any(type(each) is m.Paragraph for each in blocks[:at]):
        return blocks, []
    account.remove(block, "credits", "the label of a box about the author", text=text_of(block))
    for each in below:
        if type(each) is m.Figure:
            account.remove(each, "credits", "portrait", text=address_of(each))
    return blocks[:at], lines_of([each for each in below if type(each) is m.Paragraph])


def named_in(lines: Sequence[m.Inlines]) -> str:
    """Return the name with which a biography below a label begins, without how it is read: `山田太郎（やまだ・たろう）`, or ""."""
    name = _READING.sub("", m.plain_text(lines[0]).strip()) if lines else ""
    return name if len(name) <= _LONGEST_NAME and are_people(name) else ""


def _is_label(block: m.Block, rules: Rules, byline: str) -> bool:
    """Return True for a line that only says that what is below it is about the author: `About the author`, `林海生简历`."""
    text = text_of(block).strip(_SIGNS).rstrip(_COLONS)
    if not 1 < len(text) <= _LONGEST_LABEL or text[-1] in _ENDS:
        return False
    said = rules.words.find("biography", text)
    if (
        said is not None
        and said.match.end() == len(text)
        and text[: said.match.start()].strip() in printed_names(byline)
    ):
        return True
    # What a phrase matches without its last character, too, has more words than the phrase.
    return _is_about_author(text, rules) and not _is_about_author(text[:-1], rules)


def _is_about_author(text: str, rules: Rules) -> bool:
    found = rules.credit(text)
    return found is not None and found[0].role == "author-bio" and "person" not in found[1].re.groupindex


def _is_biography(blocks: m.Blocks, rules: Rules) -> bool:
    texts = [text_of(each) for each in blocks if type(each) is m.Paragraph]
    if not texts or any(type(each) not in (m.Paragraph, m.Figure, m.Rule) for each in blocks):
        return False
    if sum(map(len, texts)) > 2 * LONGEST or max(map(len, texts)) > LONGEST:
        return False
    first = _READING.sub("", texts[0].partition("\n")[0].strip())
    return (len(first) <= _LONGEST_NAME and are_people(first)) or any(
        biography_of(text, rules.words)
        or any(rules.words.find(kind, text) is not None for kind in ("profession", "life"))
        for text in texts
    )
