"""Lines that invite to subscribe, known by where their links lead: forms for letters, channels, directories of podcasts."""

from __future__ import annotations

from urllib.parse import urlsplit

from feed2doc import model as m
from feed2doc.readers._article.furniture.link_blocks import is_links, links_in, text_of
from feed2doc.readers._rules.lookup import Rules

# The length of such a line, and the fewest directories of a row of them.
_LONGEST_LINE, _FEWEST_DIRECTORIES = 400, 2


def invited(block: m.Block, rules: Rules) -> str:
    """Return the rule by which a line at the end of a text invites to subscribe, or "": all of its links lead to where one does."""
    if not (links := list(links_in(block))):
        return ""
    if rule := only_invites(block, rules):
        return rule
    if type(block) is not m.Paragraph or len(text_of(block)) > _LONGEST_LINE:
        return ""
    found = [rules.inviting(link.url) for link in links]
    if all(found) and not is_links(block):
        return found[0]
    directories = {urlsplit(link.url).netloc: rule for link in links if (rule := rules.podcast(link.url))}
    if len(directories) >= _FEWEST_DIRECTORIES and 2 * len(directories) >= len(links):
        return next(iter(directories.values()))
    return ""


def only_invites(block: m.Block, rules: Rules) -> str:
    """Return the rule by which a line or list is nothing but links to where one subscribes, or "". A telephone number is not such a link."""
    if not is_links(block):
        return ""
    found = [
        rules.inviting(link.url) if any(map(str.isalpha, m.plain_text(link.content))) else ""
        for link in links_in(block)
    ]
    return found[0] if found and all(found) else ""
