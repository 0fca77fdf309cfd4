"""Sentences of articles are kept, whatever they begin or end with (`data/prose.toml`)."""

import re
import tomllib
from pathlib import Path

import feed2doc
import pytest
from feed2doc import model as m

PROSE: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "data" / "prose.toml").read_text("utf-8")
)
# Longer than the lines that may be below the credits of an article.
TEXT = {
    "ja": "渡し船は三年ぶりに夜明けに戻り、町中の人が岸壁に立って霧の中の灯りを見つめていた。" * 4,
    "ko": "여객선은 3년 만에 새벽에 돌아왔고 온 마을이 부두에 서서 불빛을 보았다. " * 4,
    "ru": "Паром вернулся на рассвете после трёх лет, и весь город стоял на причале. " * 3,
    "ar": "عادت العبارة عند الفجر بعد ثلاث سنوات ووقفت المدينة كلها على الرصيف. " * 3,
    "zh-Hans": "渡轮在停航三年之后于黎明重新靠岸，全城的人都站在码头上看雾里的灯。" * 5,
    "zh-Hant": "渡輪在停航三年之後於黎明重新靠岸，全城的人都站在碼頭上看霧裡的燈。" * 5,
}
LATIN = "The ferry came back at dawn after three years, and the whole town stood on the quay to see it. " * 3


def kept(language: str, lines: list[str]) -> str:
    """Return the text of an article with these paragraphs."""
    paragraphs = "".join(f"<p>{line}</p>" for line in lines)
    page = f'<html lang="{language}"><head><title>h</title></head><body>{paragraphs}</body></html>'
    document = feed2doc.read(page.encode(), format="html")
    blocks = [block for section in document.sections for block in section.blocks]
    return "\n".join(m.plain_text(run) for block in blocks for run in m.texts_of(block))


@pytest.mark.parametrize("language", PROSE)
def test_sentences_that_look_like_other_lines_are_kept(language: str) -> None:
    text = TEXT.get(language, LATIN)
    lost = [
        line
        for line in PROSE[language]
        for words in [re.sub("<[^>]*>", "", line)]
        if words not in kept(language, [text, line, text, text])
        or words not in kept(language, [text, text, line])
    ]
    assert not lost
