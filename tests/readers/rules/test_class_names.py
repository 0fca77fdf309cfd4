"""Class names are compared by their words: `lexicon` is no icon, and `keynote` no note."""

import feed2doc
import pytest
from feed2doc import model as m

END = "<p>The last paragraph has no reference at all.</p>"


def read(html: str) -> tuple[feed2doc.Document, str]:
    """Return the article with this part, and the text of the part with the words of its notes."""
    env = feed2doc.Env(audit=True)
    page = f"[Quay](https://example.com/1)\n---\n<p>The quay was closed.</p>{html}{END}"
    document = feed2doc.read(page.encode(), env=env)
    assert not [each for each in env.diagnostics if each.kind == "loss" or each.rule == "account"]
    written = str(feed2doc.write(document, "text", width=0, links=False))
    return document, " ".join(written.partition("closed.")[2].partition("The last")[0].split())


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p>So <i class="lexicon" aria-hidden="true">anchor</i> it is.</p>', "So anchor it is."),
        ('<p>So <i class="silicon">arrow_back</i> it is.</p>', "So arrow_back it is."),
        ('<p>So <span class="chintz" style="opacity:0">it</span> is.</p>', "So it is."),
        ('<p>Port<a class="keynote" title="Words of a title">7</a> is open.</p>', "Port7 is open."),
        ('<p>Port<span class="notebook" title="A blue one">7</span> is open.</p>', "Port7 is open."),
        (
            '<p>Use <b>ROPE10</b>.</p><div class="promo-code"><span>It is a code.</span><button>Copy</button></div>',
            "Use ROPE10. It is a code. Copy",
        ),
        ('<div class="zipcode"><span>It is 0150.</span><button>Copy</button></div>', "It is 0150. Copy"),
    ],
)
def test_words_in_other_words_are_kept(html: str, expected: str) -> None:
    assert read(html)[1] == expected


@pytest.mark.parametrize(
    "html",
    [
        '<p>So <i class="fa-icon">arrow_back</i> it is.</p>',
        '<p>So <i class="icon_x" aria-hidden="true">anchor</i> it is.</p>',
        '<p>So <i class="MuiIcon-root">arrow_back</i> it is.</p>',
        '<p>So <i class="iconfont">arrow_back</i> it is.</p>',
        '<p>So <span class="copy-hint" style="opacity:0">copied</span> it is.</p>',
        '<p>So <span class="copied" style="opacity:0">copied</span> it is.</p>',
    ],
)
def test_words_of_a_class_are_found(html: str) -> None:
    assert read(html)[1] == "So it is."


@pytest.mark.parametrize("name", ["sup-note", "note-1", "footnote_ref", "noteref", "js-noteLink"])
def test_notes_are_known_by_the_words_of_their_classes(name: str) -> None:
    document, _ = read(f'<p>Ports<span class="{name}" title="Of the north">7</span> are open.</p>')
    assert any(isinstance(each, m.Note) for each in m.walk(document))


def test_a_link_with_a_background_does_not_lead_back() -> None:
    html = '<p>Hemp<sup><a href="#n1">1</a></sup>.</p><p id="n1">Wet as <a class="has-background" href="#c">the quay</a>.</p>'
    assert "Wet as the quay." in str(feed2doc.write(read(f'{html}<p id="c">Now.</p>')[0], "text"))


def test_a_caption_has_no_credit_that_only_its_class_has_letters_of() -> None:
    html = '<figure><img src="https://example.com/a.jpg"><figcaption>The quay <span class="accredited">of Oslo</span></figcaption></figure>'
    figure = next(each for each in m.walk(read(html)[0]) if isinstance(each, m.Figure))
    assert (m.plain_text(figure.caption), figure.credit) == ("The quay of Oslo", ())


def test_a_numbered_list_of_pictures_is_one_in_a_landslide() -> None:
    html = "".join(f'<li><img src="https://example.com/{n}.jpg" alt="Quay {n}"></li>' for n in (1, 2))
    document, _ = read(f'<div class="landslide"><ol>{html}</ol></div>')
    assert any(isinstance(each, m.OrderedList) for each in m.walk(document))
