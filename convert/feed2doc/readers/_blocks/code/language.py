"""The programming language of program text, which its elements or those around it name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

_LANGUAGE = pattern(
    r"(?:^|\s)(?:lang(?:uage)?-(\S+)"
    r"|(?:lang(?:uage)?:\s*|brush:\s*|highlight-source-|highlight-text-|sourceCode\s+|source-)([\w+#.-]+))"
)
# Class names of highlighters that a language follows or precedes: `<figure class="highlight python">`.
_HIGHLIGHTER = frozenset(
    {"highlight", "hljs", "syntaxhighlighter", "sourcecode", "prettyprint", "codehilite"}
)
_NO_LANGUAGE = frozenset(
    {"none", "plain", "plaintext", "nohighlight", "no-highlight", "default", "notranslate", "nogutter"}
)
LANGUAGES = frozenset(
    [
        *(
            "python",
            "ruby",
            "javascript",
            "java",
            "cpp",
            "csharp",
            "php",
            "html",
            "css",
            "xml",
            "json",
            "yaml",
            "bash",
        ),
        *(
            "shell",
            "sql",
            "go",
            "rust",
            "swift",
            "kotlin",
            "perl",
            "scala",
            "haskell",
            "lua",
            "typescript",
            "diff",
        ),
        *("js", "ts", "sh"),
    ]
)
# Attributes with the name of a language (Hugo, Prism, EnlighterJS, Medium).
_ATTRIBUTES = (
    *("data-lang", "data-language", "data-code-language", "data-enlighter-language"),
    "data-code-block-lang",
)
_NAME = pattern(r"[a-zA-Z][\w+#-]{0,19}")


def language_of(element: _Element) -> str:
    """Return the language of program text, from the attributes of its elements or of those around it, or ""."""
    around = [element.getparent(), *([p.getparent()] if (p := element.getparent()) is not None else [])]
    places = [*element.iter("code"), element, *(e for e in element.iter("pre", "td")), *around]
    for each in places:
        if each is None or each.tag in ("body", "html", "article", "main"):
            continue
        if found := _stated_language(each):
            return found
    return ""


def _stated_language(element: _Element) -> str:
    for name in _ATTRIBUTES:
        if (value := (element.get(name) or "").strip()) and value.lower() not in _NO_LANGUAGE:
            return value
    classes = element.get("class") or ""
    if element.tag in ("code", "pre") and classes.lower() in LANGUAGES:  # Octopress, GeSHi, Marked
        return classes
    if parameters := element.get("data-syntaxhighlighter-params"):  # Confluence
        classes = f"{classes} {parameters.replace(';', ' ')}"
    if found := _LANGUAGE.search(classes):
        language: str = found[1] or found[2]
        return "" if language.lower() in _NO_LANGUAGE else language
    words = classes.split()
    if not _HIGHLIGHTER.isdisjoint(word.lower() for word in words):
        others = [word for word in words if word.lower() not in _HIGHLIGHTER | _NO_LANGUAGE]
        if len(others) == 1 and _NAME.fullmatch(others[0]) and "-" not in others[0]:
            return others[0]
    if len(set(words) - _NO_LANGUAGE) == 1 and words[0].startswith("highlight-"):  # Sphinx
        name = words[0].removeprefix("highlight-")
        return "" if name in _NO_LANGUAGE else name
    return ""
