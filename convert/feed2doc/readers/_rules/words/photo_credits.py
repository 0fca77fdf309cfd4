"""The patterns of photo credits and of news agencies."""

from __future__ import annotations

from collections.abc import Iterator

from feed2doc._text.cjk import HAN_LETTER
from feed2doc._text.han_names import surnames
from feed2doc.readers._rules.words.phrases import (
    NO_SPACE,
    any_of,
    is_han,
    needs_of,
    parts_of,
    shortest,
    starts_of,
    template,
)
from feed2doc.readers._rules.words.word_file import Photo
from feed2doc.readers._rules.words.word_rule import PERSON, SEPARATOR, WordRule

_LETTER = "A-Za-z\u00c0-\u024f\u0400-\u04ff"
_CAPITAL = "A-Z\u00c0-\u00d6\u00d8-\u00de\u0400-\u042f"
# Characters with which `摄` is another verb: `拍摄`, `航摄`.
_OTHER_VERBS = "拍航跟偷直自翻实實街补補录錄统統包"
_START = r"(?<=[\s.。!！?？)）」”\"、，,;；／/|｜丨︱])"
# Signs between a label and a name.
_SIGNS = "：:/／｜|丨︱"
_SENTENCE = r"(?:^|(?<=[.。!！?？)）」”＝]))"


def photo_rules(photo: Photo) -> Iterator[WordRule]:
    """Yield the rules for credits of pictures: alone, at the end of a caption, and those of agencies."""
    yield from _with_labels(photo)
    yield from _in_capitals(photo.kinds)
    yield from _with_kinds(photo)
    for phrase in photo.phrases:
        yield from _with_phrase(phrase)
    yield from _with_verbs(photo)
    yield from _alone(photo)
    if photo.agencies:
        yield from _agencies(photo.agencies)
    if photo.other:
        yield WordRule("photo-other", rf"^(?:{any_of(photo.other)})", starts=starts_of(photo.other))


def _with_labels(photo: Photo) -> Iterator[WordRule]:
    """Yield the rules for a label and a name: `Photo: Ann Ba`, `图片来源@海港图库`, `Image source, AFP`."""
    name = r"[^。！？!?]{1,60}"
    for labels, may_begin in ((photo.labels, True), (photo.kinds, False)):
        if not labels:
            continue
        any_label = any_of(labels)
        pattern = rf"^(?:{any_label})(?:{SEPARATOR}|@|\s*[-–—，,]\s*|\s+){name}$"
        yield WordRule("photo", pattern, starts=starts_of(labels))
        signs = _SIGNS + ("＝=@" if is_han(labels[0]) else "")  # `桟橋　写真＝山田太郎`, `图片来源@海港图库`
        needs = tuple(label + sign for label in labels for sign in (*signs, " ：", " :", " /", " |"))
        said = rf"(?<![{_LETTER}])(?:{any_label})\s*[{signs}]\s*[^。！？!?\n]{{2,80}}"
        where = f"(?:^|{_START})" if may_begin else _START
        yield WordRule("photo-tail", f"{where}(?P<credit>{said})$", needs=needs, exact=True)
        if may_begin and (named := [label for label in labels if " " in label]):  # `Image source, AFP`
            said = rf"(?:{any_of(named)}),\s[^。！？!?\n]{{2,80}}"
            needs = tuple(f"{label}, " for label in named)
            yield WordRule("photo-tail", f"(?:^|{_START})(?P<credit>{said})$", needs=needs, exact=True)


def _with_kinds(photo: Photo) -> Iterator[WordRule]:
    """Yield the rules for the kind of a picture before a name or a caption: `图/林海`, `Foto: Ducks`, and for papers in a caption."""
    if slashed := [kind for kind in photo.kinds if is_han(kind)]:  # the other signs also begin a caption
        said = rf"(?:{any_of(slashed)})\s*[/／]\s*[^。！？!?，,：:\n]{{2,40}}"
        needs = tuple(kind + sign for kind in slashed for sign in ("/", "／", " /"))
        yield WordRule("photo-tail", f"^(?P<credit>{said})$", needs=needs, exact=True)
    if photo.kinds:
        by = f"(?:(?:{any_of(photo.by)})\\s+)?" if photo.by else ""
        yield WordRule("photo-named", rf"^(?:{any_of(photo.kinds)})\s+{by}", starts=starts_of(photo.kinds))
        pattern = rf"^(?:{any_of(photo.kinds)})\s*[：:=＝/／|｜丨]\s*(?=\S)"
        yield WordRule("photo-kind", pattern, starts=starts_of(photo.kinds))
    if photo.papers:
        between = any_of((*photo.papers, *map(str.upper, photo.papers)))
        pattern = rf"\s(?:{between})\s(?=[«“\"„]?\s?[{_CAPITAL}])"
        needs = (*photo.papers, *map(str.upper, photo.papers))
        yield WordRule("photo-paper", pattern, needs=needs, exact=True, most=90)


def _with_phrase(phrase: str) -> Iterator[WordRule]:
    """Yield the rules for a phrase, as a line of its own and at the end of a caption."""
    starts = () if phrase.startswith("…") else starts_of([phrase])
    said = template(phrase, before=40, between=40, after=60)
    needs, parts = needs_of([phrase]), parts_of(phrase)
    yield WordRule("photo", f"^{said}$", starts=starts, needs=needs, parts=parts)
    if phrase.endswith("…"):
        if (len(phrase) > 3 and not phrase.startswith("…")) or phrase[0] == "©":
            said = template(phrase, between=40, after=80)
            where = "" if phrase[0] == "©" else r"(?:^|(?<=[\s.。!！?？)）」”\"]))"
            yield WordRule("photo-tail", f"{where}(?P<credit>{said})$", needs=needs, parts=parts)
        return
    said = template(phrase, before=24, between=24, after=24, what=NO_SPACE)
    where = _SENTENCE if phrase.startswith("…") else f"(?:^|{_START})"
    pattern = rf"{where}(?P<credit>(?:《[^《》]{{1,12}}》)?{said})$"
    yield WordRule("photo-tail", pattern, needs=needs, parts=parts)


def _alone(photo: Photo) -> Iterator[WordRule]:
    """Yield the rules for words that are all of a credit: `图源网络`."""
    if not photo.alone:
        return
    for kind in ("photo", "photo-alone"):
        yield WordRule(kind, rf"^(?:{any_of(photo.alone)})$", starts=starts_of(photo.alone))
    if named := [word for word in photo.alone if word.startswith(tuple(photo.labels))]:
        yield WordRule("photo-tail", rf"^(?P<credit>{any_of(named)})$", needs=tuple(named), exact=True)


def _with_verbs(photo: Photo) -> Iterator[WordRule]:
    """Yield the rules for verbs below the name of a photographer or agency: `本报记者林海摄`, `海港图库 图`."""
    if not photo.verbs:
        return
    verb, name = f"(?:{any_of(photo.verbs)})", f"{HAN_LETTER}{{2,4}}"
    reporter = rf"(?:《[^《》]{{1,12}}》|{HAN_LETTER}{{2,8}})?\s?(?:{any_of(photo.reporters)})\s?"
    apart = r"[\s/／]"
    said = f"{reporter}{name}{apart}?{verb}|{name}{apart}{verb}"
    if short := [word for word in photo.verbs if len(word) == 1]:
        said += f"|{HAN_LETTER}{{2,3}}(?<![{_OTHER_VERBS}])[{''.join(short)}]"
    yield WordRule("photo-tail", rf"(?:^|\s|(?<=[。！？]))(?P<credit>{said})$", needs=shortest(photo.verbs))
    if is_han(photo.verbs[0]):
        # A bracket with nothing else: `（林海摄影）`.
        whole = tuple(word for word in photo.verbs if len(word) > 1)
        if whole:
            said = rf"[{surnames()}]{HAN_LETTER}{{1,3}}\s?(?:{any_of(whole)})"
            yield WordRule("photo", f"^{said}$", needs=whole)
        # `早市。海港图库 图`
        below = (*photo.verbs, *photo.nouns)
        said = rf"[^\s。！？，、；：]{{2,16}}\s(?:{any_of(below)})"
        needs = tuple(f" {word}" for word in below)
        yield WordRule("photo-tail", rf"(?<=[。！？])\s?(?P<credit>{said})$", needs=needs)
    # When a picture was taken, but not by whom: `2024年5月撮影`.
    when = rf"^\d[\d\s年月日号號頃.,/-]{{3,16}}に?[拍航の]?(?:{verb})$"
    yield WordRule("photo-other", when, needs=shortest(photo.verbs))


def _in_capitals(kinds: tuple[str, ...]) -> Iterator[WordRule]:
    """Yield the rule for kinds of pictures in capitals after a sentence: `FOTO: ANN BA`, but not `FILE PHOTO: Ducks`."""
    capitals = [kind.upper() for kind in kinds if kind.isalpha() and kind[0] != kind[0].lower()]
    if capitals:
        said = rf"(?:{any_of(capitals)})\s?:\s*[^。！？!?\n]{{2,80}}"
        needs = tuple(f"{kind}{sign}" for kind in capitals for sign in (":", " :"))
        where = r"(?:^|(?<=[.!?)]\s))"
        yield WordRule("photo-tail", f"{where}(?P<credit>{said})$", needs=needs, exact=True)


def _agencies(names: tuple[str, ...]) -> Iterator[WordRule]:
    agency = rf"(?<![{_LETTER}])(?:{any_of(names)})(?![{_LETTER}])"
    needs = shortest(names)
    yield WordRule("photo", rf"^[^。！？!?]{{0,48}}?{agency}[^。！？!?]{{0,40}}$", needs=needs, exact=True)
    # Who compiled an article from agencies, and the agencies alone.
    several = rf"[^（）()]{{0,12}}{agency}[^（）()]{{0,60}}"
    pattern = rf"^{PERSON}\s*[（(]{several}$"
    yield WordRule("credit", pattern, "contributor", needs=needs, named=True, exact=True, most=120)
    alone = rf"{agency}(?:\s*[、，,/／]\s*{agency}){{0,6}}\s*等?"
    yield WordRule("credit", f"^{alone}$", "note", needs=needs, exact=True, most=80)
    sign = r"\s*[/／,，|｜–—-]\s*"
    pattern = rf"^(?:[^。！？!?:：]{{2,40}}{sign})?{agency}(?:{sign}[^。！？!?]{{1,40}})?$"
    yield WordRule("photo-line", pattern, needs=needs, exact=True)
    after = (
        r"(?:(?:記者|记者)[^。！？!?，,]{2,16}|\s*[/／|｜]\s*[^。！？!?，,]{1,40}"
        r"|\s+(?:via|Photo|Pool)[^。！？!?，,]{0,40})?(?:\s*\d{2,4}年\d{1,2}月\d{1,2}日)?"
    )
    before = r"(?:(?!\d)[^。！？!?.:：,，]{1,30}(?:\s*[/／—–-]\s*|\s+v[ií]a\s+))?"
    where = r"(?:^|(?<=[.。!！?？)）」”…＝])\s*|\s*[—–|｜]\s*)"
    yield WordRule("photo-tail", rf"{where}(?P<credit>{before}{agency}{after})$", needs=needs, exact=True)
    pattern = rf"\s(?P<credit>{agency}\s*[/／]\s*[^。！？!?，,/／]{{2,40}})$"
    yield WordRule("photo-tail", pattern, needs=tuple(f"{n}{s}" for n in names for s in "/／"), exact=True)
