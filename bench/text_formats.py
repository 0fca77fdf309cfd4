"""Time reading and the text writers, relative to other converters of the same HTML, warm; print ratios.

usage: python bench/text_formats.py [--peers SITE_PACKAGES] [ITEM]

Rounds alternate, and a ratio is the median of the ratios within a round, so it holds on a noisy machine. `--peers` is a
site-packages folder with html-to-markdown and markdownify.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import timeit
from collections.abc import Callable
from pathlib import Path

import feed2doc

ROUNDS = 15
CALLS = 20
SAMPLE = Path(__file__).parent.parent / "samples" / "01-nytimes-cn-article.txt"


def ours(item: bytes) -> dict[str, Callable[[], object]]:
    """Return the timed functions of feed2doc: reading, and reading and writing."""
    return {
        "read": lambda: feed2doc.read(item),
        "read + markdown": lambda: feed2doc.write(feed2doc.read(item), "markdown"),
        "read + text": lambda: feed2doc.write(feed2doc.read(item), "text"),
    }


def peers(html: str) -> dict[str, Callable[[], object]]:
    """Return the other converters, called as in their documentation."""
    from html_to_markdown import convert
    from markdownify import markdownify

    return {"html-to-markdown": lambda: convert(html).content, "markdownify": lambda: markdownify(html)}


def main() -> None:
    """Print how long each takes, and the ratios to the others."""
    parser = argparse.ArgumentParser(description="Time the text formats.")
    parser.add_argument("--peers", default="")
    parser.add_argument("item", nargs="?", type=Path, default=SAMPLE)
    asked = parser.parse_args()
    item = asked.item.read_bytes()
    timed = ours(item)
    if asked.peers:
        sys.path.append(asked.peers)
        timed |= peers(item.decode("utf-8").split("------", 1)[-1])
    for function in timed.values():
        function()
    rounds = [
        {name: timeit.timeit(function, number=CALLS) / CALLS * 1e6 for name, function in timed.items()}
        for _ in range(ROUNDS)
    ]
    others = [name for name in timed if name not in ("read + markdown", "read + text")]
    print(
        f"| {asked.item.name} | us | {' | '.join(f'x {name}' for name in others)} |\n|---|---|{'---|' * len(others)}"
    )
    for name in timed:
        ratios = (f"{statistics.median(r[name] / r[other] for r in rounds):.2f}" for other in others)
        print(f"| {name} | {statistics.median(r[name] for r in rounds):.0f} | {' | '.join(ratios)} |")


if __name__ == "__main__":
    main()
