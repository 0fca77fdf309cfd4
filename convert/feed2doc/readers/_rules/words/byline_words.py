"""The patterns of bylines: their labels, occupations, agencies and notes, and authors at the end of a standfirst."""

from __future__ import annotations

from collections.abc import Iterator

from feed2doc._text.cjk import HAN_LETTER
from feed2doc.readers._rules.words.labels import before_name
from feed2doc.readers._rules.words.phrases import any_of, is_han, needs_of, parts_of, starts_of, template
from feed2doc.readers._rules.words.word_file import WordFile
from feed2doc.readers._rules.words.word_rule import NO_NAME, SEPARATOR, WordRule

# After a department, two characters may be what happens to it: `社会部 解散`.
_LONG_NAME = r"(?:(?<!部)|(?=[ \u3000]{1,2}(?:\S{3}|\S{1,2}[ \u3000]\S)))"


def byline_rules(words: WordFile) -> Iterator[WordRule]:
    """Yield the rules for what is next to the names of a byline, and for bylines of a title and a name."""
    labels = [label for label in words.labels.get("byline", ()) if "*" not in label]
    before = words.before.get("byline", ())
    if labels:
        long = [label for label in labels if is_han(label) and "・" in label]
        apart = rf"(?:{any_of(long)})\s+|" if long else ""  # `文・写真　山田太郎`
        pattern = rf"^(?:{apart}(?:{any_of(labels)}){SEPARATOR})"
        yield WordRule("byline-label", pattern, starts=starts_of(labels))
    if before:
        pattern = rf"^{before_name(before, words.bylines)}"
        yield WordRule("byline-label", pattern, starts=starts_of(before))
    if titles := words.bylines.titles:
        yield WordRule("byline-title", rf"^(?:{any_of(titles)})$", starts=starts_of(titles))
        if words.bylines.desks:
            yield _title_of_desk(words.bylines.desks, [title for title in titles if " " not in title])
        if is_han(titles[0]):  # `海港日报记者梅林`
            pattern = rf"^\S{{0,16}}?(?:{any_of(titles)})\s{{0,2}}{NO_NAME}(?={HAN_LETTER}{{2,4}}$)"
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
        pattern = rf"^(?P<person>{HAN_LETTER}{{2,4}}?)(?:{any_of(joined)})$"  # `林海报道`
        yield WordRule("byline-after", pattern, needs=joined)
        one = rf"{HAN_LETTER}{{2,4}}"  # `林海/梅林（综合报道）`
        pattern = rf"^(?P<person>{one}(?:\s*[/／、]\s*{one}){{0,5}})\s*[（(](?:{any_of(joined)})$"
        needs = tuple(f"{bracket}{word}" for bracket in "（(" for word in joined)
        yield WordRule("credit", pattern, "byline", needs=needs, named=True, most=60)


def _title_of_desk(desks: tuple[str, ...], titles: list[str]) -> WordRule:
    """Return the rule for a title after a name of several words: `Ann Ba Defence and security editor`."""
    # A word in small letters is not part of a name: `Ann Ba health editor`.
    desk = f"(?:{any_of(desks)}|[a-z]{{4,}})"
    said = [*titles, *map(str.lower, titles)]
    pattern = (
        r"(?:^|[,;]\s|\s(?:and|&)\s)[^\W\d_a-z][^\s,;]{0,24}(?:\s[^\s,;]{1,24}){1,3}?"
        rf"(?P<role>,?(?:\s{desk}(?:\s(?:and|&))?){{1,4}}\s(?:{any_of(said)}))(?=$|[,;]|\s(?:and|&|in|at|for)\s)"
    )
    return WordRule("byline-desk", pattern, needs=tuple(said), exact=True, most=120)


def _titled_names(titles: tuple[str, ...], notes: tuple[str, ...]) -> Iterator[WordRule]:
    """Yield the rules for a line that is nothing but a title and a name: `編集委員　高橋徹`, `新京报首席记者 林海`, `김바다 선임기자`."""
    title = f"(?:{any_of(titles)})"
    is_korean = "\uac00" <= titles[0][0] <= "\ud7a3"
    one = (
        r"[\uac00-\ud7a3]{2,4}"
        if is_korean
        else rf"(?:{HAN_LETTER}{{2,5}}|{HAN_LETTER}{{1,3}} {HAN_LETTER}{{1,3}})"
    )
    bare = [note.strip("…") for note in notes]
    no_note = any_of(bare) or "(?!)"
    reported = any_of([note for note in bare if len(note) > 1]) or "(?!)"
    other = rf"[ \u3000、](?!\S{{1,8}}(?:{reported})$){one}"
    several = rf"(?P<person>(?!{no_note}){NO_NAME}{one}(?:{other}){{0,3}})"
    from_place = rf"(?:[ \u3000]\S{{2,8}}?(?:{reported}))?"
    before = rf"^[■◆●◎□]?\s?[^\s，。！？：:的是了在说說の]{{0,12}}?{title}{_LONG_NAME}[ \u3000]{{1,2}}{several}{from_place}$"
    for said in (before, rf"^{several}[ \u3000]{title}$"):
        yield WordRule("credit", said, "byline", needs=titles, named=True, exact=True, most=48)
    if is_korean:  # `김바다 기자 sea@quay.example, 이하늘 기자 sky@quay.example`
        name, address = "[\uac00-\ud7a3]{2,4}", r"(?: ?[(（]?[\w.+-]{1,40}@[\w.-]{3,40}[)）]?)?"
        unit = rf"{name}(?: ?[·ㆍ] ?{name}){{0,4}} ?{title}{address}"
        said = rf"^(?P<person>{unit}(?:[ ,/·ㆍ]{{1,3}}{unit}){{1,4}})$"
        yield WordRule("credit", said, "byline", needs=titles, exact=True, most=200)


def standfirst_authors(verbs: tuple[str, ...]) -> Iterator[WordRule]:
    """Yield the rule for the author at the end of a standfirst: `The ferry is back, writes Ann Ba from Oslo.`"""
    if verbs:
        place = (
            r"(?:\s(?:in|from|aus|à|en|em|из|в)\s[^\W\d_a-z][^\s,;.]{1,30}(?:\s[^\W\d_a-z][^\s,;.]{1,30})?)?"
        )
        pattern = rf"[,;:–—]\s(?:{any_of(verbs)})\s(?P<person>[^\s,;:.]{{2,24}}(?:\s[^\s,;:]{{1,24}}){{1,3}}?){place}[.]?$"
        yield WordRule("standfirst-author", pattern, needs=verbs, named=True, exact=True)


def introductions(copulas: tuple[str, ...]) -> Iterator[WordRule]:
    """Yield the rule for a name and what someone is: `Ann Ba (Oslo) is a reporter`."""
    if copulas:
        pattern = (
            r"^(?P<person>[^,.;:!?/|，。：；！？]{2,40}?)(?:\s?[（(][^（）()]{1,40}[)）]|\s?[/|]\s?[^\s/|]{2,20})?"
            rf"\s(?:{any_of(copulas)})\s(?P<said>.{{4,240}})"
        )
        yield WordRule("introduction", pattern, needs=tuple(f" {copula} " for copula in copulas))
