"""Pages whose lines end near raised signs, and the lines that begin with one in Chromium."""

from collections.abc import Iterator

from feed2doc import model as m

from tests.chromium import probed, styled_pages
from tests.kitchen_sink import p, t

# A raised sign is further to the left than what it belongs to only if it begins a line.
_PROBE = """
const raised = [...document.querySelectorAll("p sup")].filter(each => !each.closest("aside"));
const before = sign => {
  const texts = document.createTreeWalker(sign.closest("p"), NodeFilter.SHOW_TEXT), range = document.createRange();
  let last = null, each;
  while ((each = texts.nextNode()) && !sign.contains(each)) if (each.data.length) last = each;
  range.setStart(last, last.length - 1);
  range.setEnd(last, last.length);
  return range.getBoundingClientRect().left;
};
const wrong = raised.filter(sign => sign.getBoundingClientRect().left < before(sign));
return [raised.length, wrong.map(sign => sign.closest("p").textContent.slice(0, 40))];
"""


def _article() -> m.Document:
    blocks = []
    for words, letter, ends, rest in (
        ("港口渡轮船长" * 2, "海", ("", "。", "」", "”", "……", "！", "港2"), "，岸边站满了人。" * 4),
        (
            "The ferry runs to port ",
            "i",
            ("", "!", "?", "”", " 5%", "—", ")"),
            ", and the town stood on the quay.",
        ),
    ):
        for end in ends:
            for n in range(20):
                text = words + letter * n + end
                for marked in (
                    (t(text), m.Note((p("x"),))),
                    (m.Strong((t(text),)), m.Sup((t("7"),))),
                    (t(text), m.Sup((m.Link((t("[7]"),), "https://example.com/7"),))),
                ):
                    blocks.append(m.Paragraph((*marked, t(rest))))
    return m.Document(id="1", headline="x", language="zh-CN", sections=(m.Section(blocks=tuple(blocks)),))


def raised_pages() -> Iterator[tuple[str, str]]:
    """Yield the name and the text of a page of HTML and of one of an EPUB."""
    return styled_pages(_article())


def lines_begun_by_raised_signs(name: str, page: str, browser: str) -> tuple[int, list[str]]:
    """Return the number of raised signs on the page, and the paragraphs in which one begins a line."""
    count, wrong = probed(name, page, _PROBE, browser)
    return count, wrong
