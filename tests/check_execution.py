"""Show pages with hostile texts to Chromium and fail if it runs anything in them: `python -m tests.check_execution [SEEDS]`."""

import io
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from feed2doc import Epub, Html, Pandoc

from tests.hostile_texts import article, chosen, written

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
RUN = "document.documentElement.dataset.run=1"
ATTACK = (
    f"\"'><script>{RUN}</script><img src=x onerror={RUN}><svg onload={RUN}></svg></title></style></textarea>"
)
PAGES = ("html4", "html5", "dzslides", "revealjs", "s5", "slideous", "slidy")


def pages(seed: str) -> dict[str, str]:
    """Return pages in all formats that browsers and e-readers show, by name."""
    document = article([f"{text} {ATTACK}" for text in chosen(seed)])
    found = {"html.html": written(document, Html())}
    found |= {f"{name}.html": written(document, Pandoc(name)) for name in PAGES}
    for name, options in (
        ("epub", Epub()),
        ("epub3", Pandoc("epub3")),
        ("chunkedhtml", Pandoc("chunkedhtml")),
    ):
        book = zipfile.ZipFile(io.BytesIO(written(document, options)))
        members = [each for each in book.namelist() if each.endswith(("html", "htm"))]
        found |= {f"{name}-{Path(member).name}": book.read(member) for member in members}
    return {name: data.decode() for name, data in found.items()}


def runs_in(page: Path, browser: str) -> bool:
    """Return True if the browser, which reaches no network, runs the script of a page."""
    with tempfile.TemporaryDirectory() as profile:
        options = (
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--no-first-run",
        )
        shown = subprocess.run(
            [
                browser,
                *options,
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


def main() -> int:
    """Check the pages of as many articles as the argument says, 3 by default."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print("No browser: install Chromium, for example with apt-get install chromium", file=sys.stderr)
        return 1
    found, count = [], 0
    with tempfile.TemporaryDirectory() as folder:
        control = Path(folder, "control.html")
        control.write_text(f"<!doctype html><html><script>{RUN}</script></html>")
        if not runs_in(control, browser):
            print("The browser runs no scripts at all, so nothing is proven", file=sys.stderr)
            return 1
        for seed in range(int(sys.argv[1]) if len(sys.argv) > 1 else 3):
            for name, text in pages(f"chromium{seed}").items():
                count += 1
                page = Path(folder, name)
                page.write_text(text, "utf-8")
                if runs_in(page, browser):
                    found.append(f"{name} of article {seed} runs a script")
    print(*found, f"{count} pages, {len(found)} of them run a script", sep="\n")
    return min(len(found), 1)


if __name__ == "__main__":
    raise SystemExit(main())
