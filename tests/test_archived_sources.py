"""Archived items of sources in the markup of several years: cards of an archive, captions next to pictures, the page around a text."""

import feed2doc
import pytest
from feed2doc import model as m

P = "<p>渡轮在停航三年之后重新靠岸，人们在码头等候。</p>"
STAMP = "<!--1739262415000-->\n"


def read(url: str, html: str, headline: str = "渡轮回来了", front: str = "") -> feed2doc.Document:
    """Return the item, in which nothing may be lost."""
    env = feed2doc.Env(audit=True)
    item = f"{front}{STAMP}[{headline}]({url})\n------\n\n{html}\n"
    document = feed2doc.read(item.encode(), env=env)
    assert not [each for each in env.diagnostics if each.kind == "loss"], env.diagnostics
    return document


def body(document: feed2doc.Document) -> list[m.Block]:
    lead = [document.lead] if document.lead else []
    return [*lead, *(block for section in document.sections for block in section.blocks)]


def words(part: m.Block) -> str:
    return "".join(text for text in map(m.plain_text, m.texts_of(part)))


@pytest.mark.parametrize(
    "line",
    [
        "Categorized: <a href='https://quay.example/c/1'>海港 · HARBOUR</a> - <a href='https://quay.example/c/2'>船</a>",
        "Tagged: <a href='https://quay.example/t/1'>渡轮</a>",
        "如果您喜欢本站文章，请订阅我们的电子邮件，以便及时获取更新通知。",
    ],
)
def test_lines_of_themes_below_the_text_are_left_out(line: str) -> None:
    assert len(body(read("https://quay.example/1", f"{P}{P}<footer><p>{line}</p></footer>"))) == 2
