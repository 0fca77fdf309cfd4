"""Lines that begin as credits, invitations or notices do: those of speakers and of reports on fraud, and such lines themselves."""

import feed2doc
import pytest
from feed2doc import model as m

ABOVE, BELOW = "<p>码头上多了一张贴纸。</p>", "<p>这已是第三起，后来没有人再问。</p>"


def read(body: str, title: str = "盐与灯") -> feed2doc.Document:
    return feed2doc.read(f"[{title}](https://quay.example/2026/salt)\n---\n{body}".encode())


def blocks_of(document: feed2doc.Document) -> list[m.Block]:
    return [block for section in document.sections for block in section.blocks]


def texts(document: feed2doc.Document) -> list[str]:
    return [m.plain_text(run) for block in blocks_of(document) for run in m.texts_of(block)]


def credits_of(document: feed2doc.Document) -> list[tuple[str, str]]:
    return [(each.role, m.plain_text(each.text)) for each in document.credits]


@pytest.mark.parametrize(
    "lines",
    [
        ("编辑：你为什么三年没有回信？", "作者：我在海上，邮差找不到我。", "编辑：现在回来了，还走吗？", "作者：看风。"),
        ("编辑：请坐。", "作者：谢谢。", "编辑：那就开始吧。", "作者：好。"),
        ("編輯：你幾歲上船？", "作者：九歲。", "編輯：怕嗎？", "作者：怕。"),
        ("編集：なぜ書かない？", "作家：海にいた。", "編集：今は？", "作家：風に聞く。"),
        ("Editor: Why no letters?", "Author: I was at sea.", "Editor: And now?", "Author: Ask the wind."),
        ("主编：请坐！", "船长：谢谢。", "主编：那就开始吧。", "船长：好。"),
    ],
)  # fmt: skip
def test_what_speakers_say_is_no_credit(lines: tuple[str, ...]) -> None:
    document = read("".join(f"<p>{line}</p>" for line in lines))
    assert texts(document) == list(lines) and not document.credits


@pytest.mark.parametrize("line", ["编辑：王小明", "编辑：王小明。", "校对：林海生"])
def test_an_editor_above_the_text_is_a_credit(line: str) -> None:
    assert texts(read(f"<p>{line}</p>{ABOVE}{BELOW}")) == texts(read(ABOVE + BELOW))


@pytest.mark.parametrize(
    "line",
    [
        "扫描二维码关注公众号后，老林的钱不见了。",
        "扫码下载应用后，手机被锁了。",
        "长按二维码识别后，页面要他输入密码，账户里的钱被转走。",
        "扫码关注后，老林被骗走三千元。",
        "掃描二維碼加入社團後，老林才知道是詐騙。",
    ],
)
def test_a_sentence_about_a_fraud_is_no_invitation(line: str) -> None:
    assert line in texts(read(f"{ABOVE}<p>{line}</p>{BELOW}"))


@pytest.mark.parametrize("line", ["欢迎关注我们的公众号。", "扫描二维码关注公众号后，回复“潮位”领取资料。"])
def test_an_invitation_is_left_out(line: str) -> None:
    assert line not in texts(read(f"{ABOVE}<p>{line}</p>{BELOW}"))


@pytest.mark.parametrize(
    "line",
    [
        "本文来自微信公众号“潮间带”（ID：chaojiandai），作者：卢问舟，编辑：冯栖梧，经授权发布。",
        "本文来自微信公众号“潮间带”（ID：chaojiandai），作者：卢问舟，编辑：冯栖梧，海港网经授权发布。",
        "本文来自微信公众号：潮间带，作者：卢问舟，编辑：冯栖梧",
        "本文来自微信公众号：潮间带（ID：chaojiandai），作者：卢问舟，编辑：冯栖梧，题图来自：海港图库",
    ],
)
def test_a_source_with_author_and_editor(line: str) -> None:
    document = read(f"<p>{line}</p>{ABOVE}{BELOW}")
    assert [person.name for person in document.byline] == ["卢问舟"]
    assert "editor" in dict(credits_of(document)) and len(texts(document)) == 2


@pytest.mark.parametrize(
    "line",
    [
        "特别声明：以上内容(如有图片或视频亦包括在内)为自媒体平台“海港号”用户上传并发布，本平台仅提供信息存储服务。",
        "声明：该文观点由作者负责，海港号系信息发布平台，仅提供信息存储空间服务。",
        "以上內容為用戶上傳並發布，本平台僅提供信息存儲服務。",
    ],
)
def test_the_notice_of_a_platform_is_a_note(line: str) -> None:
    document = read(f"{ABOVE}{BELOW}<p>{line}</p>")
    assert credits_of(document) == [("note", line)] and len(texts(document)) == 2


def test_a_last_sentence_about_platforms_stays() -> None:
    line = "法院认为，平台仅提供信息存储空间服务。"
    assert texts(read(f"{ABOVE}{BELOW}<p>{line}</p>"))[-1] == line
