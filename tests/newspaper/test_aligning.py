"""`align` finds which paragraphs of an article and its translation say the same."""

import os
import subprocess
import sys
import tracemalloc
from collections.abc import Sequence

import feed2doc
import pytest
from feed2doc._text.folding import folded
from feed2doc.aligning import names
from feed2doc.aligning.chain import chain
from feed2doc.aligning.evidence import Evidence
from feed2doc.aligning.numbers import numbers
from feed2doc.aligning.units import units_of
from feed2doc.model import Document, Figure, Image, Paragraph, Section, Text
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

PICTURES = (
    "https://pictures.example/mill-1-articleLarge.jpg",
    "https://other.example/a/mill-1-master1050.png",
)

ENGLISH = (
    "BRAYFORD — The last water mill on the Ousel was built in 1764 and has ground wheat ever since, but on Tuesday its wheel stood still.",
    "An oak gate, 11 feet wide, had broken in the night, said Harriet Dunmore, 52, the miller.",
    "Repairs will cost £38,000, two-thirds of it for wood.",
    PICTURES[0],
    "“I can buy flour in any shop,” Ms. Dunmore said. “I cannot buy that sound.”",
    "She wrote to 240 customers. By Friday, 190 had sent money; a baker in Lisbon paid for a hundred sacks in advance.",
    "The county has promised nothing.",
    "Tourists come, too: 6,500 of them last summer, most of them from Japan, where a film about the mill was shown on television.",
)
CHINESE = (
    "布雷福德——奥瑟尔河上最后一座水磨坊建于1764年，此后一直在磨小麦，但周二，它的轮子停了。52岁的磨坊主哈丽雅特·邓莫尔(Harriet Dunmore)说，一道宽3.35米的橡木闸门在夜里断裂。",
    "维修将耗资3.8万英镑，其中三分之二用于木材。",
    "她给240位顾客写了信。到周五，已有190人寄来了钱。",
    "里斯本的一位面包师预付了一百袋的钱。",
    "“面粉我在哪家店都能买到，”邓莫尔说。“那个声音我买不到。”",
    PICTURES[1],
    "游客也来：去年夏天有6500人，大多来自日本，那里的电视台播放过一部关于磨坊的电影。",
    "本报编辑部在北京另有报道。",
)
FRENCH = (
    "Le dernier moulin à eau de l’Ousel, bâti en 1764, moud du blé depuis toujours, mais mardi sa roue s’est arrêtée.",
    "Une vanne en chêne s’était brisée dans la nuit, raconte la meunière, Harriet Dunmore, 52 ans. La réparation coûtera 38 000 livres, dont deux tiers pour le bois.",
    "« De la farine, j’en achète dans tous les magasins, dit Mme Dunmore. Ce bruit-là, non. »",
    "Elle a écrit à 240 clients. Vendredi, 190 avaient envoyé de l’argent ; un boulanger de Lisbonne a payé cent sacs d’avance.",
    "Les touristes viennent aussi : 6 500 l’été dernier, la plupart du Japon, où un film sur le moulin est passé à la télévision.",
)
JAPANESE = (
    "ウーゼル川に残る最後の水車小屋は1764年に建てられ、ずっと小麦をひいてきたが、火曜日、その車輪が止まった。",
    "夜のうちに樫の水門が壊れたと、粉屋のハリエット・ダンモアさん(52)は言う。",
    "修理には3万8000ポンドかかり、その3分の2は木材の費用だ。",
    "「小麦粉ならどの店でも買える」とダンモアさんは言う。「あの音は買えない」",
    "彼女は240人の客に手紙を書いた。金曜日までに190人がお金を送ってきた。リスボンのパン屋は百袋分を前払いした。",
    "観光客も来る。去年の夏は6500人で、多くは日本からだった。日本では水車小屋の映画がテレビで放送された。",
)


def article(parts: tuple[str, ...], language: str) -> Document:
    """Return an article of these paragraphs and pictures."""
    blocks = tuple(
        Figure(Image(part)) if part.startswith("https:") else Paragraph((Text(part),)) for part in parts
    )
    return Document(id=language, language=language, sections=(Section(blocks=blocks),))


def test_paragraphs_are_joined_split_left_out_added_and_moved() -> None:
    found = feed2doc.align(article(ENGLISH, "en"), article(CHINESE, "zh-CN"))
    assert found.groups == (
        ((0, 1), (0,)),
        ((2,), (1,)),
        ((3,), (5,)),
        ((4,), (4,)),
        ((5,), (2, 3)),
        ((7,), (6,)),
    )
    assert found.unpaired == ((6,), (7,))


@pytest.mark.parametrize(
    "parts, language, expected",
    [
        (FRENCH, "fr", (((0,), (0,)), ((1, 2), (1,)), ((4,), (2,)), ((5,), (3,)), ((7,), (4,)))),
        (
            JAPANESE,
            "ja",
            (((0,), (0,)), ((1,), (1,)), ((2,), (2,)), ((4,), (3,)), ((5,), (4,)), ((7,), (5,))),
        ),
    ],
)
def test_other_languages(parts: tuple[str, ...], language: str, expected: object) -> None:
    assert feed2doc.align(article(ENGLISH, "en"), article(parts, language)).groups == expected


@pytest.mark.parametrize("parts, language", [(CHINESE, "zh-CN"), (FRENCH, "fr"), (JAPANESE, "ja")])
def test_the_order_of_the_articles_does_not_matter(parts: tuple[str, ...], language: str) -> None:
    a, b = article(ENGLISH, "en"), article(parts, language)
    assert {(right, left) for left, right in feed2doc.align(b, a).groups} == set(feed2doc.align(a, b).groups)


def test_traditional_and_simplified_characters_are_one() -> None:
    traditional = "郵局長說，這座島上的信件要兩個星期才能送到，因為渡輪只在週一開航。"
    other = "居民對此並不驚訝，他們早就習慣了等待。"
    a = article((traditional, other), "zh-TW")
    b = article((folded(other), folded(traditional)), "zh-CN")
    assert feed2doc.align(a, b).groups == (((0,), (1,)), ((1,), (0,)))


def test_articles_about_other_things_are_not_paired() -> None:
    other = (
        "The tram depot will move to Elm Street.",
        "Nobody asked the drivers, who found out from a poster.",
    )
    assert feed2doc.align(article(other, "en"), article(CHINESE, "zh-CN")).groups == ()
    empty = article((), "en")
    assert feed2doc.align(empty, empty) == feed2doc.Alignment()


def test_an_alignment_takes_little_memory() -> None:
    class Diagonal(Evidence):
        def __init__(self) -> None:
            pass

        def score(self, left: Sequence[int], right: Sequence[int]) -> float:
            return 1.0 if right == range(left[0] * 10, left[0] * 10 + 1) else -9.0

    tracemalloc.start()
    groups = chain(range(250), range(2500), Diagonal())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(groups) == 250 and peak < 4_000_000


def test_names_of_long_articles_are_compared_near_their_place(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []

    def counted(_: str, runs: Sequence[str]) -> bool:
        compared.append(len(runs))
        return False

    monkeypatch.setattr(names, "is_heard", counted)
    work: list[int] = []
    for count in (300, 600):
        compared.clear()
        english = tuple(
            f"They told Al{n:b} that.".replace("0", "ra").replace("1", "lo") for n in range(count)
        )
        chinese = ("他们告诉阿尔拉洛。",) * count
        units = units_of(article(english, "en")), units_of(article(chinese, "zh-CN"))
        Evidence(*units, ("en", "zh-CN"))
        work.append(sum(compared))
    assert 0 < work[1] < 2.5 * work[0]


def test_only_articles_are_aligned() -> None:
    with pytest.raises(feed2doc.UsageError):
        feed2doc.align("a.txt", "b.txt")  # type: ignore[arg-type]


@given(
    st.lists(st.sampled_from(ENGLISH), max_size=6), st.lists(st.sampled_from(CHINESE + FRENCH), max_size=6)
)
@settings(max_examples=40, deadline=None)
def test_an_alignment_is_a_partition(left: list[str], right: list[str]) -> None:
    a, b = article(tuple(left), "en"), article(tuple(right), "zh-CN")
    found = feed2doc.align(a, b)
    for side, document in ((0, a), (1, b)):
        numbers = [number for group in (*found.groups, found.unpaired) for number in group[side]]
        assert sorted(numbers) == list(range(len(document.sections[0].blocks)))
    assert all(group[0] and group[1] for group in found.groups)


@pytest.mark.parametrize(
    "text, language, same, other",
    [
        ("24 megawatts", "en", "2.4万千瓦", "zh-CN"),
        ("$1.2 billion", "en", "12亿美元", "zh-CN"),
        ("two-thirds", "en", "三分之二", "zh-CN"),
        ("nine-tenths", "en", "九成", "zh-CN"),
        ("Nov. 9, 2022", "en", "2022年11月9日", "zh-CN"),
        ("one in six", "en", "六分之一", "zh-CN"),
        ("forty-seven", "en", "四十七", "zh-CN"),
        ("130 million", "en", "1億3000万", "ja"),
        ("1.5 million euros", "en", "1,5 million d’euros", "fr"),
        ("3,400", "en", "3.400", "de"),
        ("two thirds", "en", "zwei Drittel", "de"),
        ("Wednesday", "en", "礼拜三", "zh-CN"),
        ("6:20 p.m.", "en", "18 h 20", "fr"),
        ("38,000", "en", "٣٨ ألف", "ar"),
        ("1.5 million", "en", "1,5 milyon", "tr"),
        ("3,400", "en", "3,4 nghìn", "vi"),
        ("1.2 billion", "en", "1,2 miljard", "nl"),
    ],
)
def test_numbers_are_equal_in_any_writing(text: str, language: str, same: str, other: str) -> None:
    assert set(numbers(folded(text), language)) & set(numbers(folded(same), other))


def test_numbers_do_not_depend_on_the_language_of_the_environment() -> None:
    program = (
        "from feed2doc.aligning.numbers import numbers;"
        "print([sorted(numbers('1,5 drei trois septembre Dezember mardi', each)) for each in ('xx', 'tlh', 'la', '')])"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            env=os.environ | {"LC_ALL": each},
        ).stdout
        for each in ("fr_FR.UTF-8", "de_DE.UTF-8", "C")
    }
    assert len(found) == 1


def test_names_are_recognized_by_their_sound() -> None:
    runs = names.transcriptions("经济学家贝蒂娜·克罗尔说")
    assert names.is_heard(names.consonants("kroll"), runs)
    assert not names.is_heard(names.consonants("tolliver"), runs)
    assert names.is_heard(names.consonants("dunmore"), names.transcriptions("ハリエット・ダンモアさん"))


def test_characters_are_simplified_as_opencc_does() -> None:
    characters = [chr(code) for code in range(0x3400, 0xA000)]
    simplified = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    assert [folded(char) for char in characters] == simplified
