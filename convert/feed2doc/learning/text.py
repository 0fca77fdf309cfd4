"""Headings that are bold lines, and lines of credits that the words of the trade do not know."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from feed2doc._text.lazy_re import pattern
from feed2doc.learning.articles import Article, Passage
from feed2doc.learning.patterns import escaped, pattern_of
from feed2doc.learning.proposal import FEWEST, Proposal, examples_of
from feed2doc.learning.selecting import Selected, candidates, recurring, spread
from feed2doc.readers.inspection import BOLD_LINE, are_names, words_of

_LONGEST_HEADING = 80
_LAST = 4
_BOXES, _LARGEST_BOX = ("div", "section", "table", "ul"), 0.4
_LONGEST_NAME = 24
_SHARE, _SHARE_BOLD = 0.2, 0.15
_LABELLED = pattern(
    r"[（(]?(?P<label>[^\s：:/／|｜（(]{2,16}?)(?P<mark>\s*[：:/／|｜]\s*|\s+)(?P<person>[^\s：:/／|｜].{1,60}?)[）)]?"
)
_QUESTION = ("?", "？")


def bold_headings(articles: Sequence[Article]) -> Iterator[Proposal]:
    """Propose that all short bold lines are headings, if many look like headings and few of the others are at an edge."""
    if articles[0].rules.bold_headings:
        return
    lines: list[tuple[Article, Passage]] = []
    heads, others = 0, 0
    for article in articles:
        if not (own := _bold_heads(article)):
            continue
        heads += own
        passages = [passage for passage in article.passages if not passage.nested]
        for passage in passages:
            if passage.kind == "heading" or not passage.bold or len(passage.text) > _LONGEST_HEADING:
                continue
            if passage in (passages[0], passages[-1]) or passage.linked or passage.text.endswith(_QUESTION):
                others += 1
            elif any(map(str.isalpha, passage.text)):
                lines.append((article, passage))
    count = len({id(article) for article, _ in lines})
    if count >= max(FEWEST, _SHARE_BOLD * len(articles)) and heads >= 2 * len(lines) and others * 5 <= heads:
        yield Proposal("bold_headings", True, count, examples_of(p.text for _, p in lines))


def _bold_heads(article: Article) -> int:
    """Return the number of headings that are bold lines in the source."""
    origins = map(article.trace.origin, article.document.sections)
    return sum(1 for origin in origins if origin and origin.rule == BOLD_LINE)


def credits(articles: Sequence[Article]) -> Iterator[Proposal]:
    """Propose the lines at the end that recur, and those that name persons after the same label."""
    same: dict[str, list[tuple[Article, str]]] = defaultdict(list)
    labelled: dict[tuple[str, str], list[tuple[Article, str]]] = defaultdict(list)
    for article in articles:
        for passage in _last(article):
            text = passage.text
            if passage.linked or article.rules.credit(text):
                continue
            found = _LABELLED.fullmatch(text)
            if found and len(found["person"]) <= _LONGEST_NAME and are_names(found["person"]):
                labelled[found["label"], found["mark"].strip()].append((article, text))
            elif any(map(str.isalpha, text)) and "\0" not in passage.key:
                same[passage.key].append((article, text))
    for (label, mark), rows in labelled.items():
        many = len({id(article) for article, _ in rows})
        people = {_LABELLED.fullmatch(text)["person"] for _, text in rows}  # type: ignore[index]
        if many >= FEWEST and len(people) > 1:
            role = _role_of(label, mark, rows[0][0])
            space = rf"\s*{escaped(mark)}\s*" if mark else r"\s+"
            value = (
                ("role", role),
                ("text", rf"^[（(]?{escaped(label)}{space}(?P<person>[^）)]{{2,60}})[）)]?$"),
            )
            yield Proposal("credit", value, many, examples_of(text for _, text in rows))
    fewest = max(FEWEST, _SHARE * len(articles))
    for key, rows in same.items():
        many = len({id(article) for article, _ in rows})
        if many >= fewest:
            value = (("role", "note"), ("text", f"^{pattern_of(key)}$"))
            yield Proposal("credit", value, many, examples_of(text for _, text in rows))


def _last(article: Article) -> list[Passage]:
    """Return the last passages, without those above links to other articles."""
    passages = [p for p in article.passages if p.kind == "paragraph" and not p.nested and p.at][-_LAST:]
    linked = [at for at, passage in enumerate(article.passages) if passage.linked > 0.5]
    return [p for p in passages if not linked or article.passages.index(p) > linked[-1]]


def asides(articles: Sequence[Article]) -> Iterator[Proposal]:
    """Propose the boxes: small parts of an article below the same title in several articles."""
    taken = {element for article in articles for element in article.rules.select("aside", article.index)}
    for name, selected in candidates(articles, FEWEST):
        titles = Counter(title for each in selected if (title := _title_of(each)))
        usual = {title for title, count in titles.items() if count > 1}
        fits = all(_title_of(each) in usual and each.element not in taken for each in selected)
        if fits and len(recurring(selected)) * 2 < len(selected):
            taken.update(inner for each in selected for inner in each.element.iter())
            yield Proposal("aside", name, spread(selected), examples_of(each.text for each in selected))


def _title_of(each: Selected) -> str:
    """Return the first line of a small element with several, or "" if it is long or anything else."""
    element = each.element
    if (
        element.tag not in _BOXES
        or len(element) < 2
        or len(each.text) > _LARGEST_BOX * len(each.article.text)
    ):
        return ""
    title = words_of(element[0])
    short = 1 < len(title) <= _LONGEST_HEADING and len(each.text) > 2 * len(title)
    return (
        title
        if short and not (element.text or "").strip() and next(element.iter("img"), None) is None
        else ""
    )


def _role_of(label: str, mark: str, article: Article) -> str:
    """Return the role that the words of the trade give to the end of a label, such as a paper's name and `reporter`."""
    for start in range(1, len(label) - 1):
        for between in (mark, " ", "："):
            if found := article.rules.credit(f"{label[start:]}{between}林海"):
                return found[0].role
    return "note"


PROPOSERS = (bold_headings, credits, asides)
