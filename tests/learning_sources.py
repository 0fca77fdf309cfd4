"""Two invented sources from which rules can be learned: texts vary, what is around them recurs."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

SHORE, RIVER = "lantern.example", "hegang.example"
_PLACES = (
    "quay",
    "mole",
    "weir",
    "market",
    "ropewalk",
    "lighthouse",
    "slip",
    "ferry house",
    "salt road",
    "bridge",
)
_DEEDS = (
    "is painted",
    "is closed",
    "gets a roof",
    "is measured",
    "sinks a little",
    "is for sale",
    "has a new keeper",
)
_AUTHORS = ("Ann Ba", "Otto Berg", "Mei Lin", "Lena Fisk")
_HAN_PLACES = ("码头", "灯塔", "渡口", "盐田", "旧桥", "集市", "水闸", "船坞", "海堤", "钟楼")
_HAN_DEEDS = ("重新开放", "停工一周", "换上新瓦", "开始测量", "下沉半寸", "挂牌出售", "迎来新人")
_HAN_AUTHORS = ("林海", "梅林", "潮生", "白帆")


def _item(url: str, headline: str, stamp: datetime, html: str) -> str:
    return f"<!--{int(stamp.timestamp() * 1000)}-->\n[{headline}]({url})\n------\n\n{html}\n"


def shore(n: int) -> str:
    """Return an English item of a page with classes: byline, summary, captions, a box, promotion, links to other articles."""
    place, deed = _PLACES[n % 10], _DEEDS[n % 7]
    at = datetime(2025, 3, 4, 9, 7, tzinfo=UTC) + timedelta(days=n, minutes=11 * n)
    subject = f"The {place} {deed}"
    others = "".join(
        f'<li><a href="https://{SHORE}/{n + k}">The {_PLACES[(n + k) % 10]} {_DEEDS[(n + k) % 7]}, again</a></li>'
        for k in (3, 5, 8)
    )
    html = f"""<p class="told-by">{_AUTHORS[n % 4]}</p>
<p class="printed">{at + timedelta(hours=1):%Y-%m-%d %H:%M}</p>
<p class="brief">Those who pass the {place} every day were the last to hear that it {deed}, and the first to forget.</p>
<p>Nobody at the {place} had been asked, said the {_PLACES[(n + 2) % 10]} office, and nobody minded that it {deed}.</p>
<div class="offer"><p>Keep the lantern lit: <a href="https://{SHORE}/join">become a friend of the paper</a>.</p></div>
<p>There were {n + 3} people and a dog when the work at the {place} began on the second morning, and the news that it {deed} went round by noon.</p>
<p><img src="https://{SHORE}/{n}.jpg"></p>
<p class="below">The {place} in week {n}. Seen by {_AUTHORS[(n + 1) % 4]}</p>
<p>What comes after the {place} is not known, but the {_PLACES[(n + 4) % 10]} is mentioned more often since then.</p>
<div class="ledger"><h4>In figures</h4><p>The {place} is {20 + n} metres long and {n + 2} metres wide.</p></div>
<p>The keeper of the {place} has the last word in this, as she has had in {1980 + n} and ever since.</p>
<div class="next"><p>Lantern rounds</p><ul>{others}</ul></div>"""
    return _item(f"https://{SHORE}/{n}", f"{subject} | The Lantern", at + timedelta(minutes=2 + n % 5), html)


def river(n: int) -> str:
    """Return a Chinese item without classes: a header line, labels of persons that only this paper has, one promotion."""
    place, deed, author = _HAN_PLACES[n % 10], _HAN_DEEDS[n % 7], _HAN_AUTHORS[n % 4]
    at = datetime(2024, 9, 1, 2, 20, tzinfo=UTC) + timedelta(days=n, minutes=7 * n)
    html = f"""<div>{at + timedelta(hours=8):%Y-%m-%d %H:%M}</div>
<p>关于{place}的告示只贴了半天，{_HAN_PLACES[(n + 3) % 10]}附近的人最后才知道它{deed}。</p>
<p>据说{n + 3}个人和一只狗在第二天早上看到了，{place}那边并没有人为它{deed}觉得奇怪。</p>
<p><img src="https://{RIVER}/{n}.jpg"></p><p>河岗图景：{place}第{n}天的样子</p>
<p>之后会怎样还不清楚，不过{_HAN_PLACES[(n + 4) % 10]}从那以后常常被人提起，已经是今年第{n + 1}次。</p>
<p>执灯人：{author}</p>
<p>河岗小报每周五送到门口，<a href="https://{RIVER}/join">在这里留下门牌号</a>。</p>"""
    return _item(f"https://{RIVER}/{n}", f"{place}{deed}", at + timedelta(minutes=1 + n % 4), html)


def plain(n: int) -> str:
    """Return an item that is understood without rules."""
    place, deed = _PLACES[n % 10], _DEEDS[n % 7]
    at = datetime(2025, 5, 1, tzinfo=UTC) + timedelta(days=n)
    text = f"<p>That the {place} {deed} was said first by {_AUTHORS[n % 4]}.</p><p>At the {place} it {deed} all the same.</p>"
    return _item(f"https://plain.example/{n}", f"The {place} {deed}", at, text)


def write(folder: Path, items: Sequence[str], name: str = "item") -> Path:
    """Save the items in a folder, which is created, and return it."""
    folder.mkdir(exist_ok=True)
    for number, text in enumerate(items):
        (folder / f"{name}-{number:03}.txt").write_text(text, "utf-8")
    return folder
