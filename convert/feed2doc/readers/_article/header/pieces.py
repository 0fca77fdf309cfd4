"""The pieces of a header line: what separators, labels, reading times and buttons begin or end."""

from __future__ import annotations

from feed2doc._text.cjk import HAN_LETTER, is_character, is_han
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.header.times import EDGES
from feed2doc.readers._rules.lookup import Rules

# Signs between the parts of a line. A hyphen, dash or slash counts only between spaces.
_PARTS = pattern(r"\s*[|｜●▪\u2003\n]\s*|\s+(?:[-–—/／]{1,2}|[·•‧∙⋅・.])\s+|\s{2,}|\u3000+")
# Labels begin a part of their own: `来源：海港日报　作者：梅林 2025-03-04`.
LABELS = "(?:稿件|文章|新闻|新聞|信息|消息|资料|資料)?(?:来源|來源)|稿源|编辑|編輯|责编|責編|责任编辑|責任編輯|图|圖|图片|圖片|摄影|攝影|译者|譯者|翻译|翻譯|编译|編譯|校对|校對|审校|審校|插画|插畫|排版|策划|策劃"
_BEFORE_LABEL = pattern(
    rf"(?<!\s)\s+(?=(?:{LABELS}|作者|记者|記者|撰文|文|[【\[]?(?:字[号號体體级級]|文字)(?:大小)?|(?:浏览|瀏覽|阅读|閱讀|点击|點擊|评论|評論|閲覧)(?:次数|次數|量|数|數)?|发布时间|發[布佈]時間|刊登時間|更新[时時][间間]|时间|時間)\s*[：:／｜]|(?:特[约約派])?(?:记者|記者|通讯员|通訊員|特派[员員])\s?{HAN_LETTER}{{2,4}}(?:\s|$))"
)
_SIGNS_OF_LABELS = (*":：／｜＝;；(（", "记者", "記者", "通讯员", "通訊員", "特派")
_LABEL_AND_SIGN = pattern(r"(?<![^\s，；])([^\s|｜/／，；]{1,12})(\s?[|｜]|\s[/／](?=\s))")
# Characters for private use instead of bars and slashes that separate nothing.
_HELD = {ord("|"): "\ue000", ord("｜"): "\ue001", ord("/"): "\ue002", ord("／"): "\ue003"}
_AFTER_LABEL = ("｜", "|", " /", " ／")
_FREED = {ord(held): chr(bar) for bar, held in _HELD.items()}
# A reading time after the clock of an update: `Aggiornato alle 10:02 2 minuti di lettura`.
_READING_TIME = pattern(r"(?<![\s:：])\s+(?=\d{1,2}\s?-?min(?:ut[eo]?[ns]?|uti)?\.?(?![^\W\d_])[^|]{0,20}$)")
# The words of a name before a counter.
_FEWEST_BEFORE = 2


def pieces_of(text: str, line: str, rules: Rules) -> list[str]:
    """Return the parts of a text whose times were taken, which separators, labels and reading times begin or end."""
    pieces = _split_at_signs(text, rules)
    if "min" in line:
        pieces = [each for piece in pieces for each in _without_reading_time(piece, rules)]
    pieces = [each for piece in pieces for each in _without_furniture(piece, rules)]
    if any(sign in line for sign in _SIGNS_OF_LABELS):
        pieces = [each for piece in pieces for each in _BEFORE_LABEL.split(piece)]
        pieces = [each for piece in pieces for each in _credits_in(piece.strip(), rules)]
    return pieces


def _split_at_signs(text: str, rules: Rules) -> list[str]:
    """Return the parts between signs.

    A bar or slash after a label in Han characters is part of the credit: `文 ｜ 林海　编 ｜ 梅林`, `文 / Ann Ba 译 / 林海`.
    """
    if not any(map(text.__contains__, _AFTER_LABEL)):
        return _PARTS.split(text)
    held = _LABEL_AND_SIGN.sub(
        lambda said: (
            said[1] + said[2].translate(_HELD)
            if is_han(said[1][0]) and rules.words.is_label(said[1])
            else said[0]
        ),
        text,
    )
    if "｜" in held or "|" in held:  # a bar after something else: `海港周刊记者｜林海 实习生｜梅林`
        return _PARTS.split(text)
    return [part.translate(_FREED) for part in _PARTS.split(held)]


def _credits_in(piece: str, rules: Rules) -> list[str]:
    """Return the credits of a piece that has several, else the piece."""
    parts = rules.words.split_at_labels(piece)
    return parts if len(parts) > 1 and all(map(rules.credit, parts[1:])) else [piece]


def _without_reading_time(piece: str, rules: Rules) -> list[str]:
    """Return a piece, and the reading time at its end if the piece does not consist of it."""
    whole = rules.search("header_drop_text", piece.strip(EDGES)) is not None
    return [piece] if whole else _READING_TIME.split(piece)


def _without_furniture(piece: str, rules: Rules) -> list[str]:
    """Return a piece, and a counter or button of two or three words after its names, in East Asian scripts each of one: `Ann Ba Leave a Comment`."""
    words = piece.strip(EDGES).split()
    buttons: list[str] = []
    while len(words) > 1 and is_character(words[-1][-1]) and rules.search("header_drop_text", words[-1]):
        buttons.insert(0, words.pop())
    if buttons:  # `来源: 海港日报 打印 收藏`
        return [" ".join(words), *buttons]
    if len(words) < 2 + _FEWEST_BEFORE or rules.search("header_drop_text", " ".join(words)):
        return [piece]
    for count in (3, 2):
        if len(words) >= count + _FEWEST_BEFORE and rules.search(
            "header_drop_text", " ".join(words[-count:])
        ):
            return [" ".join(words[:-count]), " ".join(words[-count:])]
    return [piece]
