"""The words of the trade (`words/*.toml`): credits, captions, junk and related articles of sources without a rule."""

import re
import tomllib
from typing import Any, get_args

import feed2doc
import pytest
from feed2doc import model as m
from feed2doc._compiled_data import FOLDER, word_files
from feed2doc._decoding import convert
from feed2doc.readers._rules.names import _is_latin_name, are_names
from feed2doc.readers._rules.words.lexicon import _compiled, languages_in, lexicon
from feed2doc.readers._rules.words.patterns import rules_of
from feed2doc.readers._rules.words.phrases import WordSearch, needs_of, parts_of, starts_of, template
from feed2doc.readers._rules.words.word_file import Bylines, WordFile

from tests import paths

CASES: dict[str, list[Any]] = tomllib.loads((paths.TESTS / "data" / "words.toml").read_text("utf-8"))
P = "<p>渡轮在停航三年之后重新靠岸。</p>"
LANGUAGES = ("de", "fr", "es", "pt", "it", "nl", "sv", "pl", "cs")


def read(html: str, language: str = "") -> feed2doc.Document:
    head = '<title>h</title><link rel="canonical" href="https://quay.example/2025/a">'
    page = f'<html lang="{language}"><head>{head}</head><body>{html}</body></html>'
    return feed2doc.read(page.encode(), format="html")


def body(document: feed2doc.Document) -> list[m.Block]:
    lead = [document.lead] if document.lead else []
    return [*lead, *(block for section in document.sections for block in section.blocks)]


@pytest.mark.parametrize("line", CASES["junk"])
def test_lines_that_are_no_part_of_an_article(line: str) -> None:
    env = feed2doc.Env(audit=True)
    for language in ("", *LANGUAGES):
        page = f'<html lang="{language}"><body>{P}<p>{line}</p>{P}</body></html>'
        if len(body(feed2doc.read(page.encode(), format="html", env=env))) == 2:
            break
    else:
        pytest.fail("kept")
    dropped = [d for d in env.diagnostics if d.kind == "dropped"]
    assert [d.text for d in dropped] == [line] and dropped[0].rule.startswith("words/")
    assert not [d for d in env.diagnostics if d.kind == "loss"]


@pytest.mark.parametrize("name", [name for name in word_files() if name not in ("ja", "ko")])
def test_what_is_left_out_anywhere_is_known_by_its_beginning(name: str) -> None:
    """Else each paragraph is searched for it, which takes a tenth of the time of reading. Verbs are last in ja and ko."""
    words = convert(tomllib.loads((FOLDER / "words" / f"{name}.toml").read_text("utf-8")), WordFile)
    assert not [rule for rule in rules_of(words) if rule.kind == "junk" and not rule.starts]


@pytest.mark.parametrize("name", word_files())
def test_the_words_of_credits_have_known_roles(name: str) -> None:
    words = convert(tomllib.loads((FOLDER / "words" / f"{name}.toml").read_text("utf-8")), WordFile)
    named = {*words.labels, *words.before, *words.after, *words.after_space, *words.lines}
    assert named <= {*get_args(m.Role), "byline"}


@pytest.mark.parametrize("space", ["\u00a0", "\n", "  "])
def test_words_with_other_spaces_between_them(space: str) -> None:
    last = f"<p>Follow us on{space}Facebook and Instagram.</p>".replace("Follow us", f"Follow{space}us")
    assert len(body(read(f"{P}{P}{last}", "en"))) == 2


@pytest.mark.parametrize("line", CASES["last_lines"])
def test_last_lines_that_are_text(line: str) -> None:
    for language in ("", *LANGUAGES):
        assert len(body(read(f"{P}{P}<p>{line}</p>", language))) == 3


@pytest.mark.parametrize("line", CASES["text"])
def test_lines_that_only_look_like_junk(line: str) -> None:
    for language in ("", *LANGUAGES):
        assert len(body(read(f"{P}<p>{line}</p>{P}", language))) == 3


@pytest.mark.parametrize("name", word_files())
def test_word_files_are_valid(name: str) -> None:
    words = convert(tomllib.loads((FOLDER / "words" / f"{name}.toml").read_text("utf-8")), WordFile)
    for rule in rules_of(words):
        re.compile(rule.pattern)
        assert rule.starts or rule.needs, rule
        assert "" not in rule.needs, rule
        # What begins with ^ is only tried at the start, so it must not be one of several alternatives.
        assert not rule.pattern.startswith("^") or _is_one(rule.pattern), rule


def _is_one(expression: str) -> bool:
    """Return True if the expression has no alternatives outside groups."""
    flat = re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]", "", expression)
    while (inner := re.sub(r"\([^()]*\)", "", flat)) != flat:
        flat = inner
    return "|" not in flat


def test_the_subtitle_of_a_story_of_medium() -> None:
    counter = '<img src="https://medium.com/_/stat?event=a" width="1" height="1">'
    for rest, standfirst in (("<h4>码头</h4>", "副标题"), ("<h3>码头</h3>", "")):
        document = read(f"<h3>副标题</h3>{P}{rest}{P}{counter}", "zh")
        assert m.plain_text(document.standfirst) == standfirst
    picture = '<figure><img src="https://quay.example/a.jpg"></figure>'
    for above, standfirst in ((picture, "副标题"), ("", "")):
        document = read(f"<h4>副标题</h4>{above}{P}<h4>码头</h4>{P}{counter}", "zh")
        assert m.plain_text(document.standfirst) == standfirst


@pytest.mark.parametrize(
    "typed", ["Loading", "Loading...", "Loading…", "Loading ...", "Audio player loading…", "Like Loading..."]
)
def test_an_ellipsis_in_a_phrase_is_found_however_it_is_typed(typed: str) -> None:
    document = read(f"<p>Fog.</p><p>{typed}</p><p>Fog on the quay.</p>", "en")
    assert [m.plain_text(block.content) for block in body(document)] == ["Fog.", "Fog on the quay."]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "kept", ["Loading the ferry took", "Loading took an hour…", "Audio player loading is slow"]
)
def test_an_ellipsis_in_a_phrase_does_not_stand_for_words(kept: str) -> None:
    document = read(f"<p>Fog.</p><p>{kept}</p><p>Fog on the quay.</p>", "en")
    assert kept in [m.plain_text(block.content) for block in body(document)]  # type: ignore[union-attr]


def test_phrases_are_regular_expressions() -> None:
    assert re.fullmatch(template("[...]"), "[…]") and not re.fullmatch(template("[...]"), "[at noon]")
    assert re.fullmatch(template("加载中..."), "加载中……") and re.fullmatch(
        template("Sign up…"), "Sign up for fog"
    )
    assert needs_of(["Wait..."]) == ("Wait",) and starts_of(["...more"]) == ()
    assert parts_of("Sign up… for {name}'s 摘*编...") == ("sign", "for", "up", "s", "摘", "编")


def test_any_of_many_words_is_found() -> None:
    words = WordSearch(["Photo", "图片", "图片来源", "(c)", "^"])
    assert all(map(words.is_in, ["A Photo", "图片来源：林海", "The quay (c) 2025", "a^b"]))
    assert not any(map(words.is_in, ["", "photo", "图", "(", "片图"]))
    assert sorted(words.ends_at("在图片来源", 1)) == [3, 5] and list(words.ends_at("图", 1)) == []
    assert WordSearch(["quay", "queue"]).is_in("A quay") and not WordSearch([]).is_in("A quay")


@pytest.mark.parametrize(
    "text",
    [
        "林海",
        "欧阳林海",
        "林海、梅林",
        "林海 梅林",
        "林海和梅林",
        "林海 與 梅林",
        "𠮷田林",
        "露西•凯拉韦(Lucy Kellaway)",
        "林·A·海",
        "Ann van Berg",
        "J. R. Ångström and Ann O'Ba",
        "Анна Берг, И. Береза",
        "さくら",
        "김철수",
        "محمد علي",
    ],
)
def test_names(text: str) -> None:
    assert are_names(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "林",
        "the quay",
        "дом и лес",
        "서울 특파원",
        "林·海·梅·林·岸",
        "林·海2",
        "(Ann Ba)",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert not are_names(text)


def test_a_typed_rule_above_a_line_that_is_left_out_goes_with_it() -> None:
    document = read(f"{P}{P}<p>———<br>微信搜索“<b>海港书评</b>”：重申文化想象</p>", "zh")
    assert len(body(document)) == 2


def test_a_rule_is_tried_on_texts_with_the_beginning_of_a_phrase() -> None:
    assert starts_of(["Lire l’article", "D'après…", "文／…", "Read more..."]) == ("d", "lire", "read", "文／")
    assert starts_of(["Read more", "…が撮影"]) == ()


@pytest.mark.parametrize("typed", ["—— END ——", "* * *", "———", "__________", "__", "⁂", "***"])
def test_a_typed_rule_is_a_rule(typed: str) -> None:
    kinds = [type(block) for block in body(read(f"{P}<p>{typed}</p>{P}", "zh"))]
    assert kinds == [m.Paragraph, m.Rule, m.Paragraph]


@pytest.mark.parametrize(
    "line",
    [
        "<code>***</code>",
        "<a href='https://quay.example/b'>***</a>",
        "* * <img src='https://quay.example/a.png' alt=''> *",
        "<kbd>---</kbd>",
        "<del>* * *</del>",
    ],
)
def test_a_row_of_signs_that_is_more_than_text_is_no_rule(line: str) -> None:
    blocks = body(read(f"{P}<p>{line}</p>{P}", "en"))
    assert len(blocks) > 2 and not [block for block in blocks if isinstance(block, m.Rule)]


@pytest.mark.parametrize(
    ("text", "stated", "expected"),
    [
        ("The quay.", "", ()),
        ("The quay — “open”, ５ ⓘ 🚢", "fr-FR", ("fr",)),
        ("渡轮，停航。", "en", ("en", "zh")),
        ("渡轮「カモメ」", "", ("ja", "zh")),
        ("부두 Паром مرفأ", "", ("ar", "ko", "ru")),
        # The characters after those of the scripts, and half of a pair.
        ("\u0500\u0700\u31f0\ua000\ue000\ud800", "", ()),
    ],
)
def test_languages_by_the_scripts_of_a_text(text: str, stated: str, expected: tuple[str, ...]) -> None:
    assert languages_in(text, stated) == expected


def test_rules_without_letters_of_two_cases_do_not_ignore_case() -> None:
    words = WordFile(
        languages=("zh",), labels={"editor": ("编辑", "Editor")}, bylines=Bylines(notes=("报道",))
    )
    by_pattern = {rule.pattern: rule.exact for rule in rules_of(words)}
    assert {exact for pattern, exact in by_pattern.items() if "Editor" in pattern} == {False}
    assert {exact for pattern, exact in by_pattern.items() if "报道" in pattern} == {True}


def test_a_rule_is_not_compiled_for_a_text_that_lacks_what_it_needs() -> None:
    """An invitation needs a verb and an object, a name before a bracket the words in it."""
    _compiled.cache_clear()
    for text in ("点击这条航道的照片", "林海报道了渡轮"):
        assert lexicon(("zh",)).find("credit", text) is None
    assert _compiled.cache_info().currsize == 0
    assert (
        lexicon(("zh",)).find("credit", "林海（综合报道）") is not None
        and _compiled.cache_info().currsize == 1
    )


@pytest.mark.parametrize(
    "name", ["Ann Ba", "J. R. de la Cruz", "Ann B C", "Otto van der Berg", "Lin Д. Море"]
)
def test_names_have_capitals_and_particles(name: str) -> None:
    assert are_names(name)
    for wrong in (
        f"{name} de",
        f"ann {name}",
        f"{name} de la di Cruz",
        f"{name} A Ba C D E F",
        f"{name}  Ba",
    ):
        assert not _is_latin_name(wrong)
