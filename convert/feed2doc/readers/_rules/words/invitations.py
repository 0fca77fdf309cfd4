"""The patterns of lines at the end of an article that ask its reader for something, and of lists of tags."""

from __future__ import annotations

from collections.abc import Iterator

from feed2doc._text.cjk import HAN as HAN_CHARACTER
from feed2doc.readers._rules.words.phrases import (
    NO_STOP,
    any_of,
    is_han,
    is_wild,
    needs_of,
    parts_of,
    starts_of,
    template,
)
from feed2doc.readers._rules.words.word_file import Junk, Letters
from feed2doc.readers._rules.words.word_rule import WordRule

_LONGEST_INVITATION, LONGEST_OF_LETTER, _LONGEST_NAME = 200, 140, 40


def invitations(junk: Junk) -> Iterator[WordRule]:
    """Yield the rules for lines at the end of an article that ask its reader for something."""
    if junk.verbs:
        yield _invitation(junk.verbs, junk.objects)
    if junk.programme_verbs:
        yield _invitation(junk.programme_verbs, junk.programmes)


def linked_invitations(junk: Junk) -> Iterator[WordRule]:
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


def linked_lines(phrases: tuple[str, ...]) -> Iterator[WordRule]:
    """Yield the rules for short lines that only count with a link: `Edit this page` ("button"), `View all posts by Ann Ba` ("archive")."""
    for phrase in phrases:
        said = template(
            phrase, before=_LONGEST_NAME, between=_LONGEST_NAME, after=_LONGEST_NAME, what=NO_STOP
        )
        starts, needs = ((), needs_of([phrase])) if is_wild(phrase) else (starts_of([phrase]), ())
        kind = "archive" if "…" in phrase else "button"
        yield WordRule(kind, f"^{said}$", "", starts, needs, parts_of(phrase))


def letter_lines(letters: Letters) -> Iterator[WordRule]:
    """Yield the rule for lines with a link above and below the text of a newsletter."""
    if not letters.nouns:
        return
    east_asian = r"[^\W\d_A-Za-z\u00c0-\u06ff]"  # a letter of scripts that put no space between words
    noun = rf"(?:(?<!\w)|(?<={east_asian})|(?={east_asian}))(?:{any_of(letters.nouns)})(?![A-Za-z\u00c0-\u024f\u0400-\u04ff])"
    ask = rf"(?:(?<!\w)(?:{any_of(letters.asks)})|{any_of(letters.asks_in_han)})"
    has = "".join(rf"(?=.{{0,{LONGEST_OF_LETTER}}}?{each})" for each in (noun, ask))
    pattern = f"^{has}(?:{any_of(letters.openings)})"
    also = tuple(dict.fromkeys(map(str.lower, (*letters.asks, *letters.asks_in_han))))
    yield WordRule("letter", pattern, "", starts_of(letters.openings), also=also, most=LONGEST_OF_LETTER)
    yield WordRule("letter-link", f"(?:{any_of(letters.links)})", needs=letters.links, most=LONGEST_OF_LETTER)


def tag_lists(labels: tuple[str, ...]) -> Iterator[WordRule]:
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
