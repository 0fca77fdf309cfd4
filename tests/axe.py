"""The pages of HTML and of EPUBs as axe sees them in Chromium, in light and dark colours, on narrow and wide screens."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import tempfile
import threading
import zipfile
from collections.abc import Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import feed2doc

from tests.chromium import OPTIONS

# The colours and the width of each; narrow ones are as wide as a phone.
SCREENS = (("light", 390), ("dark", 390), ("light", 1280), ("dark", 1280))
_SECONDS = 600
_TYPES = {".html": "text/html", ".xhtml": "application/xhtml+xml", ".css": "text/css"}
# A frame has the colours of the element around it.
_DRIVER = """<!DOCTYPE html><html lang="en"><title>axe</title><body><script>
const loaded = (element, parent) => new Promise((done, failed) => {
  element.onload = done; element.onerror = failed; parent.append(element);
});
const seen = async (page, scheme, width) => {
  const frame = document.createElement("iframe");
  frame.style = `width: ${width}px; height: 844px; border: 0; color-scheme: ${scheme}`;
  frame.src = page;
  await loaded(frame, document.body);
  const inner = frame.contentDocument, script = inner.createElementNS("http://www.w3.org/1999/xhtml", "script");
  script.src = "/axe.js";
  await loaded(script, inner.head);
  const dark = frame.contentWindow.matchMedia("(prefers-color-scheme: dark)").matches;
  // A page of a book is a part of the reading system's page, which has the main landmark and the colours around.
  const isBook = page.endsWith(".xhtml"), dusk = scheme === "dark" ? "background: #1c1c1e; color: #ebebeb" : "background: #fff";
  if (isBook) inner.documentElement.style = dusk;
  const rules = isBook ? {"landmark-one-main": {enabled: false}, region: {enabled: false}} : {};
  const found = await frame.contentWindow.axe.run(inner, {resultTypes: ["violations"], rules});
  frame.remove();
  const wrong = found.violations.flatMap(each => each.nodes.map(node => `${each.id}: ${node.html}: ${node.failureSummary}`));
  return {page, scheme, width, dark, passes: found.passes.length, wrong};
};
(async () => {
  const {pages, screens} = await (await fetch("/wanted")).json(), all = [];
  for (const [scheme, width] of screens) for (const page of pages) all.push(await seen(page, scheme, width));
  return all;
})().then(all => ({all}), error => ({error: String(error)})).then(
  body => fetch("/found", {method: "POST", body: JSON.stringify(body)}));
</script></body></html>"""


def axe_script() -> Path:
    """Return the file of axe-core: AXE, or that of npm's global packages."""
    if given := os.environ.get("AXE"):
        return Path(given)
    npm = shutil.which("npm")
    assert npm, "no axe: npm install axe-core, then AXE=node_modules/axe-core/axe.min.js make soak"
    root = Path(
        subprocess.run([npm, "root", "-g"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    )
    found = next(root.glob("**/axe-core/axe.min.js"), None)
    assert found, "no axe: npm install --global axe-core"
    return found


def pages_of(documents: Sequence[feed2doc.Document], look: str, env: feed2doc.Env) -> dict[str, bytes]:
    """Return the pages and style sheets of the documents by path: the first and all together as HTML, all as an EPUB."""
    book = feed2doc.bundle(documents, title="Axe")
    files = {
        f"/{name}.html": str(feed2doc.write(each, feed2doc.Html(look=look), env=env)).encode()
        for name, each in (("one", documents[0]), ("all", book))
    }
    data = feed2doc.write(book, feed2doc.Epub(look=look), env=env)
    assert isinstance(data, bytes)
    archive = zipfile.ZipFile(io.BytesIO(data))
    return files | {f"/{name}": archive.read(name) for name in archive.namelist()}


def violations(files: Mapping[str, bytes], browser: str, axe: Path) -> list[str]:
    """Return what axe finds wrong in each page on each screen, and what did not work."""
    answers = {
        "/": ("text/html", _DRIVER.encode()),
        "/axe.js": ("text/javascript", axe.read_bytes()),
        **{path: (_TYPES.get(Path(path).suffix, "image/png"), data) for path, data in files.items()},
    }
    pages = [path for path in files if path.endswith("html")]
    answers["/wanted"] = ("application/json", json.dumps({"pages": pages, "screens": SCREENS}).encode())
    found = b"{}"
    done = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, data = answers.get(self.path, ("", b""))
            self.send_response(200 if kind else 404)
            self.send_header("Content-Type", kind or "text/plain")
            self.end_headers()
            self.wfile.write(data)

        def do_POST(self) -> None:
            nonlocal found
            found = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(204)
            self.end_headers()
            done.set()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server, tempfile.TemporaryDirectory() as profile:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/"
        command = [
            browser,
            *OPTIONS,
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            "--remote-debugging-port=0",
        ]
        command += [f"--user-data-dir={profile}", url]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            done.wait(_SECONDS)
            process.terminate()
        server.shutdown()
    answer = json.loads(found)
    rows = answer.get("all", [])
    assert len(rows) == len(pages) * len(SCREENS), answer.get("error", "axe did not answer")
    for row in rows:
        assert row["passes"] > 5 and row["dark"] == (row["scheme"] == "dark"), row
    return [
        f"{row['page']} ({row['scheme']}, {row['width']}): {each}" for row in rows for each in row["wrong"]
    ]
