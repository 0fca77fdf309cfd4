"""The text of a header line: authors, times, places and furniture, told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.header_names import has_hiragana, is_east_asian, is_names, is_said, is_spelled
from feed2doc.readers._article.header_times import EDGES, is_label, is_labelled_time, take_times
from feed2doc.readers._article.occupations import before_title, is_syllables, is_title
from feed2doc.readers._article.times import Written
from feed2doc.readers._article.titled_names import titled_name
from feed2doc.readers._article.unlabelled_names import people_of
from feed2doc.readers._rules.credit_parts import are_people
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.names import IN, before_place

# The maximum length of a line whose markup says that it names the author, and of others.
LONGEST, _LONGEST_UNMARKED = 200, 120
_LONGEST_NAME, _LONGEST_LABEL, _LONGEST_TAGS, _SHORTEST_LABEL = 60, 24, 80, 4
_LONGEST_DESK = 30
# Signs between the parts of a line. A hyphen, dash or slash counts only between spaces.
_PARTS = pattern(r"\s*[|｜●▪\u2003\n]\s*|\s+(?:[-–—/／]{1,2}|[·•‧∙⋅・])\s+|\s{2,}|\u3000+")
# Labels begin a part of their own: `来源：海港日报　作者：梅林 2025-03-04`.
_LABELS = "(?:稿件|文章|新闻|新聞|信息|消息|资料|資料)?(?:来源|來源)|稿源|编辑|編輯|责编|責編|责任编辑|責任編輯|图|圖|图片|圖片|摄影|攝影|译者|譯者|翻译|翻譯|编译|編譯|校对|校對|审校|審校|插画|插畫|排版|策划|策劃"
_BEFORE_LABEL = pattern(
    rf"(?<!\s)\s+(?=(?:{_LABELS}|作者|记者|記者|撰文|文|[【\[]?字[号號体體级級]|(?:浏览|瀏覽|阅读|閱讀|点击|點擊|评论|評論|閲覧)(?:次数|次數|量|数|數)?|发布时间|發[布佈]時間|刊登時間|更新[时時][间間]|时间|時間)\s*[：:／｜]|(?:特[约約派])?(?:记者|記者|通讯员|通訊員|特派[员員])\s?[\u3400-\u9fff]{{2,4}}(?:\s|$))"
)
_SIGNS_OF_LABELS = (*":：／｜＝;；(（", "记者", "記者", "通讯员", "通訊員", "特派")
# The roles of the credits in a line that also has a byline or a time.
_CREDITS = frozenset({"translator", "editor", "photographer", "contributor"})
# A reading time after the clock of an update: `Aggiornato alle 10:02 2 minuti di lettura`.
_READING_TIME = pattern(r"(?<![\s:：])\s+(?=\d{1,2}\s?-?min(?:ut[eo]?[ns]?|uti)?\.?(?![^\W\d_])[^|]{0,20}$)")
_CREDITED = pattern(
    rf"(?:{_LABELS})\s*[：:／/｜]\s*.{{2,30}}|(?:Source|Quelle|Fuente|Fonte|Editor)\s*:\s*.{{2,40}}"
)
# A place after a name: `Ana Mar, do Recife`.
_FROM_A_PLACE = pattern(
    r"(?:from|do|da|de|desde|aus|из)\s+[^\W\d_a-zà-þа-я][^\W\d_]{2,30}(?:\s[^\d,]{2,30})?"
)
# The rest of a time that is only partly understood: `9:30 am`, `Uhr`, `CET`.
_CLOCK = pattern(r"(?i:at\s++)?(?:\d{1,2}[:.h]\d{2})?\s*+(?:(?i:[ap]\.?m\.?|Uhr|h)\s*+)?(?:[A-Z]{3,4})?")
# The words of a name before a counter.
_FEWEST_BEFORE = 2
_INNER = frozenset("()（）[]")
_ENDS = (".", "!", "?", "…", "。", "！", "？")
_ADDRESS = pattern(r"(?<![\w.+-])[\w.+-]{1,60}@[\w-]{1,40}\.[\w.-]{2,40}")
_HANDLE = pattern(r"(?<!\S)\(?@\w{2,30}\)?(?!\S)")
# An account without capitals next to a time: `Posted by jdoe on 5 May 2025`.
_ACCOUNT = pattern(r"(?i:(?:posted|published|written|submitted) by) (?P<name>[a-z][\w.-]{1,24})")
# A line with a name and an older date is part of a text.
_FIRST_YEAR = 1995
_LONGEST_PLACE = 4
_LONGEST_OUTLET, _SENTENCE_IN = 30, pattern(r"[.!?。:,;]|(?<!\S)[a-zà-þ]{2,}")
_IN = pattern(r"^in\s+(?=\S)")
_IN_A_PLACE = pattern(rf"^(?P<names>.{{3,100}}?),?\s+(?:{IN})\s+(?P<place>[^\W\d_][^\d,]{{1,40}})$")


class HeaderLine(Struct):
    """The parts of a line. `rest` has the parts that do not belong in a header: with any of these, the line is text."""

    byline: str = ""
    labelled: bool = False
    time: Written | None = None
    time_text: str = ""
    updated: str = ""
    places: list[str] = []
    credits: list[str] = []
    furniture: list[str] = []
    rest: list[str] = []
    timed: bool = False
    """Whether the markup of the line states a time, which is not in its text."""
    guessed: bool = False
    """Whether the byline has no label, markup or title."""

    @property
    def found(self) -> bool:
        """Return True if the line has a byline, a time, a credit or furniture, and nothing else."""
        known = self.byline or self.time or self.updated or self.credits or self.furniture
        return bool(known) and not self.rest


def read_line(
    text: str, rules: Rules, *, named: bool = False, timed: bool = False, of_header: bool = False
) -> HeaderLine:
    """Return the parts of a line.

    `named` and `timed` mean that its markup says that it names the author or states a time, and `of_header` that it is what
    is left of a line with the names of authors, or below another line of the header.
    """
    line = HeaderLine(timed=timed)
    text = _below_label(text, rules)
    if len(text) > (LONGEST if named else _LONGEST_UNMARKED):
        line.rest.append(text)
        return line
    if named and (titled := titled_name(text)) is not None:
        line.byline, line.places, line.furniture = titled.person, [titled.outlet], [titled.title]
        return line
    if "@" in text:
        text = _ADDRESS.sub(" | ", text)
        line.furniture += _HANDLE.findall(text)
        text = _HANDLE.sub(" ", text)
    pieces = _pieces(take_times(text, rules, line), text, rules)
    titles: list[str] = []
    unlabelled: list[tuple[str, bool, bool]] = []
    credited: list[str] = []
    for each in pieces:
        is_header = named or timed or line.byline or line.time or line.furniture
        bare = each.strip(EDGES)
        if ((is_header or of_header) and _has_tags(bare, rules)) or (is_header and rules.junk(bare)):
            line.furniture.append(bare)
            continue
        names, after = before_title(each, rules)
        titles += [after.strip(EDGES)] if after else []
        part = _unwrapped(names.strip(EDGES))
        is_known = not any(map(str.isalnum, part)) or _take_part(part, rules, line)
        if not is_known and (named or not _take_text(part, names, line)):
            if is_title(part, rules):
                titles.append(part)
            elif _is_credit(part, rules):
                credited.append(part)
            else:
                unlabelled.append((part, names.rstrip().endswith((",", "，")), bool(after)))
    line.places += titles
    titles += [part for part in line.furniture if is_title(part, rules)]
    if named and len(unlabelled) > 1:
        _put_names_first(unlabelled, text, rules)
    if not named and not line.byline and not titles and unlabelled and _take_people(unlabelled, rules, line):
        line.credits += credited
        return line
    _add_unlabelled(unlabelled, titles, credited, rules, line, named=named)
    (line.credits if line.byline or line.time else line.rest).extend(credited)
    if line.byline:
        _move_to_places(line, titles, named=named)
    return line


def _add_unlabelled(
    parts: Sequence[tuple[str, bool, bool]],
    titles: Sequence[str],
    credited: Sequence[str],
    rules: Rules,
    line: HeaderLine,
    *,
    named: bool,
) -> None:
    """Add the parts without a label: names next to titles, a time or credits of others, places, and what is text."""
    for part, is_before_comma, has_title in parts:
        # Without markup, a full name next to a time is a byline, but `Lower Harbour, 5 May 2025` may be a place.
        is_author = bool(credited) and are_people(part)
        stands_out = bool(titles) or is_author or (line.time is not None and not is_before_comma)
        alone = stands_out and (has_title or len(parts) == 1)
        alone = alone and ((" " in part and is_spelled(part)) or (bool(titles) and is_syllables(part)))
        if credited and not line.byline and (said := _credited_names(part, rules)):
            _take_names(said, rules, line)
            continue
        if (named or alone) and not line.byline and _take_names(part, rules, line):
            continue
        if is_before_comma and not line.byline and " " in part:
            line.rest.append(part)
        elif (line.byline or line.time) and len(part) <= _LONGEST_NAME and is_names(_IN.sub("", part)):
            (line.rest if _may_be_phrase(part, rules, line) else line.places).append(part)
        else:
            line.rest.append(part)


def _below_label(text: str, rules: Rules) -> str:
    """Return lines of which the first is a label (`By`) with the second next to it."""
    label, _, below = text.partition("\n")
    return f"{label} {below}" if below and is_label(label, rules) else text


def _has_tags(part: str, rules: Rules) -> bool:
    """Return True for the label of a list of tags, perhaps with a few of them: `Posted in Ferries`, `Tags: ropes, tar`."""
    if len(part) > _LONGEST_TAGS or part.endswith(_ENDS) or not rules.words.may_begin("tag-label", part):
        return False
    words = part.split(" ", 2)
    labels = {part, part.replace("：", ":").partition(":")[0], " ".join(words[:2])}
    if len(words[0]) >= _SHORTEST_LABEL:  # not `Tag des Hafens`
        labels.add(words[0])
    return any(rules.words.find("tag-label", label) is not None for label in labels)


def _move_to_places(line: HeaderLine, titles: list[str], *, named: bool) -> None:
    """Take what is next to the names of a byline for places: titles, and in a byline by markup a desk (`Ann Ba | World desk`)."""
    line.places += [part for part in line.furniture if part in titles]
    line.furniture = [part for part in line.furniture if part not in titles]
    if named and not any(map(_is_text, line.rest)):
        line.places += line.rest
        line.rest = []


def _is_text(part: str) -> bool:
    """Return True for a part that is too long for a place or a desk, or a sentence."""
    return len(part) > _LONGEST_DESK or part.endswith((*_ENDS, ","))


def _put_names_first(parts: list[tuple[str, bool, bool]], text: str, rules: Rules) -> None:
    """Sort the parts of a byline, the last of which are a paper or a place: `海港日报 | 林海`, `Oslo - Ann Ba`."""
    parts.sort(key=lambda each: rules.words.find("organisation", each[0]) is not None)
    if not is_east_asian(text):
        parts.sort(key=lambda each: " " not in each[0])


def _may_be_phrase(part: str, rules: Rules, line: HeaderLine) -> bool:
    """Return True for words next to a day that no capitals tell from a place or paper: `2025年5月5日 港口开放日`."""
    if line.byline or line.time is None or line.time.has_time or part[:1].isupper() or part[:1].islower():
        return False
    is_long = len(part) > _LONGEST_PLACE if is_east_asian(part) and " " not in part else " " in part
    return (is_long or has_hiragana(part)) and rules.words.find("organisation", part) is None


def _take_people(parts: Sequence[tuple[str, bool, bool]], rules: Rules, line: HeaderLine) -> bool:
    """Take the byline and places of a line that has nothing but common names. Return False if it has none."""
    is_timed = line.time is not None or line.timed
    if line.time is not None and line.time.value.year < _FIRST_YEAR:
        return False
    people = people_of([part for part, _, _ in parts], rules.words, timed=is_timed)
    if people is not None:
        # A full name next to a time, without a comma, is surely a byline.
        is_next_to_time = line.time is not None and len(parts) == 1 and not parts[0][1] and not people.places
        line.byline, line.guessed = people.names, not is_next_to_time
        line.places += people.places
    return people is not None


def _pieces(text: str, line: str, rules: Rules) -> list[str]:
    """Return the parts of a text whose times were taken, which separators, labels and reading times begin or end."""
    pieces = _PARTS.split(text)
    if "min" in line:
        pieces = [each for piece in pieces for each in _without_reading_time(piece, rules)]
    pieces = [each for piece in pieces for each in _without_furniture(piece, rules)]
    if any(sign in line for sign in _SIGNS_OF_LABELS):
        pieces = [each for piece in pieces for each in _BEFORE_LABEL.split(piece)]
        pieces = [each for piece in pieces for each in _credits_in(piece.strip(), rules)]
    return pieces


def _credits_in(piece: str, rules: Rules) -> list[str]:
    """Return the credits of a piece that has several, else the piece."""
    parts = rules.words.split_at_labels(piece)
    return parts if len(parts) > 1 and all(map(rules.credit, parts[1:])) else [piece]


def _without_reading_time(piece: str, rules: Rules) -> list[str]:
    """Return a piece, and the reading time at its end if the piece does not consist of it."""
    whole = rules.search("header_drop_text", piece.strip(EDGES)) is not None
    return [piece] if whole else _READING_TIME.split(piece)


def _without_furniture(piece: str, rules: Rules) -> list[str]:
    """Return a piece, and a counter or button of two or three words after its names: `Ann Ba Leave a Comment`."""
    words = piece.strip(EDGES).split()
    if len(words) < 2 + _FEWEST_BEFORE or rules.search("header_drop_text", " ".join(words)):
        return [piece]
    for count in (3, 2):
        if len(words) >= count + _FEWEST_BEFORE and rules.search(
            "header_drop_text", " ".join(words[-count:])
        ):
            return [" ".join(words[:-count]), " ".join(words[-count:])]
    return [piece]


def _unwrapped(part: str) -> str:
    """Return a part without brackets around the whole of it."""
    inside = part[1:-1].strip(EDGES)
    is_whole = part[:1] in ("(", "（", "[") and part[-1:] in (")", "）", "]") and _INNER.isdisjoint(inside)
    return inside if is_whole else part


def _take_part(part: str, rules: Rules, line: HeaderLine) -> bool:
    """Add a part that is known by its label or wording. Return False if it is not."""
    if len(part) <= _LONGEST_LABEL:
        if _CLOCK.fullmatch(part) or is_label(part, rules):
            return True
        if is_label(part, rules, is_element=True) and not is_title(part, rules):
            return True
    if (line.timed or line.time is not None) and is_labelled_time(part, rules):
        line.furniture.append(part)
        return True
    if len(part) <= _LONGEST_NAME and rules.search("header_drop_text", part):
        line.furniture.append(part)
    elif _CREDITED.fullmatch(part):
        line.credits.append(part)
    elif not line.labelled and (names := _labelled_names(part, rules)):
        line.labelled = _take_names(names, rules, line)
    elif line.time is not None and not line.byline and (names := _credited_names(part, rules)):
        return _take_names(names, rules, line)
    elif line.time is not None and not line.byline and (account := _ACCOUNT.fullmatch(part)):
        line.byline, line.labelled = account["name"], True
    else:
        return False
    return True


def _take_text(part: str, said: str, line: HeaderLine) -> bool:
    """Add a part that is a sentence, or the label of another time (`Deadline: 5 May 2025`). Return False if it is neither."""
    if not said.rstrip().endswith((":", "：")) and not is_said(part):
        return False
    line.rest.append(part)
    return True


def _is_credit(part: str, rules: Rules) -> bool:
    """Return True if a part says who translated, edited, photographed or helped."""
    found = rules.words.find("credit", part)
    return found is not None and found.rule.role in _CREDITS


def _take_names(text: str, rules: Rules, line: HeaderLine) -> bool:
    """Add the names in a part. A place or an occupation after them is not a person. Return False if there are none."""
    names, sign, organisation = text.partition("／")
    if sign and not (organisation.isascii() and is_east_asian(names)):
        names, sign = text, ""
    names, places = _without_place(names)
    places += [organisation] if sign else []
    if not is_names(names):
        name, outlet = _before_outlet(names)
        if not name:
            return False
        names = name
        places.append(outlet)
    line.places += places
    parts = names.split(", ")
    persons = [part for part in parts if rules.search("header_drop_text", part) is None]
    line.places += [part for part in parts if part not in persons]
    line.byline = ", ".join(persons)
    return True


def _before_outlet(names: str) -> tuple[str, str]:
    """Return the name before an outlet that has no name's spelling, and the outlet: `Ann Ba, g1 Recife`."""
    name, _, outlet = names.partition(", ")
    if " " not in name or not is_names(name) or not 0 < len(outlet) <= _LONGEST_OUTLET:
        return "", ""
    return ("", "") if _SENTENCE_IN.search(outlet) else (name, outlet)


def _labelled_names(part: str, rules: Rules) -> str:
    if (found := rules.search("byline_label", part)) is not None and not found[0].start():
        label = found[0]
    elif (said := rules.words.find("byline-label", part)) is not None:
        label = said.match
    else:
        return _names_with_role(part, rules)
    if len(rules.words.split_at_labels(part)) > 1:  # `采写/林海 摄影/梅林`
        return ""
    names = part[label.end() :].strip(f"{EDGES}[]【】")
    # A preposition, such as `von` or `par`, may also begin a phrase: the name after it must be a full one.
    strong = re.search(r"[:：/／｜|＝=]\s*$|^[\u3400-\u9fff]|^(?:\w+\s+)?by\b", label[0], re.I) is not None
    persons, _ = _without_place(names)
    is_one = is_names(persons) or bool(_before_outlet(names)[0])
    return names if is_one and (strong or " " in persons) else ""


def _names_with_role(part: str, rules: Rules) -> str:
    """Return the names of authors before their role in brackets: `Ann Ba (text)`."""
    said = rules.credit(part) if part.endswith((")", "）")) else None
    person = said[1].groupdict().get("person") or "" if said is not None and said[0].role == "byline" else ""
    return person if are_people(person) else ""


def _credited_names(part: str, rules: Rules) -> str:
    """Return the names that a word of the trade marks in a part next to a time: `記者林海報導`, `林海記者`, `Texte : Anne Bas`."""
    first, *others = rules.words.split_at_labels(part)
    if others and rules.credit(first):  # of several people
        return ""
    said = rules.credit(part)
    if said is not None and said[0].role == "byline":
        return said[1].groupdict().get("person") or ""
    after = rules.words.find("byline-after", part)
    return after.match["person"] if after is not None else ""


def _without_place(names: str) -> tuple[str, list[str]]:
    """Return the names without the place after them: `Ann Ba in Oslo`, `Ann Ba, Oslo`."""
    if (found := _IN_A_PLACE.match(names)) and is_names(found["place"]) and is_names(found["names"]):
        return found["names"], [found["place"]]
    *persons, last = names.split(", ")
    if persons and all(" " in each for each in persons) and _FROM_A_PLACE.fullmatch(last):
        return ", ".join(persons), [last]
    names, place = before_place(names)
    return names, [place] if place else []
