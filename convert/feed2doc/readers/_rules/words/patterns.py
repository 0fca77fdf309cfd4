"""The patterns that are built from the words of the trade."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._rules.words.byline_words import byline_rules, introductions, standfirst_authors
from feed2doc.readers._rules.words.datelines import dateline_rules, korean_signatures, opening_rules
from feed2doc.readers._rules.words.invitations import (
    invitations,
    letter_lines,
    linked_invitations,
    linked_lines,
    tag_lists,
)
from feed2doc.readers._rules.words.labels import label_rules, pen_names
from feed2doc.readers._rules.words.photo_credits import photo_rules
from feed2doc.readers._rules.words.phrases import (
    LONGEST_AFTER,
    any_of,
    is_han,
    is_wild,
    needs_of,
    parts_of,
    starts_of,
    template,
)
from feed2doc.readers._rules.words.word_file import Cues, WordFile
from feed2doc.readers._rules.words.word_rule import WordRule

# Roles of lines of a fixed wording.
_LINES = ("byline", "translator", "editor", "rights", "original", "author-bio", "contributor", "note")
# How many characters may follow each character of an invitation.
_WORDS_AFTER = 12
# Sentences, too, begin with an invitation of at most this number of words, or of Han characters or kana: `Follow us on our way`.
_FEW_WORDS, _FEW_HAN, _FEW_KANA = 4, 8, 12
_NETWORK = "{network}"
_KANA = pattern(r"[\u3041-\u30ff]")
_SPACES = r"(\\s|\[\\s\\u3000\])([*+])"
_MOST_SPACES = 6
# The text after the label of a caption: a sign, `1.`, or in Han and Hangul a number and a few words that are not a sentence.
_NUMBERED = (
    r"\s*\d{0,3}\s*[：:｜|丨]|(?<=[：:为為.])|\s*\d{1,3}\.\s|(?<=[图圖図表그림])\s*\d{1,3}[\s、-][^。]{1,80}$"
)


def rules_of(words: WordFile) -> list[WordRule]:
    """Return the patterns for the words of one file."""
    return [
        replace(rule, pattern=_bounded(rule.pattern), exact=rule.exact or not _has_case(rule.pattern))
        for rule in _rules(words)
    ]


def _has_case(pattern: str) -> bool:
    """Return True if a pattern has letters with case, but for classes of those of both cases. To ignore case takes long to compile."""
    plain = re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), pattern)
    return any(c.lower() != c.upper() for c in re.sub(r"\\.|\(\?P<\w+>|A-Za-z|À-ÿ", "", plain))


def _bounded(pattern: str) -> str:
    """Return the pattern with short runs of spaces. Several long ones next to each other would take cubic time."""
    return re.sub(_SPACES, lambda found: f"{found[1]}{{{int(found[2] == '+')},{_MOST_SPACES}}}", pattern)


def _rules(words: WordFile) -> list[WordRule]:
    return [
        *_whole("credit", words.junk.last, "junk", networks=words.junk.networks),
        *invitations(words.junk),
        *pen_names(words),
        *_lines(words),
        *label_rules(words),
        *photo_rules(words.photo),
        *(korean_signatures() if "ko" in words.languages else ()),
        *dateline_rules(words.datelines),
        *opening_rules(words.datelines),
        *_whole("no-name", words.datelines.others),
        *_whole("nobody", words.bylines.nobody),
        *_whole("no-tag", words.no_tags),
        *_whole("contents", words.contents),
        *byline_rules(words),
        *_whole("junk", words.junk.lines, certain=words.junk.certain),
        *_anywhere("tell", words.junk.tell, words.junk.not_telling),
        *_whole("closing", words.junk.closing),
        *_whole("more", words.junk.more),
        *_related(words.junk.related),
        *standfirst_authors(words.bylines.writes),
        *_prefix("summary", words.summaries, r"\s*[：:]"),
        *_prefix("speaker", words.speakers.names, r"\s*[：:]"),
        *_prefix("tag-label", words.junk.tags, "$"),
        *tag_lists(words.junk.tags),
        *_anywhere("announcement", words.announcements, words.not_announcing),
        *_anywhere("profession", words.bylines.professions),
        *_anywhere("life", words.bylines.lives),
        *_anywhere("biography", words.bylines.biographies),
        *introductions(words.bylines.copulas),
        *_prefix("state", (*words.bylines.copulas, *words.bylines.states), r"(?!\w)"),
        *_whole("note-back", words.note_backs),
        *_prefix("note-title", words.note_titles, r"\s*[:：]?$"),
        *_prefix("note-mark", words.note_marks, r"\.?\s*\d{0,3}$"),
        *linked_invitations(words.junk),
        *linked_lines(words.junk.links),
        *_whole("count", words.junk.counts),
        *letter_lines(words.letters),
        *_whole("untitled", words.untitled),
        *_whole("enlarge", words.photo.enlarge),
        *_whole("window", words.junk.windows),
        *_anywhere("code", words.junk.codes),
        *_anywhere("scan", words.junk.scans),
        *_cues(words.cues),
        *_prefix("about", words.junk.about, r"\s*"),
        *_prefix("advertised", words.junk.advertised, ""),
        *_prefix("pointing", words.junk.pointing, r"\s*\S"),
        *_whole("gift", words.junk.gifts),
        *_anywhere("gift", words.junk.gift_words),
        *_prefix("caption", words.photo.captions, _NUMBERED),
    ]


def _cues(cues: Cues) -> Iterator[WordRule]:
    for role in cues.__struct_fields__:
        if role != "beside":
            yield from (
                replace(rule, role=role) for rule in _anywhere("cue", getattr(cues, role), cues.beside)
            )


def _lines(words: WordFile) -> Iterator[WordRule]:
    for role in _LINES:
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
                needs_of([phrase]) if first else (),
                parts_of(phrase),
                named=True,
                weak=first and role == "author-bio",
            )


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
        starts, needs = ((), needs_of([phrase])) if is_wild(phrase) else (starts_of([phrase]), ())
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
