"""The patterns that are built from the words of the trade."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from feed2doc._text.cjk import HAN as HAN_CHARACTER
from feed2doc.readers._rules.phrases import (
    LONGEST_AFTER,
    any_of,
    is_han,
    needs_of,
    parts_of,
    shortest,
    starts_of,
    template,
)
from feed2doc.readers._rules.word_file import Datelines, Junk, Photo, WordFile

# Roles of credit lines, in the order in which they are tried. "byline" means that the line names the author.
ROLES = ("translator", "editor", "photographer", "contributor", "byline")
LINES = ("rights", "original", "author-bio", "contributor", "note")

HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
# A character of a name in a dateline with Han characters, which is not in a script of Western Europe. A class with the range
# of Han characters takes a hundred times as long to compile.
_CHARACTER = r"[^\W\d_A-Za-z\u00c0-\u00ff]"
_SEPARATOR = r"\s*[：:/／｜|丨︱＝=・]\s*"
# The text that may follow a name: its place or paper in brackets, an address, the number of a date, a typed end sign.
_AFTER_NAME = (
    r"\s*+(?:[（(][^（）()]{1,40}[)）]?\s*+)?(?:[\w.+-]{1,40}@[\w.-]{3,40}\s*+)?(?:\d{1,8}\s*+)?[#＃◎■]?$"
)
_IN_PLACE = r"(?:\s(?:in|à|en|em|a)\s[A-Z\u00c0-\u00de][^\s,;]{1,30}(?:\s[A-Z\u00c0-\u00de][^\s,;]{1,30})?)?"
_PERSON = "(?P<person>.{1,100}?)"
# How many characters may follow each character of an invitation.
_WORDS_AFTER = 12
# Sentences, too, begin with an invitation of at most this number of words, or of Han characters: `Follow us on our way`.
_FEW_WORDS, _FEW_HAN = 4, 6
_SPACES = r"(\\s|\[\\s\\u3000\])([*+])"
_MOST_SPACES = 6
_LONGEST_INVITATION = 200
_HANGUL = "[\uac00-\ud7a3]{2,4}"
_ARABIC = "(?!من )[\u0600-\u06ff]{2,12}(?: [\u0600-\u06ff]{2,12}){1,2}"
_CYRILLIC = "[\u0410-\u042f\u0401][\u0430-\u044f\u0451-]{1,20}(?: [\u0410-\u042f\u0401][\u0430-\u044f\u0451-]{1,20}){1,2}"
_ONE = rf"(?:[{HAN}々]{{2,6}}|{_HANGUL}|{_CYRILLIC})"
_LETTER = "A-Za-z\u00c0-\u024f\u0400-\u04ff"
_START = r"(?<=[\s.。!！?？)）」”\"、，,;；／/|｜])"
_SENTENCE = r"(?:^|(?<=[.。!！?？)）」”]))"


class WordRule(Struct, frozen=True, omit_defaults=True, array_like=True):
    """A pattern built from words.

    It is only tried on texts that begin with one of `starts` (lower case) and contain one of `needs` and, in lower case, all of
    `parts`, if there are any, because compiling a pattern takes longer than reading a paragraph. `named` means that the group `person` must be a list of names,
    `weak` that the person must be an author of the article, or that a line of junk may be a sentence, and `exact` that letters must have the same case. `most` is the
    length of the longest text to try.
    """

    kind: str
    pattern: str
    role: str = ""
    starts: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    named: bool = False
    weak: bool = False
    exact: bool = False
    most: int = 600


def rules_of(words: WordFile) -> list[WordRule]:
    """Return the patterns for the words of one file."""
    return [replace(rule, pattern=_bounded(rule.pattern)) for rule in _rules(words)]


def _bounded(pattern: str) -> str:
    """Return the pattern with short runs of spaces. Several long ones next to each other would take cubic time."""
    return re.sub(_SPACES, lambda found: f"{found[1]}{{{int(found[2] == '+')},{_MOST_SPACES}}}", pattern)


def _rules(words: WordFile) -> list[WordRule]:
    return [
        *_whole("credit", words.junk.last, "junk"),
        *_invitations(words.junk),
        *_lines(words),
        *_labelled(words),
        *_photo(words.photo),
        *_datelines(words.datelines),
        *_unbracketed(words.datelines),
        *_bylines(words),
        *_whole("junk", words.junk.lines, certain=words.junk.certain),
        *_whole("more", words.junk.more),
        *_related(words.junk.related),
        *_prefix("speaker", words.speakers.names, r"\s*[：:]"),
        *_anywhere("announcement", words.announcements),
        *_whole("note-back", words.note_backs),
        *_prefix("note-mark", words.note_marks, r"\.?\s*\d{0,3}$"),
        *_prefix("caption", words.photo.captions, r"\s*\d{0,3}\s*[：:｜|丨]|(?<=[：:为為.])"),
    ]


def labels_of(words: WordFile) -> list[str]:
    """Return the labels at which a line of several credits is split."""
    labels = [label for group in words.labels.values() for label in group]
    before = [phrase for group in words.before.values() for phrase in group]
    return sorted({word for word in (*labels, *before) if len(word) > 1 and not set(word) & set("*…")})


def _invitations(junk: Junk) -> Iterator[WordRule]:
    """Yield the rule for lines at the end of an article with one of the verbs and one of the objects, in any order."""
    if not junk.verbs:
        return
    verb, its_object = (f"(?:{any_of(words)})" for words in (junk.verbs, junk.objects))
    needs = junk.verbs
    if HAN_CHARACTER.match(needs[0]):  # in Japanese and Korean, verbs come last
        verb = rf"(?:^|\W|(?=[请請欢歡敬立点點扫掃长]))[请請]?{verb}"
    elif not is_han(needs[0]):
        verb = rf"(?:^|[.!?:;,…–—]\s|[^\w\s]\s){verb}(?!\w)"
        its_object = rf"(?<!\w){its_object}"
        needs = tuple(dict.fromkeys(form for word in needs for form in (word, word[0].lower() + word[1:])))
    pattern = rf"^(?=.{{0,{_LONGEST_INVITATION}}}?{verb})(?=.{{0,{_LONGEST_INVITATION}}}?{its_object})"
    yield WordRule("credit", pattern, "junk", needs=needs, most=_LONGEST_INVITATION)


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
                () if first else starts_of([phrase]),
                needs_of([phrase]),
                parts_of(phrase),
                named=True,
                weak=first and role == "author-bio",
            )


def _labelled(words: WordFile) -> Iterator[WordRule]:
    for role in ROLES:
        labels = words.labels.get(role, ())
        yield from _label_rules(role, [label for label in labels if "*" not in label])
        yield from _label_rules(role, [label for label in labels if "*" in label])
        if before := words.before.get(role, ()):
            agency = rf"(?:\s*[,/]\s*(?:{any_of(words.bylines.notes) or '(?!)'}))?"
            pattern = rf"^(?:{any_of(before)})\s+{_PERSON}{_IN_PLACE}{agency}{_AFTER_NAME}"
            yield WordRule("credit", pattern, role, starts_of(before), named=True)


def _label_rules(role: str, labels: list[str]) -> Iterator[WordRule]:
    """Yield the rules for labels that are all with, or all without, a `*`."""
    if not labels:
        return
    also = r"(?:\s*[/／、及和與与&]\s*[^\s：:/／｜|丨]{1,8})?"
    starts, needs = starts_of(labels), needs_of(labels) if "*" in labels[0] else ()
    spaced = [label for label in labels if is_han(label) and len(label.strip("*")) > 1]
    if spaced:
        pattern = rf"^(?:{any_of(spaced)}){also}[\s\u3000]+{_PERSON}{_AFTER_NAME}"
        yield WordRule("credit", pattern, role, starts, needs, named=True)
    named = role == "byline" or not is_han(labels[0])
    person = _PERSON if named else r"(?P<person>[^。！？!?：:，,]{1,80}?)"
    pattern = rf"^(?:{any_of(labels)}){also}{_SEPARATOR}{person}{_AFTER_NAME}"
    yield WordRule("credit", pattern, role, starts, needs, named=named)


def _photo(photo: Photo) -> Iterator[WordRule]:
    name = r"[^。！？!?]{1,60}"
    for labels, may_begin in ((photo.labels, True), (photo.kinds, False)):
        if not labels:
            continue
        any_label = any_of(labels)
        pattern = rf"^(?:{any_label})(?:{_SEPARATOR}|\s*[-–—，,]\s*|\s+){name}$"
        yield WordRule("photo", pattern, starts=starts_of(labels))
        needs = tuple(label + sign for label in labels for sign in (*"：:／/｜|", " ：", " :"))
        said = rf"(?<![{_LETTER}])(?:{any_label})\s*[：:/／｜|]\s*[^。！？!?\n]{{2,80}}"
        where = f"(?:^|{_START})" if may_begin else _START
        yield WordRule("photo-tail", f"{where}(?P<credit>{said})$", needs=needs, exact=True)
    for phrase in photo.phrases:
        starts = () if phrase.startswith("…") else starts_of([phrase])
        said = template(phrase, before=40, between=40, after=60)
        needs, parts = needs_of([phrase]), parts_of(phrase)
        yield WordRule("photo", f"^{said}$", starts=starts, needs=needs, parts=parts)
        if phrase.endswith("…"):
            if (len(phrase) > 3 and not phrase.startswith("…")) or phrase[0] == "©":
                said = template(phrase, between=40, after=80)
                where = "" if phrase[0] == "©" else r"(?:^|(?<=[\s.。!！?？)）」”\"]))"
                yield WordRule("photo-tail", f"{where}(?P<credit>{said})$", needs=needs, parts=parts)
            continue
        said = template(phrase, before=24, between=24, after=24, plain=True)
        where = _SENTENCE if phrase.startswith("…") else f"(?:^|{_START})"
        pattern = rf"{where}(?P<credit>(?:《[^《》]{{1,12}}》)?{said})$"
        yield WordRule("photo-tail", pattern, needs=needs, parts=parts)
    if photo.alone:
        yield WordRule("photo", rf"^(?:{any_of(photo.alone)})$", starts=starts_of(photo.alone))
    if photo.agencies:
        yield from _agencies(photo.agencies)
    if photo.other:
        yield WordRule("photo-other", rf"^(?:{any_of(photo.other)})", starts=starts_of(photo.other))


def _agencies(names: tuple[str, ...]) -> Iterator[WordRule]:
    agency = rf"(?<![{_LETTER}])(?:{any_of(names)})(?![{_LETTER}])"
    needs = shortest(names)
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
    places, kinds = any_of(datelines.places), any_of(datelines.kinds) or "(?!)"
    no_name = rf"(?!(?:{any_of((*datelines.kinds, *datelines.others)) or '(?!)'})(?:[/／；;\s]|$))"
    latin = r"[A-Z][\w.'’-]{0,20}(?: [A-Z][\w.'’-]{0,20}){0,3}"
    day = r"\s*(?:\d{1,2}月)?(?:\d{1,2}日)?\s*"
    # The name before a known place; no place; an unknown place, which has at least two characters, as most names have three.
    is_in_han = any(map(HAN_CHARACTER.search, datelines.lines))
    one, several = (_CHARACTER, latin) if is_in_han else (f"[{HAN}]", rf"{_HANGUL}|{_ARABIC}|{latin}")
    forms: tuple[tuple[str, str], ...] = (
        (_names(rf"{one}{{2,4}}?|{several}", places, one), rf"\s*[在自于於/／]?(?:{places}){{1,2}}\s*"),
        (_names(rf"{one}{{2,3}}?|{several}", places, one), ""),
        (rf"(?P<person>{one}{{3}}(?={one}{{2}})|{one}{{2}})", rf"{one}{{2,4}}"),
    )
    if datelines.places and not is_han(datelines.places[0]):
        forms = forms[:1]  # only Han characters tell a name from an unknown place
    alone = ((no_name + _names(rf"{one}{{2,4}}?|{several}", places, one), ""),)
    parted = ((_names(rf"{one}{{2,4}}", "", one), rf"{one}{{2,6}}?"),)
    for phrase in datelines.lines:
        chosen = alone if "{place}" not in phrase else parted if "／{place}" in phrase else forms
        for names, where in chosen:
            said = re.escape(phrase).replace(r"\ ", r"[\s\u3000]+").replace(r"\{", "{").replace(r"\}", "}")
            said = said.replace("{name}", rf"[\s\u3000：:]*{names}\s*").replace("{place}", where)
            said = said.replace("{day}", day).replace("{kind}", rf"(?:{kinds}){{0,2}}")
            paper = "" if phrase.startswith("{name}") else r"[^，。！？：:\s]{0,24}\s?"
            needs, parts = needs_of([re.sub(r"\{(?:place|day|kind)\}", "…", phrase)]), parts_of(phrase)
            yield WordRule("dateline", rf"{said}(?:[/／；;\s]|$)", needs=needs, parts=parts, exact=True)
            yield WordRule(
                "credit",
                rf"^{paper}{said}(?:\s*[\w.+-]{{1,40}}@[\w.-]{{3,40}})?$",
                "byline",
                needs=needs,
                parts=parts,
                exact=True,
                most=60,
            )


def _unbracketed(datelines: Datelines) -> Iterator[WordRule]:
    """Yield the rules for beginnings of texts that name the reporter, and for what is not a name."""
    name = rf"(?P<person>{_ONE}(?:(?:\s*[、/／,，·]\s*|\s(?=[\uac00-\ud7a3]{{2,4}}\s)){_ONE}){{0,3}})"
    parts = {
        "{name}": name,
        "{place}": r"[^,，;；:：.。()（）\[\]【】/=＝—–-]{2,40}?",
        "{agency}": r"[^,，.。()（）\[\]【】—–=＝-]{2,40}?",
        "{day}": r"(?:\d{1,2}\.?\s?[^\W\d]{3,10}|[^\W\d]{3,10}\.?\s\d{1,2})\.?(?:,?\s\d{4})?",
    }
    for phrase in datelines.openings:
        said = re.escape(phrase).replace(r"\ ", r"\s{0,2}")
        for part, written in parts.items():
            said = said.replace(re.escape(part), written)
        needs = needs_of([re.sub(r"\{\w{1,8}\}", "…", phrase)])
        yield WordRule("opening", f"^{said}", needs=needs, parts=parts_of(phrase), exact=True)
    yield from _whole("no-name", datelines.others)


def _names(one: str, places: str, character: str) -> str:
    """Return the pattern of one or several names, of which the later ones are not places: `林海、梅林/台北`."""
    other = rf"(?!(?:{places})(?!{character}{{1,2}}[、/／,，]))" if places else ""
    return rf"(?P<person>(?:{one})(?:\s*[、/／,，]\s*{other}(?:{one})){{0,4}})"


def _bylines(words: WordFile) -> Iterator[WordRule]:
    labels, before = words.labels.get("byline", ()), words.before.get("byline", ())
    if labels:
        yield WordRule("byline-label", rf"^(?:{any_of(labels)}){_SEPARATOR}", starts=starts_of(labels))
    if before:
        yield WordRule("byline-label", rf"^(?:{any_of(before)})\s+", starts=starts_of(before))
    if titles := words.bylines.titles:
        yield WordRule("byline-title", rf"^(?:{any_of(titles)})$", starts=starts_of(titles))
    for name in words.bylines.organisations:
        starts, needs = ((), needs_of([name])) if name.startswith("…") else (starts_of([name]), ())
        pattern = rf"^{template(name, before=16)}$"
        yield WordRule("organisation", pattern, "", starts, needs, parts_of(name), most=40)
    for note in words.bylines.notes:
        pattern = rf"^{template(note, after=12)}$"
        yield WordRule("byline-note", pattern, starts=starts_of([note]), parts=parts_of(note))


def _related(labels: tuple[str, ...]) -> Iterator[WordRule]:
    for label in labels:
        starts, parts = starts_of([label]), parts_of(label)
        pattern = rf"^{template(label, after=40)}\s*[：:>»▼↓]{{0,2}}$"
        yield WordRule("related", pattern, starts=starts, parts=parts)
        pattern = rf"^{template(label.rstrip('…'))}\s*(?:[：:|｜>»–—-]|\s)"
        yield WordRule("related-before", pattern, starts=starts, parts=parts)


def _whole(
    kind: str, phrases: Iterable[str], role: str = "", *, certain: tuple[str, ...] = ()
) -> Iterator[WordRule]:
    """Yield the rules for these whole lines. After a short invitation, only a few more words are part of it.

    Sentences may begin with it, too, unless it has one of the words in `certain`.
    """
    for phrase in phrases:
        wild = phrase.startswith("…")
        starts, needs = ((), needs_of([phrase])) if wild else (starts_of([phrase]), ())
        begins = kind == "junk" and phrase.endswith("…") and phrase.count("…") == 1
        after = min(LONGEST_AFTER, _WORDS_AFTER * (len(phrase) - 1)) if begins else LONGEST_AFTER
        weak = begins and _is_short(phrase) and not any(word in phrase for word in certain)
        pattern = f"^{template(phrase, after=after)}$"
        yield WordRule(kind, pattern, role, starts, needs, parts_of(phrase), weak=weak)


def _is_short(phrase: str) -> bool:
    return len(phrase) - 1 <= _FEW_HAN if is_han(phrase) else len(phrase.split()) <= _FEW_WORDS


def _prefix(kind: str, words: tuple[str, ...], end: str) -> Iterator[WordRule]:
    if words:
        yield WordRule(kind, rf"^(?:{any_of(words)})(?:{end})", starts=starts_of(words))


def _anywhere(kind: str, phrases: tuple[str, ...]) -> Iterator[WordRule]:
    """Yield the rule for these words, whole ones if the language has spaces, anywhere in a text."""
    if not phrases:
        return
    spaced = not is_han(phrases[0])
    any_phrase = any_of(phrases)
    said = rf"(?<!\w)(?:{any_phrase})(?!\w)" if spaced else any_phrase
    yield WordRule(kind, said, needs=tuple(phrase[1:] for phrase in phrases) if spaced else needs_of(phrases))
