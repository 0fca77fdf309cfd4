"""The engine of PDFs: WeasyPrint or, where the library Pango is missing, Typst."""

import re
import sys
from pathlib import Path

import feed2doc
import pytest
from feed2doc.env import Env
from feed2doc.fonts.faces import folders
from feed2doc.writers.pdf._engine import with_engine
from feed2doc.writers.pdf.options import Pdf

from tests.command import ITEM, one_line, run_process


@pytest.fixture
def no_pango(tmp_path: Path) -> str:
    """Return a folder of libraries with which the system cannot load Pango: what it finds first is not a library."""
    lib = tmp_path / "lib"
    lib.mkdir()
    for name in ("libpango-1.0.so.0", "libpango-1.0.so", "libpango-1.0-0", "libpango-1.0.dylib"):
        (lib / name).write_bytes(b"no library")
    return str(lib)


@pytest.mark.slow
def test_pdf_is_by_typst_if_there_is_no_pango(no_pango: str, tmp_path: Path) -> None:
    for n in (1, 2):
        (tmp_path / f"{n}.txt").write_text(ITEM.format(n=n))
    common = (tmp_path / "1.txt", tmp_path / "2.txt", "-t", "pdf", "--output-dir", tmp_path)
    done = run_process(*common, LD_LIBRARY_PATH=no_pango)
    made = [Path(line) for line in done.stdout.decode().splitlines()]
    assert done.returncode == 0 and len(made) == 2 and all(b"Typst" in path.read_bytes() for path in made)
    said, summary = done.stderr.decode().splitlines()
    assert re.fullmatch(
        "feed2doc: PDF: laid out by Typst, because WeasyPrint lacks the Pango library: .*", said
    )
    assert "apt install libpango" in said and "2 converted" in summary
    done = run_process(*common, "--pdf-engine", "typst", LD_LIBRARY_PATH=no_pango)
    assert done.returncode == 0 and b"Pango" not in done.stderr


@pytest.mark.slow
def test_a_missing_engine_names_both_solutions(no_pango: str, tmp_path: Path) -> None:
    """Without Pango, WeasyPrint is missing if it was named; without Typst, too, there is none."""
    item, both = (
        tmp_path / "item.txt",
        f'{sys.executable} -m pip install "feed2doc[typst]" and --pdf-engine typst',
    )
    item.write_text(ITEM.format(n=1))
    done = run_process(item, "-o", tmp_path / "a.pdf", "--pdf-engine", "weasyprint", LD_LIBRARY_PATH=no_pango)
    assert done.returncode == 4 and "apt install libpango" in (message := one_line(done)) and both in message
    (tmp_path / "lib" / "typst.py").write_text("raise ImportError")
    done = run_process(item, "-o", tmp_path / "a.pdf", LD_LIBRARY_PATH=no_pango, PYTHONPATH=no_pango)
    assert done.returncode == 4 and "apt install libpango" in (message := one_line(done)) and both in message
    done = run_process(item, "-o", tmp_path / "a.pdf", PYTHONPATH=no_pango, FEED2DOC_PDF_ENGINE="typst")
    assert done.returncode == 4 and not (tmp_path / "a.pdf").exists()
    assert f'{sys.executable} -m pip install "feed2doc[typst]"' in (message := one_line(done))
    assert "--pdf-engine weasyprint" in message
    done = run_process(item, "-o", tmp_path / "a.pdf", PYTHONPATH=no_pango)
    assert done.returncode == 0 and b"Typst" not in (tmp_path / "a.pdf").read_bytes()


def test_looks_that_only_weasyprint_can_apply_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("feed2doc.doctor.pango._LIBRARIES", {"feed2doc-nowhere": 0})
    monkeypatch.delitem(sys.modules, "weasyprint.text.ffi", raising=False)
    for name in ("own/pdf/style.css", "both/pdf/style.css", "both/typst/template.typ"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    with pytest.raises(
        feed2doc.MissingDependencyError, match=r"^--css: applies to WeasyPrint only.*Or leave it out"
    ):
        with_engine(Pdf(css="p {}"), Env())
    style = tmp_path / "own/pdf/style.css"
    with pytest.raises(feed2doc.MissingDependencyError, match=f"^{re.escape(str(style))}: applies to Weasy"):
        with_engine(Pdf(), Env(template_dirs=(tmp_path / "own",)))
    env = Env(template_dirs=(tmp_path / "both",))
    assert with_engine(Pdf(page="a5"), env) == Pdf(page="a5", engine="typst")
    assert [each.kind for each in env.diagnostics] == ["notice"]
    assert with_engine(Pdf(engine="typst"), env) == Pdf(engine="typst") and len(env.diagnostics) == 1


def test_a_user_without_a_home_has_the_fonts_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    assert folders() and all(folder.is_absolute() for folder in folders())
