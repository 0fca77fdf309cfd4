"""What a page has below the line of its editors, with which articles of Chinese papers end: `责任编辑：林海`."""

from __future__ import annotations

from feed2doc import model as m
from feed2doc.readers._article.furniture.link_blocks import LONGEST_LABEL, is_links, text_of
from feed2doc.readers._article.furniture.related_labels import heading_of_links
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.names import are_names

# How long the line is, how many blocks may be below it, and how many sentences are above it.
_LONGEST, _MOST_BLOCKS, _FEWEST_SENTENCES = 40, 60, 2
# The signs after a label, and its length.
_SIGNS, _LONGEST_LABEL = frozenset("：:｜|/／"), 10
_BRACKETS = "（）()【】[]"
_ENDS = frozenset("。！？!?….")
# Signs before a note on the text, and the length of a field that has to be filled in: `*请填写原因`.
_LONGEST_MARKED = 6
_NOTES = frozenset("（(*＊※注註[［【△")
_HELD = (m.BulletList, m.OrderedList, m.DefinitionList)


def without_page_below(blocks: m.Blocks, rules: Rules, account: Account) -> tuple[m.Blocks, list[m.Inlines]]:
    """Return the blocks without what is below the line of the editors, if some of it is surely of a page, and none a sentence.

    Pictures that lead nowhere stay, and so do credits. If anything else is below, the line alone is taken, and returned too.
    """
    at = _line_of_editors(blocks, rules)
    below = blocks[at + 1 :] if at > 0 else ()
    if not below or all(_is_kept(each, rules) for each in below):
        return blocks, []
    if not all(_may_be_of_page(each, rules) for each in below) or not any(
        _is_of_page(each, rules) for each in below
    ):
        line = blocks[at]
        return (*blocks[:at], *below), [line.content] if isinstance(line, m.Paragraph) else []
    kept = [each for each in below if _is_kept(each, rules)]
    for each in below:
        if each not in kept:
            account.remove(each, "below the editors", "page below the text", text=text_of(each))
    return (*blocks[: at + 1], *kept), []


def _line_of_editors(blocks: m.Blocks, rules: Rules) -> int:
    """Return the position of the last line that only names editors, below sentences, or -1."""
    for at in range(len(blocks) - 1, max(len(blocks) - _MOST_BLOCKS, 0), -1):
        block = blocks[at]
        if type(block) is not m.Paragraph or len(text := m.plain_text(block.content)) > _LONGEST:
            continue
        if _SIGNS.isdisjoint(text[:_LONGEST_LABEL]):  # as most lines
            continue
        if (said := rules.credit(text.strip(_BRACKETS))) is not None and said[0].role == "editor":
            sentences = sum(map(_is_sentence, blocks[:at][-_MOST_BLOCKS:]))
            are_people = are_names(said[1].groupdict().get("person") or "")
            return at if are_people and sentences >= _FEWEST_SENTENCES else -1
    return -1


def _is_sentence(block: m.Block) -> bool:
    return type(block) is m.Paragraph and m.plain_text(block.content).rstrip()[-1:] in _ENDS


def _is_kept(block: m.Block, rules: Rules) -> bool:
    """Return True for a picture that leads nowhere, and for a credit."""
    if isinstance(block, m.Figure):
        return not block.url
    said = rules.credit(text_of(block).strip(_BRACKETS)) if type(block) is m.Paragraph else None
    return said is not None and said[0].role != "junk"


def _may_be_of_page(block: m.Block, rules: Rules) -> bool:
    """Return True for a block without sentences, which is not a note on the text or the label of one."""
    if isinstance(block, m.Figure):
        return not block.caption or bool(block.url)
    if type(block) is m.Rule:
        return True
    if type(block) not in (m.Paragraph, m.Heading, *_HELD):
        return False
    return _is_kept(block, rules) or all(_may_be_label(each, rules) for each in m.texts_of(block))


def _may_be_label(content: m.Inlines, rules: Rules) -> bool:
    text = m.plain_text(content).strip()
    if is_links(m.Paragraph(content)) or rules.junk(text):
        return True
    is_note = text[:1] in _NOTES and len(text) > _LONGEST_MARKED
    is_short = len(text) <= LONGEST_LABEL and text[-1:] not in _ENDS and not is_note
    return is_short and rules.words.find("note-title", text.rstrip("：:")) is None


def _is_of_page(block: m.Block, rules: Rules) -> bool:
    """Return True for links, known labels and lines, and numbers, such as of readers."""
    if type(block) in _HELD or type(block) is m.Heading:
        return is_links(block) or bool(heading_of_links(text_of(block), rules))
    text = text_of(block)
    label = text.replace("：", ":").partition(":")[0].split(" ")[0]
    known = rules.words.find("tag-label", label) if text else None
    if known is not None or text.isdecimal() or rules.search("header_drop_text", text) is not None:
        return True
    return bool(text and (rules.junk(text) or heading_of_links(text, rules)))
