"""Labels of links to other articles, in the same line or box: `Read more: …`, `【関連記事】…`."""

from __future__ import annotations

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.furniture.link_blocks import LONGEST_LABEL, ends_with_text, is_links, links_in
from feed2doc.readers._rules.lookup import Rules

# Brackets around a label that stands alone, signs that separate it from what is below, and those that end one before the words of
# a link.
_AFTER_LABEL = " |｜•·»›>→▸"
_AROUND_LABEL, _ENDS_LABEL = "《》〈〉「」", ":：|｜–—-»>/]】）)」』》"
_MOST_BEFORE = 3
_FULL_STOPS = (m.Text("."), m.Text("。"))
# The length of a label with the name of a place, and of the words between links, and how much longer these are.
_LONGEST_BEFORE, _LONGEST_BETWEEN, _LINKED_PART = 40, 24, 3
# The number of a heading: `8. `, `七、`.
_NUMBER = pattern(r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?[.．、]\s{0,2}(?=\D)")
BULLETS = "■●◆▼▶►□◇★☆ "


def invitation(text: str, rules: Rules) -> str:
    """Return the rule by which a line asks its reader to subscribe, follow or listen, or ""."""
    said = rules.words.find("credit", text)
    return said.reason if said is not None and said.rule.role == "junk" and not said.rule.weak else ""


def heading_of_links(label: str, rules: Rules) -> str:
    """Return the rule by which a line announces links to other articles, or ""."""
    if len(label) > LONGEST_LABEL:
        return ""
    label = label.lstrip(BULLETS).rstrip(_AFTER_LABEL).strip(_AROUND_LABEL)
    if (said := rules.words.find("related", label)) is None and (number := _NUMBER.match(label)):
        said = rules.words.find("related", label[number.end() :])
    return said.reason if said else ""


def labelled_box(box: m.Aside, rules: Rules) -> str:
    """Return the rule by which a box is a list of other articles below a label, or ""."""
    label, links = (box.title, box.blocks) if box.title else (_words_of(box.blocks[0]), box.blocks[1:])
    text = m.plain_text(label).strip()
    return heading_of_links(text, rules) if links and text and all(map(is_links, links)) else ""


def labelled_link(content: m.Inlines, label: str, rules: Rules) -> str:
    """Return the rule by which a line is a label with links to other articles, or "". `label` is its text."""
    content = line_of_links(content)
    if ends_with_text(content):
        return ""
    bare = _from_letter(label)
    if (said := rules.words.find("related-before", bare)) is None:
        return _label_beside_links(content, rules)
    if after := _after_colon(content):
        return said.reason if _is_mostly_links(after) else ""
    rest = after_label(content, label, len(label) - len(bare) + said.match.end())
    if len(rest) > 1 and type(rest[-1]) is m.Text:  # `+++`, the end of a bracket
        rest = rest[:-1]
    return said.reason if is_links(m.Paragraph(rest)) else ""


def label_in_link(content: m.Inlines, label: str, rules: Rules) -> str:
    """Return the rule by which the words of a link begin with a label and a sign, or "": `Read also: The ferry is back`."""
    bare = _from_letter(label)
    said = rules.words.find("related-before", bare)
    if said is None or said.match[0].rstrip()[-1:] not in _ENDS_LABEL:
        return ""
    return labelled_link(content, label, rules)


def line_of_links(content: m.Inlines) -> m.Inlines:
    """Return the inlines of a line without the full stop after the last link, if a label with a colon is before the first."""
    if len(content) > 1 and content[-1] in _FULL_STOPS and _after_colon(content):
        return content[:-1]
    return content


def _after_colon(content: m.Inlines) -> m.Inlines:
    """Return the inlines from the first link on, if a short label with a colon is before it: `See also in the Quay: `."""
    first = next((at for at, node in enumerate(content) if type(node) is m.Link), 0)
    before = m.plain_text(content[:first]).rstrip()
    return content[first:] if before.endswith((":", "：")) and len(before) <= _LONGEST_BEFORE else ()


def _is_mostly_links(content: m.Inlines) -> bool:
    """Return True if few words are between the links, and none of the length of a sentence: `<a> and find out <a>.`"""
    links = len("".join(m.plain_text(link.content) for link in links_in(m.Paragraph(content))))
    between = max(
        (len(m.plain_text((node,)).strip()) for node in content if type(node) is not m.Link), default=0
    )
    return between <= _LONGEST_BETWEEN and len(m.plain_text(content)) - links <= links / _LINKED_PART


def _label_beside_links(content: m.Inlines, rules: Rules) -> str:
    """Return the rule by which all that is before the links is a label, next to which there is no space or a sign of its own."""
    first = next((at for at, node in enumerate(content) if any(links_in(m.Paragraph((node,))))), 0)
    if not 0 < first <= _MOST_BEFORE or not is_links(m.Paragraph(content[first:])):
        return ""
    label = m.plain_text(content[:first]).strip()
    return heading_of_links(_from_letter(label), rules) if label else ""


def _from_letter(label: str) -> str:
    """Return a label without signs and brackets before it: `▶ 관련기사: `, `【関連記事】`."""
    return label[next((at for at, sign in enumerate(label) if sign.isalnum()), 0) :]


def _words_of(block: m.Block) -> m.Inlines:
    return block.content if isinstance(block, m.Paragraph | m.Heading) else ()


def after_label(content: m.Inlines, label: str, length: int) -> m.Inlines:
    """Return the inlines after a label at their beginning, which is not part of a link."""
    match content:
        case (m.Text(value), *rest):
            return (m.Text(value[length:]), *rest) if len(value) > length else tuple(rest)
        case (m.Strong(inner) | m.Emph(inner), *rest):
            return (*after_label(inner, label, length), *rest)
    return content
