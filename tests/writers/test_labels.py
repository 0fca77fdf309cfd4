"""The labels that feed2doc adds to its output: complete in every language, in the language of the article."""

import io
import string
import unicodedata
import zipfile

import feed2doc
import pytest
from feed2doc import model as m
from feed2doc._compiled_data import toml_file
from feed2doc._locale.labels import count_of_articles, has_labels, labels
from feed2doc._locale.tags import is_right_to_left

LANGUAGES = toml_file("_locale/labels.toml")
PUNCTUATION = ("colon", "gap", "until")


def fields(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_label_with_the_same_fields(language: str) -> None:
    english, own = LANGUAGES["en"], LANGUAGES[language]
    assert list(own) == list(english)
    for key, text in own.items():
        assert fields(text) == fields(english[key]), key
        assert key in PUNCTUATION or (text and text == text.strip()), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_run_in_the_direction_of_their_language(language: str) -> None:
    for key, text in LANGUAGES[language].items():
        words = text.format_map(dict.fromkeys(fields(text), ""))
        found = {unicodedata.bidirectional(each) for each in words} & {"L", "R", "AL"}
        assert key in PUNCTUATION or bool(found - {"L"}) == is_right_to_left(language), key
        assert len(found) < 2, key


def test_other_languages_have_the_labels_of_english() -> None:
    assert labels("fi") == labels("en") and not has_labels("fi")
    assert has_labels("de-AT") and labels("de-AT")["contents"] == "Inhalt"
    assert count_of_articles(5, "fr") == "5 articles" and has_labels("fr")


def article(language: str, headline: str) -> feed2doc.Document:
    text = m.Section(blocks=(m.Paragraph((m.Text(headline),)),))
    return feed2doc.Document(
        id=headline, url="https://example.com/1", headline=headline, language=language, sections=(text,)
    )


def pages_of(book: feed2doc.Book, name: str) -> str:
    written = feed2doc.write(book, name)
    if isinstance(written, str):
        return written
    with zipfile.ZipFile(io.BytesIO(written)) as epub:
        return "".join(epub.read(each).decode() for each in epub.namelist() if each.endswith("html"))


@pytest.mark.parametrize(
    ("language", "headlines"),
    [("ar", ("رصيف الميناء", "قارب الصباح")), ("he", ("הרציף בנמל", "סירת הבוקר"))],
)
@pytest.mark.parametrize("name", ["html", "epub", "typst"])
def test_a_book_from_right_to_left_has_its_own_words(
    name: str, language: str, headlines: tuple[str, str]
) -> None:
    pages = pages_of(feed2doc.bundle([article(language, each) for each in headlines]), name)
    assert all(labels(language)[key] in pages for key in ("contents", "source"))
