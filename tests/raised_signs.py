"""Pages whose lines end near raised signs, and the lines that begin with one in Chromium."""

import io
import json
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import feed2doc
from feed2doc import model as m

from tests.chromium import OPTIONS
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
document.documentElement.dataset.found =
  JSON.stringify([raised.length, wrong.map(sign => sign.closest("p").textContent.slice(0, 40))]);
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
    """Yield the name and the text of a page of HTML and of one of an EPUB, which has its style in it."""
    script = f"<script>//<![CDATA[\n{_PROBE}//]]></script></body>"
    yield "page.html", feed2doc.write(_article(), "html").replace("</body>", script)
    with zipfile.ZipFile(io.BytesIO(feed2doc.write(_article(), "epub"))) as book:
        files = {
            name: book.read(name).decode() for name in book.namelist() if name.endswith(("xhtml", "css"))
        }
    style = next(text for name, text in files.items() if name.endswith("css"))
    chapter = next(text for text in files.values() if "doc-noteref" in text)
    chapter = re.sub(r"<link[^>]*stylesheet[^>]*>", lambda _: f"<style>{style}</style>", chapter)
    yield "chapter.xhtml", chapter.replace("</body>", script)


def lines_begun_by_raised_signs(name: str, page: str, browser: str) -> tuple[int, list[str]]:
    """Return the number of raised signs on the page, and the paragraphs in which one begins a line."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, name).write_text(page, "utf-8")
        shown = subprocess.run(
            [
                browser,
                *OPTIONS,
                "--window-size=500,800",
                f"--user-data-dir={folder}/profile",
                "--dump-dom",
                Path(folder, name).as_uri(),
            ],
            capture_output=True,
            text=True,
            timeout=500,
            check=True,
        ).stdout
    found = re.search(r'data-found="([^"]*)"', shown)
    assert found, f"{name}: the browser ran no script"
    count, wrong = json.loads(unescape(found[1]))
    return count, wrong
