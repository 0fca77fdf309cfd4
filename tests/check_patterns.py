"""Every regular expression of the code and of the rules takes linear time.

usage: python -m tests.check_patterns [new | WORD]

Without a word it lists the patterns of code and rules that passed in data/linear_patterns.txt: `make test` does not check them
again. With `new` it checks only those that are not listed, and adds them.
"""

import ast
import hashlib
import importlib
import pkgutil
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import feed2doc
from feed2doc._compiled_data import word_files
from feed2doc._text.lazy_re import _Pattern
from feed2doc.readers._rules.schema import PATTERNS, SHIPPED, SYSTEMS, load
from feed2doc.readers._rules.words.word_index import word_rules

from tests.pattern_attacks import Attack, attacks

PACKAGE = Path(feed2doc.__file__).parent


class Pattern(NamedTuple):
    """A pattern: where it is, its source and flags, the method that it is used with, and the length of the longest text."""

    name: str
    source: str | bytes
    flags: int
    method: str
    most: int = 0


# How a pattern is called, if not by `search`: calls that go on after a match try every place of a text.
_AT_START = ("match", "fullmatch")
_ON_AND_ON = ("finditer", "findall", "sub", "subn", "split")


def patterns() -> Iterator[Pattern]:
    """Yield the patterns of the code and of the rules of sites and systems."""
    yield from _of_code()
    for folder in (SHIPPED, SYSTEMS):
        for path in sorted(folder.glob("*.toml")):
            rule = load(path)
            for key in PATTERNS:
                for source in getattr(rule, key):
                    yield Pattern(f"{folder.name}/{path.name}: {key} {source:.40}", source, 0, "search")
            for credit in rule.credit:
                yield Pattern(
                    f"{folder.name}/{path.name}: credit {credit.text:.40}", credit.text, 0, "search"
                )


def patterns_of_words() -> Iterator[Pattern]:
    """Yield the patterns that are built from the words of the trade."""
    for name in word_files():
        for words in word_rules(name):
            flags = 0 if words.exact else int(re.I)
            yield Pattern(
                f"words/{name}: {words.kind} {words.pattern:.40}", words.pattern, flags, "search", words.most
            )


def _of_code() -> Iterator[Pattern]:
    sources = {path: path.read_text("utf-8") for path in PACKAGE.rglob("*.py")}
    called = {path: _methods_called(source) for path, source in sources.items()}
    everywhere: defaultdict[str, set[str]] = defaultdict(set)
    for by_name in called.values():
        for name, methods in by_name.items():
            everywhere[name] |= methods
    for info in pkgutil.walk_packages([str(PACKAGE)], "feed2doc."):
        if info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        own = called[Path(str(module.__file__))]
        for variable, value in vars(module).items():
            for n, each in enumerate(_in_value(value)):
                name = f"{info.name}.{variable}" + (f"[{n}]" if n else "")
                yield Pattern(name, each.pattern, int(each.flags) & ~re.U, _method(variable, own, everywhere))
    for path, source in sources.items():
        for node in ast.walk(ast.parse(source)):
            call = _call_of_re(node)
            if call:
                method, text = call
                yield Pattern(path.relative_to(PACKAGE).as_posix(), text, 0, method)


def _in_value(value: object) -> Iterator[Any]:
    if isinstance(value, _Pattern | re.Pattern):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _in_value(each)
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from _in_value(each)


def _methods_called(code: str) -> defaultdict[str, set[str]]:
    """Return the methods of patterns that are called in the same line soon after a name, by this name."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, method in _NAME_AND_METHOD.findall(code):
        if method in ("search", *_AT_START, *_ON_AND_ON):
            found[name].add(method)
    return found


_NAME_AND_METHOD = re.compile(r"(?=\b(\w+)\b[^.\n]{0,40}\.(\w+))")


def _method(name: str, *callers: dict[str, set[str]]) -> str:
    """Return the method of a pattern that takes longest among those that the first caller which has it calls."""
    for by_name in callers:
        if called := by_name.get(name):
            if called & set(_ON_AND_ON):
                return "finditer"
            return "search" if "search" in called else "fullmatch" if called == {"fullmatch"} else "match"
    return "finditer"


def _call_of_re(node: ast.AST) -> tuple[str, str | bytes] | None:
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="re"), attr=method), args=[ast.Constant(value=text), *_]
        ):
            if isinstance(text, str | bytes) and method not in ("compile", "escape"):
                return "finditer" if method in _ON_AND_ON else method, text
    return None


def tried(pattern: Pattern) -> list[Attack]:
    """Return the attacks that are tried on a pattern."""
    return attacks(pattern.source, pattern.flags)[:_MOST_ATTACKS]


def slow(pattern: Pattern, length: int = 5000) -> tuple[Attack, float] | None:
    """Return an attack on a pattern for which twice the text takes more than twice the time, and the seconds for 10,000
    characters if it grows as the square; None if there is none."""
    compiled_pattern = re.compile(pattern.source, pattern.flags)
    length = min(length, pattern.most or length)
    for attack in tried(pattern):
        most = _BOUNDED if pattern.most else _SHORT
        shorter = (24 * len(attack.piece), 200)
        if any(_takes_more(compiled_pattern, pattern.method, attack.text(n), most) for n in shorter):
            return attack, float("inf")
        took = _seconds(compiled_pattern, pattern.method, attack.text(length))
        if took < _QUICK * length:
            continue
        took = min(_seconds(compiled_pattern, pattern.method, attack.text(length)) for _ in range(3))
        twice = min(_seconds(compiled_pattern, pattern.method, attack.text(2 * length)) for _ in range(3))
        is_slow = took > _BOUNDED if pattern.most else took >= _QUICK * length and twice > _FACTOR * took
        if is_slow and not pattern.most and twice < _CLEAR:  # perhaps other processes have disturbed it
            texts = attack.text(length), attack.text(8 * length)
            times = [[_seconds(compiled_pattern, pattern.method, text) for text in texts] for _ in range(5)]
            is_slow = min(long for _, long in times) > _FACTOR_OF_EIGHT * min(short for short, _ in times)
        if is_slow:
            return attack, took * (10_000 / length) ** 2
    return None


_MOST_ATTACKS = 150
_SHORT = 0.005
_QUICK = 0.15e-6  # seconds a character
_FACTOR, _FACTOR_OF_EIGHT = 2.8, 16
_BOUNDED = _CLEAR = 0.05


def _seconds(compiled_pattern: "re.Pattern[Any]", method: str, text: str) -> float:
    given: Any = text if isinstance(compiled_pattern.pattern, str) else text.encode("utf-8", "replace")
    call = getattr(compiled_pattern, method)
    start = time.thread_time()
    if method == "finditer":
        for _ in call(given):
            pass
    else:
        call(given)
    return time.thread_time() - start


def _takes_more(compiled_pattern: "re.Pattern[Any]", method: str, text: str, most: float) -> bool:
    """Return True if a search takes more than so many seconds. A short one that does is tried again: a collection of garbage may have disturbed it."""
    took = _seconds(compiled_pattern, method, text)
    if most < took < _CLEAR:
        took = min(_seconds(compiled_pattern, method, text) for _ in range(3))
    return took > most


LISTED = Path(__file__).parent / "data" / "linear_patterns.txt"
# Patterns that may be slower on texts that are short, or that the user writes.
BOUNDED = {
    "feed2doc.checking.validators._FONT": "lines that pdffonts prints",
    "feed2doc.readers._rules.selectors._ATTRIBUTE": "selectors of rule files",
    "feed2doc.readers.item._START": "65,536 bytes, in about a second at worst",
    "feed2doc.writers._shared.page_layout._SIZE": "the option for the page size",
    "readers/_rules/finders.py": "patterns of rule files",
}


def key_of(pattern: Pattern) -> str:
    """Return a digest of what decides how long a pattern takes."""
    return hashlib.sha256(repr(pattern[1:]).encode()).hexdigest()[:12]


def known() -> frozenset[str]:
    """Return the keys of the patterns that are known to take linear time."""
    return frozenset(LISTED.read_text("utf-8").split())


def main(word: str = "") -> int:
    """Print the patterns that take more than linear time, and return 1 if there are any."""
    listed = known() if word == "new" else frozenset()
    given = patterns() if word == "new" else (*patterns(), *patterns_of_words())
    passed: set[str] = set()
    found = count = 0
    for pattern in given:
        if (word not in pattern.name and word != "new") or pattern.name in BOUNDED:
            continue
        if key_of(pattern) in listed:
            passed.add(key_of(pattern))
            continue
        count += len(tried(pattern))
        if said := slow(pattern):
            found += 1
            attack, seconds = said
            shown = tuple(each if len(each) < 60 else f"{each[:60]}…" for each in attack)
            print(
                f"{pattern.name}: {seconds:.2f} s for 10,000 characters by {pattern.method}: {shown}",
                flush=True,
            )
        else:
            passed.add(key_of(pattern))
    print(f"{count} attacks: {len(passed)} patterns take linear time, {found} do not")
    if word in ("", "new"):
        LISTED.write_text("\n".join(sorted(passed.intersection(map(key_of, patterns())))) + "\n", "utf-8")
    return min(found, 1)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
