"""Lines that list the tags of an article."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._html.parse import words_of
from feed2doc.readers._rules.selectors import Index

if TYPE_CHECKING:
    from lxml.etree import _Element

# The text before the links of such a line, and what separates them.
_LABEL = pattern(r"(?P<label>[^:：]{1,30}?)\s*+(?P<colon>[:：])?+[\s#]*+")
_BETWEEN = ",，、;；·•|/#."
_LONGEST_LABEL, _FEWEST_LINKS, _MOST_TAGS = 40, 2, 40
_STOPS = frozenset(".!?。！？")
_ROWS = frozenset({"p", "div", "footer", "blockquote"})
# The length of any label before links that all begin with `#`.
_LONGEST_WORDS = 16
# The elements in which the sign of a tag may be, and the address of one.
_IN_TAGS = frozenset({"i", "span", "em", "b"})
_TO_TAG = pattern(r"/(?:tags?|topics?|hashtags?)[/=]")
# The values of `rel` of a link to a list of articles.
_LISTS = frozenset({"tag", "category"})


def tag_rows_in(
    index: Index, tags: Collection[str], is_label: Callable[[str], object]
) -> dict[_Element, str]:
    """Return the lines of a label and links to tags, `Tags: ropes, tar`, and those of nothing but links that say they are tags.

    `is_label` tells the known labels, which may be without a colon before several links. Another one, with a colon, is before at least two links that are `tags` of the article.
    """
    known = {tag.casefold() for tag in tags}
    rows = {
        row: "a line of the article's tags"
        for link in index.named.get("a", ())
        if (row := link.getparent()) is not None
        and row.tag in _ROWS
        and row is not index.root
        and len(row.text or "") <= _LONGEST_LABEL
    }
    return {row: reason for row, reason in rows.items() if _lists(row, known, is_label)}


def _lists(row: _Element, tags: Collection[str], is_label: Callable[[str], object]) -> bool:
    label, links = row.text or "", []
    for child in row:
        if len(child) and not (child.tag == "a" and _is_sign(child[0])):
            return False
        if child.tag == "a":
            links.append(child)
            between = child.tail
        else:
            between = (child.text or "") + (child.tail or "")
            if not links:
                label, between = label + between, ""
        if between and "".join(between.split()).strip(_BETWEEN):
            return False
    label = label.strip()
    if links and len(label) <= _LONGEST_WORDS and all(words_of(link)[:1] == "#" for link in links):
        if len(links) >= _FEWEST_LINKS:
            return True
        return (
            not label
            and len(words_of(links[0])) <= _LONGEST_LABEL
            and _TO_TAG.search(links[0].get("href") or "") is not None
        )
    if not label:
        return bool(links) and all(_LISTS.intersection((link.get("rel") or "").split()) for link in links)
    if len(links) < _FEWEST_LINKS and ":" not in label and "：" not in label:
        return False
    if (found := _LABEL.fullmatch(label)) is None or (found["colon"] is None and len(links) < _FEWEST_LINKS):
        return False
    if is_label(found["label"]):
        return True
    if found["colon"] is None or len(links) < _FEWEST_LINKS:
        return False
    return all(words_of(link).lstrip("#").casefold() in tags for link in links)


def tags_without_links(element: _Element, is_label: Callable[[str], object]) -> list[str]:
    """Return the tags in an element that has nothing but elements with a label and a tag each, or an empty list.

    The label is known: `<span>Tags</span><span>Ropes</span>`.
    """
    parts = [words_of(each) for each in element if words_of(each)]
    between = "".join([element.text or "", *(each.tail or "" for each in element)])
    if not 1 < len(parts) <= _MOST_TAGS or "".join(between.split()).strip(_BETWEEN):
        return []
    label, *tags = parts
    if not is_label(label.rstrip(" :：")) or any(
        len(tag) > _LONGEST_LABEL or tag[-1] in _STOPS for tag in tags
    ):
        return []
    return tags


def _is_sign(element: _Element) -> bool:
    """Return True for the sign of a tag, not its word, which posts have in an element: `#<span>ropes</span>`."""
    return element.tag in _IN_TAGS and not len(element) and words_of(element) in ("", "#")
