"""Measure how much of CommonMark survives HTML -> feed2doc -> Markdown -> HTML, compared with other converters.

usage: python bench/commonmark.py [--peers SITE_PACKAGES] [--show]

For each example of the specification (https://spec.commonmark.org/0.31.2/) whose HTML contains no raw HTML: the
example's HTML is converted to Markdown, which markdown-it-py renders; the result is compared with the example's HTML,
both normalised as in the specification's own test. The example is placed in the middle of an article, between two
paragraphs. The headings of an article start below its headline and skip no level, so feed2doc's HTML is compared at the
levels of such an outline; that of the other converters is compared unchanged.

"exact" is that comparison. "same content" ignores differences that are not content, or that feed2doc makes on purpose:
whether list items are tight or loose, empty elements, and links with a scheme that the model does not allow.

`--peers` is a site-packages folder with markdownify, html2text, html-to-markdown and pypandoc-binary; `--show` prints
each failure of feed2doc.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import TypedDict

import feed2doc
from feed2doc import Markdown
from feed2doc.model import LINK_SCHEMES
from markdown_it import MarkdownIt

DATA = Path(__file__).parent.parent / "tests" / "data" / "commonmark-0.31.2.json"
PARSER = MarkdownIt("commonmark")
BEFORE, AFTER = "<p>Lighthouse</p>\n", "<p>Harbour</p>\n"
BLOCK = frozenset(
    re.findall(
        r"\w+",
        "article header aside hgroup blockquote hr iframe body li map button object canvas ol caption output col p"
        " colgroup pre dd progress div section dl table td dt tbody embed textarea fieldset tfoot figcaption th figure"
        " thead footer tr form ul h1 h2 h3 h4 h5 h6 video script style",
    )
)


class Example(TypedDict):
    """One example of the specification."""

    example: int
    section: str
    markdown: str
    html: str


class _Normaliser(HTMLParser):
    """Removes insignificant white space, sorts attributes, and replaces entities with characters."""

    def __init__(self, *, tight: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.out = ""
        self._tight = tight
        self._parents: list[str] = []
        self._last = "starttag"
        self._last_tag = ""
        self._in_pre = 0

    def handle_data(self, data: str) -> None:
        after_block = self._last in ("starttag", "endtag") and self._last_tag in BLOCK
        if not self._in_pre:
            data = re.sub(r"\s+", " ", data)
            if after_block or (self._last == "starttag" and self._last_tag == "br"):
                data = data.lstrip()
            if after_block and not data.strip():
                return
        self.out += escape(data)
        self._last = "data"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCK:
            self.out = self.out.rstrip() if not self._in_pre else self.out
        self._last, self._last_tag = "starttag", tag
        if tag not in ("br", "hr", "img"):
            self._parents.append(tag)
            if self._tight and self._parents[-2:] == ["li", "p"]:
                return
        self._in_pre += tag == "pre"
        self.out += (
            f"<{tag}" + "".join(f' {name}="{escape(value or "")}"' for name, value in sorted(attrs)) + ">"
        )

    def handle_endtag(self, tag: str) -> None:
        in_item = self._tight and self._parents[-2:] == ["li", "p"]
        self._parents.pop()
        self._in_pre -= tag == "pre"
        if tag in BLOCK and not self._in_pre:
            self.out = self.out.rstrip()
        self.out += f"</{tag}>" if not in_item else "\n"
        self._last, self._last_tag = "endtag", tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._last = "endtag" if tag in BLOCK else self._last


def normalised(html: str, *, tight: bool = False) -> str:
    """Return the HTML as the specification's test compares it (its test/normalize.py); `tight` makes all lists tight."""
    parser = _Normaliser(tight=tight)
    parser.feed(html)
    parser.close()
    return parser.out


def content_of(html: str) -> str:
    """Return the normalised HTML without empty elements and without links that the model does not allow."""
    html = normalised(html, tight=True)
    html = re.sub(r'<a href="([^"]*)"[^>]*>(.*?)</a>', _refused_as_text, html)
    before = ""
    while before != html:
        before, html = html, re.sub(r"<(\w+)(?: [^>]*)?></\1>", "", html)
    return html


def _refused_as_text(match: re.Match[str]) -> str:
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", match[1])
    refused = scheme is not None and scheme[1].lower() not in LINK_SCHEMES
    return match[2] if refused else match[0]


def examples() -> list[Example]:
    """Return the examples without raw HTML."""
    found: list[Example] = json.loads(DATA.read_text("utf-8"))
    return [each for each in found if not _has_raw_html(each["markdown"])]


def _has_raw_html(markdown: str) -> bool:
    return any(
        token.type == "html_block" or any(child.type == "html_inline" for child in token.children or ())
        for token in PARSER.parse(markdown)
    )


def outlined(html: str) -> str:
    """Return the HTML with each heading one level below its parent; top-level headings are one level below the headline."""
    above: list[tuple[int, int]] = []

    def renamed(match: re.Match[str]) -> str:
        level = int(match[1])
        while above and above[-1][0] >= level:
            above.pop()
        above.append((level, min(6, above[-1][1] + 1) if above else 2))
        return f"<h{above[-1][1]}>{match[2]}</h{above[-1][1]}>"

    return re.sub(r"<h([1-6])>(.*?)</h\1>", renamed, html, flags=re.S)


def by_feed2doc(html: str) -> str:
    """Convert to Markdown with feed2doc, and drop the lines that an article begins with."""
    item = f"[H]()\n------\n{BEFORE}{html}{AFTER}"
    markdown = feed2doc.write(feed2doc.read(item.encode()), Markdown(front_matter="none"))
    assert isinstance(markdown, str)
    return markdown[markdown.index("Lighthouse") :]


def survives(example: Example, convert: Callable[[str], str], compared: Callable[[str], str]) -> bool:
    """Return True if the example's HTML is unchanged after the round trip; `compared` normalises both."""
    if convert is by_feed2doc:
        expected, markdown = outlined(example["html"]), convert(example["html"])
    else:
        expected, markdown = example["html"], convert(BEFORE + example["html"] + AFTER)
    return compared(PARSER.render(markdown)) == compared(BEFORE + expected + AFTER)


def peers() -> dict[str, Callable[[str], str]]:
    """Return the other converters, each with the options that suit the comparison best."""
    import html2text as other
    import pypandoc
    from html_to_markdown import ConversionOptions, convert
    from markdownify import markdownify

    unwrapped = other.HTML2Text(bodywidth=0)

    def by_html_to_markdown(html: str) -> str:
        return convert(html, ConversionOptions(extract_metadata=False)).content or ""

    return {
        "markdownify": lambda html: str(markdownify(html, heading_style="ATX")),
        "html2text": unwrapped.handle,
        "html-to-markdown": by_html_to_markdown,
        "pandoc": lambda html: str(pypandoc.convert_text(html, "commonmark", "html", ["--wrap=none"])),
    }


def main() -> None:
    """Print a table of how many examples survive each converter."""
    parser = argparse.ArgumentParser(description="CommonMark through HTML and back.")
    parser.add_argument("--peers", default="")
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args()
    if asked.peers:
        sys.path.append(asked.peers)
        os.environ.setdefault("PYPANDOC_PANDOC", str(Path(asked.peers) / "pypandoc" / "files" / "pandoc"))
    found = examples()
    print(f"{len(found)} examples\n\n| converter | exact | same content |\n|---|---|---|")
    for name, convert in {"feed2doc": by_feed2doc, **(peers() if asked.peers else {})}.items():
        failed = [
            [each for each in found if not survives(each, convert, compared)]
            for compared in (normalised, content_of)
        ]
        shares = (f"{len(found) - len(row)} ({1 - len(row) / len(found):.1%})" for row in failed)
        print(f"| {name} | {' | '.join(shares)} |", flush=True)
        if convert is by_feed2doc and asked.show:
            for each in failed[0]:
                _show(each, "in form only" if each not in failed[1] else "in content")


def _show(example: Example, differs: str) -> None:
    markdown = by_feed2doc(example["html"])
    print(
        f"\n## {example['example']} {example['section']}: {differs}\n{outlined(example['html'])}->\n{markdown}"
    )


if __name__ == "__main__":
    main()
