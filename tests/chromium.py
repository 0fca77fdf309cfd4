"""Pages with hostile texts, in the formats that browsers and e-readers show, and what Chromium runs in them."""

import io
import subprocess
import tempfile
import zipfile
from pathlib import Path

from feed2doc import Epub, Html, Pandoc

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
