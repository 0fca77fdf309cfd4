"""The language of an article: the one that its page states, unless its text says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc._locale.tags import language_tag
from feed2doc._text.lazy_re import pattern
from feed2doc.env import Env
from feed2doc.model import Block, CodeBlock, Paragraph, plain_text, texts_of
from feed2doc.readers._article.language import (
    detect_language,
    language_in_script,
    other_than_english,
    script_language,
)
from feed2doc.readers._facts.facts import Facts
from feed2doc.readers._html.parse import words_of
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.words.lexicon import languages_in

if TYPE_CHECKING:
    from lxml.etree import _Element

# The number of characters of paragraphs that is enough to detect the language. A shorter text is used as a whole.
_ENOUGH = 240
# Languages with a script of their own. If the text is in such a script, a different declared language is a mistake.
_ONE_LANGUAGE = frozenset({"zh", "ja", "ko", "he", "el", "th"})
# Languages in Latin letters. If the text is in other letters, they are a mistake, mostly the default of the program.
_IN_LATIN = frozenset(
    [
        "ca",
        "cs",
        "da",
        "de",
        "en",
        "es",
        "et",
        "eu",
        "fi",
        "fr",
        "gl",
        "hr",
        "hu",
        "id",
        "is",
        "it",
        "lt",
        "lv",
        "nb",
        "nl",
        "nn",
        "no",
        "pl",
        "pt",
        "ro",
        "sk",
        "sl",
        "sv",
        "tr",
        "vi",
    ]
)
_NO_WORD = pattern(r"https?://|www\.|[@#]\w")


def languages_of(root: _Element, facts: Facts, url: str, rules: Rules, text: str) -> tuple[str, ...]:
    """Return the languages whose words may occur in the article."""
    sample = facts.value("headline") + text
    stated = stated_language(root, facts, rules)
    if stated.startswith("en") and (other := other_than_english(sample)):
        stated = other
    found = languages_in(sample, stated)
    return found or languages_in(sample, detect_language(sample, url))


def stated_language(root: _Element, facts: Facts, rules: Rules) -> str:
    """Return the language that the site's rule or the page states, or ""."""
    return rules.setting("language") or language_tag(facts.value("language") or root.get("lang") or "")


def language_of(
    root: _Element, facts: Facts, headline: str, url: str, blocks: tuple[Block, ...], env: Env
) -> str:
    """Return the declared language, or the detected one if none is declared or the text is in another script.

    That of a program which declares English if nobody says otherwise is the one of the text if that is certain.
    """
    text = ""
    for block in blocks:
        if isinstance(block, Paragraph):
            text += plain_text(block.content) + " "
            if len(text) > _ENOUGH:
                break
    else:
        text = f"{headline} {_words_in(blocks) or words_of(root)}"
    stated = language_tag(facts.value("language") or root.get("lang") or "")
    if not stated:
        return detect_language(text, url)
    script = script_language(text)
    primary = stated.split("-")[0]
    if (
        primary == "en"
        and script == "und"
        and (other := other_than_english(text))
        and other_than_english(words_of(root)) == other
    ):
        env.note("notice", f"declared language {stated} does not match the text ({other})", rule="language")
        return other
    is_mistake = script in _ONE_LANGUAGE or (primary in (_ONE_LANGUAGE if script == "und" else _IN_LATIN))
    if script != primary and is_mistake:
        env.note(
            "notice", f"declared language {stated} does not match the script ({script})", rule="language"
        )
        return language_in_script(script, text, url)
    return stated if stated != "zh" else language_in_script(script, text, url)


def _words_in(blocks: tuple[Block, ...]) -> str:
    """Return the words of the blocks, without program text, URLs and names of accounts."""
    texts = (
        plain_text(run) for block in blocks if not isinstance(block, CodeBlock) for run in texts_of(block)
    )
    return " ".join(word for text in texts for word in text.split() if not _NO_WORD.match(word))
