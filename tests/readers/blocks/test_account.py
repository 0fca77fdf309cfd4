"""The account: everything in the source is in the Document, dropped by a rule, or noted as a loss."""

import json
import re
from itertools import count
from pathlib import Path
from typing import Any

import feed2doc
import pytest
from feed2doc import Env
from feed2doc import model as m
from feed2doc.model import words_in
from feed2doc.readers._article import build
from feed2doc.readers._article.headings.sections import into_sections
from feed2doc.readers._blocks import whole
from feed2doc.readers._blocks.elements import VOID
from feed2doc.readers._blocks.open_block import OpenBlock
from feed2doc.readers._blocks.paragraphs import Paragraphs
from feed2doc.readers._rules.schema import SELECTED
from hypothesis import given
from hypothesis import strategies as st

from tests.command import run
from tests.strategies import MANY

# Elements with content, and void elements; attributes that matter to the reader; and texts, some of which rules match.
_TAGS = re.findall(
    r"\w+",
    "a abbr address article aside audio b bdi bdo blockquote button canvas caption center cite code colgroup data"
    " datalist dd del details dfn dialog dir div dl dt em fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6"
    " header hgroup i iframe ins kbd label legend li main map mark math menu meter nav noscript object ol optgroup option"
    " output p picture pre progress q rp rt ruby s samp script search section select small span strike strong style sub"
    " summary sup svg table tbody td template text textarea tfoot th thead time title tr tt u ul var video",
)
_VOID = sorted(VOID)
_ATTRIBUTES = re.findall(
    r"\S+",
    "class='credit' class='inline' class='level3' id='note' href='#note' href='https://harbour.example/2' href='javascript:x'"
    " src='https://harbour.example/a.jpg' src='data:image/gif;base64,R0' data-src='https://harbour.example/b.jpg'"
    " data='https://harbour.example/c.pdf' data='https://harbour.example/d.png' srcset='https://harbour.example/d.jpg'"
    " poster='https://harbour.example/e.jpg' width='1' height='1' width='16' alt='alternative' lang='fr' dir='rtl' start='3'"
    " colspan='2' hidden='' open='' rel='author' datetime='2025-03-04' title='titled' "
    + " ".join(f"class='{name}'" for name in (*SELECTED, "time")),
)
_TEXTS = (
    " ",
    "\n",
    "words ",
    "（渡轮）",
    "— Ann Ba",
    "Photo: Ann Ba",
    "编辑：梅林",
    "获取更多RSS",
    "1",
    "\u200b",
    "1. ",
    "©",
    "2025-03-04 08:30",
)


def _tag(name: str, attributes: list[str], children: list[str]) -> str:
    opening = " ".join((name, *attributes))
    return f"<{opening}>" if name in _VOID else f"<{opening}>{''.join(children)}</{name}>"


_texts = st.one_of(st.sampled_from(_TEXTS), st.integers(10, 99).map(lambda n: f"text{n} "))
_attributes = st.lists(st.sampled_from(_ATTRIBUTES), max_size=3, unique=True)
_trees = st.recursive(
    _texts,
    lambda inner: st.builds(_tag, st.sampled_from(_TAGS + _VOID), _attributes, st.lists(inner, max_size=5)),
    max_leaves=25,
)


# A site file that gives each of its meanings to the class of the same name.
_RULES = "\n".join(
    [
        'hosts = ["harbour.example"]',
        *(f'{key} = [".{key}"]' for key in SELECTED),
        'time = [{ select = ".time" }]',
        "drop_text = ['words text1']",
        "bold_headings = true",
        "header_row = true",
        'gallery = [{ select = ".gallery", attribute = "title", urls = "a.b", caption = "c" }]',
    ]
)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a site rule that has every key."""
    folder = tmp_path_factory.mktemp("rules")
    (folder / "harbour.toml").write_text(_RULES, "utf-8")
    return folder


def differences(html: str, rules: Path) -> list[str]:
    """Return what the account of an item with this HTML notes."""
    env = Env(audit=True, site_dirs=(rules,))
    item = f"[Harbour](https://harbour.example/1)\n------\n<p>First.</p>{html}<p>Last.</p>"
    list(feed2doc.read_all(item.encode(), env=env))
    return [f"{d.kind}: {d.message}" for d in env.diagnostics if d.rule == "account"]


@MANY
@given(st.lists(_trees, min_size=1, max_size=4).map("".join))
def test_nothing_of_any_html_is_lost(rules: Path, html: str) -> None:
    assert differences(html, rules) == []


@MANY
@given(st.sampled_from(_TAGS), st.sampled_from(_TAGS), st.sampled_from(_TAGS + _VOID), st.data())
def test_nothing_is_lost_in_three_nested_elements(
    rules: Path, outer: str, middle: str, inner: str, data: st.DataObject
) -> None:
    numbers = count()
    html = f"<{inner}>"
    for tag in (inner, middle, outer):
        attributes = " ".join(data.draw(_attributes))
        html = f"before{next(numbers)}<{tag} {attributes}>first{next(numbers)}{html}last{next(numbers)}</{tag}>after{next(numbers)}"
    assert differences(html, rules) == []


ITEM = "[Harbour](https://harbour.example/1)\n------\n<p>First.</p>{}<p>Last.</p>"
PICTURE = "<img src='https://harbour.example/a.jpg'>"
FILM = "<iframe src='https://harbour.example/film'></iframe>"


def read(html: str, env: Env | None = None) -> m.Document:
    return feed2doc.read(ITEM.format(html).encode(), env=env)


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        (f"<figure>{PICTURE}<figcaption>Tide {FILM}</figcaption></figure>", ["Tide", "a.jpg", "film"]),
        (
            f"<figure><figcaption>Tide <cite>Ann {PICTURE}</cite></figcaption></figure>",
            ["Tide", "Ann", "a.jpg"],
        ),
        (f"<dl><dt>Ebb {PICTURE}</dt><dd>Low water</dd></dl>", ["Ebb", "a.jpg", "Low water"]),
        (f"<pre>10:00  low\n{PICTURE}16:00  high</pre>", ["10:00  low\\n16:00  high", "a.jpg"]),
        (f"<pre>a<video src='https://harbour.example/v.mp4'>old browser{PICTURE}</video></pre>", ["v.mp4"]),
        (f"<p>Run <code>tide {FILM} now</code></p>", ["tide", "now", "film"]),
        (f"<p><ruby>潮<rt>しお {FILM}</rt></ruby></p>", ["潮", "しお", "film"]),
        ("<object data='/t.png' type='image/png'>The tides</object>", ["/t.png", "The tides"]),
        ("<object data='/t.pdf'>Get the <b>tides</b></object>", ["t.pdf"]),
        (f"<object data='/t.swf'>{FILM}Or read it</object>", ["film", "Or read it"]),
        ("<object>No <i>tides</i></object>", ["No ", "tides"]),
        (
            "<blockquote><p>Go.</p><p>— Ann Ba</p><footer>Otto Berg</footer></blockquote>",
            ["— Ann Ba", "Otto Berg"],
        ),
        ("<p>Chart:<svg><text>Low 0.4 m</text><text>High 3.1 m</text></svg></p>", ["Low 0.4 m High 3.1 m"]),
        ("<p>Press <svg aria-label='anchor'><path d='M0 0'/></svg> to stop.</p>", ["Press anchor to stop."]),
        (
            "<svg><style>#m{fill:red}</style><g><foreignObject><div><p>Haul<br>the net</p></div></foreignObject></g>"
            "<switch><foreignObject><div>Mend it</div></foreignObject><text>Mend…</text></switch>"
            "<switch><g requiredFeatures='x'/><a href='https://e.org/'><text>NOT SHOWN</text></a></switch>"
            "<text><tspan x='0'>at low</tspan><tspan x='0' dy='1em'>tide</tspan></text><text>tide <tspan>I</tspan>I</text></svg>",
            ['"Haul the net Mend it at low tide tide II"'],
        ),
        ("<figure><svg><title>The lock</title><path d='M0 0'/></svg></figure>", ["The lock"]),
    ],
)
def test_what_used_to_be_lost_is_in_the_document(html: str, kept: list[str]) -> None:
    env = Env(audit=True)
    found = str(feed2doc.write(read(html, env), "json"))
    assert [text for text in kept if text not in found] == []
    assert [d for d in env.diagnostics if d.kind == "loss"] == []


@pytest.mark.parametrize(
    ("html", "kind", "rule", "text", "characters"),
    [
        ("<select><option>A b<option>C</select>", "dropped", "html: select", "A bC", 3),
        (
            "<p>Run <code>tide <button>Copy it</button><br>now</code> here.</p>",
            "dropped",
            "html: pre",
            "Copy it",
            6,
        ),
        ("<p><svg aria-label='Share'><path d='M0 0'/></svg></p>", "dropped", "html: svg", "", 0),
        ("<figure><svg><path d='M0 0'/></svg></figure>", "loss", "html: svg", "", 0),
        ("<figure><svg viewBox='0 0 600 400'><path d='M0 0'/></svg></figure>", "loss", "html: svg", "", 0),
        ("<figure><p>A <svg viewBox='0 0 24 24'/></p></figure>", "dropped", "html: svg", "", 0),
        ("<figure>A<button><svg><path d='M0 0'/></svg></button></figure>", "dropped", "html: svg", "", 0),
        (
            "<figure><img src='https://e.org/a.jpg'><svg><path d='M0 0'/></svg></figure>",
            "dropped",
            "html: svg",
            "",
            0,
        ),
        ("<p>Is <svg><g data-mml-node='math'/></svg> so?</p>", "loss", "html: svg", "", 0),
        ("<img alt='The quay'>", "dropped", "pictures", "The quay", 0),
        ("<video>Get a browser.</video>", "dropped", "embeds", "Get a browser.", 12),
        ("<h2>Harbour</h2>", None, "", "", 0),
        (
            "<script>tide()</script><template>x</template><noscript>On!</noscript><canvas>c</canvas>",
            None,
            "",
            "",
            0,
        ),
        ("<p>潮<ruby>汐<rp>（</rp><rt>しお</rt><rp>）</rp></ruby>\u200b\u00ad</p>", None, "", "", 0),
    ],
)
def test_what_is_left_out_is_noted_with_its_rule(
    html: str, kind: str | None, rule: str, text: str, characters: int
) -> None:
    env = Env(audit=True)
    read(html, env)
    found = [(d.kind, d.rule, d.text, d.characters) for d in env.diagnostics if d.kind != "notice"]
    assert found == ([] if kind is None else [(kind, rule, text, characters)])


def test_a_void_element_that_a_rule_drops_takes_no_text_with_it(tmp_path: Path) -> None:
    (tmp_path / "harbour.toml").write_text('hosts = ["harbour.example"]\ndrop = ["embed", "source"]\n')
    document = read(
        "<embed src='/f.swf'><p>Kept one.</p><source><p>Kept two.</p>", Env(site_dirs=(tmp_path,))
    )
    assert words_in(document) == "First. Kept one. Kept two. Last."


def test_a_player_that_a_rule_marks_keeps_the_text_beside_it(tmp_path: Path) -> None:
    (tmp_path / "harbour.toml").write_text('hosts = ["harbour.example"]\nembed = ["div.player"]\n')
    document = read(
        f"<div class='player'>{FILM}The old quay.{FILM}</div>", Env(site_dirs=(tmp_path,), audit=True)
    )
    assert sum(isinstance(block, m.Embed) for block in document.sections[0].blocks) == 2
    assert "The old quay." in str(feed2doc.write(document, "json"))


def test_pictures_of_standfirst_and_credits(tmp_path: Path) -> None:
    rules = 'hosts = ["harbour.example"]\nstandfirst = ["p.intro"]\ncredits = ["p.by"]\n'
    (tmp_path / "harbour.toml").write_text(rules)
    env = Env(site_dirs=(tmp_path,), audit=True)
    document = read(f"<p class='intro'>So {PICTURE}</p><p class='by'>Ann {PICTURE}</p>", env)
    assert document.lead is not None and m.plain_text(document.standfirst) == "So"
    assert [(d.rule, d.text) for d in env.diagnostics] == [("credits", "https://harbour.example/a.jpg")]


def test_text_around_an_article_is_noted() -> None:
    env = Env()
    page = "<!doctype html><title>T</title><nav>Home</nav><script>x</script><article><p>Tide.</p></article><p>Imprint</p>"
    feed2doc.read(page.encode(), env=env)
    feed2doc.read(f"Saved by Ann\n{ITEM.format('')}".encode(), env=env)
    assert [(d.kind, d.rule, d.text, d.characters) for d in env.diagnostics] == [
        ("dropped", "html: article", "Home Imprint", 11),
        ("dropped", "item", "Saved by Ann", 10),
    ]


def test_labels_of_the_header_are_noted(tmp_path: Path) -> None:
    (tmp_path / "harbour.toml").write_text('hosts = ["harbour.example"]\nbyline = [".by"]\n')
    env = Env(site_dirs=(tmp_path,), audit=True)
    read("<p>By <a class='by'>Ann Ba</a></p>", env)
    assert [(d.rule, d.text) for d in env.diagnostics] == [("header", "By")]


def test_a_loss_names_its_element(monkeypatch: pytest.MonkeyPatch) -> None:
    """Faults are simulated here. In the tests, `conftest.py` raises an AssertionError for each loss."""
    add = Paragraphs.add

    def faulty(self: Paragraphs, top: OpenBlock, content: m.Inlines, text: str, element: Any) -> None:
        if "Low" not in text:
            add(self, top, content, text, element)

    with monkeypatch.context() as patch:
        patch.setattr(Paragraphs, "add", faulty)
        with pytest.raises(AssertionError, match=re.escape("text of <p.low> was lost: Low water.")):
            read("<p class='low'>Low water.</p>")
    with monkeypatch.context() as patch:
        patch.setitem(whole.WHOLE, "img", lambda *_: False)
        with pytest.raises(AssertionError, match=re.escape("<img> was lost: https://harbour.example/a.jpg")):
            read(PICTURE)
    with monkeypatch.context() as patch:
        patch.setattr(build, "into_sections", lambda blocks, _: into_sections(blocks[:-1]))
        with pytest.raises(AssertionError, match=re.escape("text of the Document was lost: Last.")):
            read("")


def test_strict_and_check_report_what_a_reader_loses(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ITEM.format("<figure><svg><path/></svg></figure>"))
    strict = run("a.txt", "--to", "md", "--strict", cwd=tmp_path)
    assert strict.returncode == 5 and b"lost: drawing (SVG)" in strict.stderr
    assert run("a.txt", "-o", "a.md", cwd=tmp_path).returncode == 0
    checked = run("check", "a.md", "--against", "a.txt", cwd=tmp_path)
    assert checked.returncode == 5 and b"lost in reading: drawing (SVG)" in checked.stdout
    told = json.loads(run("check", "a.md", "--against", "a.txt", "--json", cwd=tmp_path).stdout)
    assert told["losses"] == [{"message": "drawing (SVG)", "text": ""}] and not told["ok"]
    (noted,) = json.loads(run("explain", "a.txt", "--json", cwd=tmp_path).stdout)["noticed"]
    assert noted["kind"] == "loss" and noted["characters"] == 0


@pytest.mark.parametrize(
    "html",
    [
        "<v><video poster=4></video><div>e<e><img src=a>e",
        "<video poster=4></video><v><small>e<e><img src=a>e",
        "<video poster=4></video><v><small><ruby>e<rt>f",
        "<dl><dt><video poster=4></video><small>Late.</small>Late.",  # the title of the embed, said again
    ],
)
def test_pictures_and_words_around_an_embed_are_kept(html: str) -> None:
    env = feed2doc.Env(audit=True)
    feed2doc.read(f"[]()\n---\n{html}".encode(), env=env)
    assert not [each for each in env.diagnostics if each.kind == "loss"]


def test_a_wrapper_around_bold_text_is_counted_once() -> None:
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(b"[]()\n---\n<p><q><b>a <b>b</b></b></q>", env=env)
    assert not [each for each in env.diagnostics if each.kind == "loss"]
    ((quotation,),) = [each.content for each in document.sections[0].blocks if isinstance(each, m.Paragraph)]
    bold = m.Strong((m.Text("a b"),))
    assert isinstance(quotation, m.Quotation) and quotation.content == (m.Text("“"), bold, m.Text("”"))


@pytest.mark.parametrize(
    "markup",
    [
        '<figure><img src="a.jpg"><figcaption><math>It came back. (Ann Ba/Reuters)</math></figcaption></figure>',
        '<figure><img src="a.jpg"><figcaption>It came back. (<img src="b.gif" class="emoji">Ann Ba/Reuters)</figcaption></figure>',
        "<p><math>[gallery]</math></p>",
        "<p>The key is <kbd>[/caption]</kbd></p>",
        '<p>x[/capt<img src="b.gif" class="emoji">ion]</p>',
    ],
)
def test_what_is_cut_from_a_line_is_not_lost(markup: str) -> None:
    """A formula and a key are not cut, and a picture in what is left out stays. Found by the fuzzer."""
    env = feed2doc.Env(audit=True)
    feed2doc.read(f"[h](https://harbour.example/)\n------\n<p>first</p>{markup}".encode(), env=env)
    assert not [each for each in env.diagnostics if each.rule == "account"]


def test_a_picture_in_the_words_of_a_drawing_is_noted() -> None:
    env = Env(audit=True)
    made = read(f"<svg><foreignObject><p>Low {PICTURE}</p></foreignObject></svg>", env)
    assert "Low" in str(feed2doc.write(made, "json"))
    assert [(d.kind, d.rule, d.text) for d in env.diagnostics] == [
        ("dropped", "html: svg", "https://harbour.example/a.jpg")
    ]


def test_pictures_in_what_is_left_out_are_noted_one_by_one() -> None:
    pictures = "".join(f'<img src="https://e.org/{n}.jpg">' for n in range(23))
    frame = '<iframe src="https://e.org/v"></iframe>'
    html = f'<p>The ferry is back.</p><div class="related-posts"><h3>More</h3>{frame}{pictures}<svg><path/></svg></div>'
    env = feed2doc.Env(audit=True)
    feed2doc.read(html.encode(), format="html", env=env)
    (box, *noted) = (note for note in env.diagnostics if note.kind == "dropped")
    assert box.text == "More" and {note.rule for note in noted} == {box.rule}
    assert [note.text for note in noted[:2]] == ["https://e.org/v", "https://e.org/0.jpg"]
    assert len(noted) == 21 and noted[-1].message.startswith("4 more pictures")
