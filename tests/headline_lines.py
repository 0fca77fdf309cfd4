"""Pages with long Chinese and Japanese headlines, and the phrases that Chromium puts on two lines."""

from collections.abc import Iterator

from feed2doc import model as m

from tests.chromium import probed, styled_pages

_HEADLINES = (
    ("zh-CN", "港口重开后第一班渡轮驶入灯塔岛居民在码头上等了三年零四个月"),
    ("zh-TW", "港務局長談疏浚工程：2025年5月7日起，渡輪改走第三條航道"),
    ("zh-CN", "岛议会通过新的渔业管理办法 “先看海豹，再看时刻表”"),
    ("ja", "灯台のある島へ三年ぶりに渡し船が戻り住民たちは桟橋で出迎えた"),
)
_WIDTHS = (500, 620, 760)
# A phrase is on two lines if its rectangles have different tops.
_PROBE = """
const broken = [], range = document.createRange();
let count = 0;
for (const heading of document.querySelectorAll(".phrases")) {
  const texts = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode()); count++) {
    range.selectNodeContents(text);
    if (new Set([...range.getClientRects()].map(each => Math.round(each.top))).size > 1) broken.push(text.data);
  }
}
return [count, broken];
"""


def headline_pages() -> Iterator[tuple[str, str, int]]:
    """Yield the names and texts of pages of HTML and EPUB, with the widths of their windows in pixels."""
    for language, headline in _HEADLINES:
        sections = (m.Section((m.Text(headline),), 1, (m.Paragraph((m.Text("雾。"),)),)),)
        document = m.Document(id="1", headline=headline, language=language, sections=sections)
        yield from ((name, page, width) for name, page in styled_pages(document) for width in _WIDTHS)


def phrases_on_two_lines(name: str, page: str, width: int, browser: str) -> tuple[int, list[str]]:
    """Return the number of phrases in headings of the page, and those that are on two lines."""
    count, broken = probed(name, page, _PROBE, browser, width)
    return count, broken
