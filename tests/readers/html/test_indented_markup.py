"""Line ends in the markup between Chinese and Japanese characters are no spaces, as programs that indent markup write them."""

import feed2doc
import pytest
from feed2doc import model as m

P = "<p>渡轮在停航三年之后重新靠岸，人们在码头等候。</p>"


def text(html: str) -> str:
    """Return the words of the second paragraph of this page, with `[` and `]` around its links."""
    env = feed2doc.Env(audit=True)
    lines = "\n\n\n\n"  # an item in one line is not asked
    document = feed2doc.read(f"[渡轮](https://quay.example/1)\n------\n{P}{lines}{html}".encode(), env=env)
    assert not [each for each in env.diagnostics if each.kind == "loss"], env.diagnostics
    block = document.sections[0].blocks[1]
    assert isinstance(block, m.Paragraph)
    return "".join(
        f"[{m.plain_text(n.content)}]" if isinstance(n, m.Link) else m.plain_text((n,)) for n in block.content
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>\n 渡轮\n 靠岸\n</p>", "渡轮靠岸"),
        ("<p>\n 她说“\n <a href='https://e.org/'>\n  渡轮\n </a>\n ”靠岸\n</p>", "她说“[渡轮]”靠岸"),
        ("<p>\n 渡轮\n <b>\n  靠岸\n </b>\n <i>\n  了\n </i>\n 。\n</p>", "渡轮靠岸了。"),
        ("<p>\n フェリーが\n <b>\n  戻った\n </b>\n</p>", "フェリーが戻った"),
        # A space in the markup, or next to a word, stays, outside of links.
        ("<p>\n 渡轮 靠岸\n 了\n</p>", "渡轮 靠岸了"),
        ("<p>\n 渡轮\n <a href='https://e.org/'>\n  Quay\n </a>\n 靠岸\n</p>", "渡轮 [Quay] 靠岸"),
        ("<p>\n 渡轮（\n <a href='https://e.org/'>\n  Quay\n </a>\n ）靠岸\n</p>", "渡轮（[Quay]）靠岸"),
        ("<p>\n The ferry\n is back\n 渡轮\n</p>", "The ferry is back 渡轮"),
        ("<p>\n 渡轮\n 了\n 배가\n 돌아왔다\n</p>", "渡轮了 배가 돌아왔다"),
        (
            "<p>\n 渡轮\n <br/>\n <a href='https://e.org/'>\n  靠岸\n </a>\n <br/>\n 了\n</p>",
            "渡轮\n[靠岸]\n了",
        ),
    ],
)
def test_line_ends_between_wide_characters(html: str, expected: str) -> None:
    assert text(html) == expected


def test_program_text_keeps_its_lines() -> None:
    document = feed2doc.read(
        f"[渡轮](https://quay.example/1)\n------\n{P}\n\n\n\n<pre>渡轮\n靠岸</pre>".encode()
    )
    (code,) = [block for block in document.sections[0].blocks if isinstance(block, m.CodeBlock)]
    assert code.value == "渡轮\n靠岸"
