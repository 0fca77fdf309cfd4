"""The schema of word files, `words/<language>.toml`, and the patterns that are built from them.

A word file lists what the trade writes around articles in one language: labels of credits, photo credits and agencies, legal
lines, invitations. In a phrase, `…` stands for any words, `{name}` for persons, and `*` for a few Han characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

# Roles of credit lines, in the order in which they are tried. "byline" means that the line names the author.
ROLES = ("translator", "editor", "photographer", "contributor", "byline")
LINES = ("rights", "original", "author-bio", "contributor", "note")

HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_SEPARATOR = r"\s*[：:/／｜|丨︱＝=]\s*"
# The text that may follow a name: its place or paper in brackets, an address, the number of a date, a typed end sign.
_AFTER_NAME = r"\s*(?:[（(][^（）()]{1,40}[)）]?)?\s*(?:[\w.+-]{1,40}@[\w.-]{3,40})?\s*\d{0,8}\s*[#＃◎■]?$"
_PERSON = "(?P<person>.{1,100}?)"
_LONGEST_BEFORE, _LONGEST_BETWEEN, _LONGEST_AFTER = 160, 80, 400
# How many characters may follow each character of an invitation.
_WORDS_AFTER = 12
_LETTER = "A-Za-z\u00c0-\u024f\u0400-\u04ff"
_START = r"(?<=[\s.。!！?？)）」”\"、，,;；／/|｜])"
_SENTENCE = r"(?:^|(?<=[.。!！?？)）」”]))"


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
    """Whole lines that are not part of an article (`last`: at its end), texts of links to the rest of one, and headings above lists of links."""

    lines: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


class Datelines(Struct, frozen=True, forbid_unknown_fields=True):
    """Lines that name the reporter, and the parts that occur in them."""

    lines: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


class Bylines(Struct, frozen=True, forbid_unknown_fields=True):
    """What is printed next to a name in a byline.

    `organisations` are bylines that name no person: `…日报`.
    """

    titles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


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
    note_marks: tuple[str, ...] = ()


class WordRule(Struct, frozen=True, omit_defaults=True, array_like=True):
    """A pattern built from words.

    It is only tried on texts that begin with one of `starts` (lower case) and contain one of `needs`, if there are any, because
    compiling a pattern takes longer than reading a paragraph. `named` means that the group `person` must be a list of names,
    `weak` that the person must be an author of the article, and `exact` that letters must have the same case. `most` is the
    length of the longest text to try.
    """

    kind: str
    pattern: str
    role: str = ""
    starts: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    named: bool = False
    weak: bool = False
    exact: bool = False
    most: int = 600


def rules_of(words: WordFile) -> list[WordRule]:
    """Return the patterns for the words of one file."""
    return [
        *_whole("credit", words.junk.last, "junk"),
        *_lines(words),
        *_labelled(words),
        *_photo(words.photo),
        *_datelines(words.datelines),
        *_bylines(words),
        *_whole("junk", words.junk.lines),
        *_whole("more", words.junk.more),
        *_related(words.junk.related),
        *_prefix("speaker", words.speakers.names, r"\s*[：:]"),
        *_prefix("note-mark", words.note_marks, r"\.?\s*\d{0,3}$"),
        *_prefix("caption", words.photo.captions, r"\s*\d{0,3}\s*[：:｜|丨]|(?<=[：:为為.])"),
    ]


def labels_of(words: WordFile) -> list[str]:
    """Return the labels at which a line of several credits is split."""
    labels = [label for group in words.labels.values() for label in group]
    before = [phrase for group in words.before.values() for phrase in group]
    return sorted({word for word in (*labels, *before) if len(word) > 1 and not set(word) & set("*…")})


def _lines(words: WordFile) -> Iterator[WordRule]:
    for role in LINES:
        phrases = words.lines.get(role, ())
        # A phrase that names someone is tried before one that begins with the same words.
        for phrase in sorted(phrases, key=lambda phrase: "{name}" not in phrase):
            if "{name}" not in phrase:
                yield from _whole("credit", [phrase], role)
                continue
            first = phrase.startswith("{name}")
            yield WordRule(
                "credit",
                f"^{template(phrase)}$",
                role,
                () if first else _starts([phrase]),
                _needs([phrase]),
                named=True,
                weak=first and role == "author-bio",
            )


def _labelled(words: WordFile) -> Iterator[WordRule]:
    for role in ROLES:
        labels = words.labels.get(role, ())
        yield from _label_rules(role, [label for label in labels if "*" not in label])
        yield from _label_rules(role, [label for label in labels if "*" in label])
        if before := words.before.get(role, ()):
            pattern = rf"^(?:{_any(before)})\s+{_PERSON}{_AFTER_NAME}"
            yield WordRule("credit", pattern, role, _starts(before), named=True)


def _label_rules(role: str, labels: list[str]) -> Iterator[WordRule]:
    """Yield the rules for labels that are all with, or all without, a `*`."""
    if not labels:
        return
    also = r"(?:\s*[/／、及和與与&]\s*[^\s：:/／｜|丨]{1,8})?"
    starts, needs = _starts(labels), _needs(labels) if "*" in labels[0] else ()
    spaced = [label for label in labels if _is_han(label) and len(label.strip("*")) > 1]
    if spaced:
        pattern = rf"^(?:{_any(spaced)}){also}[\s\u3000]+{_PERSON}{_AFTER_NAME}"
        yield WordRule("credit", pattern, role, starts, needs, named=True)
    named = role == "byline" or not _is_han(labels[0])
    person = _PERSON if named else r"(?P<person>[^。！？!?：:，,]{1,80}?)"
    pattern = rf"^(?:{_any(labels)}){also}{_SEPARATOR}{person}{_AFTER_NAME}"
    yield WordRule("credit", pattern, role, starts, needs, named=named)


def _photo(photo: Photo) -> Iterator[WordRule]:
    name = r"[^。！？!?]{1,60}"
    for labels, may_begin in ((photo.labels, True), (photo.kinds, False)):
        if not labels:
            continue
        any_label = _any(labels)
        pattern = rf"^(?:{any_label})(?:{_SEPARATOR}|\s*[-–—，,]\s*|\s+){name}$"
        yield WordRule("photo", pattern, starts=_starts(labels))
        needs = tuple(label + sign for label in labels for sign in (*"：:／/｜|", " ：", " :"))
        said = rf"(?<![{_LETTER}])(?:{any_label})\s*[：:/／｜|]\s*[^。！？!?\n]{{2,80}}"
        where = f"(?:^|{_START})" if may_begin else _START
        yield WordRule("photo-tail", f"{where}(?P<credit>{said})$", needs=needs, exact=True)
    for phrase in photo.phrases:
        starts = () if phrase.startswith("…") else _starts([phrase])
        said = template(phrase, before=40, between=40, after=60)
        yield WordRule("photo", f"^{said}$", starts=starts, needs=_needs([phrase]))
        if phrase.endswith("…"):
            if (len(phrase) > 3 and not phrase.startswith("…")) or phrase[0] == "©":
                said = template(phrase, between=40, after=80)
                where = "" if phrase[0] == "©" else r"(?:^|(?<=[\s.。!！?？)）」”\"]))"
                yield WordRule("photo-tail", f"{where}(?P<credit>{said})$", needs=_needs([phrase]))
            continue
        said = template(phrase, before=24, between=24, after=24, plain=True)
        where = _SENTENCE if phrase.startswith("…") else f"(?:^|{_START})"
        pattern = rf"{where}(?P<credit>(?:《[^《》]{{1,12}}》)?{said})$"
        yield WordRule("photo-tail", pattern, needs=_needs([phrase]))
    if photo.alone:
        yield WordRule("photo", rf"^(?:{_any(photo.alone)})$", starts=_starts(photo.alone))
    if photo.agencies:
        yield from _agencies(photo.agencies)
    if photo.other:
        yield WordRule("photo-other", rf"^(?:{_any(photo.other)})", starts=_starts(photo.other))


def _agencies(names: tuple[str, ...]) -> Iterator[WordRule]:
    agency = rf"(?<![{_LETTER}])(?:{_any(names)})(?![{_LETTER}])"
    needs = _shortest(names)
    yield WordRule("photo", rf"^[^。！？!?]{{0,48}}?{agency}[^。！？!?]{{0,40}}$", needs=needs, exact=True)
    # Who compiled an article from agencies, and the agencies alone.
    several = rf"[^（）()]{{0,12}}{agency}[^（）()]{{0,60}}"
    pattern = rf"^{_PERSON}\s*[（(]{several}$"
    yield WordRule("credit", pattern, "contributor", needs=needs, named=True, exact=True, most=120)
    alone = rf"{agency}(?:\s*[、，,/／]\s*{agency}){{0,6}}\s*等?"
    yield WordRule("credit", f"^{alone}$", "note", needs=needs, exact=True, most=80)
    sign = r"\s*[/／,，|｜–—-]\s*"
    pattern = rf"^(?:[^。！？!?:：]{{2,40}}{sign})?{agency}(?:{sign}[^。！？!?]{{1,40}})?$"
    yield WordRule("photo-line", pattern, needs=needs, exact=True)
    after = (
        r"(?:(?:記者|记者)[^。！？!?，,]{2,16}|\s*[/／|｜]\s*[^。！？!?，,]{1,40}"
        r"|\s+(?:via|Photo|Pool)[^。！？!?，,]{0,40})?(?:[\s\u3000]*\d{2,4}年\d{1,2}月\d{1,2}日)?"
    )
    before = r"(?:[^。！？!?.:：,，]{1,30}\s*[/／—–-]\s*)?"
    where = r"(?:^|(?<=[.。!！?？)）」”…])\s*|\s*[—–|｜]\s*)"
    yield WordRule("photo-tail", rf"{where}(?P<credit>{before}{agency}{after})$", needs=needs, exact=True)
    pattern = rf"[\s\u3000](?P<credit>{agency}\s*[/／]\s*[^。！？!?，,/／]{{2,40}})$"
    yield WordRule("photo-tail", pattern, needs=tuple(f"{n}{s}" for n in names for s in "/／"), exact=True)


def _datelines(datelines: Datelines) -> Iterator[WordRule]:
    places, kinds = _any(datelines.places), _any(datelines.kinds) or "(?!)"
    latin = r"[A-Z][\w.'’-]{0,20}(?: [A-Z][\w.'’-]{0,20}){0,3}"
    hangul = "[\uac00-\ud7a3]{2,4}"
    day = r"\s*(?:\d{1,2}月)?(?:\d{1,2}日)?\s*"
    # The name before a known place; no place; an unknown place, which has at least two characters, as most names have three.
    forms = (
        (_names(rf"[{HAN}]{{2,4}}?|{hangul}|{latin}", places), rf"\s*[在自于於/／]?(?:{places}){{1,2}}\s*"),
        (_names(rf"[{HAN}]{{2,3}}?|{hangul}|{latin}", places), ""),
        (rf"(?P<person>[{HAN}]{{3}}(?=[{HAN}]{{2}})|[{HAN}]{{2}})", rf"[{HAN}]{{2,4}}"),
    )
    for phrase in datelines.lines:
        for names, where in forms:
            if where and "{place}" not in phrase:
                continue
            said = re.escape(phrase).replace(r"\ ", r"[\s\u3000]+").replace(r"\{", "{").replace(r"\}", "}")
            said = said.replace("{name}", rf"[\s\u3000：:]*{names}\s*").replace("{place}", where)
            said = said.replace("{day}", day).replace("{kind}", rf"(?:{kinds}){{0,2}}")
            paper = "" if phrase.startswith("{name}") else r"[^，。！？：:\s]{0,24}\s?"
            needs = _needs([re.sub(r"\{(?:place|day|kind)\}", "…", phrase)])
            yield WordRule("dateline", rf"{said}(?:[/／；;\s]|$)", needs=needs, exact=True)
            yield WordRule(
                "credit",
                rf"^{paper}{said}(?:\s*[\w.+-]{{1,40}}@[\w.-]{{3,40}})?$",
                "byline",
                needs=needs,
                exact=True,
                most=60,
            )


def _names(one: str, places: str) -> str:
    """Return the pattern of one or several names, of which the later ones are not places: `林海、梅林/台北`."""
    other = rf"(?!(?:{places})(?![{HAN}]{{1,2}}[、/／,，]))" if places else ""
    return rf"(?P<person>(?:{one})(?:\s*[、/／,，]\s*{other}(?:{one})){{0,4}})"


def _bylines(words: WordFile) -> Iterator[WordRule]:
    labels, before = words.labels.get("byline", ()), words.before.get("byline", ())
    if labels:
        yield WordRule("byline-label", rf"^(?:{_any(labels)}){_SEPARATOR}", starts=_starts(labels))
    if before:
        yield WordRule("byline-label", rf"^(?:{_any(before)})\s+", starts=_starts(before))
    if titles := words.bylines.titles:
        yield WordRule("byline-title", rf"^(?:{_any(titles)})$", starts=_starts(titles))
    for name in words.bylines.organisations:
        starts, needs = ((), _needs([name])) if name.startswith("…") else (_starts([name]), ())
        yield WordRule("organisation", rf"^{template(name, before=16)}$", starts=starts, needs=needs, most=40)
    for note in words.bylines.notes:
        yield WordRule("byline-note", rf"^{template(note, after=12)}$", starts=_starts([note]))


def _related(labels: tuple[str, ...]) -> Iterator[WordRule]:
    for label in labels:
        starts = _starts([label])
        pattern = rf"^{template(label, after=40)}\s*[：:>»▼↓]{{0,2}}$"
        yield WordRule("related", pattern, starts=starts)
        pattern = rf"^{template(label.rstrip('…'))}\s*(?:[：:|｜>»–—-]|\s)"
        yield WordRule("related-before", pattern, starts=starts)


def _whole(kind: str, phrases: Iterable[str], role: str = "") -> Iterator[WordRule]:
    """Yield the rules for these whole lines. After a short invitation, only a few more words are part of it."""
    for phrase in phrases:
        wild = phrase.startswith("…")
        starts, needs = ((), _needs([phrase])) if wild else (_starts([phrase]), ())
        begins = kind == "junk" and phrase.endswith("…") and phrase.count("…") == 1
        after = min(_LONGEST_AFTER, _WORDS_AFTER * (len(phrase) - 1)) if begins else _LONGEST_AFTER
        yield WordRule(kind, f"^{template(phrase, after=after)}$", role, starts, needs)


def _prefix(kind: str, words: tuple[str, ...], end: str) -> Iterator[WordRule]:
    if words:
        yield WordRule(kind, rf"^(?:{_any(words)})(?:{end})", starts=_starts(words))


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
    from_place = r"(?:[自从從在于於]\w{2,10})?" if _is_han(phrase.replace("{name}", "")) else ""
    made = ""
    for at, part in enumerate(parts):
        if part == "…":
            last = not any(parts[at + 1 :])
            most = before if not made else after if last else between
            made += f"{what}{{{0 if last else 1},{most}}}?"
        elif part == "{name}":
            made += (
                rf"(?P<person>[^。，,！？!?：:]{{2,100}}?)\s*(?:[（(][^（）()]{{1,40}}[)）])?\s*{from_place}"
            )
        else:
            made += _literal(part)
    return made


def _literal(text: str) -> str:
    return re.escape(text).replace(r"\*", r"\w{0,6}").replace(r"\ ", r"\s+").replace("'", "['’]")


def _any(words: Iterable[str]) -> str:
    """Return the alternatives, the longest first, so that a label is not taken for the beginning of a longer one."""
    return "|".join(map(_literal, sorted(dict.fromkeys(words), key=lambda word: (-len(word), word))))


def _starts(phrases: Iterable[str]) -> tuple[str, ...]:
    """Return the first characters of these phrases, or () if one of them may begin with anything."""
    heads = {re.split(r"[…*{]", phrase.lower())[0][:2].rstrip() for phrase in phrases}
    return () if "" in heads else tuple(sorted(heads))


def _needs(phrases: Iterable[str]) -> tuple[str, ...]:
    """Return the longest word or run of characters of each phrase."""
    return tuple(max(re.split(r"…|\{name\}|\*|['’]", phrase), key=len).strip() for phrase in phrases)


def _shortest(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names without those that contain another one."""
    kept: list[str] = []
    for name in sorted(set(names), key=len):
        if not any(each in name for each in kept):
            kept.append(name)
    return tuple(kept)


def _is_han(word: str) -> bool:
    return "\u3041" <= word.strip("*")[:1] <= "\ud7a3"
