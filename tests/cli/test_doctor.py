"""`feed2doc doctor`: what is installed, what is missing, and the command that installs it."""

import json
import os
import platform
import re
import shutil
import subprocess
import sys
from importlib.metadata import requires, version
from pathlib import Path
from unittest import mock

import pytest
from feed2doc.doctor import install_commands
from feed2doc.doctor.fonts import SCRIPTS
from feed2doc.errors import pip_install
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from tests.command import COMMAND, run, run_process

FAMILIES = {
    "debian": "apt install",
    "fedora": "dnf install",
    "macos": "brew install",
    "windows": "winget install",
}


def doctor(*arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run the command on a terminal with 80 columns."""
    env = {"COLUMNS": "80"} | (env or {})
    start = run_process if env.keys() & {"FONTCONFIG_FILE", "PYTHONPATH"} else run
    return start("doctor", *arguments, stdin=b"", cwd=None, **env)


def findings_of(done: subprocess.CompletedProcess[bytes]) -> dict[str, dict[str, str]]:
    """Return the checks that the command prints as JSON, by name."""
    answer = json.loads(done.stdout)
    assert answer["ok"] == (done.returncode == 0) and answer["system"]
    return {finding["name"]: finding for finding in answer["findings"]}


@pytest.fixture
def fonts(tmp_path: Path) -> Path:
    """Return a folder with the only fonts of the system, configured in FONTCONFIG_FILE."""
    folder = tmp_path / "fonts"
    folder.mkdir()
    (tmp_path / "fonts.conf").write_text(
        f"<fontconfig><dir>{folder}</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>"
    )
    for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"):
        (folder / name).symlink_to(f"/usr/share/fonts/truetype/dejavu/{name}")
    return folder


def test_all_is_here_with_its_version() -> None:
    done = doctor()
    text = done.stdout.decode()
    assert done.returncode == 0 and not done.stderr and b"\x1b" not in done.stdout
    assert re.search(rf"^ok +Python +{re.escape(platform.python_version())}", text, re.M)
    shown = " ".join(text.split()).lower()
    for requirement in requires("feed2doc") or []:
        name = re.match(r"[\w.-]+", requirement)
        assert name
        if ";" not in requirement:  # neither of an extra, nor for another system
            assert f"{name[0].lower()} {version(name[0])}" in shown
    table = text.partition("\n\n")[0].splitlines()
    assert max(map(len, table)) <= 80 and not any(line.startswith("missing") for line in table)
    assert all(re.match(r"(?:ok {6}|optional|missing ) {2}\S|\s{20}", line) for line in table)
    for script in SCRIPTS:
        assert re.search(rf"^(?:ok|optional) +{script.name} font", text, re.M)
    assert re.search(r"^ok +Pango +1\.\d+\.\d+", text, re.M)
    assert re.search(r"^ok +zh-Hans font +Noto \w+ CJK SC", text, re.M)


@pytest.mark.slow
def test_colours_are_for_terminals_that_want_them() -> None:
    command = f"{' '.join(COMMAND)} doctor"
    for variables, coloured in (({}, True), ({"NO_COLOR": "1"}, False)):
        done = subprocess.run(
            ["script", "-qec", command, "/dev/null"],
            capture_output=True,
            env=os.environ | {"TERM": "xterm", "COLUMNS": "80"} | variables,
            timeout=500,
        )
        assert done.returncode == 0 and (b"\x1b[32m" in done.stdout) == coloured


def test_missing_dependencies_exit_with_4_and_the_command_for_this_system(fonts: Path) -> None:
    env = {"FONTCONFIG_FILE": str(fonts.parent / "fonts.conf")}
    found = findings_of(done := doctor("--json", env=env))
    assert done.returncode == 4
    states = {script.name: found[script.name]["state"] for script in SCRIPTS}
    assert states.pop("Latin") == "ok" == states.pop("Cyrillic")
    assert {name for name, state in states.items() if state == "missing"} == {"zh-Hans", "zh-Hant"}
    assert {states["ko"], states["ja"], states["Thai"]} == {"optional"}
    here = FAMILIES[install_commands.this_system()]
    text = doctor(env=env).stdout.decode()
    assert re.search(rf"\n\nzh-Hans, zh-Hant, ja, ko:\n  .*{here} fonts-noto-cjk\n", text)
    every = doctor("--all-systems", env=env).stdout.decode()
    (lines,) = re.findall(r"zh-Hans:\n((?:  .*\n)+)", every)
    assert here in lines.splitlines()[0] and len(lines.splitlines()) == 4
    assert "font-noto-serif-cjk" in lines and "Add-WindowsCapability" in lines and "dnf install" in lines


@pytest.mark.slow
def test_a_box_does_not_count_as_a_glyph(fonts: Path) -> None:
    """A font that claims to have characters, but draws them like any missing one."""
    _box_font(fonts / "boxes.ttf", "们这渡們這灣")
    env = {"FONTCONFIG_FILE": str(fonts.parent / "fonts.conf")}
    assert findings_of(doctor("--json", env=env))["zh-Hans"]["state"] == "missing"
    _box_font(fonts / "boxes.ttf", "们这渡們這灣", drawn=True)
    assert findings_of(doctor("--json", env=env))["zh-Hans"]["detail"] == "Boxes"


def _box_font(path: Path, characters: str, *, drawn: bool = False) -> None:
    def square(side: int) -> object:
        pen = TTGlyphPen(None)
        pen.moveTo((0, 0))
        for corner in ((0, side), (side, side), (side, 0)):
            pen.lineTo(corner)
        pen.closePath()
        return pen.glyph()

    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "han"])
    builder.setupCharacterMap(dict.fromkeys(map(ord, characters), "han"))
    builder.setupGlyf({".notdef": square(700), "han": square(500 if drawn else 700)})
    builder.setupHorizontalMetrics({".notdef": (800, 0), "han": (800, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)


def test_missing_optional_items_do_not_fail(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    for name in ("fc-list", "fc-match"):
        (tmp_path / "bin" / name).symlink_to(str(shutil.which(name)))
    env = {"PATH": str(tmp_path / "bin"), "XDG_CACHE_HOME": f"{__file__}/cache"}
    done = doctor("--json", "--network", env=env | {"HTTPS_PROXY": "http://127.0.0.1:9"})
    found = findings_of(done)
    assert done.returncode == 0
    for name in ("poppler", "Java", "EPUBCheck", "Ace", "network", "cache folder"):
        assert found[name]["state"] == "optional", name
    assert f"{__file__} cannot be written" in found["cache folder"]["detail"]
    assert "epubcheck" in str(found["EPUBCheck"]["remedies"]) and "npm" in str(found["Ace"]["remedies"])
    with mock.patch("socket.getaddrinfo") as resolve, mock.patch("socket.socket.connect") as connect:
        assert "network" not in findings_of(doctor("--json", env=env))
    assert not resolve.called and not connect.called


def test_packages_that_are_missing_or_too_old_are_named(tmp_path: Path) -> None:
    info = tmp_path / "feed2doc-9.dist-info"
    info.mkdir()
    wanted = [
        "click>=8.1",
        "lxml<2,>=1.0",
        "harbour-lights>=2.0",
        'ferry>=1; extra == "sea"',
        "buoy; os_name == 'none'",
    ]
    (info / "METADATA").write_text(
        "\n".join(
            [
                "Metadata-Version: 2.1",
                "Name: feed2doc",
                "Version: 9",
                "Provides-Extra: sea",
                *(f"Requires-Dist: {w}" for w in wanted),
            ]
        )
    )
    path = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    found = findings_of(done := doctor("--json", env={"PYTHONPATH": path}))
    assert done.returncode == 4
    assert [found[name]["state"] for name in ("click", "lxml", "harbour-lights", "ferry")] == [
        "ok",
        "missing",
        "missing",
        "optional",
    ]
    assert "buoy" not in found  # it is for another system
    assert "<2" in found["lxml"]["detail"] and version("lxml") in found["lxml"]["detail"]
    (command,) = found["harbour-lights"]["remedies"].values()  # type: ignore[attr-defined]
    assert command == f'{sys.executable} -m pip install "harbour-lights>=2.0"'
    assert 'feed2doc[sea]"' in str(found["ferry"]["remedies"])


def test_an_environment_without_pip_is_filled_by_uv(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pip", None)
    assert pip_install("feed2doc[typst]") == f'uv pip install --python {sys.executable} "feed2doc[typst]"'


def test_packages_are_installed_by_one_command() -> None:
    written = [
        path.name
        for path in Path(install_commands.__file__).parent.parent.rglob("*.py")
        if "pip install" in path.read_text("utf-8")
    ]
    assert written == ["errors.py"]


@pytest.mark.parametrize("typst, state, code", [("None", "missing", 4), ("sys", "optional", 0)])
def test_without_pango_pdf_is_reported_and_the_rest_is_shown(typst: str, state: str, code: int) -> None:
    program = (
        f"import sys; sys.modules['weasyprint.text.ffi'] = None; sys.modules['typst'] = {typst};"
        "from feed2doc._cli import run; sys.exit(run(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "doctor"],
        capture_output=True,
        timeout=500,
        env=os.environ,
    )
    text = done.stdout.decode()
    assert done.returncode == code and re.search(rf"^{state} +Pango", text, re.M) and "folder" in text
    assert FAMILIES[install_commands.this_system()] in text[text.index("\n\nPango:") :]


@pytest.mark.parametrize(
    "system, release, key",
    [
        ("Linux", {"ID": "debian"}, "debian"),
        ("Linux", {"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "debian"),
        ("Linux", {"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "fedora"),
        ("Linux", {"ID": "arch"}, ""),
        ("Darwin", {}, "macos"),
        ("Windows", {}, "windows"),
        ("FreeBSD", {}, ""),
    ],
)
def test_each_system_gets_its_own_command(
    system: str, release: dict[str, str], key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform, "system", lambda: system)
    monkeypatch.setattr(platform, "freedesktop_os_release", lambda: release)
    install_commands.this_system.cache_clear()
    try:
        assert install_commands.this_system() == key
        lines = install_commands.shown(install_commands.remedies_for("pango"))
    finally:
        install_commands.this_system.cache_clear()
    if key:
        assert len(lines) == 1 and FAMILIES[key] in lines[0]
    else:
        assert [line.partition(": ")[0] for line in lines] == list(install_commands.SYSTEMS.values())
