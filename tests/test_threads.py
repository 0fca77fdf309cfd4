"""Calls from any thread give the same results, and no process-wide state is swapped meanwhile."""

import io
import json
import logging
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import feed2doc
import pytest
from feed2doc.doctor import pango
from feed2doc.model import Document
from feed2doc.pictures.resize import refusal
from feed2doc.writers.pdf._weasyprint_html import html_class
from feed2doc.writers.pdf.options import Pdf
from PIL import Image, ImageFile

HOST = Path(__file__).with_name("concurrent_writes.py")
SAMPLE = HOST.parent.parent / "samples" / "01-nytimes-cn-article.txt"
# Process-wide functions, and the modules that may call them: those run in feed2doc's own processes.
PROCESS_WIDE = {
    "redirect_stdout": (),
    "redirect_stderr": (),
    "catch_warnings": (),
    "simplefilter": (),
    "filterwarnings": ("_own_process.py",),
    "set_threshold": ("_own_process.py",),
    "setlocale": (),
    "setLevel": (),
    "addHandler": (),
    "removeHandler": (),
    "basicConfig": (),
    "putenv": (),
    "umask(": (),
    "chdir": ("dask_task.py",),
    "signal.signal(": ("groups.py", "processes.py", "dask_cluster.py", "server.py"),
}


def run_host(threads: int) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, HOST, str(threads)],
        capture_output=True,
        env={**os.environ, "PYTHONFAULTHANDLER": "1"},
        timeout=500,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")[-4000:]
    assert b"CRITICAL" not in done.stderr and b"WARNING" not in done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def alone() -> dict[str, Any]:
    """Return the results in one thread."""
    return run_host(1)


@pytest.mark.slow
def test_a_host_with_one_thread_keeps_its_state(alone: dict[str, Any]) -> None:
    assert all(len(each) == 1 for each in alone["results"].values())
    assert alone["changed"] == [] and alone["foreign"] == []
    # Messages of feed2doc's layouts become diagnostics; those of the host's own layouts reach the host.
    assert alone["logged"] == [] and "Failed to load image" in alone["host's own"][0]


@pytest.mark.parametrize("process", range(int(os.environ.get("FEED2DOC_PROCESSES", "1"))))
def test_sixteen_threads_make_the_same_as_one(process: int, alone: dict[str, Any]) -> None:
    """In each new process, all threads start at the same time, and do three jobs each. `make soak` tries more processes."""
    assert run_host(16) == alone


def test_losses_are_noted_for_their_own_document(caplog: pytest.LogCaptureFixture) -> None:
    env, other = feed2doc.Env(), feed2doc.Env()
    options = feed2doc.Pdf(css="body { background: url(https://example.com/x.png) }")
    feed2doc.write(Document(id="a", headline="A", language="en"), options, env=env)
    feed2doc.write(Document(id="b", headline="B", language="en"), "pdf", env=other)
    assert [each.kind for each in env.diagnostics] == ["loss"] and "x.png" in env.diagnostics[0].message
    assert other.diagnostics == [] and [each.name for each in caplog.records] == ["feed2doc"]
    logging.getLogger("weasyprint").error("a message of the host's")
    assert caplog.records[1].getMessage() == "a message of the host's"


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_pdf_in_a_forked_process() -> None:
    program = (
        "import os, signal, sys, feed2doc; document = feed2doc.read(sys.argv[1])\n"
        "made = feed2doc.write(document, 'pdf')\n"
        "if not (child := os.fork()):\n"
        "    signal.alarm(60); os._exit(feed2doc.write(document, 'pdf') != made)\n"
        "sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))"
    )
    assert subprocess.run([sys.executable, "-c", program, SAMPLE], timeout=500, check=False).returncode == 0


@pytest.mark.slow
def test_a_process_ends_well_whatever_refers_to_the_fonts() -> None:
    """Objects of Pango that are freed after its library is unloaded would crash the process at exit."""
    program = (
        "import sys, feed2doc, feed2doc.writers.pdf._weasyprint as module\n"
        "sys.addaudithook(lambda *_, names=vars(module).copy(): None)\n"
        "feed2doc.write(feed2doc.read(sys.argv[1]), 'pdf')"
    )
    assert subprocess.run([sys.executable, "-c", program, SAMPLE], timeout=500, check=False).returncode == 0


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "BMP"])
def test_a_truncated_picture_is_refused_though_weasyprint_is_loaded(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WeasyPrint sets this attribute of Pillow when it is imported."""
    whole = io.BytesIO()
    Image.effect_noise((90, 60), 80).save(whole, kind)
    data = whole.getvalue()
    for setting in (False, True):
        monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", setting)
        assert refusal(data) == ""
        assert all(refusal(data[: len(data) * tenths // 10]) for tenths in range(1, 10))


def test_a_missing_library_is_found_without_a_word(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    pango.check_libraries()
    monkeypatch.setattr(pango, "_LIBRARIES", {"feed2doc-nowhere": 0})
    with pytest.raises(OSError, match="feed2doc-nowhere"):
        pango.check_libraries()
    assert capfd.readouterr().out == ""


def test_fonts_are_embedded_the_quick_way_by_feed2doc_alone() -> None:
    """If this fails after an update of WeasyPrint, its internals have changed, and PDFs take a third longer."""
    import weasyprint
    from weasyprint.pdf import fonts, stream

    if not fonts.harfbuzz_subset:
        pytest.skip("HarfBuzz's library for subsets is not installed")
    assert html_class() is not weasyprint.HTML and stream.Font is fonts.Font


def test_a_weasyprint_that_is_not_as_expected_writes_with_its_own_classes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import weasyprint
    from weasyprint import layout

    kept = layout.layout_document
    monkeypatch.setattr(layout, "layout_document", lambda *arguments: kept(*arguments))
    html_class.cache_clear()
    try:
        assert html_class() is weasyprint.HTML
        document = feed2doc.read(SAMPLE)
        assert bytes(feed2doc.write(document, Pdf(engine="weasyprint")))[:4] == b"%PDF"
    finally:
        html_class.cache_clear()


def test_no_module_swaps_what_belongs_to_the_process() -> None:
    package = Path(feed2doc.__file__).parent
    found = {
        f"{path.relative_to(package)}: {name}"
        for path in package.rglob("*.py")
        if "_cli" not in path.parts
        for name, allowed in PROCESS_WIDE.items()
        if path.name not in allowed and re.search(rf"\b{re.escape(name)}", path.read_text("utf-8"))
    }
    assert found == set()


def test_values_become_structs_only_where_threads_are_thought_of() -> None:
    """`msgspec.convert` may crash a process in which two threads use a Struct for the first time."""
    allowed = {"_decoding.py", "_formats.py", "looks/__init__.py"}  # the latter two check single values
    package = Path(feed2doc.__file__).parent
    using = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if "msgspec.convert(" in path.read_text("utf-8")
    }
    assert using == allowed
