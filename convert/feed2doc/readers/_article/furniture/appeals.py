"""Blocks below a text by which an account asks its readers for something, known by a score of cue words, form and neighbours.

No word or sign says so by itself: `关注` is in most articles. The words are in the files of the languages (`[cues]`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.credits.roles import credit_of
from feed2doc.readers._article.furniture.codes import is_picture, said_by
from feed2doc.readers._article.furniture.link_blocks import text_of
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._rules.lookup import Rules

# How many blocks are looked at, how many lines in a row that do not ask may be between two that do, and how many below the last one.
_MOST_BLOCKS, _MOST_BETWEEN, _MOST_BELOW = 24, 5, 4
# What the first and each further word of a kind adds, and how many count.
_WEIGHTS = {
    "asks": (2, 1, 3),
    "hints": (1, 1, 2),
    "things": (1, 1, 3),
    "selves": (1, 0, 1),
    "readers": (1, 0, 1),
    "gains": (1, 1, 2),
}
# What a rule of the words adds, and how many requests in a line need no other words.
_KNOWN, _SEVERAL = 2, 3
_OTHERS = ("things", "selves", "readers", "gains")
# What a word of an article or a day takes away.
_TELLING = 2
# The sum from which a block asks, how much less is enough next to one that does, and how long the text of either is.
_ASKING, _NEAR, _LONGEST = 4, 2, 240
# The most that is the sum of requests without what is asked for, or of other words alone, as in a poem.
_MOST_OF_ONE = 3
# Longer texts are sentences, and shorter ones may be between two blocks that ask.
_SENTENCE, _LONGEST_BETWEEN = 90, 48
# How many pictures of codes there are, and how many groups of pictures are between rights and a request.
_MOST_CODES, _MOST_GROUPS = 2, 2
# The ends of sentences, and what may follow them.
_ENDS, _SHORTEST_SENTENCE = "。！？!?", 8
_STOPS, _CLOSING = "。．.…？?", "”」』）)"
# What items of lists begin with, besides digits, and where the end of a label is.
_BULLETS, _LONGEST_LABEL = frozenset("①②③④⑤⑥⑦⑧⑨•·–-▪●◆✅🔹"), 9
_COLONS = (":", "：")
# An address, a telephone number, or the name of an account.
_CONTACT = pattern(
    r"[\w.+-]{1,40}@[\w-]{1,40}\.\w|\d{6,}|(?:微信|[Ii][Dd]|QQ|号|號)[：:]?\s{0,2}[（(]?[A-Za-z0-9][\w-]{4,}|@\w{3,}"
)
_DAY = pattern(r"\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]|\d{1,2}[：:]\d\d")
_SIGNS = frozenset("👇👆👉👈☟↓▼▽⬇△▲↑⬆⭐🌟✨💬📮📝📬✉📧❤🔍🔔👍😊🥺🙏💪🎁🔗✦")
_CLAUSE = pattern(r"[^，。；！？,;!?\n]+")


_TEXTS = frozenset({m.Paragraph, m.Heading, m.Quote, m.BulletList, m.OrderedList})


class _Line(Struct):
    """A block below the text: its cue words by their kinds, their sum, and the role of a credit. `score` is -1 for a picture or rule.

    `is_known` means that a rule of the words says that it is not text, `is_below_junk` that such a line was left out above it.
    """

    block: m.Block
    text: str
    words: Mapping[str, set[str]]
    score: int = -1
    role: str | None = None
    is_known: bool = False
    is_below_junk: bool = False

    @property
    def is_slight(self) -> bool:
        """True for pictures, rules and short lines that tell nothing and have no label or address, as a credit may."""
        is_short = len(self.text) <= _LONGEST_BETWEEN and not self.words.get("tells")
        return self.score < 0 or (is_short and (self.score > 0 or not self._may_be_credit))

    @property
    def _may_be_credit(self) -> bool:
        start = self.text[:_LONGEST_LABEL]
        label = next((start.index(colon) for colon in _COLONS if colon in start), 0)
        return "@" in self.text or (label > 0 and self.text[label + 1 :].lstrip()[:1] not in ("", "/"))

    @property
    def is_item(self) -> bool:
        """True for a text that begins like an item of a list."""
        return self.text[:1].isdigit() or self.text[:1] in _BULLETS

    @property
    def is_sentence(self) -> bool:
        """True for a text that ends with a full stop or a question mark, also in brackets or quotation marks."""
        return bool(self.text) and self.text.rstrip(_CLOSING)[-1:] in _STOPS


def without_appeals(
    blocks: m.Blocks,
    headline: str,
    emptied: Collection[m.Block],
    junk: Collection[str],
    rules: Rules,
    account: Account,
) -> m.Blocks:
    """Return the blocks without those below the text by which an account asks its readers for something, and what is between them.

    Credits stay. A word that the text or the headline has, too, is its topic and does not count. `emptied` are the blocks after
    which something was left out, `junk` the lines that were.
    """
    near = (
        [each for each in emptied if any(each is block for block in blocks[-_MOST_BLOCKS:])] if junk else []
    )
    asked = bool(near) and any(_words(each, rules).get("asks") for each in junk)
    lines = _lines_below(blocks, rules, near if asked else ())
    if not lines:
        return blocks
    first = len(blocks) - len(lines)
    above = "\n".join((headline, *map(text_of, blocks[:first])))
    for line in lines:
        if line.score > 0 and type(line.block) is not m.Figure:
            line.words = _without_topics(line.words, above)
            line.score = _score(line)
    asking = _asking(lines)
    said = sum(len(lines[at].text) for at in asking)
    if said > len(above) or not (asking or any(line.is_below_junk for line in lines)):
        return blocks
    gone = asking | _between(lines, asking) | _codes(lines, asking, rules)
    for at in sorted(gone):
        account.remove(
            lines[at].block, "words: cues", "request below the text", text=said_by(lines[at].block)
        )
    return (*blocks[:first], *(line.block for at, line in enumerate(lines) if at not in gone))


def _lines_below(blocks: m.Blocks, rules: Rules, emptied: Collection[m.Block]) -> list[_Line]:
    """Return the blocks from the first one that may ask for something. Above the last such block, all are slight."""
    lines: list[_Line] = []
    top = between = sentences = 0
    for at in range(len(blocks) - 1, max(0, len(blocks) - _MOST_BLOCKS), -1):
        line = _line(blocks[at], rules)
        line.is_below_junk = any(each is blocks[at - 1] for each in emptied)
        lines.append(line)
        if line.score >= _ASKING - _NEAR or line.is_below_junk or line.role == "rights":
            top, between = len(lines), 0
        if line.role is None and line.score >= 0 and line.score < _ASKING - _NEAR:
            between += 1
            sentences += line.is_sentence and not top and not line.is_item
            if not line.is_slight or sentences > 1 or between > (_MOST_BETWEEN if top else _MOST_BELOW):
                break
    return lines[:top][::-1]


def _line(block: m.Block, rules: Rules) -> _Line:
    if is_picture(block) or type(block) is m.Rule:
        return _Line(block, "", {})
    if isinstance(block, m.Figure):
        text = m.plain_text(block.caption).strip()
        return _Line(block, text, {}, _ASKING if _is_request_in_caption(text, rules) else 0)
    if type(block) not in _TEXTS:
        return _Line(block, "", {"tells": {""}}, 0)
    text = text_of(block).strip()
    line = _Line(block, text, _words(text, rules) if len(text) <= _LONGEST else {"tells": {text}})
    if isinstance(block, m.Paragraph | m.Heading):
        line.role = credit_of(block.content, rules, "", set_apart=False)
    if line.role == "junk":
        line.role, line.is_known = None, True
    line.score = _score(line)
    return line


def _is_request_in_caption(text: str, rules: Rules) -> bool:
    """Return True if the first clause of a caption asks to scan the code in the picture. What follows may say what it is for."""
    clause = _CLAUSE.match(text)
    if clause is None or rules.words.find("code", text) is None:
        return False
    said = rules.words.find("credit", clause[0].strip())
    return (said is not None and said.rule.role == "junk") or bool(rules.junk(clause[0].strip()))


def _words(text: str, rules: Rules) -> dict[str, set[str]]:
    """Return the cue words of a text by their kinds."""
    found: dict[str, set[str]] = defaultdict(set)
    for each in rules.words.all("cue", text):
        found[each.rule.role].update(each.match.re.findall(text))
    asked = "\n".join(found["asks"])
    found["hints"] = {each for each in found["hints"] if each not in asked}
    return found


def _without_topics(words: Mapping[str, set[str]], above: str) -> dict[str, set[str]]:
    """Return the cue words that the text above does not have, or the name of what they ask for."""
    topics = {each for each in words.get("things", ()) if each in above}
    return {
        role: {
            each
            for each in found
            if role == "tells" or not (each in above or any(map(each.__contains__, topics)))
        }
        for role, found in words.items()
    }


def _score(line: _Line) -> int:
    """Return the sum of the cues of a block, or 0 if none of its words asks."""
    words, text = line.words, line.text
    if not words.get("asks") and not words.get("hints"):
        return 0
    score = 0
    for role, (first, more, most) in _WEIGHTS.items():
        if count := min(len(words.get(role, ())), most):
            score += first + more * (count - 1)
    contact, sign = _CONTACT.search(text) is not None, not _SIGNS.isdisjoint(text)
    asks = len(words.get("asks", ()))
    is_one_kind = not asks or not (
        asks >= _SEVERAL or contact or sign or any(words.get(role) for role in _OTHERS)
    )
    score += contact + sign + (-1 if line.is_sentence else 1) + _KNOWN * line.is_known
    score -= len(text) > _SENTENCE
    score -= _TELLING * _begins_with_text(text, words)
    score -= _TELLING * min(len(words.get("tells", ())), 2)
    score -= _TELLING * (_DAY.search(text) is not None)
    return max(0, min(score, _MOST_OF_ONE) if is_one_kind else score)


def _begins_with_text(text: str, words: Mapping[str, set[str]]) -> bool:
    """Return True if the first of several sentences of a block asks for nothing, as the last one of an article may before a call."""
    end = min((at for stop in _ENDS if (at := text.find(stop)) >= 0), default=-1)
    if not _SHORTEST_SENTENCE <= end < len(text.rstrip(_CLOSING)) - 1:
        return False
    first = text[:end]
    return not any(each in first for role in _WEIGHTS if role != "readers" for each in words.get(role, ()))


def _asking(lines: Sequence[_Line]) -> set[int]:
    """Return the positions of the blocks that ask. Below a sentence that does not, there has to be a picture of a code."""
    asking: set[int] = set()
    last = max((at for at, line in enumerate(lines) if line.score >= _ASKING), default=-1)
    if any(lines[at].role is None and _is_text(lines, at, last) for at in range(last + 1, len(lines))):
        return {at for at in range(last + 1) if _is_next_to_code(lines, at)}
    for less in range(_NEAR + 1):
        if less and not asking:
            break
        for at, line in enumerate(lines):
            is_enough = line.score >= _ASKING - less and (not less or _near(lines, at, asking) >= less)
            if is_enough and line.role is None:
                asking.add(at)
    return asking


def _is_next_to_code(lines: Sequence[_Line], at: int) -> bool:
    line = lines[at]
    near = [each for each in lines[max(0, at - 1) : at + 2] if isinstance(each.block, m.Figure)]
    return line.role is None and line.score >= _ASKING and bool(near)


def _near(lines: Sequence[_Line], at: int, asking: Collection[int]) -> int:
    """Return how many of the blocks above and below ask, past pictures and rules. The end of the article counts as one."""
    count = 0
    for step in (-1, 1):
        to = at + step
        while 0 <= to < len(lines) and lines[to].score < 0:
            to += step
        count += to in asking or to == len(lines)
    return count


def _between(lines: Sequence[_Line], asking: Collection[int]) -> set[int]:
    """Return the positions of what is between requests, below rights, and of the short lines below the last request."""
    junk = next((at for at, line in enumerate(lines) if line.is_below_junk), len(lines))
    first, last = min((*asking, junk)), max((*asking, junk - 1 if junk < len(lines) else -1))
    texts = [at for at in range(first, last) if _is_plain(lines[at])]
    first = above = max(texts, default=first - 1) + 1
    found = {*range(first, last), *_below(lines, last)}
    while above and lines[above - 1].role is None and lines[above - 1].is_slight:
        above -= 1
    if above and lines[above - 1].role == "rights" and _groups(lines[above:first]) <= _MOST_GROUPS:
        found.update(range(above, first))
    return {at for at in found if lines[at].role is None and (lines[at].is_slight or at in asking)}


def _is_plain(line: _Line) -> bool:
    """Return True for a sentence without any cue, which is text, and so is what is above it."""
    return line.role is None and line.score == 0 and line.is_sentence and not line.is_item


def _below(lines: Sequence[_Line], last: int) -> list[int]:
    """Return the positions of the lines below the last request if all are short, or items of a list that it announces."""
    below = [at for at in range(last + 1, len(lines)) if lines[at].score >= 0 and lines[at].role is None]
    if below and isinstance(lines[below[-1]].block, m.Figure):
        return []
    return below if all(lines[at].is_slight and not _is_text(lines, at, last) for at in below) else []


def _is_text(lines: Sequence[_Line], at: int, last: int) -> bool:
    """Return True for a sentence that is not an item of a list that the last request announces."""
    is_item = last >= 0 and lines[last].text.endswith(_COLONS) and lines[at].is_item
    return lines[at].is_sentence and not is_item


def _groups(lines: Sequence[_Line]) -> int:
    """Return how many pictures with captions and groups of others next to each other there are."""
    pictures = [isinstance(line.block, m.Figure) for line in lines]
    groups = sum(is_one and not before for before, is_one in zip([False, *pictures], pictures, strict=False))
    return max(groups, sum(isinstance(line.block, m.Figure) and line.text != "" for line in lines))


def _codes(lines: Sequence[_Line], asking: Collection[int], rules: Rules) -> set[int]:
    """Return the positions of the pictures of codes: those below the last request, or the one right above a request to scan it."""
    if not any(lines[at].words.get("things") or rules.words.find("code", lines[at].text) for at in asking):
        return set()
    first, last = min(asking), max(asking)
    below = [at for at in range(last + 1, len(lines)) if is_picture(lines[at].block)]
    if below:
        return {*below} if len(below) <= _MOST_CODES and not _has_picture(lines, last) else set()
    above = first - 1
    is_above = above >= 0 and is_picture(lines[above].block)
    return {above} if is_above and rules.words.find("scan", lines[first].text) is not None else set()


def _has_picture(lines: Sequence[_Line], at: int) -> bool:
    return isinstance(lines[at].block, m.Figure)
