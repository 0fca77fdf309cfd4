"""The patterns of credits with a label: `责任编辑：林海`, `Translated by Ann Ba`, `林海/文`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feed2doc._text.cjk import HAN_LETTER
from feed2doc._text.han_names import korean_surnames, last_of_offices, surnames
from feed2doc.readers._rules.words.phrases import any_of, is_han, needs_of, starts_of
from feed2doc.readers._rules.words.word_file import Bylines, WordFile
from feed2doc.readers._rules.words.word_rule import NO_NAME, PERSON, SEPARATOR, WordRule

# Roles of credit lines, in the order in which they are tried. "byline" means that the line names the author.
_ROLES = ("translator", "editor", "photographer", "contributor", "byline")
# The text that may follow a name: its place or paper in brackets, an address, the number of a date, a typed end sign.
_AFTER_NAME = r"\s*+(?:[（(][^（）()]{1,40}[)）]?\s*+)?(?:[\w.+-]{1,40}@[\w.-]{3,40}\s*+)?(?:(?:_?[A-Z]{1,4})?\d{1,8}\s*+)?[#＃◎■]?$"
# Labels in capitals (`TEXT`). Shorter ones may be initials.
_SHORTEST_IN_CAPITALS = 4
_IN_PLACE = r"(?:\s(?:in|à|en|em|a)\s[A-Z\u00c0-\u00de][^\s,;]{1,30}(?:\s[A-Z\u00c0-\u00de][^\s,;]{1,30})?)?"
# Another role after the first one: `Redaktion und Faktencheck: Ann Ba`.
_AND_ANOTHER = r"(?:(?:\s*[/&]\s*|\s(?:und|and|et|e|y|i|и|en|och|og)\s)[^\W\d](?:[^\W\d]|-){2,24})?"
# The Arabic article, which begins no given name.
_ARTICLE = "ال"


def label_rules(words: WordFile) -> Iterator[WordRule]:
    """Yield the rules for credits of each role, with a label or with words such as `Translated by`."""
    ends = (phrase.rpartition("}")[2] for phrase in words.datelines.lines if "{place}" in phrase)
    reported = tuple(sorted({end for end in ends if len(end) > 1 and is_han(end)}))
    for role in _ROLES:
        labels = words.labels.get(role, ())
        notes = words.bylines.notes if role == "byline" and labels and not is_han(labels[0]) else ()
        plain = [label for label in labels if "*" not in label]
        of_author = {"reported": reported, "titles": words.bylines.titles} if role == "byline" else {}
        yield from _rules_of(role, plain, notes, **of_author)
        yield from _rules_of(role, [label for label in labels if "*" in label], **of_author)
        yield from _in_brackets(role, words.labels.get(role, ()))
        short = [word for word in words.after.get(role, ()) if len(word) == 1]
        yield from _in_brackets(role, short, weak=True)
        if after := roles_after(words, role):
            yield from _roles_after_names(words, role, after)
        if before := words.before.get(role, ()):
            agency = rf"(?:\s*[,/]\s*(?:{any_of(words.bylines.notes) or '(?!)'}))?"
            said = f"{before_name(before, words.bylines)}{PERSON}{_IN_PLACE}{agency}{_AFTER_NAME}"
            yield WordRule("credit", f"^{said}", role, starts_of(before), named=True)


def roles_after(words: WordFile, role: str) -> list[str]:
    """Return the words that may follow a name as its role: `Ann Ba (text)`, `林海/文`."""
    labels = (label for label in words.labels.get(role, ()) if "*" not in label)
    return [*labels, *words.after.get(role, ()), *words.after_space.get(role, ())]


def all_roles_after(words: WordFile) -> list[str]:
    """Return the words of all roles that may follow a name, in lower case."""
    return sorted({each.lower() for role in _ROLES for each in roles_after(words, role)})


def roles_after_space(words: WordFile) -> list[str]:
    """Return the words of all roles that a space may separate from the name before them: `林海 著`."""
    return sorted({each for group in words.after_space.values() for each in group})


def labels_of(words: WordFile) -> list[str]:
    """Return the labels at which a line of several credits is split, also those of one character such as `訳`."""
    labels = [
        label.strip("*")
        for groups in (words.labels, words.after, words.after_space)
        for group in groups.values()
        for label in group
    ]
    before = [phrase for group in words.before.values() for phrase in group]
    said = [
        phrase.partition("…")[0].strip() for phrase in words.lines.get("translator", ()) if "{name}" in phrase
    ]
    phrases = [*before, *(each for each in said if " " in each and "{" not in each)]
    words_ = {
        word for word in (*labels, *phrases) if (len(word) > 1 or is_han(word)) and not set(word) & set("*…")
    }
    return sorted(words_ | {word.upper() for word in words_ if len(word) >= _SHORTEST_IN_CAPITALS})


def before_name(phrases: tuple[str, ...], bylines: Bylines) -> str:
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


# A name from another script: `萨利·林德格伦`.
_FOREIGN = rf"{HAN_LETTER}{{1,8}}(?:[·•・‧]{HAN_LETTER}{{1,8}}){{1,3}}"
_SIGNS_AFTER_NAMES = ("/", "／", "|", "｜", "/ ", "／ ", "| ", "｜ ")


def _roles_after_names(words: WordFile, role: str, after: list[str]) -> Iterator[WordRule]:
    """Yield the rules for the role after names, in brackets or, in Han characters, after a slash: `Ann Ba (text)`, `林海/文`."""
    # Lines are compared without a bracket at their end.
    inside = rf"[(（[［]\s?(?:{any_of(after)})\s?[)）\]］]?"
    needs = [f"{sign}{word}" for word in after for sign in "(（[［"]
    if is_han(after[0]):
        yield from _roles_in_han(words, role, after, inside, needs)
        return
    needs += [need[0] + need[1:].lower() for need in needs]
    before = words.before.get(role, ()) if role == "byline" else ()
    said = f"(?:(?:{any_of(before)})\\s+)?" if before else ""
    one = r"[^()（）［］\[\]\s]{1,30}\s[^()（）［］\[\]]{1,100}?"
    pattern = rf"^{said}(?P<person>{one})\s?{inside}$"
    yield WordRule("credit", pattern, role, needs=tuple(needs), named=True, weak=True, most=120)


def _roles_in_han(
    words: WordFile, role: str, after: list[str], inside: str, needs: list[str]
) -> Iterator[WordRule]:
    """Yield the rules for roles after names in Han characters. Only those with a label after a slash are sure."""
    labels = [label for label in words.labels.get(role, ()) if "*" not in label]
    apart = words.after_space.get(role, ())
    one = rf"[{surnames()}][^\W\d_A-Za-z]{{1,2}}"
    # In Japanese, no surnames of one character tell names from words, but their length does.
    one = rf"{HAN_LETTER}{{3,5}}" if "ja" in words.languages else f"(?:{one}|{_FOREIGN})"
    names = f"(?P<person>{one}(?:[ 、]{one}){{0,3}})"
    reporters = [label for label in words.labels.get("byline", ()) if "*" not in label]
    said = rf"(?:(?:{any_of(reporters)})\s?[：:]?\s?)?"
    if labels and "ja" not in words.languages:
        slashed = tuple(f"{sign}{label}" for label in labels for sign in _SIGNS_AFTER_NAMES)
        pattern = rf"^{said}{names}\s?[/／|｜]\s?(?:{any_of(labels)})$"
        yield WordRule("credit", pattern, role, needs=slashed, named=True, most=40)
    if "ja" in words.languages and "訳" in words.labels.get(role, ()):  # `山田花子訳`, but not `現代語訳`
        translated = rf"^(?P<person>{HAN_LETTER}{{3,5}})(?<![語者部版文意])訳$"
        yield WordRule("credit", translated, role, needs=("訳",), named=True, most=8)
    spaced = rf"|\s(?:{any_of(apart)})" if apart else ""
    pattern = rf"^{said}{names}\s?(?:{inside}|[/／]\s?(?:{any_of(after)}){spaced})$"
    found = (*needs, *(f"{sign}{word}" for word in after for sign in "/／"), *apart)
    yield WordRule("credit", pattern, role, needs=found, named=True, weak=True, most=40)
    if books := [word for word in apart if len(word) == 1]:  # `[日]山田太郎 著`
        nation = rf"(?:[\[［【〔（(]?{HAN_LETTER}{{1,4}}[\]］】〕）)]\s?)?"
        pattern = rf"^{nation}(?P<person>(?:{HAN_LETTER}|·){{2,12}})\s(?:{any_of(books)})$"
        yield WordRule("credit", pattern, role, needs=tuple(books), named=True, weak=True, most=40)
    # `图｜林海`, which may begin a caption
    if before := [*words.after.get(role, ()), *apart]:
        pattern = rf"^(?:{any_of(before)}){SEPARATOR}{names}$"
        yield WordRule("credit", pattern, role, starts_of(before), named=True, weak=True, most=40)


def _han_names() -> str:
    """Return the pattern of one to four names in Han characters."""
    name = rf"[{surnames()}]{HAN_LETTER}{{1,2}}"
    return rf"{name}(?:[ 、]{name}){{0,3}}"


def _in_brackets(role: str, labels: Sequence[str], *, weak: bool = False) -> Iterator[WordRule]:
    """Yield the rules for labels in square brackets: `[编辑] 林海`, `【文】林海`. The first bracket is not compared.

    Weak are those that may also begin a caption: `【图】江边`.
    """
    plain = [label for label in labels if "*" not in label and is_han(label)]
    starred = [label for label in labels if "*" in label and is_han(label.strip("*"))]
    for group in filter(None, (plain, starred)):
        pattern = rf"^(?:{any_of(group)})[\]】］〕]\s?(?P<person>{_han_names()})$"
        needs = needs_of(group) if group is starred else ()
        yield WordRule("credit", pattern, role, starts_of(group), needs, named=True, weak=weak, most=40)


def pen_names(words: WordFile) -> Iterator[WordRule]:
    """Yield the rules for names of accounts after a label of authors in Han characters: `作者丨seagull`, `作者：海边lin`, `本文作者：lin说海`."""
    labels = [label for label in words.labels.get("byline", ()) if is_han(label.strip("*"))]
    account = r"(?P<person>[A-Za-z][A-Za-z0-9_.-]{2,24})"
    mixed = r"(?P<person>(?=\w{1,11}[A-Za-z])[^\W\d_A-Za-z]\w{1,11}|[A-Za-z]{2,10}[^\W\d_A-Za-z]{1,5})"
    for starred in (False, True):
        group = [label for label in labels if ("*" in label) is starred]
        long = [label for label in group if len(label.strip("*")) > 1]
        for chosen, name in ((group, account), (long, mixed)):
            if chosen:
                pattern = rf"^(?:{any_of(chosen)}){SEPARATOR}{name}$"
                needs = needs_of(chosen) if starred else ()
                yield WordRule("credit", pattern, "byline", starts_of(chosen), needs, most=40)


def _rules_of(
    role: str,
    labels: list[str],
    notes: tuple[str, ...] = (),
    reported: tuple[str, ...] = (),
    titles: tuple[str, ...] = (),
) -> Iterator[WordRule]:
    """Yield the rules for labels that are all with, or all without, a `*`.

    `reported` may follow the place after a name, and `titles` the paper before one: `作者：《海港》记者林海`.
    """
    if not labels:
        return
    also = r"(?:\s*[/／、及和與与&]\s*[^\s：:/／｜|丨]{1,8})?" if is_han(labels[0]) else _AND_ANOTHER
    starts, needs = starts_of(labels), needs_of(labels) if "*" in labels[0] else ()
    spaced = [label for label in labels if is_han(label) and len(label.strip("*")) > 1]
    if spaced:
        from_place = (
            rf"(?:(?:\s+|\s?[/／]\s?)(?:[^\s\d，。]{{2,6}}?(?:{any_of(reported)})|[发發]自[^\s\d，。]{{2,8}}))?"
            if reported
            else ""
        )
        pattern = rf"^(?:{any_of(spaced)}){also}\s+(?![：:/／｜|丨︱＝=・]){NO_NAME}{PERSON}{from_place}{_AFTER_NAME}"
        yield WordRule("credit", pattern, role, starts, needs or (" ",), named=True)
    also_said = rf"(?:\s*,\s*(?:{any_of(notes)}))?" if notes else ""
    named = role == "byline" or not is_han(labels[0])
    person = PERSON if named else r"(?P<person>[^。！？!?：:，,]{1,80}?)"
    # `Текст — Анна Морская`, but no sentence and no place: `Design – Berlin`.
    apart = SEPARATOR if is_han(labels[0]) else rf"(?:{SEPARATOR}|\s[–—-]\s(?=\S+\s)(?!.*\.$))"
    of_paper = rf"(?:《[^《》]{{1,14}}》\s?(?:{any_of(titles)})\s?)?" if titles and is_han(labels[0]) else ""
    if role == "byline" and is_han(labels[0].strip("*")):  # `作者：林海 海港大学中文系教授`
        office = rf"[\s，,]{{1,3}}{HAN_LETTER}{{3,28}}[{last_of_offices()}]"
        pattern = rf"^(?:{any_of(labels)}){SEPARATOR}(?P<person>{_han_names()}){office}$"
        yield WordRule("credit", pattern, role, starts, needs, named=True, most=60)
    pattern = rf"^(?:{any_of(labels)}){also}{apart}{of_paper}{person}{also_said}{_AFTER_NAME}"
    yield WordRule("credit", pattern, role, starts, needs, named=named)
    if glued := [label for label in labels if is_han(label) and len(label) > 1]:  # `責任編輯周水清`
        pattern = rf"^(?:{any_of(glued)})(?P<person>{_han_names()})$"
        yield WordRule("credit", pattern, role, starts, needs, named=True, weak=True, most=40)
    if syllables := [
        label for label in labels if len(label) == 1 and "\uac00" <= label <= "\ud7a3"
    ]:  # `글 김바다`
        pattern = (
            rf"^(?:{any_of(syllables)})\s(?P<person>[{korean_surnames()}][\uac00-\ud7a3]{{2}})(?:\s?기자)?$"
        )
        yield WordRule("credit", pattern, role, starts_of(syllables), named=True, weak=True)
