"""Names next to an office, a place or a paper in scripts without capitals: `林海生（海港日报记者）`, `김바다 해강대 교수`."""

from __future__ import annotations

from feed2doc._text.given_names import is_surely_person
from feed2doc._text.han_names import is_han_name, is_korean_name
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._rules.words.lexicon import Lexicon

_LONGEST_PLACE, _LONGEST_OFFICE = 6, 40
# The text after a name, in brackets or not, and before it.
_AFTER = pattern(
    r"(?P<name>[^\W\d_]{2,6})(?:[（(](?P<inside>[^（）()]{2,24})[)）]|，(?P<after>[^，。！？：]{2,24}))"
)
_BESIDE = pattern(
    r"(?P<name>[^\W\d_]{2,6})(?P<sign>[＝=／/]|[ \u3000](?=[发發]自))(?P<said>[^，。！？：＝=／/（(]{2,12})"
)
_BEFORE = pattern(r"(?P<said>[^，。！？：・]{2,12})・(?P<name>[^\W\d_]{2,6})")
_OWN = ("原创", "原創")
_SLASHES = frozenset("/／")
_SENT_FROM = ("发自", "發自")
_SAID = frozenset("的了是在说說有")
_MOST_WORDS = 3
# How many characters an office has.
_LENGTHS = (2, 3, 4, 5)


def han_person(text: str, words: Lexicon) -> tuple[str, str] | None:
    """Return the person and the office, place or paper of a text in Han characters, or None if it is another one."""
    if (found := _AFTER.fullmatch(text)) and is_surely_person(found["name"]):
        office = found["inside"] or found["after"]
        is_known = _is_han_office(office, words) or _is_paper(office, words)
        return (found["name"], office) if is_known else None
    if text.startswith(_OWN):  # the label of WeChat for texts that an account wrote itself
        text = text[len(_OWN[0]) :].lstrip()
    first, space, last = text.partition(" ")
    for name, paper in ((first, last), (last, first)):
        if space and is_surely_person(name) and _is_paper(paper, words):
            return name, paper
    joined = words.find("byline-after", text.replace(" ", ""))  # `林海生 報導`, `山田太郎編集委員`
    if joined is not None and is_surely_person(person := joined.match["person"]):
        return person, text.replace(" ", "").removeprefix(person)
    for beside in (_BESIDE, _BEFORE):
        if (found := beside.fullmatch(text)) is None:
            continue
        sign = found.groupdict().get("sign")
        if sign in _SLASHES and is_han_name(found["name"]) and _is_paper(found["said"], words):
            return found["name"], found["said"]  # also of two characters: `林海/海港日报`
        if is_surely_person(found["name"]):
            is_place = sign == "＝" and len(found["said"]) <= _LONGEST_PLACE
            if is_place or _is_han_office(found["said"], words) or _is_paper(found["said"], words):
                return found["name"], found["said"]
    return None


def korean_person(text: str, words: Lexicon) -> tuple[str, str] | None:
    """Return the person and the office of a text in Hangul, or None if it is another one."""
    name, _, office = text.partition(" ")
    *institute, title = office.split() or [""]
    if not is_korean_name(name) or not 0 < len(institute) < _MOST_WORDS:
        return None
    return (name, office) if title and words.find("profession", title) is not None else None


def arabic_person(text: str, words: Lexicon) -> tuple[str, str] | None:
    """Return the person and the office of an Arabic text, or None if it is another one."""
    name, comma, office = text.partition("، ")
    if not comma or "،" in office or not 1 < len(name.split()) <= _MOST_WORDS or name.startswith("ال"):
        return None
    if len(office) > _LONGEST_OFFICE or words.find("profession", office.partition(" ")[0]) is None:
        return None
    return name, office


def _is_han_office(text: str, words: Lexicon) -> bool:
    """Return True if a text ends with an office, or is a place that something was sent from."""
    if text.startswith(_SENT_FROM):
        return True
    ends = [text[-length:] for length in _LENGTHS]
    said = (words.find(kind, end) for kind in ("profession", "byline-title") for end in ends)
    return _SAID.isdisjoint(text) and any(each is not None and not each.match.start() for each in said)


def _is_paper(text: str, words: Lexicon) -> bool:
    return words.find("organisation", text) is not None
