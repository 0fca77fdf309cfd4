"""Biographies of authors at the end of an article."""

from __future__ import annotations

from collections.abc import Iterable

from feed2doc import model as m
from feed2doc._text.cjk import HAN_LETTER, is_han
from feed2doc._text.given_names import is_surely_person
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.authors.bylines import printed_names
from feed2doc.readers._article.authors.unlabelled_names import people_of
from feed2doc.readers._rules.names import are_names
from feed2doc.readers._rules.words.lexicon import Lexicon

LONGEST = 480
_BIOGRAPHY = pattern(
    r"(?P<person>[^。，,！？!?：:/|]{2,60}?)\s*+(?:[（(][^（）()]{1,40}[)）]\s*+|[/|]\s*+[^\s/|]{2,20}\s++)?"
    r"(?:[，,]|是|为|為|系|自|曾|现|現|于|於|在(?!住)|驻|駐|报道|報道|報導|负责|負責|对本文|is|was|has|reports|covers|writes)"
)
_FULL_NAME = pattern(rf"{HAN_LETTER}{{2,4}}|.*[\s·•・‧].*")
# What may be before the name of an author, how many characters of it are compared first, and what follows that of a speaker.
_EDGES = " \t\u00a0\u3000（([［【*＊※•·■●◆▲–—-"
_FIRST = 2
_SPEAKS = pattern(r"\s*[：:](?!\s*(?:\d|[男女][，,、]))|['’]|的")
# All of a text in brackets.
_IN_BRACKETS = pattern(r"[（(\[［【][^（()）\[\]［］【】]+[)）\]］】]")
# A year or the sex after the name: `林海生：1959年生`, `Ann Ba: 1959`, `林海生：男，海港人`.
_YEAR, _SEX = pattern(r"\s*[：:]\s*\d{2,4}(?!\d)"), pattern(r"\s*[：:]\s*[男女][，,、]")
# A name and what someone is.
_INTRODUCTION = pattern(
    r"(?P<person>[^,.;:!?/|，。：；！？]{2,40}?)(?:\s?[（(][^（）()]{1,40}[)）]|\s?[/|]\s?[^\s/|]{2,20})?"
    r"(?:\s(?=(?:reports from|writes for)\s)|\s[—–-]\s|[是为為系](?!不))(?P<said>.{4,240})"
)
_LONGEST_INTRODUCTION, _QUOTES = 260, frozenset('“”„"«»「」『』？?！!')
# What is between a name and what a biography says of it, if its verb is not next to the name.
_SAYS = pattern(r"\s*+[，,、（(【\[|｜/–—\-是为為系自曾现現于於在驻駐はがも은는이가]")
_NEXT, _ASKS, _COLONS = 1, "?？", ("：", ":")
# The text between the names in an address, and the most of them.
_SIGNS, _MOST_NAMES = pattern(r"[-_.+]|%20"), 4
_OPENING = 200
# A sentence of a story about a person: `Ann Ba was a fisher`, `Ann Ba, a teacher, was among the dead`.
_PAST = pattern(r"(?:, [^,.]{1,80},)? was ")


def biography_of(text: str, words: Lexicon) -> str:
    """Return whose biography a text looks like, as `Ann Ba reports from Oslo`, or "" if it is not one."""
    found = _BIOGRAPHY.match(text) if len(text) <= LONGEST else None
    if found is None or words.find("profession", text[found.end("person") :][:_OPENING]) is None:
        return ""
    person = found["person"]
    return person if _FULL_NAME.fullmatch(person) and are_names(person) else ""


def name_of_portrait(block: m.Block) -> str:
    """Return the name in small letters in the address of the page to which a picture leads (`/people/ann-ba`), or ""."""
    match block:
        case m.Figure(caption=(), url=url) if url:
            words = [word for word in _SIGNS.split(url.rstrip("/").rpartition("/")[2]) if word]
            return " ".join(words).casefold() if 1 < len(words) <= _MOST_NAMES else ""
    return ""


def introduced_in(text: str, words: Lexicon) -> str:
    """Return who is introduced by an office at the end of an article without a byline: `Ann Ba is a reporter in Oslo.`, or ""."""
    if len(text) > _LONGEST_INTRODUCTION or not _QUOTES.isdisjoint(text):
        return ""
    text = text.strip(_EDGES)
    if is_han(text[:1]) and text[-1:] == "。" and (people := people_of((text[:-1],), words, timed=False)):
        return people.names if people.places else ""  # `林海生，海港大学教授。`
    found = _INTRODUCTION.match(text)
    if found is None and (introduced := words.find("introduction", text)) is not None:
        found = introduced.match
    if found is None or words.find("profession", found["said"]) is None:
        return ""
    person = found["person"]
    return person if is_surely_person(person) and person.split()[-1] not in found["said"] else ""


def begins_with_author(text: str, byline: str) -> str:
    """Return the full name of an author of the byline with which a text begins, or "" as for most texts."""
    whole, text = text, text.lstrip(_EDGES)
    if not byline or text[:_FIRST].casefold() not in byline.casefold() or len(text) > LONGEST:
        return ""
    text = text.casefold()
    for name in printed_names(byline):
        rest = text.removeprefix(name.casefold())
        if len(rest) == len(text) or not _FULL_NAME.fullmatch(name):
            continue
        if not _SPEAKS.match(rest) or _IN_BRACKETS.fullmatch(whole):
            return "" if rest[:1].isalnum() and name.isascii() else name
    return ""


def is_biography(text: str, author: str, words: Lexicon, *, set_apart: bool) -> bool:
    """Return True if a text at the end, which begins with the name of its author, is a biography.

    It says what the author does, next to the name or after a sign or verb of being, or something sets it apart from the
    article. What begins with the name of an organisation is not one (`海港社无法核实这一说法`).
    """
    if words.find("organisation", author) is not None or not are_names(author):
        return False
    rest = text.lstrip(_EDGES)[len(author) :][:_OPENING]
    in_brackets = _IN_BRACKETS.fullmatch(text) is not None  # `（林海生：海港大学教授）`
    if rest.lstrip()[:1] in _COLONS and not in_brackets:
        return False
    if set_apart:
        return True
    if text.rstrip()[-1:] in _ASKS:
        return False
    found = [said for kind in ("profession", "life") if (said := words.find(kind, rest))]
    return bool(found) and (
        in_brackets
        or min(said.match.start() for said in found) <= _NEXT
        or _SAYS.match(rest) is not None
        or words.find("state", rest) is not None
    )


def states_birth(text: str, author: str, words: Lexicon) -> bool:
    """Return True for the name of an author, a colon and a year in a life, or a sex: `林海生：1959年生`, but not `林海生：3年前`."""
    rest = text.lstrip(_EDGES)[len(author) :]
    if _SEX.match(rest) is not None:
        return True
    year = _YEAR.match(rest)
    if year is None:
        return False
    life = words.find("life", said := rest[year.end() :])
    return life is not None and said.startswith(life.match[0])


def is_in_story(person: str, line: str, text_above: Iterable[m.Block]) -> bool:
    """Return True if a line in italics, which looks like a biography, may be the last one of a story about someone.

    What a story says of people of the past, and of those whom it names, is text. Chinese columnists name themselves.
    """
    if not person.isascii() and any(map(is_han, person)):
        return False
    return _PAST.match(line, len(person)) is not None or is_named(person, text_above)


def is_in_italics(block: m.Block) -> bool:
    """Return True for a paragraph in italics, as one about an author whom no byline names."""
    return (
        type(block) is m.Paragraph
        and len(m.plain_text(block.content)) <= LONGEST
        and all(
            type(node) is m.Emph or (type(node) is m.Link and set(map(type, node.content)) == {m.Emph})
            for node in block.content
        )
    )


def is_named(person: str, blocks: Iterable[m.Block]) -> bool:
    """Return True if a paragraph has this name."""
    return any(person in m.plain_text(block.content) for block in blocks if isinstance(block, m.Paragraph))
