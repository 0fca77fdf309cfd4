"""Bytes: labels as browsers take them, wrong and missing declarations, damage, compression."""

import gzip

import feed2doc
import pytest
from feed2doc.model import plain_text

PAGE = '<html lang="{lang}"><head>{meta}<title>t</title></head><body><h1>t</h1><p>{text}</p></body></html>'
FRENCH = "Le « café » coûte 5 € – déjà vu, s’il vous plaît."
CHINESE = "渡轮昨日回到码头，老人说“好”。朱镕基。"
TAIWAN = "渡輪昨日回到碼頭，價格€五元。"


def read(data: bytes, env: feed2doc.Env | None = None) -> str:
    document = feed2doc.read(data, env=env)
    return " ".join(plain_text(b.content) for s in document.sections for b in s.blocks)  # type: ignore[union-attr]


def page(text: str, charset: str = "", lang: str = "") -> str:
    return PAGE.format(text=text, lang=lang, meta=f'<meta charset="{charset}">' if charset else "")


@pytest.mark.parametrize(
    ("text", "label", "codec"),
    [
        (FRENCH, "iso-8859-1", "cp1252"),
        (FRENCH, "US-ASCII", "cp1252"),
        (FRENCH, "latin1", "cp1252"),
        (FRENCH, "utf-16", "utf-8"),
        (FRENCH, "iso-8859-1", "utf-8"),
        ("Işık ve gölge “şimdi”", "iso-8859-9", "cp1254"),
        ("ราคา ๕ บาท", "tis-620", "cp874"),
        (CHINESE, "GB2312", "gb18030"),
        (CHINESE + "𠮷", "gbk", "gb18030"),
        (TAIWAN, "big5", "cp950"),
        ("똠방각하 펲시", "ks_c_5601-1987", "cp949"),
        ("①港は～開いた", "Shift_JIS", "cp932"),
        ("港は今日開いた", "euc-jp", "euc_jp"),
        ("Порт відкрито", "koi8-u", "koi8-u"),
        (FRENCH, "macintosh", "mac-roman"),
        ("港は今日開いた", "iso-2022-jp", "iso2022_jp"),
        # Labels that only differ in their signs or the maker's name.
        ("Паром вернулся", "cp-1251", "cp1251"),
        ("Паром вернулся", "win1251", "cp1251"),
        ("Паром вернулся", "windows1251", "cp1251"),
        (FRENCH, "latin-1", "cp1252"),
        (FRENCH, "ansi-1252", "cp1252"),
        (CHINESE, "GB-2312", "gb18030"),
        (TAIWAN, "big-5", "cp950"),
        ("①港は～開いた", "Shift-JIS", "cp932"),
        ("عادت العبارة", "ms-1256", "cp1256"),
    ],
)
def test_labels_mean_what_browsers_take_them_to_mean(text: str, label: str, codec: str) -> None:
    env = feed2doc.Env()
    assert read(page(text, label).encode(codec), env) == text
    assert not [d for d in env.diagnostics if d.kind == "loss"]


@pytest.mark.parametrize(
    ("lang", "text", "codec"),
    [
        ("zh-CN", CHINESE, "gb18030"),
        ("zh-TW", TAIWAN, "cp950"),
        ("ja", "港は今日開いた", "euc_jp"),
        ("ja", "港は今日開いた", "cp932"),
        ("ru", "Паром вернулся.", "cp1251"),
        ("pl", "Łódź świeci później", "cp1250"),
        ("", FRENCH, "cp1252"),
        ("", "Café.", "cp1252"),
        ("", CHINESE, "gb18030"),
    ],
)
def test_a_page_without_a_declaration_is_in_the_usual_encoding_of_its_language(
    lang: str, text: str, codec: str
) -> None:
    assert read(page(text, lang=lang).encode(codec)) == text


def test_controls_that_were_windows_1252_are_its_characters() -> None:
    assert read(page("It\x92s 5 \x80 \x96 \x93cheap\x94.").encode()) == "It’s 5 € – “cheap”."


def test_an_unknown_label_is_ignored() -> None:
    assert read(page(FRENCH, "no-such-thing").encode()) == FRENCH


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-8-sig", "utf-16", "utf-32"])
def test_utf_with_and_without_its_mark(codec: str) -> None:
    assert read(page(FRENCH).encode(codec)) == FRENCH


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [("gbk", "gb18030", CHINESE), ("", "utf-8", CHINESE), ("latin1", "utf-8", CHINESE)],
)
def test_a_character_cut_in_two_spoils_no_other(label: str, codec: str, text: str) -> None:
    env = feed2doc.Env()
    data = page(text + "!" + text * 9, label).encode(codec)
    at = data.index("!".encode(codec))
    found = read(data[: at - 1] + data[at:], env)
    assert text[:-2] in found and found.endswith(text * 9)
    assert [d.kind for d in env.diagnostics if d.rule == "encoding"] == ["loss"]


def test_a_feed_of_json_may_be_in_utf_16() -> None:
    feed = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "é", "content_text": "ö"}]}'
    assert feed2doc.read(feed.encode("utf-16"), format="feed").headline == "é"


def test_gzip_is_unpacked_and_damage_is_named() -> None:
    packed = gzip.compress(page(FRENCH).encode())
    assert read(packed + b"\0" * 512) == FRENCH
    assert (
        read(gzip.compress(page(FRENCH)[:50].encode()) + gzip.compress(page(FRENCH)[50:].encode())) == FRENCH
    )
    with pytest.raises(feed2doc.ReadError, match="truncated"):
        feed2doc.read(packed[:-20])
    with pytest.raises(feed2doc.ReadError, match="decompressed"):
        feed2doc.read(packed[:-8] + bytes(8))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("&#55356;&#57087; ok", "\U0001f2ff ok"),
        ("&#xD83D;&#xDEA2; at sea", "🚢 at sea"),
        ("a &#55357;&#xdea2;", "a 🚢"),
    ],
)
def test_halves_of_characters_as_references(written: str, shown: str) -> None:
    made = f"<html><head><title>{written}</title></head><body><p>{written}</p></body></html>"
    document = feed2doc.read(made.encode(), format="html")
    assert read(made.encode()) == document.headline == shown
    twice = written.replace("&", "&amp;")
    entry = f"<item><title>{twice}</title><description>&lt;p&gt;{twice}&lt;/p&gt;</description></item>"
    feed = f'<rss version="2.0"><channel><title>Quay</title>{entry}</channel></rss>'
    assert read(feed.encode()) == feed2doc.read(feed.encode()).headline == shown


@pytest.mark.parametrize(
    "written", ["&amp;#55357;&amp;#56994;", "&#65;&#56994;", "&#55357; &#56994;", "&#56994;&#55357;"]
)
def test_references_that_are_no_halves_of_a_character(written: str) -> None:
    shown = read(f"<html><head><title>t</title></head><body><p>{written}</p></body></html>".encode())
    assert "🚢" not in shown and shown
