"""The account: everything in the source is in the Document, dropped by a rule, or noted as a loss."""

import re
from itertools import count

import feed2doc
from feed2doc import Env
from feed2doc.readers._blocks.elements import VOID
from hypothesis import given
from hypothesis import strategies as st

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
    " colspan='2' hidden='' open='' rel='author' datetime='2025-03-04' title='titled'",
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


def differences(html: str) -> list[str]:
    """Return what the account of an item with this HTML notes."""
    env = Env(audit=True)
    item = f"[Harbour](https://harbour.example/1)\n------\n<p>First.</p>{html}<p>Last.</p>"
    list(feed2doc.read_all(item.encode(), env=env))
    return [f"{d.kind}: {d.message}" for d in env.diagnostics if d.rule == "account"]


@MANY
@given(st.lists(_trees, min_size=1, max_size=4).map("".join))
def test_nothing_of_any_html_is_lost(html: str) -> None:
    assert differences(html) == []


@MANY
@given(st.sampled_from(_TAGS), st.sampled_from(_TAGS), st.sampled_from(_TAGS + _VOID), st.data())
def test_nothing_is_lost_in_three_nested_elements(
    outer: str, middle: str, inner: str, data: st.DataObject
) -> None:
    numbers = count()
    html = f"<{inner}>"
    for tag in (inner, middle, outer):
        attributes = " ".join(data.draw(_attributes))
        html = f"before{next(numbers)}<{tag} {attributes}>first{next(numbers)}{html}last{next(numbers)}</{tag}>after{next(numbers)}"
    assert differences(html) == []


def test_a_dropped_element_states_how_much_text_it_had() -> None:
    env = Env(audit=True)
    item = "[Harbour](https://harbour.example/1)\n------\n<p>First.</p><select><option>A b<option>C</select>"
    feed2doc.read(item.encode(), env=env)
    assert [(d.kind, d.rule, d.text, d.characters) for d in env.diagnostics if d.kind == "dropped"] == [
        ("dropped", "html: select", "A bC", 3)
    ]
