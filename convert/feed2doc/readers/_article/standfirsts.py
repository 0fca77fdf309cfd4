"""The standfirst of a source without a rule: a bold sentence, or a heading that is a sentence, above the text."""

from __future__ import annotations

from feed2doc import model as m
from feed2doc._text.cjk import reading_length
from feed2doc.env import Provenance, Trace
from feed2doc.readers._article.furniture.related_labels import after_label
from feed2doc.readers._article.headings.sections import is_paragraph
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._rules.lookup import Rules

# The length of a standfirst, in which a Han character counts twice, and how many paragraphs of text are below it.
_SHORTEST, _LONGEST, _FEWEST_BELOW = 40, 1200, 2
# The length of a question that heads a section.
_LONGEST_QUESTION = 100
# In how many characters at the end of a standfirst its author is looked for.
_LONGEST_END = 120
_LONGEST_SUMMARY_LABEL = 30
_LONGEST_SUBTITLE, _ABRIDGED = 300, ("…", "...", "[…]", "[...]")
_ENDS = frozenset("。.!！…")
_STOPS = _ENDS | frozenset("?？")
_CLOSING = "”\"’'」』）)»"


def take_standfirst(
    blocks: m.Blocks, rules: Rules, account: Account, trace: Trace | None
) -> tuple[m.Blocks, m.Inlines]:
    """Return the blocks without the standfirst above the text, and its content, or () if there is none."""
    at = 1 if blocks and type(blocks[0]) in (m.Figure, m.Embed) else 0
    if at >= len(blocks):
        return blocks, ()
    block = blocks[at]
    if labelled := _labelled(blocks, at, rules, account, trace):
        return (*blocks[:at], *blocks[at + 1 :]), labelled
    content = _bold_of(block)
    if isinstance(block, m.Heading) and (
        is_paragraph(block) or not any(type(each) is m.Heading for each in blocks[at + 1 :])
    ):
        content = block.content
    match block:
        case m.Paragraph((m.Emph(inner),)) if author_in(m.plain_text(inner), rules):
            content = inner
    said = m.plain_text(content).strip()
    ends = _STOPS if isinstance(block, m.Heading) and len(said) > _LONGEST_QUESTION else _ENDS
    if not content or not _is_summary(said, rules, ends):
        return blocks, ()
    below = [each for each in blocks[at + 1 :] if isinstance(each, m.Paragraph)]
    if len(below) < _FEWEST_BELOW or isinstance(blocks[at + 1], m.BulletList | m.OrderedList):
        return blocks, ()
    if any(map(_bold_of, below[:_FEWEST_BELOW])) or any(map(_is_spoken, below)):
        return blocks, ()
    if trace is not None:
        origin = trace.origin(block)
        trace.fields["standfirst"] = Provenance(
            "a sentence set apart above the text", origin.element if origin else ""
        )
    return (*blocks[:at], *blocks[at + 1 :]), content


def _labelled(blocks: m.Blocks, at: int, rules: Rules, account: Account, trace: Trace | None) -> m.Inlines:
    """Return the content of a summary without its label, or (): `Summary: The ferry is back.`"""
    block = blocks[at]
    if not isinstance(block, m.Paragraph):
        return ()
    text = m.plain_text(block.content)
    label = rules.words.find("summary", text[:_LONGEST_SUMMARY_LABEL])
    if label is None or not _is_summary(text, rules, _ENDS):
        return ()
    below = [each for each in blocks[at + 1 :] if isinstance(each, m.Paragraph)]
    content = after_label(block.content, text, label.match.end())
    if len(below) < _FEWEST_BELOW or m.plain_text(content).strip() != text[label.match.end() :].strip():
        return ()
    if isinstance(first := content[0], m.Text):
        content = (m.Text(first.value.lstrip()), *content[1:]) if first.value.strip() else content[1:]
    account.remove((m.Text(label.match[0]),), "words: summary", "label", text=label.match[0])
    if trace is not None:
        origin = trace.origin(block)
        trace.fields["standfirst"] = Provenance("a summary with a label", origin.element if origin else "")
    return content


def _is_summary(text: str, rules: Rules, ends: frozenset[str]) -> bool:
    """Return True if the text is a sentence with the length of a summary, and no line of the trade."""
    if len(text) > _LONGEST or (text.rstrip(_CLOSING)[-1:] not in ends and not author_in(text, rules)):
        return False
    return reading_length(text) >= _SHORTEST and rules.credit(text) is None


def subtitle_in(summary: str, blocks: m.Blocks, rules: Rules, trace: Trace | None) -> m.Inlines:
    """Return the summary in the feed of a system that has the subtitle there, or (): it may be the beginning of the text."""
    if not rules.feed_subtitle or not 0 < len(summary) <= _LONGEST_SUBTITLE or summary.endswith(_ABRIDGED):
        return ()
    text = next((m.plain_text(each.content) for each in blocks if isinstance(each, m.Paragraph)), "")
    if " ".join(text.split()).startswith(summary):
        return ()
    if trace is not None:
        trace.fields["standfirst"] = Provenance("the subtitle in the feed")
    return (m.Text(summary),)


def author_in(text: str, rules: Rules) -> str:
    """Return the author whom a verb at the end of a standfirst names (`The ferry is back, writes Lin Hai`), or ""."""
    said = rules.words.find("standfirst-author", text[-_LONGEST_END:].rstrip())
    person = said.match["person"].rstrip(".") if said else ""
    return "" if rules.words.find("organisation", person) else person


def _is_spoken(block: m.Block) -> bool:
    """Return True for a bold sentence, as those of an interviewer are."""
    return m.plain_text(_bold_of(block)).rstrip().rstrip(_CLOSING)[-1:] in _STOPS


def _bold_of(block: m.Block) -> m.Inlines:
    """Return the content of a paragraph that is entirely bold, else ()."""
    if type(block) is not m.Paragraph or type(block.content[0]) is m.Text:
        return ()
    row: list[m.Inline] = []
    for node in block.content:
        if isinstance(node, m.Strong):
            row += node.content
        elif isinstance(node, m.LineBreak) or (isinstance(node, m.Text) and not node.value.strip()):
            row.append(node)
        else:
            return ()
    return tuple(row)
