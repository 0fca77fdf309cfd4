"""The commands that install missing dependencies, by system."""

from __future__ import annotations

import functools
import os
import platform
from collections.abc import Mapping

from feed2doc.errors import pip_install

ANYWHERE = "any system"
SYSTEMS = {"debian": "Debian, Ubuntu", "fedora": "Fedora", "macos": "macOS", "windows": "Windows"}
_FAMILIES = {"debian": ("debian", "ubuntu"), "fedora": ("fedora", "rhel", "centos")}


def _fonts(debian: str, fedora: str, macos: str, windows: str) -> dict[str, str]:
    """Return the commands for a script: packages, casks, and the optional feature of Windows if it is needed."""
    remedies = {
        "debian": f"sudo apt install {debian}",
        "fedora": f"sudo dnf install {fedora}",
        "macos": f"brew install --cask {macos}",
    }
    if windows:
        remedies["windows"] = f"Add-WindowsCapability -Online -Name Language.Fonts.{windows}~0.0.1.0"
    return remedies


def _core(family: str, fedora: str, windows: str) -> dict[str, str]:
    return _fonts("fonts-noto-core", fedora, f"font-noto-{family}", windows)


def _han(windows: str) -> dict[str, str]:
    fedora = "google-noto-serif-cjk-fonts google-noto-sans-cjk-fonts"
    return _fonts("fonts-noto-cjk", fedora, "font-noto-serif-cjk", windows)


_EUROPEAN = "PanEuropeanSupplementalFonts~~~"
_REMEDIES: dict[str, dict[str, str]] = {
    # https://doc.courtbouillon.org/weasyprint/stable/first_steps.html
    "pango": {
        "debian": "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        "fedora": "sudo dnf install pango",
        "macos": "brew install pango",
        "windows": "winget install MSYS2.MSYS2; C:\\msys64\\usr\\bin\\pacman -S mingw-w64-x86_64-pango;"
        " setx WEASYPRINT_DLL_DIRECTORIES C:\\msys64\\mingw64\\bin",
    },
    "poppler": {
        "debian": "sudo apt install poppler-utils",
        "fedora": "sudo dnf install poppler-utils",
        "macos": "brew install poppler",
        "windows": "winget install oschwartz10612.Poppler",
    },
    "java": {
        "debian": "sudo apt install default-jre-headless",
        "fedora": "sudo dnf install java-latest-openjdk-headless",
        "macos": "brew install --cask temurin",
        "windows": "winget install EclipseAdoptium.Temurin.21.JRE",
    },
    "ace": {ANYWHERE: "npm install -g @daisy/ace-cli @daisy/ace-axe-runner-puppeteer"},
    # https://learn.microsoft.com/windows-hardware/manufacture/desktop/features-on-demand-language-fod
    "zh-Hans": _han("Hans~~~und-HANS"),
    "zh-Hant": _han("Hant~~~und-HANT"),
    "ja": _han("Jpan~~~und-JPAN"),
    "ko": _han("Kore~~~und-KORE"),
    "Latin": _core("serif", "google-noto-serif-fonts", _EUROPEAN),
    "Cyrillic": _core("serif", "google-noto-serif-fonts", _EUROPEAN),
    "Arabic": _core("naskh-arabic", "google-noto-naskh-arabic-fonts", "Arab~~~und-ARAB"),
    "Hebrew": _core("serif-hebrew", "google-noto-serif-hebrew-fonts", "Hebr~~~und-HEBR"),
    "Devanagari": _core("serif-devanagari", "google-noto-serif-devanagari-fonts", "Deva~~~und-DEVA"),
    "Thai": _core("serif-thai", "google-noto-serif-thai-fonts", "Thai~~~und-THAI"),
    "emoji": _fonts("fonts-noto-color-emoji", "google-noto-color-emoji-fonts", "font-noto-color-emoji", ""),
}


@functools.cache
def this_system() -> str:
    """Return the key of this system in SYSTEMS, or "" if it is another."""
    match platform.system():
        case "Darwin":
            return "macos"
        case "Windows":
            return "windows"
        case "Linux":
            like = _linux()
            return next((key for key, names in _FAMILIES.items() if like.intersection(names)), "")
        case _:
            return ""


def name_of_system() -> str:
    """Return the name of this system for the user."""
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return f"{platform.system()} {platform.release()}".strip()


def remedies_for(what: str) -> dict[str, str]:
    """Return the commands that install this, by the name of the system, this system first."""
    here = this_system()
    commands = _REMEDIES[what]
    ordered = sorted(commands, key=lambda system: system != here)
    return {SYSTEMS.get(system, system): _mine(commands[system]) for system in ordered}


def packages(*requirements: str) -> dict[str, str]:
    """Return the command that installs these Python packages in feed2doc's environment."""
    return {ANYWHERE: pip_install(*requirements)}


def shown(remedies: Mapping[str, str], *, every: bool = False) -> list[str]:
    """Return the command for this system. If there is none, or with `every`, return a line for each system with its name."""
    here = SYSTEMS.get(this_system(), "")
    if not every and (own := remedies.get(here) or remedies.get(ANYWHERE)):
        return [own]
    return [command if system == ANYWHERE else f"{system}: {command}" for system, command in remedies.items()]


def how_to_install(what: str) -> str:
    """Return how to install this on this system, in one line for a message."""
    return "; ".join(shown(remedies_for(what)))


def _linux() -> frozenset[str]:
    """Return the ids of this Linux and of those that it is like.

    See https://www.freedesktop.org/software/systemd/man/os-release.html.
    """
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return frozenset()
    return frozenset([release.get("ID", ""), *release.get("ID_LIKE", "").split()])


def _mine(command: str) -> str:
    """Return the command as this user has to type it: root, as in a container, does not need sudo and often has none."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return command.removeprefix("sudo ") if root else command
