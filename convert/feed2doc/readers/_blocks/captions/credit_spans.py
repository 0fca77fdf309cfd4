"""Where a photo credit begins and ends in the text of a caption."""

from __future__ import annotations

from itertools import islice

from feed2doc._text.cjk import is_han
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._blocks.captions.credit_brackets import OPENING, credit_bracket
from feed2doc.readers._blocks.captions.credit_tails import credit_tail, is_credit
from feed2doc.readers._blocks.captions.photographers import is_photographer
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.names import are_names, has_full_name

LONGEST_CREDIT = 90
# Parts of the licence of a picture: `Ann Ba, CC BY-SA 4.0, via Wikimedia Commons`.
_LICENCES = ("CC BY", "CC-BY", "CC0")
# A licence before a name at the end: `Ducks, CC BY-SA 4.0 by Ann Ba`.
_LICENSED = pattern(
    r"(?:^|[\s.,;(（–—-])(?P<credit>(?:(?<=,\s)(?:[a-zà-þ]{2,12}\s){1,2})?CC(?:0|[ -]BY)(?:-[A-Z]{2}){0,2}(?:\s\d\.\d)?(?:,\s|\s[/|·–—-]\s|:?\s)"
    r"(?:(?:by|von|par|por|di|da|av)\s)?(?P<name>[^,.;:()（）]{4,40}))[)）]?$"
)
_LABEL_SIGNS = frozenset(":：/／|｜丨︱©=＝")
_COLONS = frozenset(":：=＝|｜丨︱@")
_LABELLED_NAME = pattern(r"[^\W\d_]{3,20}\s?[:：]\s?(?P<name>[A-ZÀ-ÞА-ЯЁ][^.!?。:：;,\u3400-\u9fff]{2,50})")
# What is between a credit at the start and a remark, how many such signs are looked at, and the length of a remark.
_REMARK = pattern(r"(?<=\w{3})(?:\.(?=\s)|。)|，|\s[|｜–—]\s")
_AFTER_CREDIT = (". ", "。", "\n", " | ", "｜", "丨", "︱", " – ", " — ")
_FIRST_BRACKET = pattern(r"[（(\[【](?P<credit>[^（）()\[\]【】]{2,90})[)）\]】]\s{0,3}(?=[^\s.。,，)）])")
_MOST_SIGNS, _MOST_LINES, _SHORTEST_REMARK = 4, 4, 6
# Signs between a caption and its credit.
_EDGES_OF_CREDIT, _COPYRIGHT = " \u00a0\u3000.。,，/／|｜丨︱–—-", pattern(r"[(（][cC][)）]\s?$")
_BARS, _DASHES = " \u00a0\u3000|｜丨︱/／•·，,＝", "–—-"
_SENTENCE_END = pattern(r"(?<=\w{3})\.\s")
# The words after the last sentence.
_LAST_NAME = pattern(r"(?<=\w{3}[.!?])\s(?P<name>[^.!?]{3,60}(?:\b\w\.[^.!?]{1,40})?)$")
_LONGEST_HAN_NAME = 4
# The end of a line above a list, or of no line.
_NO_END = frozenset(["", ":", ",", "："])


def remark_in(text: str, rules: Rules) -> tuple[int, int] | None:
    """Return where the sign begins and ends between a credit and a remark: `Photo by Ann Ba. The ferry is another one.`"""
    for sign in islice(_REMARK.finditer(text), _MOST_SIGNS):
        credit, remark = text[: sign.start()], text[sign.end() :].strip()
        if sign[0] == "，" and not (credit.isascii() and any(map(is_han, remark))):
            continue
        if len(remark) >= _SHORTEST_REMARK and rules.words.find("photo", credit):
            end = sign.start() + (sign[0] in ".。")
            return (end, sign.end()) if _is_remark(remark, rules) else None
    return None


def credit_before_caption(text: str, rules: Rules) -> tuple[int, int, int, int] | None:
    """Return where a credit before a caption begins and ends, with and without the sign between them: `Photo: Ann Ba | The quay`."""
    if text[:1] in OPENING:
        bracket = _FIRST_BRACKET.match(text)
        is_one = bracket is not None and rules.words.find("photo", bracket["credit"]) is not None
        return (0, bracket.end(), *bracket.span("credit")) if bracket is not None and is_one else None
    for at, sign in _signs_in(text):
        credit, caption = text[:at], text[at + len(sign) :].strip()
        if rules.words.find("photo", credit) is None:  # as in most captions
            continue
        if any(map(is_han, credit)) and _LABEL_SIGNS.isdisjoint(credit):
            return None  # in Chinese, a sentence may end like a credit: `…发布的视频`
        if _is_remark(caption, rules) and (found := credit_in(credit, rules)) is not None:
            end = at + len(sign)
            is_all = found == (0, at, 0, at)
            return (0, end, 0, at + 1 if sign == ". " else at) if is_all else None
    return None


def _signs_in(text: str) -> list[tuple[int, str]]:
    """Return the first signs that may end a credit before a caption, with their places."""
    found: list[tuple[int, str]] = []
    for sign in _AFTER_CREDIT:
        at = text.find(sign, 0, LONGEST_CREDIT)
        while at >= 0:
            if sign[0] not in ".。" or text[at - 3 : at].isalnum():  # it does not end an initial
                found.append((at, sign))
            at = text.find(sign, at + 1, LONGEST_CREDIT)
    return sorted(found)[:_MOST_SIGNS]


def has_licence(text: str) -> bool:
    """Return True if a text names a licence of Creative Commons."""
    return "CC" in text and any(name in text for name in _LICENCES)


def _is_remark(text: str, rules: Rules) -> bool:
    """Return True if the words after a credit are not another credit or name."""
    if len(text) < _SHORTEST_REMARK or (text.isascii() and are_names(text)):
        return False
    return rules.words.find("photo", text) is None and rules.credit(text) is None


def credit_in(text: str, rules: Rules) -> tuple[int, int, int, int] | None:
    """Return where the credit begins and ends in this text, with and without its bracket."""
    if not _COLONS.isdisjoint(text) and _is_labelled(text, rules):
        return 0, len(text), 0, len(text)
    if has_licence(text) and is_credit(text, rules, has_sign=False):
        return 0, len(text), 0, len(text)
    if has_licence(text) and (licensed := _LICENSED.search(text)) and _is_full_name(licensed["name"]):
        start, end = licensed.span("credit")
        return len(_without_sign(text[:start]).rstrip("(（,; ")), len(text), start, end
    if "\n" in text and _are_credits(text.split("\n"), rules):
        return 0, len(text), 0, len(text)
    if bracket := credit_bracket(text, rules):
        before = text[: bracket.start()].rstrip()
        # `Ducks. ANN BA (EFE)`, `Ducks. Photo: Ann Ba / Quay Post (CC BY 4.0)`
        named = (
            _labelled_in(before, rules)
            or credit_tail(before, rules)
            or _name_before(before, bracket["credit"], rules)
        )
        if named is not None:
            return named[0], bracket.end(), named[2], bracket.end()
        return bracket.start(), bracket.end(), bracket.start("credit"), bracket.end("credit")
    starts = [found.match.start("credit") for found in rules.words.all("photo-tail", text)]
    later = [start for start in starts if start]
    if 0 in starts and later and not is_credited(text[: min(later)], rules):
        starts = later  # an agency has any words before it: `Ducks 图/路透社`
    if (not starts or 0 in starts) and (tail := credit_tail(text, rules)):
        start = _start_of_credits(text[: tail[0]], rules, tail[2])
        return tail if start == tail[2] else (start, len(text), start, tail[3])
    if not starts:
        return _last_line(text, rules)
    # Two credits: `（林海摄）Photo: RFA`.
    start = min(starts)
    if mark := _COPYRIGHT.search(text[:start]):
        start = mark.start()
    before = _without_sign(text[:start])
    if bracket := credit_bracket(before, rules):
        start = bracket.start()
        before = _without_sign(text[:start])
    start = _start_of_credits(before, rules, start)
    return min(start, len(before)), len(text), start, len(text)


def _is_full_name(text: str) -> bool:
    return are_names(text) and has_full_name(text)


def _last_line(text: str, rules: Rules) -> tuple[int, int, int, int] | None:
    """Return where the last line begins and ends if it is a kind of picture and its author: `Ducks\\nCopyright by Quay Photo`."""
    before, _, last = text.rpartition("\n")
    if before.rstrip()[-1:] in _NO_END or (kind := rules.words.find("photo-named", last)) is None:
        return None
    named = last[kind.match.end() :].strip()
    says_by = " " in kind.match[0].strip()
    if len(last) > LONGEST_CREDIT or not are_names(named) or not (says_by or has_full_name(named)):
        return None
    return len(before), len(text), len(before) + 1, len(text)


def _start_of_credits(before: str, rules: Rules, start: int) -> int:
    """Return where the credit that ends at `start` begins, if what is before it since the last sentence is a part of it.

    That is a label and a name, a name or the kind of a picture: `Ducks. Ann Ba | dpa`, `Chart: Ann Ba. Source: AP`, `鸭子。资料照，林海摄`.
    """
    bare = before.rstrip(_EDGES_OF_CREDIT + ";；")
    at = 1 + max(map(bare.rfind, "。！？"))
    if not at and (found := _LAST_NAME.search(bare)) is not None:
        at = found.start("name")
    last = bare[at:].strip()
    if at and (
        rules.words.find("photo-alone", last) or is_photographer(last, rules) or _is_labelled(last, rules)
    ):
        return bare.index(last, at)
    return 0 if _is_labelled(bare, rules) else start


def _are_credits(lines: list[str], rules: Rules) -> bool:
    """Return True if each of a few lines is a credit."""
    return len(lines) <= _MOST_LINES and all(
        rules.words.find("photo-alone", line) or credit_in(line, rules) == (0, len(line), 0, len(line))
        for line in map(str.strip, lines)
    )


def _labelled_in(text: str, rules: Rules) -> tuple[int, int, int, int] | None:
    """Return where a credit with a label begins and ends that names are in, or None: `Ducks. Photo: Ann Ba / Quay Post`."""
    for found in rules.words.all("photo-tail", text):
        start = found.match.start("credit")
        kind = rules.words.find("photo-kind", text[start:])
        if start and kind is not None and is_credit(text[start + kind.match.end() :], rules, has_sign=True):
            return len(_without_sign(text[:start])), len(text), start, len(text)
    return None


def _name_before(text: str, agency: str, rules: Rules) -> tuple[int, int, int, int] | None:
    """Return where the full name after the last sentence begins and ends, if an agency follows in brackets: `Ducks. Ann Ba (EFE)`."""
    if rules.words.find("photo-line", agency) is None or (found := _LAST_NAME.search(text)) is None:
        return None
    start, end = found.span("name")
    return (start, end, start, end) if _is_full_name(found["name"]) else None


def is_credited(text: str, rules: Rules) -> bool:
    """Return True if a text before a credit is not a caption, but one as well: names, or words of the trade."""
    bare = text.strip(_EDGES_OF_CREDIT)
    has_case = bare.lower() != bare.upper()  # else most captions could be names
    return ((has_case or len(bare) <= _LONGEST_HAN_NAME) and are_names(bare)) or rules.words.find(
        "photo", bare
    ) is not None


def _without_sign(caption: str) -> str:
    """Return a caption without the bar, or the dash after a space, before its credit."""
    bare = caption.rstrip(_BARS)
    dashless = bare.rstrip(_DASHES)
    return dashless.rstrip(_BARS) if dashless[-1:].isspace() else bare


def _is_labelled(text: str, rules: Rules) -> bool:
    """Return True for a caption that is a label and a source: `Foto: Ann Ba`, `Foto: QUAY POST`, `Foto: Archiv`, `图：路透社`."""
    if (line := rules.words.find("credit", text)) is not None and line.rule.role == "note":
        return any(rules.words.find(kind, text) for kind in ("photo-kind", "photo"))  # `Source: Quay Post`
    labelled = _LABELLED_NAME.fullmatch(text)
    if labelled and labelled["name"].isupper() and rules.words.find("photo", text):
        return True
    return has_credit_after_kind(text, rules, full_names=True)


def has_credit_after_kind(text: str, rules: Rules, *, full_names: bool) -> bool:
    """Return True if a kind of picture and a colon are before names, an agency or an archive: `Photo: AP`, not `Photo: the quay`.

    In East Asian scripts, what is shown may look like a name (`图：早市`), so only those with a known surname are. With
    `full_names`, this also holds for names of one word.
    """
    if (kind := rules.words.find("photo-kind", text)) is None:
        return False
    said = text[kind.match.end() :]
    if _SENTENCE_END.search(said) is not None:
        return False
    return (
        rules.words.find("photo-line", said) is not None
        or (not is_han(said[0]) and is_credit(said, rules, has_sign=True, parts_names=not full_names))
        or (said.lower() != said.upper() and are_names(said) and (not full_names or has_full_name(said)))
        or is_photographer(said, rules)
        or any(found.match.start("credit") == 0 for found in rules.words.all("photo-tail", said))
    )
