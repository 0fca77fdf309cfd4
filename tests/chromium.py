"""Pages with hostile texts, in the formats that browsers and e-readers show, and what Chromium runs in them."""

import io
import json
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import feed2doc
from feed2doc import Epub, Html, Pandoc
from feed2doc.model import Document

from tests.hostile_texts import article, chosen, written

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
)
RUN = "document.documentElement.dataset.run=1"
ATTACK = (
    f"\"'><script>{RUN}</script><img src=x onerror={RUN}><svg onload={RUN}></svg></title></style></textarea>"
)
PAGES = ("html4", "html5", "dzslides", "revealjs", "s5", "slideous", "slidy")
FORMATS = {
    "html": Html(),
    **{name: Pandoc(name) for name in PAGES},
    "epub": Epub(),
    "epub3": Pandoc("epub3"),
    "chunkedhtml": Pandoc("chunkedhtml"),
}


def pages(seed: str, name: str) -> dict[str, bytes]:
    """Return the pages of an article with hostile texts in this format, by file name."""
    data = written(article([f"{text} {ATTACK}" for text in chosen(seed)]), FORMATS[name])
    if not data.startswith(b"PK"):
        return {f"{name}.html": data}
    book = zipfile.ZipFile(io.BytesIO(data))
    members = [each for each in book.namelist() if each.endswith(("html", "htm"))]
    return {f"{name}-{Path(member).name}": book.read(member) for member in members}


def runs_in(page: Path, browser: str) -> bool:
    """Return True if the browser, which reaches no network, runs the script of a page."""
    with tempfile.TemporaryDirectory() as profile:
        shown = subprocess.run(
            [
                browser,
                *OPTIONS,
                "--host-resolver-rules=MAP * ~NOTFOUND",
                f"--user-data-dir={profile}",
                "--dump-dom",
                page.as_uri(),
            ],
            capture_output=True,
            text=True,
            timeout=500,
            check=True,
        )
    assert "<html" in shown.stdout, f"{page.name}: not shown"
    return 'data-run="1"' in shown.stdout


def styled_pages(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of an article's page of HTML and of its page of an EPUB, which has its style in it."""
    yield "page.html", feed2doc.write(document, "html")
    with zipfile.ZipFile(io.BytesIO(feed2doc.write(document, "epub"))) as book:
        members = [name for name in book.namelist() if name.endswith(("xhtml", "css"))]
        files = {name: book.read(name).decode() for name in members}
    style = next(text for name, text in files.items() if name.endswith("css"))
    chapter = next(text for name, text in files.items() if "article-" in name)
    yield (
        "chapter.xhtml",
        re.sub(r"<link[^>]*stylesheet[^>]*>", lambda _: f"<style>{style}</style>", chapter),
    )


def probed(name: str, page: str, probe: str, browser: str, width: int = 500) -> Any:
    """Return what a script, the body of a function, finds in a page in a window of this width, in pixels."""
    script = f"document.documentElement.dataset.found = JSON.stringify((() => {{{probe}}})());"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, name)
        file.write_text(
            page.replace("</body>", f"<script>//<![CDATA[\n{script}//]]></script></body>"), "utf-8"
        )
        command = [browser, *OPTIONS, f"--window-size={width},800", f"--user-data-dir={folder}/profile"]
        done = subprocess.run(
            [*command, "--dump-dom", file.as_uri()], capture_output=True, text=True, timeout=500, check=True
        )
    found = re.search(r'data-found="([^"]*)"', done.stdout)
    assert found, f"{name}: the browser ran no script"
    return json.loads(unescape(found[1]))
