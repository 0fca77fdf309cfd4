"""The schema of word files, `words/<language>.toml`, and the patterns that are built from them.

A word file lists what the trade writes around articles in one language: labels of credits, photo credits and agencies, legal
lines, invitations. In a phrase, `…` stands for any words and `{name}` for a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

# Roles of credit lines, in the order in which they are tried. "byline" means that the line names the author.
ROLES = ("translator", "editor", "photographer", "contributor", "byline")
LINES = ("rights", "original", "author-bio", "contributor", "note")

_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_CAPITAL = "A-Z\u00c0-\u00d6\u00d8-\u00de\u0141\u0160\u017d\u010c\u0106\u015a\u017b\u0179\u0400-\u042f"
_WORD = rf"(?:[{_CAPITAL}]\.){{1,4}}|(?:[Dd]['’]|Mc|[A-Z]['’]|al-|Al-)?[{_CAPITAL}][\w'’\-]{{1,24}}\.?"
_PARTICLES = "de|del|della|di|da|dos|das|do|du|la|le|van|von|vom|zu|zur|der|den|ten|ter|bin|ibn|al|el|af|av"
_LATIN = rf"(?:{_WORD})(?:[ \u00a0](?:(?:{_PARTICLES})[ \u00a0]){{0,2}}(?:{_WORD}|[{_CAPITAL}]\.?)(?![\w.])){{0,4}}"
_HAN_NAME = (
    rf"[{_HAN}]{{2,4}}(?:[·•・‧][{_HAN}]{{1,8}}){{0,3}}|[{_HAN}]{{1,8}}(?:[·•・‧][{_HAN}A-Z]{{1,8}}){{1,3}}"
)
_KANA_NAME = rf"[{_HAN}\u3041-\u30ff]{{2,12}}"
_HANGUL = "[\uac00-\ud7a3]{2,4}"
_ARABIC = "[\u0600-\u06ff]{2,16}(?: [\u0600-\u06ff]{2,16}){0,3}"
# One person, written as a name is in any script, and several of them.
NAME = rf"(?:{_HAN_NAME}|{_HANGUL}|{_ARABIC}|{_KANA_NAME}|{_LATIN})"
_AND = r"(?:\s*[,，、/／&;；]\s*|\s+(?:and|und|et|y|e|и|و|和|与|與)\s+|[和与與및]|\s+)"
NAMES = rf"{NAME}(?:{_AND}{NAME}){{0,8}}"
_SEPARATOR = r"\s*[：:/／｜|丨︱＝=]\s*"
# What may follow a name: its place or paper in brackets, an address, the number of a date, a typed end sign.
_AFTER_NAME = r"\s*(?:[（(][^（）()]{1,40}[)）])?\s*(?:[\w.+-]{1,40}@[\w.-]{3,40})?\s*\d{0,8}\s*[#＃◎■]?"
_LONGEST_BEFORE, _LONGEST_BETWEEN, _LONGEST_AFTER = 160, 80, 400
_WORD_END = r"(?![A-Za-z\u00c0-\u024f\u0400-\u04ff])"
_WORD_START = r"(?<![A-Za-z\u00c0-\u024f\u0400-\u04ff])"


class Photo(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of photo credits, and those of brackets in captions that are not credits.

    `kinds` are labels that may also begin a caption: `Photo: the quay`.
    """

    labels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()


class Junk(Struct, frozen=True, forbid_unknown_fields=True):
    """Whole lines that are not part of an article, texts of links to the rest of one, and headings above lists of links."""

    lines: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


class Datelines(Struct, frozen=True, forbid_unknown_fields=True):
    """Lines that name the reporter, and the parts that occur in them."""

    lines: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


class Bylines(Struct, frozen=True, forbid_unknown_fields=True):
    """What is printed next to a name in a byline."""

    titles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Speakers(Struct, frozen=True, forbid_unknown_fields=True):
    """What is printed before the questions and answers of an interview."""

    names: tuple[str, ...] = ()


class WordFile(Struct, frozen=True, forbid_unknown_fields=True):
    """One word file."""

    languages: tuple[str, ...]
    labels: dict[str, tuple[str, ...]] = {}
    before: dict[str, tuple[str, ...]] = {}
    lines: dict[str, tuple[str, ...]] = {}
    junk: Junk = Junk()
    photo: Photo = Photo()
    datelines: Datelines = Datelines()
    speakers: Speakers = Speakers()
    bylines: Bylines = Bylines()


class WordRule(Struct, frozen=True, omit_defaults=True):
    """A pattern built from words. It is only tried on texts that begin with one of `starts` (lower case), if there are any.

    `weak` means that the match counts only if the person is an author of the article.
    """

    kind: str
    pattern: str
    role: str = ""
    starts: tuple[str, ...] = ()
    weak: bool = False
    exact: bool = False


def rules_of(words: WordFile) -> list[WordRule]:
    """Return the patterns for the words of one file."""
    return [
        *_lines(words),
        *_labelled(words),
        *_photo(words.photo),
        *_datelines(words.datelines),
        *_bylines(words),
        *_whole("junk", words.junk.lines),
        *_whole("more", words.junk.more),
        *_related(words.junk.related),
        *_prefix("speaker", words.speakers.names, r"\s*[：:]"),
        *_prefix(
            "caption",
            words.photo.captions,
            r"\s*\d{0,3}\s*[：:｜|丨]|(?<=[：:为為.])",
        ),
    ]


def _lines(words: WordFile) -> Iterator[WordRule]:
    for role in LINES:
        phrases = words.lines.get(role, ())
        for phrase in phrases:
            if "{name}" in phrase:
                first = phrase.startswith("{name}")
                starts = () if first else _starts([phrase])
                weak = first and role == "author-bio"
                yield WordRule("credit", f"^(?:{template(phrase)})$", role, starts, weak, exact=first)
        yield from _whole("credit", [p for p in phrases if "{name}" not in p], role)


def _labelled(words: WordFile) -> Iterator[WordRule]:
    every = _any(dict.fromkeys(label for labels in words.labels.values() for label in labels))
    for role in ROLES:
        if labels := words.labels.get(role, ()):
            who = NAMES if role == "byline" or not _is_han(labels[0]) else r"[^。！？!?：:，,]{1,80}?"
            also = rf"(?:\s*[/／、及和與与&]\s*(?:{every}))?"
            starts = _starts(labels)
            head = rf"^(?:{_any(labels)}){also}"
            yield WordRule("credit", rf"{head}{_SEPARATOR}(?P<person>{who}){_AFTER_NAME}$", role, starts)
            spaced = [label for label in labels if _is_han(label) and len(label.strip("*")) > 1]
            if spaced:
                head = rf"^(?:{_any(spaced)}){also}"
                yield WordRule("credit", rf"{head}[\s\u3000]+(?P<person>{NAMES}){_AFTER_NAME}$", role, starts)
        if before := words.before.get(role, ()):
            yield WordRule(
                "credit", rf"^(?:{_any(before)})\s+(?P<person>{NAMES}){_AFTER_NAME}$", role, _starts(before)
            )
    cuts = [label for labels in words.labels.values() for label in labels if len(label.strip("*")) > 1]
    before = tuple(phrase for phrases in words.before.values() for phrase in phrases)
    if cuts:
        yield WordRule(
            "cut", rf"(?:{_any(cuts)})(?:\s*[/／、]\s*(?:{every}))?(?:\s*[：:/／｜|丨︱＝]|[\s\u3000])"
        )
    if before:
        yield WordRule("cut", rf"(?:{_any(before)})\s")


def _photo(photo: Photo) -> Iterator[WordRule]:
    name = r"[^。！？!?]{1,60}"
    start = r"(?<=[\s.。!！?？)）」”\"、，,;；／/|｜])"
    if photo.kinds:
        kinds = _any(photo.kinds)
        yield WordRule("photo", rf"^(?:{kinds})(?:{_SEPARATOR}|\s*[-–—，,]\s*|\s+){name}$")
        said = rf"{_WORD_START}(?:{kinds})\s*[：:／｜|]\s*[^。！？!?\n]{{2,80}}"
        yield WordRule("photo-tail", rf"{start}(?P<credit>{said})$")
        said = rf"(?:{kinds})\s*[：:／｜|]\s*(?!The|A|An|In|On|At)(?:{_LATIN})(?:\s*[/／,]\s*(?:{_LATIN}))?"
        yield WordRule("photo-tail", rf"^(?P<credit>{said})$", exact=True)
    if photo.labels:
        labels = _any(photo.labels)
        yield WordRule("photo", rf"^(?:{labels})(?:{_SEPARATOR}|\s*[-–—，,]\s*|\s+){name}$")
        yield WordRule(
            "photo-tail",
            rf"(?:^|{start})(?P<credit>{_WORD_START}(?:{labels})\s*[：:／｜|]\s*[^。！？!?\n]{{2,80}})$",
        )
    if photo.phrases:
        said = "|".join(template(p, between=40, after=60, before=40) for p in photo.phrases)
        yield WordRule("photo", rf"^(?:{said})$")
        leading = [p for p in photo.phrases if p.endswith("…") and not p.startswith("…") and len(p) > 3]
        if leading:
            said = "|".join(template(p, between=40, after=80) for p in leading)
            yield WordRule("photo-tail", rf"(?:^|(?<=[\s.。!！?？)）」”\"]))(?P<credit>(?:{said}))$")
        closing = [p for p in photo.phrases if p.startswith("…") or re.search(r"….", p)]
        if closing:
            said = "|".join(template(p, before=24, between=24, after=24, plain=True) for p in closing)
            led = [p for p in closing if not p.startswith("…")]
            if led:
                inner = "|".join(template(p, between=16, after=24, plain=True) for p in led)
                yield WordRule("photo-tail", rf"{start}(?P<credit>(?:《[^《》]{{1,12}}》)?(?:{inner})\s*)$")
            yield WordRule("photo-tail", rf"(?:^|(?<=[\s.。!！?？)）」”]))(?P<credit>(?:{said}))$")
    if photo.alone:
        yield WordRule("photo", rf"^(?:{_any(photo.alone)})$")
    if photo.agencies:
        agencies = rf"{_WORD_START}(?:{_any(photo.agencies)}){_WORD_END}"
        yield WordRule("photo", rf"^[^。！？!?]{{0,48}}?{agencies}[^。！？!?]{{0,40}}$", exact=True)
        # Who compiled an article from agencies, and the agencies alone.
        several = rf"[^（）()]{{0,12}}{agencies}[^（）()]{{0,60}}"
        yield WordRule("credit", rf"^(?P<person>{NAMES})\s*[（(]{several}$", "contributor", exact=True)
        alone = rf"{agencies}(?:\s*[、，,/／]\s*{agencies}){{0,6}}\s*等?"
        yield WordRule("credit", rf"^{alone}$", "note", exact=True)
        yield WordRule(
            "photo-line",
            rf"^(?:{NAMES}\s*[/／,，|｜–—-]\s*)?{agencies}(?:\s*[/／|｜,，–—-]\s*[^。！？!?]{{1,40}})?$",
            exact=True,
        )
        after = r"(?:(?:記者|记者)[^。！？!?，,]{2,16}|\s*[/／|｜]\s*[^。！？!?，,]{1,40}|\s+(?:via|Photo|Pool)[^。！？!?，,]{0,40})?"
        date = r"(?:[\s\u3000]*\d{2,4}年\d{1,2}月\d{1,2}日)?"
        yield WordRule(
            "photo-tail",
            rf"(?:^|(?<=[.。!！?？)）」”…])\s*|\s*[—–|｜]\s*)(?P<credit>(?:(?:{NAMES}|[^。！？!?.\s]{{1,30}})\s*[/／—–-]\s*)?{agencies}{after}{date})$",
            exact=True,
        )
        yield WordRule(
            "photo-tail",
            rf"[\s\u3000](?P<credit>{agencies}\s*[/／]\s*[^。！？!?，,/／]{{2,40}})$",
            exact=True,
        )
    if photo.other:
        yield WordRule("photo-other", rf"^(?:{_any(photo.other)})")


def _datelines(datelines: Datelines) -> Iterator[WordRule]:
    if not datelines.lines:
        return
    places, kinds = _any(datelines.places), _any(datelines.kinds) or "(?!)"
    short = rf"[{_HAN}]{{2,3}}?"
    one = rf"(?:[{_HAN}]{{2,4}}?|{_HANGUL}|{_LATIN})"
    names = rf"(?P<person>{one}(?:\s*[、/／,，]\s*{one}){{0,4}})"
    # An unknown place has at least two characters, and most names have three.
    guessed = rf"(?P<person>[{_HAN}]{{3}}(?=[{_HAN}]{{2,4}}[^{_HAN}]|[{_HAN}]{{4,6}}$|[{_HAN}]{{4,6}}[^{_HAN}])|{short})"
    day = r"\s*(?:\d{1,2}月)?(?:\d{1,2}日)?\s*"
    for who, where in ((names, rf"\s*(?:[在自于於])?(?:{places}){{0,2}}\s*"), (guessed, rf"[{_HAN}]{{2,4}}")):
        for phrase in datelines.lines:
            if who is guessed and "{place}" not in phrase:
                continue
            said = re.escape(phrase).replace(r"\ ", r"[\s\u3000]+").replace(r"\{", "{").replace(r"\}", "}")
            said = said.replace("{name}", rf"[\s\u3000：:]*{who}\s*").replace("{place}", where)
            said = said.replace("{day}", day).replace("{kind}", rf"(?:{kinds}){{0,2}}")
            yield WordRule("dateline", rf"{said}(?:[)）\]】/／；;]|$|(?=\s))")
            yield WordRule("credit", rf"^[^，。！？：:\s]{{0,12}}\s?{said}$", "byline")


def _bylines(words: WordFile) -> Iterator[WordRule]:
    labels, before = words.labels.get("byline", ()), words.before.get("byline", ())
    if labels:
        yield WordRule("byline-label", rf"^(?:{_any(labels)}){_SEPARATOR}")
    if before:
        yield WordRule("byline-label", rf"^(?:{_any(before)})\s+")
    if words.bylines.titles:
        yield WordRule("byline-title", rf"^(?:{_any(words.bylines.titles)})$")
    if words.bylines.notes:
        notes = "|".join(template(note, after=12) for note in words.bylines.notes)
        yield WordRule("byline-note", rf"\s*[（(【\[](?:{notes})[)）】\]]$")


def _related(labels: tuple[str, ...]) -> Iterator[WordRule]:
    if labels:
        said = "|".join(template(label, after=40) for label in labels)
        yield WordRule("related", rf"^(?:{said})\s*[：:>»▼↓]{{0,2}}$", starts=_starts(labels))
        said = "|".join(template(label.rstrip("…")) for label in labels)
        yield WordRule("related-before", rf"^(?:{said})\s*(?:[：:|｜>»–—-]|\s)", starts=_starts(labels))


def _whole(kind: str, phrases: Iterable[str], role: str = "") -> Iterator[WordRule]:
    """Yield the rules for these whole lines: one for those that begin with a word, one for the others."""
    phrases = list(phrases)
    for wild in (False, True):
        chosen = [phrase for phrase in phrases if phrase.startswith("…") is wild]
        if chosen:
            said = "|".join(map(template, chosen))
            yield WordRule(kind, f"^(?:{said})$", role, () if wild else _starts(chosen))


def _prefix(kind: str, words: tuple[str, ...], end: str) -> Iterator[WordRule]:
    if words:
        yield WordRule(kind, rf"^(?:{_any(words)})(?:{end})")


def template(
    phrase: str,
    *,
    before: int = _LONGEST_BEFORE,
    between: int = _LONGEST_BETWEEN,
    after: int = _LONGEST_AFTER,
    plain: bool = False,
) -> str:
    """Return the regular expression of a phrase. The numbers are the most characters that `…` stands for, by its place.

    With `plain`, these are characters other than spaces and punctuation.
    """
    what = r"[^\s，。！？、；：,.!?;:（）()]" if plain else "."
    parts = re.split(r"(…|\{name\})", phrase)
    made = ""
    for at, part in enumerate(parts):
        if part == "…":
            most = before if not made else after if not any(parts[at + 1 :]) else between
            made += f"{what}{{{1 if any(parts[at + 1 :]) else 0},{most}}}?"
        elif part == "{name}":
            made += rf"(?P<person>{NAMES})\s*(?:[（(][^（）()]{{1,40}}[)）])?\s*"
        else:
            made += _literal(part)
    return made


def _literal(text: str) -> str:
    return re.escape(text).replace(r"\*", rf"[{_HAN}]{{0,6}}").replace(r"\ ", r"\s+").replace("'", "['’]")


def _any(words: Iterable[str]) -> str:
    """Return the alternatives, the longest first, so that a label is not taken for the beginning of a longer one."""
    return "|".join(map(_literal, sorted(dict.fromkeys(words), key=lambda word: (-len(word), word))))


def _starts(phrases: Iterable[str]) -> tuple[str, ...]:
    """Return the first characters of these phrases, or () if one of them may begin with anything."""
    heads = {re.split(r"[…*{]", phrase.lower())[0][:2].rstrip() for phrase in phrases}
    return () if "" in heads else tuple(sorted(heads))


def _is_han(word: str) -> bool:
    return "\u3041" <= word.strip("*")[:1] <= "\ud7a3"
