"""The patterns that are built from the words of the trade."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from feed2doc._text.cjk import HAN as HAN_CHARACTER
from feed2doc._text.han_names import surnames
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._rules.datelines import dateline_rules, opening_rules
from feed2doc.readers._rules.photo_credits import photo_rules
from feed2doc.readers._rules.phrases import (
    LONGEST_AFTER,
    any_of,
    is_han,
    needs_of,
    parts_of,
    starts_of,
    template,
)
from feed2doc.readers._rules.word_file import Bylines, Junk, WordFile
from feed2doc.readers._rules.word_rule import NO_NAME, PERSON, SEPARATOR, WordRule

# Roles of credit lines, in the order in which they are tried. "byline" means that the line names the author.
ROLES = ("translator", "editor", "photographer", "contributor", "byline")
LINES = ("translator", "rights", "original", "author-bio", "contributor", "note")

# The text that may follow a name: its place or paper in brackets, an address, the number of a date, a typed end sign.
_AFTER_NAME = (
    r"\s*+(?:[（(][^（）()]{1,40}[)）]?\s*+)?(?:[\w.+-]{1,40}@[\w.-]{3,40}\s*+)?(?:\d{1,8}\s*+)?[#＃◎■]?$"
)
_IN_PLACE = r"(?:\s(?:in|à|en|em|a)\s[A-Z\u00c0-\u00de][^\s,;]{1,30}(?:\s[A-Z\u00c0-\u00de][^\s,;]{1,30})?)?"
# How many characters may follow each character of an invitation.
_WORDS_AFTER = 12
# Sentences, too, begin with an invitation of at most this number of words, or of Han characters or kana: `Follow us on our way`.
_FEW_WORDS, _FEW_HAN, _FEW_KANA = 4, 8, 12
_NETWORK = "{network}"
_KANA = pattern(r"[\u3041-\u30ff]")
_SPACES = r"(\\s|\[\\s\\u3000\])([*+])"
_MOST_SPACES = 6
# What follows the label of a caption: a sign, `1.`, or in Han and Hangul a number and a few words that are not a sentence.
_NUMBERED = r"\s*\d{0,3}\s*[：:｜|丨]|(?<=[：:为為.])|\s*\d{1,3}\.\s|(?<=[图圖図表그림])\s*\d{1,3}[\s\u3000、-][^。]{1,80}$"
_LONGEST_INVITATION = 200
# The Arabic article, which begins no given name.
_ARTICLE = "ال"
# After a department, two characters may be what happens to it: `社会部 解散`.
_LONG_NAME = r"(?:(?<!部)|(?=[ \u3000]{1,2}(?:\S{3}|\S{1,2}[ \u3000]\S)))"


def rules_of(words: WordFile) -> list[WordRule]:
    """Return the patterns for the words of one file."""
    return [
        replace(rule, pattern=_bounded(rule.pattern), exact=rule.exact or not _has_case(rule.pattern))
        for rule in _rules(words)
    ]


def _has_case(pattern: str) -> bool:
    """Return True if a pattern has letters with case. To ignore the case of a range of Han characters takes 2 ms to compile."""
    plain = re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), pattern)
    return any(c.lower() != c.upper() for c in re.sub(r"\\.|\(\?P<\w+>", "", plain))


def _bounded(pattern: str) -> str:
    """Return the pattern with short runs of spaces. Several long ones next to each other would take cubic time."""
    return re.sub(_SPACES, lambda found: f"{found[1]}{{{int(found[2] == '+')},{_MOST_SPACES}}}", pattern)


def _rules(words: WordFile) -> list[WordRule]:
    return [
        *_whole("credit", words.junk.last, "junk", networks=words.junk.networks),
        *_invitations(words.junk),
        *_lines(words),
        *_labelled(words),
        *photo_rules(words.photo),
        *dateline_rules(words.datelines),
        *opening_rules(words.datelines),
        *_whole("no-name", words.datelines.others),
        *_whole("nobody", words.bylines.nobody),
        *_whole("no-tag", words.no_tags),
        *_bylines(words),
        *_whole("junk", words.junk.lines, certain=words.junk.certain),
        *_anywhere("tell", words.junk.tell),
        *_whole("closing", words.junk.closing),
        *_whole("more", words.junk.more),
        *_related(words.junk.related),
        *_standfirst_authors(words.bylines.writes),
        *_prefix("speaker", words.speakers.names, r"\s*[：:]"),
        *_prefix("tag-label", words.junk.tags, "$"),
        *_tag_lists(words.junk.tags),
        *_anywhere("announcement", words.announcements, words.not_announcing),
        *_anywhere("profession", words.bylines.professions),
        *_anywhere("life", words.bylines.lives),
        *_whole("note-back", words.note_backs),
        *_prefix("note-title", words.note_titles, r"\s*[:：]?$"),
        *_prefix("note-mark", words.note_marks, r"\.?\s*\d{0,3}$"),
        *_linked_invitations(words.junk),
        *_whole("untitled", words.untitled),
        *_whole("enlarge", words.photo.enlarge),
        *_whole("gift", words.junk.gifts),
        *_anywhere("gift", words.junk.gift_words),
        *_prefix("caption", words.photo.captions, _NUMBERED),
    ]


def labels_of(words: WordFile) -> list[str]:
    """Return the labels at which a line of several credits is split, also those of one character such as `訳`."""
    labels = [label for group in words.labels.values() for label in group]
    before = [phrase for group in words.before.values() for phrase in group]
    return sorted(
        {word for word in (*labels, *before) if (len(word) > 1 or is_han(word)) and not set(word) & set("*…")}
    )


def _invitations(junk: Junk) -> Iterator[WordRule]:
    """Yield the rules for lines at the end of an article that ask its reader for something."""
    if junk.verbs:
        yield _invitation(junk.verbs, junk.objects)
    if junk.programme_verbs:
        yield _invitation(junk.programme_verbs, junk.programmes)


def _linked_invitations(junk: Junk) -> Iterator[WordRule]:
    """Yield the rule with the words, too, that count only in a line with a link or one that is set apart."""
    if junk.linked_verbs:
        verbs, objects = (*junk.verbs, *junk.linked_verbs), (*junk.objects, *junk.linked_objects)
        yield _invitation(verbs, objects, weak=True)


def _invitation(verbs: tuple[str, ...], objects: tuple[str, ...], *, weak: bool = False) -> WordRule:
    """Return the rule for lines with one of the verbs and one of the objects, in any order."""
    verb, its_object = (f"(?:{any_of(words)})" for words in (verbs, objects))
    needs = verbs
    if HAN_CHARACTER.match(needs[0]):  # in Japanese and Korean, verbs come last
        verb = rf"(?:^|\W|(?=[请請欢歡敬立点點扫掃长]))[请請]?{verb}"
    elif not is_han(needs[0]):
        verb = rf"(?:^|[.!?:;,…–—]\s|[^\w\s]\s){verb}(?!\w)"
        its_object = rf"(?<!\w){its_object}"
        if max(filter(str.isalpha, needs[0])) < "\u0250":
            its_object += r"(?:(?<=\W)|(?!\w))"  # in other scripts, the objects are stems
        needs = tuple(dict.fromkeys(form for word in needs for form in (word, word[0].lower() + word[1:])))
    pattern = rf"^(?=.{{0,{_LONGEST_INVITATION}}}?{verb})(?=.{{0,{_LONGEST_INVITATION}}}?{its_object})"
    also = tuple(dict.fromkeys(map(str.lower, needs_of(objects))))
    return WordRule("credit", pattern, "junk", needs=needs, also=also, most=_LONGEST_INVITATION, weak=weak)


def _lines(words: WordFile) -> Iterator[WordRule]:
    for role in LINES:
        phrases = words.lines.get(role, ())
        # A phrase that names someone is tried before one that begins with the same words.
        for phrase in sorted(phrases, key=lambda phrase: "{name}" not in phrase):
            if "{name}" not in phrase:
                yield from _whole("credit", [phrase], role)
                continue
            first = phrase.startswith("{name}")
            # One word and a name may also be a phrase: `Перевод Библии`.
            said, end = phrase.partition("{name}")[::2]
            is_short = said.endswith(" ") and " " not in said.strip() and not end and not is_han(said)
            full = r"(?=\S+\s+\S+\s+\S)" if is_short else ""
            yield WordRule(
                "credit",
                f"^{full}{template(phrase)}[.。]?$",
                role,
                () if first else starts_of([phrase]),
                needs_of([phrase]),
                parts_of(phrase),
                named=True,
                weak=first and role == "author-bio",
            )


def _labelled(words: WordFile) -> Iterator[WordRule]:
    ends = (phrase.rpartition("}")[2] for phrase in words.datelines.lines if "{place}" in phrase)
    reported = tuple(sorted({end for end in ends if len(end) > 1 and is_han(end)}))
    for role in ROLES:
        labels = words.labels.get(role, ())
        notes = words.bylines.notes if role == "byline" and labels and not is_han(labels[0]) else ()
        plain = [label for label in labels if "*" not in label]
        yield from _label_rules(role, plain, notes, reported if role == "byline" else ())
        yield from _label_rules(role, [label for label in labels if "*" in label])
        if plain and HAN_CHARACTER.match(plain[0]):
            yield _label_after_name(role, plain)
        if before := words.before.get(role, ()):
            agency = rf"(?:\s*[,/]\s*(?:{any_of(words.bylines.notes) or '(?!)'}))?"
            said = f"{_before_name(before, words.bylines)}{PERSON}{_IN_PLACE}{agency}{_AFTER_NAME}"
            yield WordRule("credit", f"^{said}", role, starts_of(before), named=True)


def _before_name(phrases: tuple[str, ...], bylines: Bylines) -> str:
    """Return the pattern of phrases before a name.

    One word but `By`, or a noun and a preposition, may also begin a phrase (`di Pisa`, `كتب الرجل`, `Fotos von Kiel`), so a
    full name or an agency must follow.
    """
    elided = [phrase[:-1] for phrase in phrases if phrase.endswith((" de", " di"))]
    short = [
        phrase
        for phrase in phrases
        if (" " not in phrase and phrase.lower() != "by") or phrase.endswith((" von", " de", " di"))
    ]
    long = [phrase for phrase in phrases if phrase not in short]
    agencies = any_of((*bylines.notes, *bylines.organisations)) or "(?!)"
    forms = [rf"(?:{any_of(long)})\s+"] if long else []
    if short:
        forms.append(rf"(?:{any_of(short)})\s+(?!{_ARTICLE})(?=\S+\s+\S|(?:{agencies})(?!\w))")
    if elided:
        forms.append(f"(?:{any_of(elided)})['’]")
    return f"(?:{'|'.join(forms)})"


def _label_after_name(role: str, labels: list[str]) -> WordRule:
    """Return the rule for labels in Han characters after names: `林海/文`."""
    one = rf"[{surnames()}][^\W\d_A-Za-z]{{1,2}}"
    pattern = rf"^(?P<person>{one}(?:[ 、]{one}){{0,3}})\s?[/／]\s?(?:{any_of(labels)})$"
    needs = tuple(f"{sign}{label}" for label in labels for sign in "/／")
    return WordRule("credit", pattern, role, needs=needs, named=True, most=40)


def _label_rules(
    role: str, labels: list[str], notes: tuple[str, ...] = (), reported: tuple[str, ...] = ()
) -> Iterator[WordRule]:
    """Yield the rules for labels that are all with, or all without, a `*`. `reported` may follow the place after a name."""
    if not labels:
        return
    also = r"(?:\s*[/／、及和與与&]\s*[^\s：:/／｜|丨]{1,8})?"
    starts, needs = starts_of(labels), needs_of(labels) if "*" in labels[0] else ()
    spaced = [label for label in labels if is_han(label) and len(label.strip("*")) > 1]
    if spaced:
        from_place = (
            rf"(?:[\s\u3000]+(?:[^\s\d，。]{{2,6}}?(?:{any_of(reported)})|[发發]自[^\s\d，。]{{2,8}}))?"
            if reported
            else ""
        )
        pattern = rf"^(?:{any_of(spaced)}){also}[\s\u3000]+{NO_NAME}{PERSON}{from_place}{_AFTER_NAME}"
        yield WordRule("credit", pattern, role, starts, needs or (" ",), named=True)
    also_said = rf"(?:\s*,\s*(?:{any_of(notes)}))?" if notes else ""
    named = role == "byline" or not is_han(labels[0])
    person = PERSON if named else r"(?P<person>[^。！？!?：:，,]{1,80}?)"
    pattern = rf"^(?:{any_of(labels)}){also}{SEPARATOR}{person}{also_said}{_AFTER_NAME}"
    yield WordRule("credit", pattern, role, starts, needs, named=named)


def _bylines(words: WordFile) -> Iterator[WordRule]:
    labels = [label for label in words.labels.get("byline", ()) if "*" not in label]
    before = words.before.get("byline", ())
    if labels:
        yield WordRule("byline-label", rf"^(?:{any_of(labels)}){SEPARATOR}", starts=starts_of(labels))
    if before:
        pattern = rf"^{_before_name(before, words.bylines)}"
        yield WordRule("byline-label", pattern, starts=starts_of(before))
    if titles := words.bylines.titles:
        yield WordRule("byline-title", rf"^(?:{any_of(titles)})$", starts=starts_of(titles))
        if is_han(titles[0]):  # `海港日报记者梅林`
            pattern = (
                rf"^\S{{0,16}}?(?:{any_of(titles)})[\s\u3000]{{0,2}}{NO_NAME}(?=[\u3400-\u9fff]{{2,4}}$)"
            )
            yield WordRule("byline-before", pattern, needs=titles)
            yield from _titled_names(titles, words.bylines.notes)
    for name in dict.fromkeys((*words.bylines.organisations, *words.photo.agencies)):
        starts, needs = ((), needs_of([name])) if name.startswith("…") else (starts_of([name]), ())
        pattern = rf"^{template(name, before=16)}$"
        yield WordRule("organisation", pattern, "", starts, needs, parts_of(name), most=40)
    for note in words.bylines.notes:
        pattern = rf"^{template(note, after=12 if is_han(note) else 40)}$"
        yield WordRule("byline-note", pattern, starts=starts_of([note]), parts=parts_of(note))
    said = (*words.bylines.notes, *words.bylines.titles)
    if joined := tuple(word for word in said if is_han(word) and 1 < len(word.strip("…")) == len(word)):
        pattern = rf"^(?P<person>[\u3400-\u9fff]{{2,4}}?)(?:{any_of(joined)})$"  # `林海报道`
        yield WordRule("byline-after", pattern, needs=joined)
        one = "[\u3400-\u9fff]{2,4}"  # `林海/梅林（综合报道）`
        pattern = rf"^(?P<person>{one}(?:\s*[/／、]\s*{one}){{0,5}})\s*[（(](?:{any_of(joined)})$"
        needs = tuple(f"{bracket}{word}" for bracket in "（(" for word in joined)
        yield WordRule("credit", pattern, "byline", needs=needs, named=True, most=60)


def _titled_names(titles: tuple[str, ...], notes: tuple[str, ...]) -> Iterator[WordRule]:
    """Yield the rules for a line that is nothing but a title and a name: `編集委員　高橋徹`, `新京报首席记者 林海`, `김바다 선임기자`."""
    title = f"(?:{any_of(titles)})"
    one = r"(?:[\u3400-\u9fff々]{2,5}|[\u3400-\u9fff々]{1,3} [\u3400-\u9fff々]{1,3}|[\uac00-\ud7a3]{2,4})"
    no_note = any_of([note.strip("…") for note in notes]) or "(?!)"
    several = rf"(?P<person>(?!{no_note}){NO_NAME}{one}(?:[ \u3000、]{one}){{0,3}})"
    before = (
        rf"^[■◆●◎□]?\s?[^\s，。！？：:的是了在说說の]{{0,12}}?{title}{_LONG_NAME}[ \u3000]{{1,2}}{several}$"
    )
    for said in (before, rf"^{several}[ \u3000]{title}$"):
        yield WordRule("credit", said, "byline", needs=titles, named=True, exact=True, most=48)


def _standfirst_authors(verbs: tuple[str, ...]) -> Iterator[WordRule]:
    """Yield the rule for the author at the end of a standfirst: `The ferry is back, writes Ann Ba from Oslo.`"""
    if verbs:
        place = (
            r"(?:\s(?:in|from|aus|à|en|em|из|в)\s[^\W\d_a-z][^\s,;.]{1,30}(?:\s[^\W\d_a-z][^\s,;.]{1,30})?)?"
        )
        pattern = rf"[,;:–—]\s(?:{any_of(verbs)})\s(?P<person>[^\s,;:.]{{2,24}}(?:\s[^\s,;:]{{1,24}}){{1,3}}?){place}[.]?$"
        yield WordRule("standfirst-author", pattern, needs=verbs, named=True, exact=True)


def _related(labels: tuple[str, ...]) -> Iterator[WordRule]:
    for label in sorted(labels, key=len, reverse=True):
        starts, parts = starts_of([label]), parts_of(label)
        pattern = rf"^{template(label, after=40)}\s*[：:>»▼↓]{{0,2}}$"
        yield WordRule("related", pattern, starts=starts, parts=parts)
        more = "[^:：|｜。.]{0,24}?[:：|｜»]|" if label.endswith("…") else ""
        pattern = rf"^{template(label.rstrip('…'))}(?:{more}\s*[：:|｜>»/／–—\]】）)」』》-]|\s)"
        yield WordRule("related-before", pattern, starts=starts, parts=parts)


def _whole(
    kind: str,
    phrases: Iterable[str],
    role: str = "",
    *,
    certain: tuple[str, ...] = (),
    networks: tuple[str, ...] = (),
) -> Iterator[WordRule]:
    """Yield the rules for these whole lines. After a short invitation, only a few more words are part of it.

    Sentences may have the words of a short one, or of one with any words before its end, unless it has one of those in `certain`.
    """
    for phrase in phrases:
        if "{number}" in phrase:
            phrase = phrase.rstrip(")）")  # texts are compared without brackets around them
        wild = phrase.startswith(("…", "*", "{title}"))
        starts, needs = ((), needs_of([phrase])) if wild else (starts_of([phrase]), ())
        begins = kind == "junk" and phrase.endswith("…") and phrase.count("…") == 1
        after = min(LONGEST_AFTER, _WORDS_AFTER * (len(phrase) - 1)) if begins else LONGEST_AFTER
        may_be_sentence = _is_short(phrase) if begins else "…" in phrase.rstrip("…")
        weak = kind == "junk" and may_be_sentence and not any(word in phrase for word in certain)
        stop = "[.。]?" if kind == "credit" and phrase[-1] != "…" else ""
        pattern = f"^{template(phrase, after=after)}{stop}$"
        if _NETWORK in phrase:
            pattern = pattern.replace(re.escape(_NETWORK), f"(?:{any_of(networks)})")
        yield WordRule(kind, pattern, role, starts, needs, parts_of(phrase), weak=weak)


def _is_short(phrase: str) -> bool:
    if not is_han(phrase):
        return len(phrase.split()) <= _FEW_WORDS
    return len(phrase) - 1 <= (_FEW_KANA if _KANA.search(phrase) else _FEW_HAN)


def _prefix(kind: str, words: tuple[str, ...], end: str) -> Iterator[WordRule]:
    if words:
        yield WordRule(kind, rf"^(?:{any_of(words)})(?:{end})", starts=starts_of(words))


def _tag_lists(labels: tuple[str, ...]) -> Iterator[WordRule]:
    """Yield the rules for a list of tags at the end of an article: several of a few words (`Tags: ropes, tar`), or links."""
    if not labels:
        return
    start = rf"^(?:{any_of(labels)})\s*[:：]\s*"
    tag = r"[^\s,，、;；|·.。!?！？]{1,30}(?: [^\s,，、;；|·.。!?！？]{1,30}){0,2}"
    apart = r"\s*[,，、;；|·]\s*"
    if is_han(labels[0]):
        tag, apart = r"[^\s,，、;；|·.。!?！？]{1,12}", r"[\s,，、;；|·]{1,3}"
    yield WordRule("credit", rf"{start}{tag}(?:{apart}{tag})+$", "junk", starts=starts_of(labels), most=200)
    any_words = r"[^.。!?！？]{1,200}$"
    yield WordRule("credit", start + any_words, "junk", starts=starts_of(labels), weak=True)


def _anywhere(kind: str, phrases: tuple[str, ...], beside: tuple[str, ...] = ()) -> Iterator[WordRule]:
    """Yield the rule for these words, whole ones if the language has spaces, anywhere in a text but next to others."""
    if not phrases:
        return
    spaced = not is_han(phrases[0])
    any_phrase = any_of(phrases)
    said = rf"(?<!\w)(?:{any_phrase})(?!\w)" if spaced else f"(?:{any_phrase})"
    if beside:
        space = " " if spaced else ""
        before = [word.strip("…") + space for word in beside if not word.startswith("…")]
        after = [word.strip("…") for word in beside if not word.endswith("…")]
        said = "".join(f"(?<!{re.escape(word)})" for word in before) + said
        if after:
            said += rf"(?! ?(?:{any_of(after)})" + (r"(?!\w))" if spaced else ")")
    yield WordRule(kind, said, needs=tuple(phrase[1:] for phrase in phrases) if spaced else needs_of(phrases))
