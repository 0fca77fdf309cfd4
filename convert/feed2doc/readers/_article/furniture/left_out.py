"""The elements that are left out before an article is read: what the rules drop, buttons, rows of links and of tags."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING

from feed2doc.readers._article.form_boxes import without_articles
from feed2doc.readers._article.furniture.page_lines import is_button
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._blocks.code.language_labels import language_labels_in
from feed2doc.readers._facts.facts import Facts
from feed2doc.readers._html.furniture.contents import contents_in
from feed2doc.readers._html.furniture.network_rows import network_rows_in
from feed2doc.readers._html.furniture.parts import furniture_in
from feed2doc.readers._html.furniture.sharing import PAYMENT, button_rows_in, share_links_in
from feed2doc.readers._html.furniture.sign_buttons import sign_buttons_in
from feed2doc.readers._html.furniture.tag_rows import tag_rows_in, tags_without_links
from feed2doc.readers._html.furniture.window_words import window_words_in
from feed2doc.readers._html.hidden import hidden_in
from feed2doc.readers._html.links import buttons_in, permalinks_in, signs_of_article
from feed2doc.readers._html.parse import words_of
from feed2doc.readers._html.pictures.counters import picture_counters_in, slide_counters_in
from feed2doc.readers._html.pictures.enlarging import enlarging_in
from feed2doc.readers._html.pictures.icon_fonts import icons_in
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.selectors import Index

if TYPE_CHECKING:
    from lxml.etree import _Element

_DESCRIBED = frozenset({"img", "svg", "figure", "video", "audio", "iframe", "canvas"})


def left_out(index: Index, rules: Rules, facts: Facts, account: Account) -> dict[_Element, str]:
    """Return the elements that are left out, each with its rule. Tags that the page marks are added to the facts."""
    for icon, rule in icons_in(index).items():  # their names do not belong to the lines around them
        account.drop(icon, rule)
        icon.text = None
    comments = rules.select("comments", index)
    dropped = without_articles(rules.select("drop", index) | comments, comments, index)
    for element, reason in rules.select("tags", index).items():
        facts.add("tags", words_of(element), "markup", reason)
    if rules.only_article:  # around what feed2doc writes are only elements that its rule names
        return dropped
    dropped = _with_guesses(dropped, index, rules, account)
    is_label = partial(rules.words.find, "tag-label")
    for element, reason in rules.worded("tags", index).items():
        if element is not index.root and (tags := tags_without_links(element, is_label)):
            facts.add_list("tags", tags, "markup", reason)
            dropped.setdefault(element, reason)
    return dropped | tag_rows_in(index, facts.values("tags"), is_label)


def _with_guesses(
    dropped: dict[_Element, str], index: Index, rules: Rules, account: Account
) -> dict[_Element, str]:
    """Return these elements with those that look like rows of links and buttons, counters or other parts of a template."""
    rows = share_links_in(index, rules.sharing, rules.badge, rules.junk)
    if rows and not (asking := rules.asking | {PAYMENT}).isdisjoint(rows.values()):
        from feed2doc.readers._article.furniture.donations import without_donations_in_text

        rows = without_donations_in_text(rows, asking, rules.words)
    dropped = dropped | rows
    if "img" in index.names or "svg" in index.names:
        dropped |= network_rows_in(index, rules.junk)
    if dropped and "[aria-describedby]" in index.names:
        dropped = _without_descriptions(dropped, index)
    if "figure" in index.names:
        dropped |= picture_counters_in(index)
    dropped |= slide_counters_in(index)
    dropped = furniture_in(index, rules) | dropped | button_rows_in(index, rules.junk)
    return dropped | enlarging_in(
        index, lambda text: rules.words.find("enlarge", text) is not None, account.leave
    )


def left_out_besides_notes(
    index: Index,
    rules: Rules,
    linked: list[_Element],
    notes: Mapping[_Element, _Element],
    known: Collection[_Element],
    url: str,
    base: str,
) -> dict[_Element, str]:
    """Return the elements that are left out once the notes are known: hidden text, permalinks, buttons, contents of the page.

    `linked` are the links with a fragment, `notes` the texts of the notes by their marks, `known` what is not in the text
    for other reasons.
    """
    if rules.only_article:
        return {}
    return {
        **hidden_in(index, frozenset(notes.values()), known),
        **permalinks_in(linked, notes),
        **buttons_in(linked, partial(is_button, rules=rules)),
        **signs_of_article(index, url, base),
        **(contents_in(index, linked, partial(rules.words.find, "contents")) if len(linked) > 1 else {}),
        **sign_buttons_in(index),
        **language_labels_in(index),
        **window_words_in(index, partial(rules.words.find, "window")),
    }


def _without_descriptions(dropped: dict[_Element, str], index: Index) -> dict[_Element, str]:
    """Return the dropped elements without the descriptions of pictures and films, which only screen readers read."""
    described = {
        name
        for each in index.named["[aria-describedby]"]
        if each.tag in _DESCRIBED
        for name in (each.get("aria-describedby") or "").split()
    }
    return {element: rule for element, rule in dropped.items() if element.get("id") not in described}
