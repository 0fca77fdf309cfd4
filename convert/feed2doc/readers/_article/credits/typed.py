"""The roles of credit lines: authors, translators, contributors, the original article, rights."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import cast

from msgspec import Struct

from feed2doc import model as m
from feed2doc._text.cjk import is_han
from feed2doc._text.lazy_re import pattern
from feed2doc._text.urls import is_same_page_link
from feed2doc.env import Trace
from feed2doc.readers._article.authors.biographies import biography_of, introduced_in
from feed2doc.readers._article.authors.bylines import OTHERS, is_of_another, printed_names, split_byline
from feed2doc.readers._article.authors.datelines import colleagues_in
from feed2doc.readers._article.authors.unlabelled_names import are_people
from feed2doc.readers._article.credits.signatures import signed_by
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.schema import CreditRule
from feed2doc.readers._rules.words.lexicon import Lexicon

LONGEST_SIGNATURE = 100
# Separators at the end of one of several credits in a line.
ENDS = " ；;，,、/／|｜·–—\u3000"
_PERSON = "person"
_MOST_OTHERS = 20
# How many characters of a line are looked at for what somebody does.
_OPENING = 60
_EDGES_OF_NAME = " 。.（）()/／；;，,、#＃\u3000"
# Signs of a role next to a name.
_SIGNS = "(（:：/／=＝・｜|"
# An address that is not a link: `原文：https://quay.example/1`.
_TYPED_URL = pattern(r"https?://[\w.-]{3,100}/[\w./%?=&#~+-]{0,200}(?<![.])")
_WRAPPERS = (m.Span, m.Strong, m.Emph)


Known = tuple[CreditRule, re.Match[str], str]
"""The rule for a credit line, its match, and the rule's name."""


class Credits(Struct):
    """The credits of an article, and the byline found in them."""

    credits: tuple[m.Credit, ...] = ()
    byline: tuple[m.Person, ...] = ()
    byline_text: str = ""


def type_credits(
    lines: Sequence[m.Inlines],
    rules: Rules,
    byline_text: str,
    dateline: Callable[[], str],
    organisations: Collection[str],
    account: Account,
    authors: tuple[str, ...] = (),
    about: str = "",
    publication: str = "",
) -> Credits:
    """Return the credits of these lines, and the byline with names spelled as in the credits.

    If there is no `byline_text`, or only a placeholder, one of the `organisations` or another one, or only those who translated
    what others wrote, the byline comes from the credits or the dateline. A line that matches no pattern is an author bio if it names an author or is in the text `about` the authors, else a note. `authors` are the names in the byline, if they are stated
    one by one; where each author is one name, they are not split. The `publication` next to a name is not an author.
    """
    lines, alone = _cut(lines, rules, account)
    texts = [m.plain_text(line).rstrip(ENDS) for line in lines]
    known = [rules.credit(text) for text in texts]
    is_open = not byline_text or byline_text in organisations or _is_of_others(byline_text, known)
    said_of_writers = _said_of_writers(known, texts, rules)
    # The account of an organisation, for which the author works.
    is_open = is_open or any(said.startswith(byline_text) for said in said_of_writers)
    if is_open or any(rules.words.find(kind, byline_text) for kind in ("organisation", "nobody")):
        byline_text = _authors_in(texts, known, alone, rules.words) or dateline() or byline_text
    stated = authors if byline_text == " ".join(", ".join(authors).split()) else ()
    if rules.one_author:
        byline = tuple(m.Person(name, name) for name in stated or (byline_text,) if name)
    else:
        byline = split_byline(byline_text, rules.words, texts, publication, stated=stated)
    above = "\n".join(texts)
    for text in _others_in(byline_text, rules.words):
        if text not in above:
            lines.append((m.Text(text),))
            texts.append(text)
            known.append(rules.credit(text))
    rows = zip(lines, texts, known, strict=True)
    return Credits(
        tuple(
            _credit(*row, byline, rules.words, account.env.trace, "\n".join((about, *said_of_writers)))
            for row in rows
        ),
        byline,
        byline_text,
    )


def _cut(lines: Sequence[m.Inlines], rules: Rules, account: Account) -> tuple[list[m.Inlines], list[str]]:
    """Return one line for each credit, without those that a site's rule drops, and the authors that have no label in them."""
    found: list[m.Inlines] = []
    alone: list[str] = []
    for line in lines:
        parts = cut_line(line, rules)
        if len(parts) > 1:
            if _is_icon(icon := without_wrapper(line)[0]):
                account.remove((icon,), "credits", "icon", text="")
            if rules.credit(first := m.plain_text(parts[0])) is None:
                alone.append(first)
            signs = Counter(m.plain_text(line)) - Counter("".join(map(m.plain_text, parts)))
            account.ignore(m.Text("".join(signs.elements())))
        found += [each for each in parts if not _is_dropped(each, rules, account)]
    return found, alone


def _authors_in(texts: Sequence[str], known: Sequence[Known | None], alone: list[str], words: Lexicon) -> str:
    """Return the authors of an article without a byline: those named as such, in biographies, or below the text, or ""."""

    def named(role: str) -> Iterator[str]:
        for found in known:
            if found and found[0].role == role and _PERSON in found[1].re.groupindex:
                yield _full_name(found[1]["person"] or "")
                yield from colleagues_in(found[1].string, words)

    others = [text for text, found in zip(texts, known, strict=True) if found is None]
    if persons := _joined([*named("byline"), *alone]):
        return persons
    in_biographies = list(named("author-bio"))
    if not any(in_biographies):
        in_biographies = [biography_of(text, words) or introduced_in(text, words) for text in others]
        helpers = {
            person for role in OTHERS for person in named(role)
        }  # of whom there may be biographies, too
        in_biographies = [person for person in in_biographies if person not in helpers]
    if persons := _joined(in_biographies):
        return persons
    return next(filter(None, (signed_by(text, words) for text in others)), "")


def _joined(names: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(name.strip() for name in names if name))


def _is_of_others(byline: str, known: Sequence[Known | None]) -> bool:
    """Return True if the credits say that another wrote the text, and that these people translated or edited it."""
    roles: dict[str, set[str]] = {}
    for found in known:
        if found is not None and (person := found[1].groupdict().get(_PERSON)):
            roles.setdefault(found[0].role, set()).update(printed_names(person.strip(_EDGES_OF_NAME)))
    writers = roles.pop("byline", set())
    names = set(printed_names(byline)) if writers and roles else set()
    return bool(names) and names.isdisjoint(writers) and names <= set().union(*roles.values())


def _said_of_writers(known: Sequence[Known | None], texts: Sequence[str], rules: Rules) -> list[str]:
    """Return the lines that say what somebody does whom the line above names as the author: `作者：林海`, `海港社编辑`."""
    return [
        said
        for found, other, said in zip(known, known[1:], texts[1:], strict=False)
        if found is not None
        and other is None
        and found[0].role == "byline"
        and found[1].groupdict().get(_PERSON)
        and says_what_one_does(said, rules)
    ]


def says_what_one_does(text: str, rules: Rules) -> bool:
    """Return True for a line with an office, as of a biography without a name: `海港社编辑`, but not `记者电话`."""
    found = [rules.words.find(kind, text[:_OPENING]) for kind in ("profession", "life")]
    return any(said is not None and said.match.start() for said in found)


def _is_dropped(line: m.Inlines, rules: Rules, account: Account) -> bool:
    """Return True, and note it, if a site's rule says that a line among the credits is not part of the article."""
    text = m.plain_text(line)
    if (found := rules.search("drop_text", text)) is None:
        return False
    account.remove(line, found[1], "line of the credits", text=text)
    return True


def _others_in(byline: str, words: Lexicon) -> list[str]:
    """Return the credits of others next to the author in a byline: `Ann Ba und Bo Cy (Fotos)`."""
    if not any(map(byline.__contains__, _SIGNS)):
        return []
    names = printed_names(byline, words)
    others = [name for name in names[:_MOST_OTHERS] if is_of_another(name, words)]
    return others if len(others) < len(names) else []


def cut_line(line: m.Inlines, rules: Rules) -> list[m.Inlines]:
    """Return a line of several credits as one line per credit. A long line is not split, because it is a bio.

    The first may be an author without a label: `Ann Ba | Translated by Bo Cy`.
    """
    bare = without_wrapper(line)
    if len(bare) > 1 and type(bare[-1]) is m.Text and _is_icon(bare[0]):
        bare = bare[1:]
    if len(bare) != 1 or not isinstance(text := bare[0], m.Text) or len(text.value) > LONGEST_SIGNATURE:
        return [line]
    parts = _parts_of(text.value, rules)
    return [(m.Text(part),) for part in parts] if parts else [line]


def _is_icon(node: m.Inline) -> bool:
    """Return True for a picture in a line, perhaps in a link."""
    match node:
        case m.InlineImage() | m.Link(content=(m.InlineImage(),)):
            return True
    return False


@functools.lru_cache(maxsize=64)
def _parts_of(text: str, rules: Rules) -> tuple[str, ...]:
    """Return the credits in a line, or none if it has fewer than two. Each line is asked for several times, as in `credit_in`."""
    parts = rules.words.split_at_labels(text)
    if len(parts) < 2:
        return ()
    found = [rules.credit(part.rstrip(ENDS)) for part in parts]
    if found[0] is None:
        roles = {each[0].role for each in found[1:] if each is not None}
        are_credits = None not in found[1:] and roles != {"photographer"} and are_people(parts[0])
    else:
        known = [each for each in found if each is not None]
        others = [part for part, each in zip(parts, found, strict=True) if each is None]
        is_with_picture = found[0][0].role == "byline" and all(
            rules.words.find("photo", part) for part in others
        )
        are_credits = (len(known) > 1 or is_with_picture) and (
            not all(rule.weak for rule, _, _ in known) or _are_of_people([match for _, match, _ in known])
        )
    return tuple(parts) if are_credits else ()


def _are_of_people(matches: Sequence[re.Match[str]]) -> bool:
    """Return True if weak credits name people, and not `New York (video), Lower Harbour (photos)`.

    In Han characters, in which many words look like names, all of them must be people.
    """
    people = [are_people(match["person"]) for match in matches]
    return all(people) if is_han(matches[0]["person"][0]) else any(people)


def is_role_of_person(found: Known) -> bool:
    """Return True for a weak rule with the role after a common name: `Ann Ba (text)`, `林海生/文`, but not `Lower Harbour (photo)`."""
    rule, match, _ = found
    person = match.groupdict().get("person") or ""
    after = match.string[match.end("person") :] if person else ""
    return rule.role != "author-bio" and any(map(str.isalnum, after)) and are_people(person)


def without_wrapper(line: m.Inlines) -> m.Inlines:
    """Return the inlines in the only inline of a line, such as a `Span` for its direction, or the line."""
    while len(line) == 1 and type(only := line[0]) is not m.Text and isinstance(only, _WRAPPERS):
        line = only.content
    return line


def _credit(
    line: m.Inlines,
    text: str,
    known: Known | None,
    byline: tuple[m.Person, ...],
    words: Lexicon,
    trace: Trace | None,
    about: str,
) -> m.Credit:
    urls = [link.url for link in links_of(line) if not is_same_page_link(link.url)]
    if not urls and "http" in text:
        urls = _TYPED_URL.findall(text)
    if known is not None:
        rule, found, reason = known
        person = _full_name(found.groupdict().get("person") or "").strip(_EDGES_OF_NAME)
        role = cast("m.Role", "note" if rule.role == "byline" else rule.role)
        # The URL of a rights line is not useful: the text of the line already links to it.
        url = next((url for url in urls if not _is_home(url)), urls[0]) if urls else ""
        if rule.role == "original" and len(urls) > 1:  # the article, not its section
            url = max(urls, key=_depth)
        credit = m.Credit(role, line, person, url if rule.role != "rights" else "")
    else:
        named = next((p.name for p in byline if p.name.casefold() in text.casefold()), "")
        named = named or biography_of(text, words)
        reason = "the line names an author" if named else "the line is in the credits"
        at = -1 if named else 0
        is_bio = (
            named != text and (bool(named) or " ".join(text.split()) in about) and not signed_by(text, words)
        )
        credit = m.Credit("author-bio" if is_bio else "note", line, named, urls[at] if urls else "")
    if trace is not None:
        trace.made(credit, reason)
    return credit


def _full_name(person: str) -> str:
    """Return a name without a part of it that follows: `Ann Ba / Ann is the editor`."""
    name, _, again = person.partition("/")
    return name.strip() if again.strip() in name.split() else person


def _is_home(url: str) -> bool:
    """Return True for the address of a site, next to which that of the article may be: `republished from Quay Post. Read the original`."""
    return url.rstrip("/").count("/") == 2


def _depth(url: str) -> int:
    """Return how many parts the path of a URL has."""
    return url.rstrip("/").count("/")


def links_of(inlines: m.Inlines) -> Iterator[m.Link]:
    for node in inlines:
        if type(node) is m.Text:
            continue
        if isinstance(node, m.Link):
            yield node
        content: tuple[m.Inline, ...] = getattr(node, "content", ())
        yield from links_of(content)
