"""Compare what pandoc, calibre, percollate, trafilatura and feed2doc produce from the same articles.

usage: python bench/compare.py [--no-epubcheck]

Each converter gets every item of samples/ as a web page, the one format that all of them read: language, title,
canonical address, headline, the feed's HTML with absolute links, and pictures next to it. Items with remote pictures
are left out, because nothing is fetched. feed2doc also gets the original item. Each converter runs with the options
that its own manual gives for converting a page to EPUB, and no others; trafilatura, which does not write EPUB, runs
with those for JSON. percollate, which expects URLs, gets the page from a local server. A command that is not on the
PATH is "not installed"; pandoc may be that of pypandoc-binary.

The expected results are the models in tests/golden/samples, which were checked line by line, and `JUNK` below. That
feed2doc matches them is not an achievement: its tests require it, and the samples have the shapes that its site rules
know. The table shows which parts of an article can be lost, and which converters keep them.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feed2doc
from feed2doc.model import Document, Figure, plain_text
from lxml import etree, html

ROOT = Path(__file__).resolve().parent.parent
SAMPLES, GOLDEN = ROOT / "samples", ROOT / "tests" / "golden" / "samples"

# Text in the samples that a person would not consider part of the article.
JUNK = (
    "获取更多RSS：",
    "https://feedx.net",
    "https://feedx.site",
    "（欢迎点击此处订阅山谷简报，每个工作日发送至您的邮箱。）",
    "图片版权",
    "Image caption",
    "Permalink | No comment |Add to del.icio.us Post tags: 潮汐",
    "Feed enhanced by Better Feed from Ozh",
    "【支持】为真相护航，今天就捐助 https://donate.example",
)

# How many articles are converted twice, to see whether the output is the same.
_TWICE = 3


@dataclass(frozen=True)
class Article:
    """One article, as an item and as a page, and what it contains."""

    item: Path
    page: Path
    url: str
    model: Document
    words: Counter[str]
    junk: tuple[str, ...]

    @property
    def captions(self) -> list[str]:
        """The captions of its pictures."""
        figures = (node for node in feed2doc.walk(self.model) if isinstance(node, Figure))
        return [text for figure in figures if (text := plain_text(figure.caption))]


@dataclass
class Made:
    """The output of a converter for an article: its text, the texts of its figures, its metadata."""

    text: str
    figures: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    date: str = ""
    language: str = ""


def words_of(text: str) -> Counter[str]:
    """Return the words of a text: Han characters one by one, others case-folded, numbers without leading zeros."""
    found = re.findall(r"[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+|\d+", text.casefold())
    return Counter(word.lstrip("0") or "0" if word.isdigit() else word for word in found)


def squeezed(text: str) -> str:
    """Return the text without white space, which converters set differently."""
    return re.sub(r"\s+", "", text)


def articles(folder: Path, root: str) -> Iterator[Article]:
    """Write the samples with one article and local pictures to this folder, which `root` serves, and yield them."""
    shutil.copytree(SAMPLES / "images", folder / "images")
    for item in sorted(SAMPLES.glob("*.txt")):
        text = item.read_text("utf-8")
        heads = re.findall(r"^\[(.*)\]\((.*)\)\n-+$", text, re.M)
        if len(heads) != 1 or re.search(r"<(img|source|video)[^>]+(src|srcset)=\S?(https?:)?//", text, re.I):
            continue
        headline, url = visible(f"<p>{heads[0][0]}</p>"), heads[0][1]
        body = re.split(r"^-+$", text, maxsplit=1, flags=re.M)[1]
        for link in set(re.findall(r'<a [^>]*href="(?!https?:)([^"]+)"', body)):
            body = body.replace(f'href="{link}"', f'href="{urljoin(url, link)}"')
        model = feed2doc.read(GOLDEN / item.stem / "expected.json")
        page = folder / f"{item.stem}.html"
        page.write_text(
            f'<!DOCTYPE html>\n<html lang="{model.language}"><head><meta charset="utf-8"><title>{escape(headline)}</title>'
            f'<link rel="canonical" href="{url}"></head>\n'
            f"<body><article><h1>{escape(headline)}</h1>\n{body}</article></body></html>\n",
            "utf-8",
        )
        copy = folder / item.name
        shutil.copy(item, copy)
        shown = visible(etree.tostring(html.fromstring(f"<div>{body}</div>"), encoding="unicode"))
        junk = tuple(each for each in JUNK if squeezed(each) in squeezed(shown))
        yield Article(
            copy, page, f"{root}/{page.name}", model, words_of(shown) - words_of(" ".join(junk)), junk
        )


def visible(markup: str) -> str:
    """Return the text that a page shows, with spaces between its elements."""
    root: Any = html.fromstring(markup)
    for element in root.xpath("//script | //style | //comment() | //title"):
        element.drop_tree()
    return " ".join(root.itertext())


def of_epub(path: Path) -> Made:
    """Return the content of an EPUB."""
    made = Made("")
    with zipfile.ZipFile(path) as book:
        names = book.namelist()
        package = etree.fromstring(book.read(next(n for n in names if n.endswith(".opf"))))
        for name in names:
            if re.search(r"\.x?html?$", name) and "nav" not in name:
                markup = re.sub(r"^<\?xml[^>]*\?>", "", book.read(name).decode("utf-8"))
                made.text += visible(markup) + "\n"
                page: Any = html.fromstring(markup)
                figures = page.xpath("//figure[.//img]")
                made.figures += [squeezed(str(figure.text_content())) for figure in figures]
    metadata = {
        name: [str(e.text) for e in package.iter(f"{{*}}{name}") if e.text]
        for name in ("creator", "date", "language")
    }
    made.authors = metadata["creator"]
    made.date, made.language = (metadata[name][0] if metadata[name] else "" for name in ("date", "language"))
    return made


def of_json(path: Path) -> Made:
    """Return what trafilatura found."""
    found = json.loads(path.read_text("utf-8") or "{}")
    authors = [name.strip() for name in (found.get("author") or "").split(";") if name.strip()]
    text = f"{found.get('title') or ''}\n{found.get('text') or ''}"
    return Made(text, [], authors, found.get("date") or "", found.get("language") or "")


@dataclass(frozen=True)
class System:
    """A converter: its name, the commands that print its version and convert, and the function that reads the output."""

    name: str
    version: list[str]
    command: Callable[[Article, Path], list[str]]
    ending: str = "epub"
    read: Callable[[Path], Made] = of_epub


def pandoc() -> str:
    """Return the path of pandoc: the one on the PATH, else pypandoc's."""
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        return "pandoc"


def systems() -> list[System]:
    """Return the converters, each with the options that its manual gives for a page."""
    us, pan = [sys.executable, "-m", "feed2doc"], pandoc()
    return [
        System(
            "feed2doc, the item",
            [*us, "--version"],
            lambda a, o: [*us, str(a.item), "--offline", "-o", str(o)],
        ),
        System(
            "feed2doc, the page",
            [*us, "--version"],
            lambda a, o: [*us, str(a.page), "--offline", "-o", str(o)],
        ),
        System("pandoc", [pan, "--version"], lambda a, o: [pan, str(a.page), "-o", str(o)]),
        System(
            "calibre",
            ["ebook-convert", "--version"],
            lambda a, o: ["ebook-convert", str(a.page), str(o)],
        ),
        System(
            "percollate",
            ["percollate", "--version"],
            lambda a, o: ["percollate", "epub", a.url, "-o", str(o)],
        ),
        System(
            "trafilatura",
            ["trafilatura", "--version"],
            lambda a, o: [
                "sh",
                "-c",
                'trafilatura --json --with-metadata --formatting --images --links <"$0" >"$1"',
                str(a.page),
                str(o),
            ],
            "json",
            of_json,
        ),
    ]


@dataclass
class Score:
    """The parts of the articles that a converter kept, as counts of kept and lost."""

    words: list[float] = field(default_factory=list)
    promotion: Counter[bool] = field(default_factory=Counter)
    captions: Counter[bool] = field(default_factory=Counter)
    figures: Counter[bool] = field(default_factory=Counter)
    authors: Counter[bool] = field(default_factory=Counter)
    times: Counter[bool] = field(default_factory=Counter)
    days: Counter[bool] = field(default_factory=Counter)
    languages: Counter[bool] = field(default_factory=Counter)
    again: Counter[bool] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    failed: int = 0
    books: list[Path] = field(default_factory=list)

    def add(self, article: Article, made: Made) -> None:
        """Count what was kept of one article."""
        model, text = article.model, squeezed(made.text)
        kept = article.words & words_of(made.text)
        self.words.append(kept.total() / article.words.total())
        self.promotion.update(squeezed(junk) in text for junk in article.junk)
        for caption in map(squeezed, article.captions):
            self.captions[caption in text] += 1
            self.figures[any(caption in figure for figure in made.figures)] += 1
        if model.byline:
            names = {person.name.casefold() for person in model.byline}
            self.authors[{name.casefold() for name in made.authors} == names] += 1
        if model.published and model.published != model.archived:  # else the page does not say it
            moment = _moment(made.date)
            self.days[made.date[:10] == f"{model.published:%Y-%m-%d}"] += 1
            if model.published_has_time:
                self.times[moment == model.published] += 1
        self.languages[made.language[:2] == model.language[:2]] += 1


def _moment(text: str) -> datetime | None:
    """Return the time that this text gives, if it has a zone, else None."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo and len(text) > 10 else None


def score(system: System, chosen: list[Article], folder: Path) -> Score:
    """Convert the articles with a system, one after the other, and some of them twice."""
    scored = Score()
    env = os.environ | {"XDG_STATE_HOME": str(folder)}
    for number, article in enumerate(chosen):
        out = folder / f"{article.item.stem}-{re.sub('[^a-z0-9]+', '-', system.name)}.{system.ending}"
        command = system.command(article, out)
        start = time.perf_counter()
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, timeout=300)
        scored.seconds.append(time.perf_counter() - start)
        if done.returncode or not out.is_file():
            scored.failed += 1
            continue
        scored.add(article, system.read(out))
        if system.ending == "epub":
            scored.books.append(out)
        if number < _TWICE:
            before = out.read_bytes()
            out.unlink()
            subprocess.run(command, cwd=folder, env=env, capture_output=True, timeout=300)
            scored.again[out.read_bytes() == before] += 1
    return scored


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve this folder, and yield the address of the server."""
    handler = partial(_Handler, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Log nothing."""


def errors_of(books: list[Path]) -> str:
    """Return in how many of the books EPUBCheck finds errors."""
    from feed2doc.checking.validators import epubcheck_messages

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = pool.map(epubcheck_messages, books)
        wrong = sum(any(level in ("ERROR", "FATAL") for level, _, _ in messages) for messages in found)
    return f"{wrong} of {len(books)}"


def of(count: Counter[bool]) -> str:
    """Return a count as "N of M"."""
    return f"{count[True]} of {count.total()}" if count else ""


def rows(system: System, made: Score, *, checked: bool) -> dict[str, str]:
    """Return the measures of a system by their names, "" for those that do not apply to its format."""
    said = subprocess.run(system.version, capture_output=True, text=True).stdout
    version = re.search(r"\d+(\.\d+)+", said)
    epub = system.ending == "epub"
    return {
        "version": version[0] if version else "?",
        "failed": str(made.failed),
        "words kept, mean": f"{statistics.mean(made.words):.1%}" if made.words else "",
        "words kept, minimum": f"{min(made.words):.0%}" if made.words else "",
        "promotion left in": of(made.promotion),
        "captions kept": of(made.captions),
        "captions in a figure with the picture": of(made.figures) if epub else "",
        "all authors, each by name": of(made.authors),
        "day of publication": of(made.days),
        "time of publication": of(made.times),
        "language": of(made.languages) if epub else "",
        "books with EPUBCheck errors": errors_of(made.books) if checked and epub else "",
        "same bytes in a second run": of(made.again),
        "seconds per article, median": f"{statistics.median(made.seconds):.2f}",
    }


def main() -> None:
    """Print the table: one column per system, one row per measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-epubcheck", action="store_true", help="leave EPUBCheck out (it needs Java)")
    checked = not parser.parse_args().no_epubcheck
    columns: dict[str, dict[str, str]] = {}
    with tempfile.TemporaryDirectory() as temporary, serving(Path(temporary)) as root:
        folder = Path(temporary)
        chosen = list(articles(folder, root))
        for system in systems():
            there = shutil.which(system.version[0]) is not None
            made = score(system, chosen, folder) if there else Score()
            columns[system.name] = (
                rows(system, made, checked=checked) if there else {"version": "not installed"}
            )
    print(f"{len(chosen)} articles\n\n| | {' | '.join(columns)} |\n|---|{'---|' * len(columns)}")
    for name in next(iter(columns.values())):
        print(f"| {name} | " + " | ".join(column.get(name, "") for column in columns.values()) + " |")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
