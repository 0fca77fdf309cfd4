"""Photo credits that only a sign sets apart from the caption before them: `Ducks / Ann Ba`, `Enten © Ann Ba/dpa`, `カモ＝共同`."""

from __future__ import annotations

from feed2doc._text.cjk import is_han
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.names import are_names

# How much of a caption's end is looked at, and how long a credit, its last part after a comma, and one in Han characters may be.
_LONGEST, _LONGEST_CREDIT, _LONGEST_HAN = 120, 70, 20
_SIGN = pattern(r"[©ⓒⒸ.!?。！？…)）/|｜丨︱／＝=–—,-]")
_FINAL, _RIGHTS = frozenset(".!?。！？"), frozenset("©ⓒⒸ")
_ENDS, _BARS, _EQUALS = ".!?。！？…)）", "|｜丨︱／＝=", "＝="
_PARTS_NAMES = "/／=＝|｜丨︱"
_DASHES = "–—-"
_LABEL_SIGNS, _LONGEST_LABEL = frozenset("：:/／｜|丨︱"), 6
_EDGES = " \u00a0\u3000/／|｜丨︱–—-"
_ADDRESS = pattern(r"\s[\w.+-]{1,40}@[\w.-]{3,40}$")
_SENTENCE = pattern(r"[.!?。！？]\s")
# The end of a sentence after a word, unlike that of an initial: `J. Ba`.
_AFTER_WORD = pattern(r"[^\W\d_]{3}[\"'”’)]?[.!?。！？]{1,3}\s?(?=[^\W\d_])")
# What tells the names of a photographer and a paper from other words with capitals: `Ann Ba/Quay Post`, `Ann Ba for Quay Post`.
_BETWEEN_NAMES = pattern(r"/|, (?=CC )| [|–—-] ")
_QUOTES = ' \u00a0«»“”„"'
# A place or paper before the slash, after the last sentence.
_AGENCY, _SLASHES = pattern(r"[.!?。！？…”\"’'」』)）]\s{1,3}([\uac00-\ud7a3]{2,8})$"), "/／"
_KOREAN = pattern(r"[\uac00-\ud7a3][\uac00-\ud7a3\w· ]{1,18}")
_OPEN, _CLOSE = "（([【", "）)]】"


def credit_tail(text: str, rules: Rules) -> tuple[int, int, int, int] | None:
    """Return where the sign before the credit, the text, the credit and again the text begin or end, or None."""
    if text[-1:] in _FINAL and _RIGHTS.isdisjoint(text):
        return _sentence(text, rules)
    for found in _SIGN.finditer(text, max(0, len(text) - _LONGEST)):
        sign, at = found[0], found.start()
        after = text[at + 1 : at + 2]
        if (not after or (sign in _ENDS and after in _ENDS)) or (
            sign in "/|–—-"
            and sign not in _BARS
            and not (after == " " and text[at - 1 : at] == " ")
            and not (sign == "/" and is_uncased(after))
            and not (sign in _DASHES and text[at - 1 : at] == " " and _is_labelled(text[at + 1 :], rules))
        ):
            continue
        if sign == "," and (after != " " or not _is_after_comma(text[at + 1 :], rules)):
            continue
        before = text[:at].rstrip(_EDGES)
        credit = text[at if sign in _RIGHTS else at + 1 :].strip(_EDGES)
        if len(credit) < 2 or not before or _is_in_brackets(before, credit):
            continue
        if sign == "." and after.isdigit() and before[-1:].isdigit():  # `2025.5.5/AFP`
            continue
        if sign not in _ENDS and _is_name_of(before, rules):
            continue
        end = at + 1 if sign in _ENDS else at
        if sign in _EQUALS and "、" in credit:  # the day and the place are part of the caption
            credit = credit.rpartition("、")[2].strip()
            end = len(text.rstrip()) - len(credit) - 1
        # A dash in a sentence parts a subject from what is shown, but not one after it.
        parts = sign in _PARTS_NAMES or before[-1] in _FINAL
        if sign in _RIGHTS:
            is_one = len(credit) <= _LONGEST_CREDIT and _SENTENCE.search(credit) is None
        else:
            is_one = is_credit(credit, rules, has_sign=sign not in _ENDS, parts_names=parts) or (
                # In Korean papers: `피아노. /해강 도서관`
                sign in _SLASHES and before[-1] in _FINAL and _KOREAN.fullmatch(text[at + 1 :]) is not None
            )
        if is_one:
            start = text.rindex(credit)
            if sign in _SLASHES and (paper := _AGENCY.search(before)):  # `피아노. 해강일보/박도현 기자`
                end, credit = paper.start(1), text[paper.start(1) : start + len(credit)]
                start = end
            return end, len(text), start, start + len(credit)
    return None


def _sentence(text: str, rules: Rules) -> tuple[int, int, int, int] | None:
    """Return what `credit_tail` returns if the last sentence says what a credit does without a name, or has its label.

    `Ducks. Public domain.`, `鸭子。图源/海港图库。`
    """
    start = 1 + max(text.rfind(". ", 0, -1), text.rfind("。", 0, -1))
    last = text[start:-1].strip()
    if start == 0 or not (rules.words.find("photo-alone", last) or _begins_with_label(last, rules)):
        return None
    at = text.index(last, start)
    return start, len(text), at, at + len(last)


def _begins_with_label(sentence: str, rules: Rules) -> bool:
    """Return True if a sentence in Han characters is a credit with a label and a sign: `图源：海港图库`."""
    if not sentence or not is_han(sentence[0]) or _LABEL_SIGNS.isdisjoint(sentence[:_LONGEST_LABEL]):
        return False
    said = rules.words.find("photo-tail", sentence)
    return said is not None and said.match.start("credit") == 0


def is_credit(text: str, rules: Rules, *, has_sign: bool, parts_names: bool = True) -> bool:
    """Return True if the text after a sign, or else after the last sentence, is a photo credit.

    After a sign that also parts a subject from what is shown, such as a dash, a name alone is not a credit.
    """
    text = _ADDRESS.sub("", text)
    if len(text) > _LONGEST_CREDIT or text[-1:] in _FINAL:
        return False
    if any(map(is_han, text[:4])):
        return len(text) <= _LONGEST_HAN and rules.words.find("photo", text) is not None
    if rules.words.find("photo-alone", text):
        return True
    if kind := rules.words.find("photo-named", text):
        return are_names(text[kind.match.end() :])
    if has_sign and rules.words.find("photo", text):
        return True
    parts = _parts(text, rules)
    if len(parts) == 1 and not has_sign and not text.isupper():
        return not text.isascii() and not text[:1].isupper() and rules.words.find("photo", text) is not None
    if len(parts) == 1 and has_sign and not parts_names:
        return False
    is_short = len(parts) > 1 and parts[0].isupper() and " " in parts[1]  # `LP/Luc Morel`
    return (
        (" " in parts[0] or is_short)
        and parts[0][:1].isupper()
        and all(part.startswith("CC ") or are_names(part) for part in parts)
    )


def _parts(text: str, rules: Rules) -> list[str]:
    """Return the names of the photographer and the paper, which a sign or a word is between."""
    parts = _BETWEEN_NAMES.split(text)
    if len(parts) == 1 and (paper := rules.words.find("photo-paper", text)) is not None:
        parts = [text[: paper.match.start()], text[paper.match.end() :].strip(_QUOTES)]
    return [part.strip() for part in parts]


def _is_labelled(text: str, rules: Rules) -> bool:
    """Return True for a credit after a dash without a space: `-Photo Ann Ba`."""
    return len(text) <= _LONGEST_CREDIT and rules.words.find("photo", text.strip()) is not None


def _is_after_comma(text: str, rules: Rules) -> bool:
    """Return True for a credit after a comma (`, photo Ann Ba`), unlike the rest of a sentence and a credit after that."""
    return _is_labelled(text, rules) and _AFTER_WORD.search(text) is None


def is_uncased(letter: str) -> bool:
    """Return True for a letter of a script in which capitals do not tell where a part begins, such as Hangul."""
    return letter.isalpha() and letter.lower() == letter.upper()


def _is_in_brackets(before: str, credit: str) -> bool:
    return max(map(before.rfind, _OPEN)) > max(map(before.rfind, _CLOSE)) and credit[-1] in _CLOSE


def _is_name_of(before: str, rules: Rules) -> bool:
    """Return True if there is only a name before the sign, so that the whole line is a credit: `Ann Ba / Quay Post`."""
    if any(map(is_han, before[:4])):
        return len(before) <= 4 or rules.words.find("photo", before) is not None
    return (" " in before and before[:1].isupper() and are_names(before)) or rules.words.find(
        "photo", before
    ) is not None
