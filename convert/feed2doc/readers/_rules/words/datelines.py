"""The patterns of datelines, which name the reporter and the place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from feed2doc._text.cjk import HAN as HAN_CHARACTER
from feed2doc._text.cjk import HAN_LETTER, WIDE_LETTER
from feed2doc._text.han_names import korean_surnames, surnames
from feed2doc.readers._rules.words.phrases import any_of, is_han, needs_of, parts_of
from feed2doc.readers._rules.words.word_file import Datelines
from feed2doc.readers._rules.words.word_rule import NO_NAME, WordRule

_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_HANGUL = "[\uac00-\ud7a3]{2,4}"
_ARABIC = "(?!من )[\u0600-\u06ff]{2,12}(?: [\u0600-\u06ff]{2,12}){1,2}"
_CYRILLIC = "[\u0410-\u042f\u0401][\u0430-\u044f\u0451-]{1,20}(?: [\u0410-\u042f\u0401][\u0430-\u044f\u0451-]{1,20}){1,2}"
_COMMA, _COMMA_OR_DOT = r"\s*[、/／,，]\s*", r"\s*[、/／,，·ㆍ]\s*"
# The name of a colleague after a title.
_TITLED = rf"[\s：:]{{0,2}}(?P<person>{HAN_LETTER}{{2,4}})(?!{HAN_LETTER})"
# The text before a paper whose report is only cited: `据海港报记者林海报道`.
_CITED = "[据據《]"
_ONE = rf"(?:[{_HAN}々]{{2,6}}|[{_HAN}々]{{1,3}}[\u3041-\u30f6]{{2,4}}(?=[】）])|{_HANGUL}|{_CYRILLIC})"


def dateline_rules(datelines: Datelines) -> Iterator[WordRule]:
    """Yield the rules for datelines in brackets or lines of their own."""
    places, kinds = any_of(datelines.places), any_of(datelines.kinds) or "(?!)"
    no_name = rf"(?!(?:{any_of((*datelines.kinds, *datelines.others)) or '(?!)'})(?:[/／；;\s]|$))"
    latin = r"[A-Z][\w.'’-]{0,20}(?: [A-Z][\w.'’-]{0,20}){0,3}"
    day = r"\s*(?:\d{1,2}月)?(?:\d{1,2}日)?\s*"
    # The name before a known place; no place; an unknown place, which has at least two characters, as most names have three;
    # one after a space, which is not several names.
    is_in_han = any(map(HAN_CHARACTER.search, datelines.lines))
    comma = _COMMA if is_in_han else _COMMA_OR_DOT
    one, several = (WIDE_LETTER, latin) if is_in_han else (f"[{_HAN}]", rf"{_HANGUL}|{_ARABIC}|{latin}")
    forms: tuple[tuple[str, str], ...] = (
        (_names(rf"{one}{{2,4}}?|{several}", places, one), rf"\s*[在自于於/／]?(?:{places}){{1,2}}\s*"),
        (_names(rf"{one}{{2,3}}?|{several}", places, one), ""),
        (rf"(?P<person>{one}{{3}}(?={one}{{2}})|{one}{{2}})", rf"{one}{{2,4}}"),
        (_names(rf"{one}{{2,4}}", "", one), rf"\s+(?![{surnames()}]){one}{{2,4}}\s*"),
    )
    if datelines.places and not is_han(datelines.places[0]):
        forms = forms[:1]  # only Han characters tell a name from an unknown place
    ends = {end for phrase in datelines.lines if "{place}" in phrase and (end := phrase.rpartition("}")[2])}
    no_place = rf"(?!{one}{{1,6}}(?:{any_of(sorted(ends)) or '(?!)'}))"  # `记者林海 台北报道`
    apart = rf"(?:{_COMMA}|\s{no_place}){no_name}" if is_in_han else comma
    alone = ((no_name + _names(rf"{one}{{2,4}}?|{several}", places, one, apart), ""),)
    parted = ((_names(rf"{one}{{2,4}}", "", one), rf"{one}{{2,6}}?"),)
    no_verb = NO_NAME if is_in_han else ""
    with_others = ""
    if datelines.colleagues:
        titled = f"(?:{any_of(datelines.colleagues)}){_TITLED}"
        yield WordRule("colleague", titled, needs=datelines.colleagues, exact=True)
        with_others = rf"(?:\s{{0,3}}{titled.replace('P<person>', ':')}){{0,2}}"
    yield from _named_reports(datelines, ends)
    for phrase in datelines.lines:
        chosen = alone if "{place}" not in phrase else parted if "／{place}" in phrase else forms
        for names, where in chosen:
            said = re.escape(phrase).replace(r"\ ", r"\s+").replace(r"\{", "{").replace(r"\}", "}")
            if not is_in_han and said.startswith("{name}"):  # a name does not begin within a word
                said = rf"(?<![\uac00-\ud7a3]){said}"
            said = said.replace("{name}", rf"[\s：:/／|｜丨]*{no_verb}{names}\s*").replace("{place}", where)
            said = said.replace("{day}", day).replace("{kind}", rf"(?:{kinds}){{0,2}}")
            paper = "" if phrase.startswith("{name}") else r"[^，。！？：:\s]{0,32}\s?"
            needs, parts = needs_of([re.sub(r"\{(?:place|day|kind)\}", "…", phrase)]), parts_of(phrase)
            yield WordRule("dateline", rf"{said}(?:[/／；;\s]|$)", needs=needs, parts=parts, exact=True)
            yield WordRule(
                "credit",
                rf"^{paper}{said}{with_others}(?:\s*[\w.+-]{{1,40}}@[\w.-]{{3,40}})?$",
                "byline",
                needs=needs,
                parts=parts,
                exact=True,
                most=60,
            )


def _named_reports(datelines: Datelines, ends: Iterable[str]) -> Iterator[WordRule]:
    """Yield the rules for reporters who are not called so: `海港網 林海生／台北報導`, `林海生記者 台北報導`."""
    reports = sorted({end for end in ends if end[:1] in "报報" and len(end) > 1})
    if not reports or not datelines.places:
        return
    name = rf"(?:[{surnames()}]{HAN_LETTER}|{HAN_LETTER}{{3}}(?<![部組组社網网報报台處处局心室版者]))"
    wheres = (*datelines.places, *datelines.kinds)
    where = rf"(?:{any_of(wheres)}){{1,2}}"
    pattern = (
        r"^(?:[^，。！？：:\s／/]{2,14}(?:\s|\s?[─—／/]\s?))?"
        rf"(?P<person>{name}(?:[ 、]{name}){{0,4}})(?:[記记]者)?\s?(?:[／/]|\s)\s?{where}(?:{any_of(reports)})$"
    )
    needs = tuple(each + end for each in wheres for end in reports)
    signs = ("/", "／", " ")
    yield WordRule("dateline", pattern, needs=needs, also=signs, exact=True, most=60)
    yield WordRule("credit", pattern, "byline", needs=needs, also=signs, exact=True, most=60)


def korean_signatures() -> Iterator[WordRule]:
    """Yield the rules for reporters with their place, paper, desk or address.

    `도쿄/김바다 특파원 kim@quay.example`, `부산=항구뉴스 김바다 기자 kim@quay.example`, `김바다 문화부 기자 kim@quay.example`,
    `김바다 항구뉴스 기자`, `김바다 항구연구소(kim@quay.example)`, `김바다 (kim@quay.example)`, and in brackets `[오슬로(노르웨이) = 김바다 항구뉴스 특파원]`.
    """
    name = rf"(?!전문|선임|수석|연구|논설|해설)[{korean_surnames()}][\uac00-\ud7a3]{{1,2}}"
    several = rf"(?P<person>{name}(?:[·,]\s?{name}){{0,3}})"
    title = r"(?:[\uac00-\ud7a3]{0,4}(?:기자|위원)|특파원|에디터|PD)"
    word = r"[\uac00-\ud7a3A-Za-z0-9]{2,10}\s"
    address = r"[\w.+-]{1,40}@[\w.-]{3,40}"
    before = rf"(?:[\uac00-\ud7a3·]{{2,12}}[/=]\s?)?(?:{word})?"
    desk = r"(?:[\uac00-\ud7a3A-Za-z]{1,8}\s){0,2}"
    pattern = rf"^[■▶◆\s]{{0,3}}{before}{several}(?:\s{desk})?\s?{title}\s?/?\s?[(（]?{address}[)）]?$"
    yield WordRule("credit", pattern, "byline", needs=("@",), exact=True, most=90)
    office = r"(?:[\uac00-\ud7a3A-Za-z]{0,10}(?:연구소|연구원|뉴스|신문|일보|미디어|에디터|리포터|위원|팀장|부장|국장))"
    # Other words of three syllables begin with surnames too: `이메일 (kim@quay.example)`.
    no_label = r"(?!이메일|문의|연락|제보|신청|주소|전화|지원|응모|기고|투고|신고|후원|홍보|구독|정정|원고|주최|주관)"
    pattern = rf"^{no_label}{several}(?:\s{desk}{office})?\s?[(（]{address}[)）]?$"
    yield WordRule("credit", pattern, "byline", needs=("@",), exact=True, most=90)
    place = r"[\uac00-\ud7a3]{2,8}\s?(?:[(（][\uac00-\ud7a3]{2,8}[)）])?\s?=\s?"
    pattern = rf"^{place}{several}\s(?:{word}){{0,2}}{title}$"
    yield WordRule("credit", pattern, "byline", needs=("=",), exact=True, most=60)
    # `김바다 항구뉴스 기자`, but no desk: `정치부 소속 기자`.
    person = rf"(?P<person>(?![\uac00-\ud7a3]{{2}}[부팀]|편집국|보도국|제작국)[{korean_surnames()}][\uac00-\ud7a3]{{2}})"
    pattern = rf"^{person}\s{word}{title}$"
    yield WordRule("credit", pattern, "byline", needs=("기자", "특파원"), exact=True, most=30)


def opening_rules(datelines: Datelines) -> Iterator[WordRule]:
    """Yield the rules for beginnings of texts that name the reporter, without brackets."""
    name = rf"(?P<person>{_ONE}(?:(?:\s*[、/／,，·]\s*|\s(?=[\uac00-\ud7a3]{{2,4}}\s)){_ONE}){{0,3}})"
    parts = {
        "{name}": name,
        "{place}": r"[^,，;；:：.。()（）\[\]【】/=＝—–-]{2,40}?",
        "{agency}": r"[^,，.。()（）\[\]【】—–=＝-]{2,40}?",
        "{day}": r"(?:(?:\d{1,2}月)?\d{1,2}日|(?:\d{1,2}\.?\s?[^\W\d]{3,10}|[^\W\d]{3,10}\.?\s\d{1,2})\.?(?:,?\s\d{4})?)",
    }
    for phrase in datelines.openings:
        said = re.escape(phrase).replace(r"\ ", r"\s{0,2}")
        for part, written in parts.items():
            said = said.replace(re.escape(part), written)
        needs = needs_of([re.sub(r"\{\w{1,8}\}", "…", phrase)])
        yield WordRule("opening", f"^(?!{_CITED}){said}", needs=needs, parts=parts_of(phrase), exact=True)


def _names(one: str, places: str, character: str, apart: str = _COMMA) -> str:
    """Return the pattern of one or several names, of which the later ones are not places: `林海、梅林/台北`.

    `apart` is the pattern of what separates them.
    """
    other = rf"(?!(?:{places})(?!{character}{{1,2}}[、/／,，]))" if places else ""
    return rf"(?P<person>(?:{one})(?:{apart}{other}(?:{one})){{0,4}})"
