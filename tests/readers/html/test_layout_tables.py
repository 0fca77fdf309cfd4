"""Tables for layout, as in newsletters, are not tables; tables of data are."""

import feed2doc
import pytest
from feed2doc.model import Figure, Heading, Section, Strong, Table, walk

PROSE = "The tar was boiled here for two hundred years, and the whole town smelled of it from spring until autumn."
IMG = '<img src="https://e.org/{}.jpg" width="280" height="200">'


def read(html: str) -> feed2doc.Document:
    return feed2doc.read(f"<h1>t</h1><p>Before.</p>{html}<p>After.</p>".encode())


def tables(html: str) -> int:
    return sum(isinstance(node, Table) for node in walk(read(html)))


@pytest.mark.parametrize(
    "html",
    [
        "<table role='presentation'><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>",
        "<table><tr><td><p>a</p></td></tr><tr><td><p>b</p></td></tr></table>",
        "<table><tr><td>&nbsp;</td><td>a</td><td></td></tr><tr><td></td><td>b</td><td></td></tr></table>",
        "<table><tr><td><h2>Eins</h2><p>a</p></td><td><h2>Zwei</h2><p>b</p></td></tr></table>",
        f"<table><tr><td>{IMG.format(1)}</td><td><h3>渡輪</h3><p>回來了。</p></td></tr></table>",
        f"<table><tr><td>{IMG.format(1)}</td><td>{IMG.format(2)}</td></tr><tr><td>{IMG.format(3)}</td><td></td></tr></table>",
        f"<table><tr><td><p>{PROSE}</p><p>{PROSE}</p></td><td><p>{PROSE}</p></td></tr></table>",
        "<table><tr><td><table><tr><td><table><tr><td>a</td></tr></table></td></tr></table></td></tr></table>",
        f"<table><tr><td>{IMG.format(1)}<p>One line.</p></td><td>{IMG.format(2)}<p>Another.</p></td></tr></table>",
        f"<table><tr><td>{IMG.format(1)}</td><td>Ann Ba<br>Editor</td></tr></table>",
        f"<table><tr><td>{PROSE}</td><td>{PROSE}</td></tr></table>",
        f"<table><tr><td><b>Tar</b></td><td><b>Rope</b></td></tr><tr><td><p>{PROSE}</p><p>{PROSE}</p></td><td><p>{PROSE}</p><p>{PROSE}</p></td></tr></table>",
        "<table border='1' bgcolor='#ffc'><tr><td><p>a</p><p>b</p></td></tr></table>",
        "<table class='table table-bordered'><tbody><tr><td></td><td>港口今天关闭。</td></tr></tbody></table>",
        "<table><tr><td><ul><li>a</li></ul></td><td><ul><li>b</li></ul></td></tr></table>",
        "<table><tr><td><table><tr><td>a</td></tr></table></td><td><table><tr><td>b</td></tr></table></td></tr></table>",
        f"<table><tr><td><blockquote>{PROSE}</blockquote></td><td>Ann Ba</td></tr></table>",
        f"<table><tr><td>{IMG.format(1)}</td><td>First boil the tar until no more smoke rises.</td></tr>"
        f"<tr><td>{IMG.format(2)}</td><td>Then brush it on the rope, and wait for a day.</td></tr></table>",
        "<table><tr><td>«</td><td>La mer ne rend rien.</td><td>»</td></tr></table>",
        "<table><tr><td>❝</td><td>潮水不等人。</td></tr></table>",
        f"<table><tr><td>{IMG.format(1)}</td><td><p>It opened.</p><p>All came.</p></td></tr><tr><td colspan=2><p>Free.</p></td></tr></table>",
    ],
)
def test_a_table_for_layout_is_its_content(html: str) -> None:
    assert tables(html) == 0


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>Boat</td><td>Leaves</td></tr><tr><td>Tern</td><td>06:15</td></tr></table>",
        "<table><tr><th>Rope</th></tr><tr><td>Hemp</td></tr></table>",
        "<table><caption>Ropes</caption><tr><td>Hemp</td></tr></table>",
        "<table border='1'><tr><td>Hemp</td></tr><tr><td>Sisal</td></tr></table>",
        "<table class='wikitable'><tr><td><h3>a</h3></td><td>b</td></tr></table>",
        "<table><thead><tr><td>a</td></tr></thead><tr><td>b</td></tr></table>",
        f"<table><tr><td>{IMG.format(1)}</td><td>Tern</td></tr><tr><td>{IMG.format(2)}</td><td>Auk</td></tr></table>",
        "<table><tr><td>港</td><td><ul><li>一</li><li>二</li></ul></td></tr><tr><td>船</td><td>三</td></tr></table>",
        f"<table><tr><td>2024</td><td>{PROSE}</td></tr><tr><td>2025</td><td>{PROSE}</td></tr></table>",
        "<table><tr><td>a</td><td>b</td><td>c</td></tr></table>",
        "<table><tr><td>–</td><td>12</td><td>9</td></tr></table>",
        f"<table><tr><td>{IMG.format(1)}</td><td><p>Tern.</p><p>Small.</p></td></tr><tr><td>{IMG.format(2)}</td><td><p>Auk.</p><p>Large.</p></td></tr></table>",
        "<table><tr><td><h4>Boat</h4></td><td><h4>Leaves</h4></td></tr><tr><td>Tern</td><td>06:15</td></tr></table>",
        f"<table><tr><td><b>Month</b></td><td><b>What changes</b></td></tr><tr><td>May</td><td>{PROSE}</p><p>{PROSE}</td></tr></table>",
        f"<table><tr><td><b>Work</b></td><td><b>Who</b></td></tr><tr><td><p>{PROSE}</p><p>{PROSE}</p></td><td>Ann Ba</td></tr></table>",
    ],
)
def test_a_table_of_data_is_a_table(html: str) -> None:
    assert tables(html) == 1


def test_the_foot_of_a_table_is_last_wherever_it_is_written() -> None:
    rows = (
        "<tfoot><tr><td>Total</td><td>21</td></tr></tfoot><tbody><tr><td>Enero</td><td>12</td></tr></tbody>"
    )
    document = read(f"<table><thead><tr><th>Mes</th><th>t</th></tr></thead>{rows}</table>")
    (table,) = (node for node in walk(document) if isinstance(node, Table))
    firsts = [feed2doc.model.plain_text(row[0].blocks[0].content) for row in table.rows]  # type: ignore[union-attr]
    assert firsts == ["Mes", "Enero", "Total"]


def test_texts_below_the_pictures_of_a_row_are_their_captions() -> None:
    document = read(
        f"<table><tr><td>{IMG.format(1)}</td><td>{IMG.format(2)}</td></tr><tr><td>Eins</td><td>Zwei</td></tr></table>"
    )
    captions = [feed2doc.model.plain_text(n.caption) for n in walk(document) if isinstance(n, Figure)]
    assert captions == ["Eins", "Zwei"]


def test_content_stays_in_order_and_a_table_of_data_inside_is_one() -> None:
    inner = "<table border='1'><tr><td>Tern</td><td>06:15</td></tr></table>"
    document = read(
        f"<table><tr><td><h2>Left</h2>{IMG.format(1)}</td><td><h2>Right</h2>{inner}</td></tr><tr><td><p>End.</p></td></tr></table>"
    )
    found = [type(n).__name__ for n in walk(document) if isinstance(n, Section | Figure | Table | Heading)]
    assert found == ["Section", "Section", "Figure", "Section", "Table"]


@pytest.mark.parametrize(
    "line",
    [
        "View this email in your browser",
        "Email not displaying correctly? View it in your browser.",
        "Unsubscribe | View in browser",
        "Newsletter im Browser ansehen",
        "Se désabonner · Version en ligne",
        "在浏览器中查看 | 退订",
        "ブラウザで見る",
    ],
)
def test_the_lines_around_a_newsletter_are_left_out(line: str) -> None:
    env = feed2doc.Env()
    text = feed2doc.write(
        feed2doc.read(f"<p><a href='https://e.org/v'>{line}</a></p><p>Dear crew.</p>".encode(), env=env),
        "text",
    )
    assert line not in text
    assert [d.text for d in env.diagnostics if d.kind == "dropped"] == [line]


def test_a_sentence_about_browsers_is_text() -> None:
    for line in (
        "You can view this email in your browser, or print it.",
        "To unsubscribe from the club, write to us.",
    ):
        assert line in feed2doc.write(
            feed2doc.read(f"<p>{line}</p><p>Dear crew.</p>".encode()), "text", width=0
        )


@pytest.mark.parametrize(
    "rows, heads",
    [
        ("<tr><td><b>Boat</b></td><td><b>Leaves</b><br></td></tr><tr><td>Tern</td><td>6:15</td></tr>", 2),
        # The last row is a total, and the first cell is empty.
        (
            "<tr><td></td><td><b>A</b></td><td><b>B</b></td></tr><tr><td>Tern</td><td>1</td><td>2</td></tr>"
            "<tr><td><b>All</b></td><td><b>1</b></td><td><b>2</b></td></tr>",
            3,
        ),
        ("<tr><td><b>Boat</b></td><td><b>Leaves</b> early</td></tr><tr><td>Tern</td><td>6:15</td></tr>", 0),
        ("<tr><td><b>a</b></td><td><b>b</b></td></tr><tr><td><b>c</b></td><td><b>d</b></td></tr>", 0),
        ("<tr><td><b>a</b></td><td>b</td></tr><tr><td><b>c</b></td><td>d</td></tr>", 0),
        ("<tr><td><b>a</b></td><td><b>b</b></td></tr><tr><td>c</td><th>d</th></tr>", 1),
    ],
)
def test_a_first_row_that_is_all_bold_is_the_header(rows: str, heads: int) -> None:
    document = read(f"<table border=1>{rows}</table>")
    cells = [cell for node in walk(document) if isinstance(node, Table) for row in node.rows for cell in row]
    assert sum(cell.header for cell in cells) == heads
    assert not any(isinstance(node, Strong) for cell in cells if cell.header for node in walk(cell))
