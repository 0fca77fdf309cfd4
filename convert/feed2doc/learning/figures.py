"""Where captions and photo credits are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc.learning.articles import Article
from feed2doc.learning.patterns import escaped
from feed2doc.learning.proposal import FEWEST, Proposal, examples_of
from feed2doc.learning.selecting import Selected, candidates, is_at_picture, recurring, spread
from feed2doc.readers.inspection import are_names, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_LONGEST_CAPTION, _LONGEST_CREDIT, _FEWEST_CREDITS = 400, 60, 2
_MOSTLY, _LABEL_SHARE = 0.8, 0.1
_BRACKET = pattern(r"[（(]([^（）()]{2,60})[)）](?P<end>[。.]?$)?")
# Between the names in a credit, such as those of an agency, a photographer and a date.
_PARTS = pattern(r"[\s/／，,、：:|｜\d]+")
_LONGEST_PART, _MOST_PARTS = 30, 12
# A label at the end of a caption, and the name after it: `Credit...Ann Ba`, `图片来源：海港社`, `REUTERS/Ann Ba`.
_LABELLED = pattern(
    r"(?:^|[\s。.，,])(?P<label>[^\s。，,：:/／….]{2,20}\s?(?:[：:/／|｜]|\.\.\.|…)\s?)(?P<name>[^：:/／。\d]{2,40})$"
)
# Words before a name in a sentence of its own: `The quay. Photo by Ann Ba`.
_SENTENCES = [
    pattern(rf"[.。!！?？)）]\s*(?P<label>\S{{2,20}}(?: \S{{1,20}}){{{n}}}) (?P<name>[^.。!！?？]{{2,40}})$")
    for n in range(3)
]
# A label before a caption: `图为：`, `Above: `.
_BEFORE = pattern(r"(?P<label>[^\s。，,：:|｜]{1,8}\s?[：:|｜])\s?\S|(?P<sign>[▲△▼▽↑⬆◎◤■●★◆])\s?\S")


def captions(articles: Sequence[Article]) -> Iterator[Proposal]:
    """Propose the classes of elements that are next to pictures and are read as text."""
    for name, selected in candidates(articles, FEWEST):
        with_text = [each for each in selected if each.text]
        found = [each for each in with_text if _is_unread_caption(each)]
        if name[0] == "[" or spread(found) < FEWEST or len(found) < _MOSTLY * len(with_text):
            continue
        if len({each.key for each in found}) * 2 > len(found):
            yield Proposal("caption", name, spread(found), examples_of(each.text for each in found))


def _is_unread_caption(each: Selected) -> bool:
    return (
        len(each.text) <= _LONGEST_CAPTION
        and _is_below_picture(each.article, each.element)
        and any(" ".join(passage.text.split()) == each.text for passage in each.article.passages)
    )


def photo_credits(articles: Sequence[Article]) -> Iterator[Proposal]:
    """Propose the classes of short texts with a picture that has more text, if the same names recur in them."""
    for name, selected in candidates(articles, FEWEST):
        again = recurring(selected)
        if name[0] != "." or not again or len({each.key for each in selected}) <= _FEWEST_CREDITS:
            continue
        if all(map(_is_photo_credit, selected)) and sum(each.key in again for each in selected) * 4 > len(
            selected
        ):
            yield Proposal(
                "photo_credit", name, spread(selected), examples_of(each.text for each in selected)
            )


def _is_photo_credit(each: Selected) -> bool:
    known = {m.plain_text(figure.credit) for figure in each.article.figures}
    return (
        1 < len(each.text) <= _LONGEST_CREDIT
        and is_at_picture(each.element)
        and each.text not in known
        and not _is_whole_text(each.element)
    )


def _is_whole_text(element: _Element) -> bool:
    """Return True if the element is the whole text of the container of its picture."""
    around = element.getparent()
    while around is not None and next(around.iter("img"), None) is None:
        around = around.getparent()
    return around is None or words_of(around) == words_of(element)


def _is_below_picture(article: Article, element: _Element) -> bool:
    """Return True if the last thing before the element is a picture, perhaps with its credit."""
    known = article.dropped | article.rules.select("photo_credit", article.index).keys()
    at: _Element | None = element
    while at is not None and at.tag != "body":
        before = at.getprevious()
        if before is None:
            at = at.getparent()
            if at is None or (at.text or "").strip():
                return False
            continue
        if (before.tail or "").strip():
            return False
        if before.tag in ("br", "source") or before in known:
            at = before
            continue
        inside = [each for each in before.iter() if each in known]
        has_picture = before.tag == "img" or next(before.iter("img"), None) is not None
        return has_picture and len(words_of(before)) <= sum(len(words_of(each)) for each in inside)
    return False


def caption_texts(articles: Sequence[Article]) -> Iterator[Proposal]:
    """Propose the labels with which paragraphs begin that are below a picture, and hardly any others."""
    below: dict[str, list[tuple[Article, str]]] = defaultdict(list)
    elsewhere: Counter[str] = Counter()
    for article in articles:
        previous: m.Block | None = article.document.lead
        for block in (block for section in article.document.sections for block in section.blocks):
            if isinstance(block, m.Paragraph):
                text = m.plain_text(block.content).strip()
                if found := _BEFORE.match(text):
                    label = found["label"] or found["sign"]
                    if (
                        isinstance(previous, m.Figure)
                        and not previous.caption
                        and len(text) <= _LONGEST_CAPTION
                    ):
                        below[label].append((article, text))
                    else:
                        elsewhere[label] += 1
            previous = block
    for label, rows in below.items():
        count = len({id(article) for article, _ in rows})
        if count >= FEWEST and elsewhere[label] * 5 < len(rows):
            yield Proposal("caption_text", f"^{escaped(label)}", count, examples_of(t for _, t in rows))


def bracketed_credits(articles: Sequence[Article]) -> Iterator[Proposal]:
    """Propose the brackets at the end of captions, if names in them recur there and not in brackets inside captions."""
    rows: list[tuple[Article, str, set[str]]] = []
    inside: Counter[str] = Counter()
    for article, caption in _captions(articles):
        for found in _BRACKET.finditer(caption):
            parts = {part for part in _PARTS.split(found[1]) if 1 < len(part) <= _LONGEST_PART}
            if found["end"] is None:
                inside.update(parts)
            else:
                rows.append((article, caption, parts))
    count = Counter(part for _, _, parts in rows for part in parts)
    shared = {p for p, n in count.items() if n >= FEWEST and inside[p] * 3 < n and _is_shared(p, rows)}
    usual = sorted(shared, key=lambda part: (-count[part], part))[:_MOST_PARTS]
    shown = [(article, caption) for article, caption, parts in rows if not parts.isdisjoint(usual)]
    many = len({id(article) for article, _ in shown})
    if many >= FEWEST:
        names = "|".join(map(escaped, usual))
        value = rf"[（(](?P<credit>[^（）()]{{0,40}}(?:{names})[^（）()]{{0,40}})[)）][。.]?$"
        yield Proposal("caption_credit", value, many, examples_of(caption for _, caption in shown))


def _is_shared(part: str, rows: Sequence[tuple[Article, str, set[str]]]) -> bool:
    return len({id(article) for article, _, parts in rows if part in parts}) > 1


def labelled_credits(articles: Sequence[Article]) -> Iterator[Proposal]:
    """Propose the labels at the end of captions before the photographer's name."""
    labels: dict[str, list[tuple[Article, str]]] = defaultdict(list)
    captions = list(_captions(articles))
    for article, caption in captions:
        if label := _label_in(caption):
            labels[label].append((article, caption))
    for label, rows in labels.items():
        many = len({id(article) for article, _ in rows})
        if many >= FEWEST and len(rows) >= _LABEL_SHARE * len(captions):
            name = rf"[^。\d]{{2,{_LONGEST_CREDIT}}}"
            value = rf"{escaped(label)}\s?(?P<credit>{name})$"
            if label.endswith(("/", "／")):  # an agency
                value = rf"(?P<credit>{escaped(label)}\s?{name})$"
            yield Proposal("caption_credit", value, many, examples_of(text for _, text in rows))


def _label_in(caption: str) -> str:
    """Return what is before the name at the end of a caption, or "" if there is no other text or no name."""
    if (found := _LABELLED.search(caption)) and found.start():
        return found["label"].strip()
    ends = (sentence.search(caption) for sentence in _SENTENCES)
    return next((end["label"] for end in ends if end and are_names(end["name"])), "")


def _captions(articles: Sequence[Article]) -> Iterator[tuple[Article, str]]:
    """Yield the captions without a credit of their own."""
    for article in articles:
        for figure in article.figures:
            if not figure.credit and (caption := m.plain_text(figure.caption).strip()):
                yield article, caption


PROPOSERS = (captions, photo_credits, caption_texts, bracketed_credits, labelled_credits)
