"""Looks: shipped ones and the user's own, in all page formats."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import feed2doc
import msgspec
import pytest
from feed2doc import model as m
from feed2doc._templating import render, shipped_templates
from feed2doc.batch.job import Job, Target
from feed2doc.batch.state.fingerprints import of_files, of_formats
from feed2doc.errors import OptionError
from feed2doc.looks import MEDIA, Medium, look_of, shipped_looks
from feed2doc.looks.faces import SCREEN_LANGUAGES, faces, han_faces
from feed2doc.looks.tokens import Look
from feed2doc.writers._shared.page_layout import page_of
from feed2doc.writers.typst.settings import _tokens

from tests.command import ITEM, one_line, run
from tests.contrast import contrast, luminance, over
from tests.kitchen_sink import DOCUMENT, env

TEMPLATES = shipped_templates()
LOOKS = shipped_looks()
# The tokens that a format does not use: the reader chooses, or the format has no such thing.
UNUSED = {
    "epub": r"page\.|running\.|text\.line_height$|fonts\.code|(colors|dark)\.(page|quiet)|colors\.(link|plate)"
    r"|headline\.size$",
    "html": r"running\.|text\.(gap_spaced|indent)$|colors\.plate",
    "pdf": r"page\.|dark\.|colors\.(page|plate)|headline\.size_small$",
    "small-pdf": r"page\.|dark\.|colors\.(page|plate)|headline\.size$",
    "typst": r"page\.|dark\.|colors\.(page|plate)|fonts\.|notes\.padding",
}


def test_the_three_looks() -> None:
    assert LOOKS == ("classic", "modern", "newspaper")


def style(medium: Medium, look: Look, *, paragraphs: str = "language", small: bool = True) -> str:
    """Return the style sheet of a look in a medium."""
    return render(
        f"{medium.removeprefix('small-')}/style.css",
        (),
        look=look,
        faces=faces(look, ("zh-CN", "en") if medium.endswith("pdf") else SCREEN_LANGUAGES),
        code=", ".join(look.fonts.code),
        han=han_faces(),
        paragraphs=paragraphs,
        reader=medium == "epub",
        small=small,
        kobo=False,
        rtl=True,
        design=None,
        in_columns=False,
        own_font=False,
        cover_url="",
        page={
            "width": 210,
            "height": 297,
            "side": 20,
            "top": 20,
            "type_size": 11,
            "is_screen": False,
            "picture": 0.5,
            "lead": 0.5,
            "front": 0.3,
            "poster": 0.4,
        },
    )


def variants(medium: Medium) -> list[dict[str, Any]]:
    """Return the settings that style sheets depend on as well."""
    if medium == "html":
        return [{"small": False}]
    small = medium in ("epub", "small-pdf")
    return [
        {"small": small},
        {"small": small, "paragraphs": "space"},
        {"small": small, "paragraphs": "indent"},
    ]


def tokens() -> Iterator[tuple[str, str, Any]]:
    """Yield the table, the key and the type of each token."""
    for table in msgspec.structs.fields(Look):
        for key in msgspec.structs.fields(table.type):
            yield table.name, key.name, key.type


def other_value(value: Any, kind: Any) -> Any:
    """Return another value for a token."""
    if get_origin(kind) is Literal:
        return next(each for each in get_args(kind) if each != value)
    if isinstance(value, tuple):
        return ("Another",)
    return value + 0.125 if isinstance(value, float) else "#123456"


@pytest.mark.parametrize("medium", MEDIA)
def test_every_token_changes_the_style_sheets(medium: Medium) -> None:
    looks = [look_of(name, medium) for name in ("newspaper", "modern")]
    before = [(look, given, style(medium, look, **given)) for given in variants(medium) for look in looks]

    def is_used(table: str, key: str, kind: Any) -> bool:
        for look, given, old in before:
            own = getattr(look, table)
            changed = msgspec.structs.replace(own, **{key: other_value(getattr(own, key), kind)})
            if style(medium, msgspec.structs.replace(look, **{table: changed}), **given) != old:
                return True
        return False

    unused = {f"{table}.{key}" for table, key, kind in tokens() if not is_used(table, key, kind)}
    expected = {f"{t}.{k}" for t, k, _ in tokens() if re.match(UNUSED[medium], f"{t}.{k}")}
    assert unused == expected


def test_the_typst_template_reads_every_token() -> None:
    template = (TEMPLATES / "typst/template.typ").read_text("utf-8")
    read = {(a, b.replace("-", "_")) for a, b in re.findall(r"look\.([a-z]+)\.([a-z-]+)", template)}
    # A whole table is given to `weight-of`.
    read |= {(name, "weight") for name in re.findall(r"weight-of\(look\.([a-z]+)\)", template)}
    known = {(table, key) for table, key, _ in tokens()}
    assert read <= known
    left = {f"{table}.{key}" for table, key in known - read}
    assert {each for each in left if not re.match(UNUSED["typst"], each)} == set()


def test_no_colour_and_no_font_is_in_a_style_sheet() -> None:
    for path in (*TEMPLATES.rglob("*.css"), *TEMPLATES.rglob("*.typ")):
        text = re.sub(
            r"\{#.*?#\}|/\*.*?\*/|^\s*//.*$|#book-inner", "", path.read_text("utf-8"), flags=re.S | re.M
        )
        assert not re.findall(r"#[0-9a-fA-F]{6}\b|rgb\(|: (?:black|white|gr[ae]y)\b", text), path
        # Ruby, small letters at the side, and the contents of a long book depend on no look.
        if path.parent.name == "shelf":  # the pages around articles have sizes of their own
            continue
        sizes = set(re.findall(r"font-size: ([\d.]+r?em)", text)) - {
            "0.5em",
            "0.7em",
            "1em",
            "0.8rem",
            "0.86rem",
        }
        assert sizes == set(), path


@pytest.mark.parametrize("name", LOOKS)
def test_a_look_builds_in_every_format(name: str) -> None:
    for to in ("epub", "kepub"):
        book = zipfile.ZipFile(io.BytesIO(feed2doc.write(DOCUMENT, to, env=env(), look=name)))
        assert b"blockquote" in book.read("EPUB/style.css")
    assert "<style>" in feed2doc.write(DOCUMENT, "html", env=env(), look=name)
    for engine in ("weasyprint", "typst"):
        made = env()
        pdf = feed2doc.write(DOCUMENT, "pdf", env=made, look=name, page="a6", engine=engine)
        assert pdf.startswith(b"%PDF") and not [each for each in made.diagnostics if each.rule == "pdf"]


@pytest.mark.parametrize("template", ["html/style.css", "pdf/style.css"])
def test_emphasis_is_that_of_its_own_language(template: str) -> None:
    """Not of one around it: articles of a book may be in other languages than the book."""
    style = (shipped_templates() / template).read_text("utf-8")
    assert "em:lang(" in style and not re.search(r":lang\([^)]*\)\)? em\b", style)


def test_the_looks_differ() -> None:
    for medium in MEDIA:
        assert len({style(medium, look_of(name, medium)) for name in LOOKS}) == len(LOOKS)


@pytest.mark.parametrize("name", LOOKS)
def test_text_is_readable_on_light_and_dark(name: str) -> None:
    for medium in MEDIA:
        look = look_of(name, medium)
        for colours in (look.colors, *([look.dark] if medium != "pdf" else [])):
            # An e-reader's page is white or black; apps have a dark grey.
            page = colours.page
            if medium == "epub":
                page = "#ffffff" if colours is look.colors else "#1c1c1e"
            for behind, names in (
                (page, ("text", "quiet", "heading", "kicker", "link")),
                (over(colours.fill, page), ("text", "quiet", "link")),
            ):
                for each in names:
                    assert contrast(getattr(colours, each), behind) >= 4.5, (medium, each, behind)
            assert contrast(colours.mark_text, colours.mark) >= 4.5
            assert contrast(colours.rule, page) >= 3 and contrast(colours.bar, page) >= 1.5


@pytest.mark.parametrize("name", LOOKS)
def test_a_book_leaves_the_page_and_the_text_to_the_reader(name: str) -> None:
    """Night modes that the style sheet does not know of turn the page black."""
    look = look_of(name, "epub")
    light = style("epub", look).partition("@media")[0]
    for selectors, rules in re.findall(r"([^{}]+)\{([^{}]*)\}", light):
        coloured = re.findall(r"(?<![a-z-])(?:background-)?color: (#\w+)", rules)
        assert not coloured or not re.search(r"(?:^|[\s,])(?:html|body|p)\s*(?:,|$)", selectors.strip())
        if "mark" not in selectors:
            for colour in coloured:
                assert len(colour) == 9 or contrast(colour, "#000000") >= 4.5, selectors


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#ff0000", "#ffffff") == contrast("#ffffff", "#ff0000") == pytest.approx(4.0, abs=0.01)
    assert luminance("#ffffff") == pytest.approx(1) and over("#00000080", "#ffffff") == "#7f7f7f"


def own_look(folder: Path, text: str) -> str:
    path = folder / "own.toml"
    path.write_text(text, "utf-8")
    return str(path)


def test_an_own_look_extends_a_shipped_one(tmp_path: Path) -> None:
    name = own_look(
        tmp_path,
        'extends = "modern"\nheadline.size_small = 1.9\ncolors.kicker = "#00695c"\n[epub.colors]\nlink = "#0000ff"\n',
    )
    epub, pdf, modern = look_of(name, "epub"), look_of(name, "pdf"), look_of("modern", "pdf")
    # The user's token counts more than one of the shipped look for a medium.
    assert epub.colors.kicker == pdf.colors.kicker == "#00695c" != look_of("modern", "epub").colors.kicker
    assert (epub.colors.link, pdf.colors.link) == ("#0000ff", modern.colors.link)
    assert pdf.headline == msgspec.structs.replace(modern.headline, size_small=1.9)
    assert "#00695c" in feed2doc.write(DOCUMENT, "html", look=name)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", 'extends: must name the look that this one changes, such as extends = "classic"'),
        ('extends = "clasic"', "extends: unknown: did you mean classic?"),
        ('extends = "classic"\n[headlin]\nsize = 2', "headlin: unknown: did you mean headline?"),
        ('extends = "classic"\n[headline]\nsiz = 2', "headline.siz: unknown: did you mean size?"),
        (
            'extends = "classic"\n[headline]\nsize = "big"',
            "headline.size: expected a size of 0.4 to 6, not 'big'",
        ),
        (
            'extends = "classic"\n[headline]\nsize = nan',
            "headline.size: expected a size of 0.4 to 6, not nan",
        ),
        (
            'extends = "classic"\n[epub.headline]\nsize = 9',
            "epub.headline.size: expected a size of 0.4 to 6, not 9",
        ),
        ('extends = "classic"\n[table]\nlines = "no"', "table.lines: expected grid, rows or ends, not 'no'"),
        (
            'extends = "classic"\ncolors.text = "red"',
            "colors.text: expected a colour such as \"#7a1f1f\", not 'red'",
        ),
        ('extends = "classic"\nfonts.sans = ["a\\"}"]', "fonts.sans: expected a list of names of fonts, not"),
        (
            'extends = "classic"\nfonts.code = []',
            "fonts.code: expected a list of at least one name of a font, not []",
        ),
        ('extends = "classic"\nheadline = 3', "headline: expected a table, [headline]"),
        ('extends = "classic"\nhtml = 3', "html: expected tables such as [html.headline]"),
        ("x =", "not valid TOML"),
    ],
)
def test_a_wrong_look_is_an_error_of_one_line(tmp_path: Path, text: str, message: str) -> None:
    name = own_look(tmp_path, text)
    with pytest.raises(OptionError) as caught:
        feed2doc.Epub(look=name)
    assert str(caught.value).startswith(f"look {name}: {message}") and "\n" not in str(caught.value)


def test_unknown_looks() -> None:
    with pytest.raises(OptionError, match="look 'modrn': unknown: did you mean modern"):
        feed2doc.Pdf(look="modrn")
    with pytest.raises(OptionError, match=r"look nope.toml: cannot be read: No such file"):
        feed2doc.Html(look="nope.toml")


def test_nothing_in_a_look_leaves_its_value(tmp_path: Path) -> None:
    """Names of fonts are the only free text: no sign of CSS or Typst is allowed in them."""
    for sign in "\"'\\{}();:<>#$@/*\n":
        with pytest.raises(OptionError, match=r"fonts\.serif"):
            look_of(
                own_look(
                    tmp_path,
                    f'extends = "classic"\nfonts.serif = [{msgspec.json.encode("A" + sign).decode()}]',
                ),
                "pdf",
            )


def test_small_pages_have_tokens_of_their_own(tmp_path: Path) -> None:
    name = own_look(
        tmp_path,
        'extends = "modern"\nhead.below = 3\nsmall.head.below = 2\nsmall.head.facts = 0.7\nepub.head.facts = 1\n',
    )
    heads = {medium: look_of(name, medium).head for medium in MEDIA}
    assert [heads[each].below for each in ("html", "pdf", "epub", "small-pdf")] == [3, 3, 2, 2]
    assert heads["epub"].facts == 1 and heads["small-pdf"].facts == 0.7
    for page, below in (("90x122mm", "2em"), ("a5", "3em")):
        assert page_of(page).medium == ("small-pdf" if below == "2em" else "pdf")
        typst = feed2doc.write(DOCUMENT, "typst", page=page, look=name)
        assert f"below: {below[0]})" in "".join(re.findall(r"^  head: .*", typst, re.M))


def test_a_look_in_a_template_folder_replaces_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "looks").mkdir()
    text = (TEMPLATES / "looks/modern.toml").read_text("utf-8")
    (tmp_path / "looks/modern.toml").write_text(text.replace("#b3261e", "#00695c"), "utf-8")
    made = feed2doc.Env(template_dirs=(tmp_path,))
    assert "#00695c" in feed2doc.write(DOCUMENT, "html", env=made, look="modern")


def test_command_line_and_configuration(tmp_path: Path) -> None:
    (tmp_path / "item.txt").write_text(ITEM.format(n=1), "utf-8")
    own_look(tmp_path, 'extends = "modern"\ncolors.kicker = "#00695c"\n')
    for name, colour in (("modern", "#b3261e"), ("own.toml", "#00695c")):
        done = run(tmp_path / "item.txt", "--look", name, "-o", tmp_path / "a.html", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert colour in (tmp_path / "a.html").read_text("utf-8")
    wrong = run(tmp_path / "item.txt", "--look", "newspapr", "-o", tmp_path / "a.html")
    assert wrong.returncode == 2 and "did you mean newspaper?" in one_line(wrong)
    assert "does not apply to text" in one_line(
        run(tmp_path / "item.txt", "--look", "modern", "-o", tmp_path / "a.txt")
    )
    # A configuration that was found may choose a look, from its own folder only.
    inside = tmp_path / "inside"
    inside.mkdir()
    for look, obeyed in (("../own.toml", False), ("modern", True)):
        (inside / "feed2doc.toml").write_text(f'look = "{look}"\n', "utf-8")
        done = run(tmp_path / "item.txt", "-o", inside / "b.html", cwd=inside)
        assert done.returncode == 0, done.stderr
        assert (b"not obeyed: look" in done.stderr) is not obeyed
        assert ("#b3261e" in (inside / "b.html").read_text("utf-8")) is obeyed


def test_outputs_are_made_again_when_a_look_changes(tmp_path: Path) -> None:
    made = []
    for colour in ("#00695c", "#00796b"):
        name = own_look(tmp_path, f'extends = "modern"\ncolors.kicker = "{colour}"\n')
        job = Job(targets=(Target("epub", feed2doc.Epub(look=name)),))
        made.append((of_formats(job)["epub"], of_files(job)))
    assert made[0][0] != made[1][0] and made[0][1] != made[1][1]


def test_tokens_are_written_as_typst_code() -> None:
    assert _tokens(look_of("classic", "pdf").lines) == "(thin: 0.5, thick: 2, bar: 2)"
    assert 'text: rgb("#111111")' in _tokens(look_of("classic", "pdf").colors)


@pytest.mark.parametrize("medium", ["html", "epub"])
def test_dark_colours_that_equal_their_defaults_replace_light_ones(medium: Medium) -> None:
    look = look_of("classic", medium)
    around = look.dark.text if medium == "epub" else look.dark.quiet
    look = msgspec.structs.replace(
        look,
        colors=msgspec.structs.replace(look.colors, heading="#123456", kicker="#123457", fill="#eeeeee"),
        dark=msgspec.structs.replace(look.dark, heading=look.dark.text, kicker=around, fill="#12345600"),
    )
    light, dark = style(medium, look).split("@media (prefers-color-scheme: dark)")
    for sheet, (heading, kicker, fill) in (
        (light, ("#123456", "#123457", "#eeeeee")),
        (dark, (look.dark.text, around, "#12345600")),
    ):
        assert f"h6 {{ color: {heading}; }}" in sheet
        assert f"\n.publication {{ color: {kicker}; }}" in sheet
        assert f"thead th {{ background-color: {fill}; }}" in sheet


@pytest.mark.parametrize("look", ["classic", "modern", "newspaper"])
def test_a_book_is_dark_where_its_colours_are(look: str) -> None:
    """Links in light colours would be hardly visible on the white page of a reader that leaves the colours to the book."""
    light, dark = style("epub", look_of(look, "epub")).split("@media (prefers-color-scheme: dark)")
    assert ":root { color-scheme: dark; }" in dark and "color-scheme" not in light


@pytest.mark.parametrize("medium", MEDIA)
def test_no_headline_from_right_to_left_is_tracked(medium: Medium) -> None:
    rules = re.findall(r"^(.*) \{(.*)\}$", style(medium, look_of("newspaper", medium)), re.M)
    tracked = [selectors for selectors, rule in rules if re.search(r"letter-spacing: -?0\.", rule)]
    (reset,) = [selectors for selectors, rule in rules if rule == " letter-spacing: 0; "]
    elements = {each for selectors in tracked for each in selectors.split(", ")}
    assert {f'[dir="rtl"] {each}' for each in elements} == set(reset.split(", "))


def test_the_css_of_the_user_sets_the_font_of_a_page() -> None:
    """No rule for a language is about the page's own, so what `body` has is inherited by its articles."""

    def article(language: str) -> m.Document:
        text = (m.Span((m.Text("word"),), lang="zh"), m.Text("words"))
        return m.Document(id=language, language=language, sections=(m.Section(blocks=(m.Paragraph(text),)),))

    for language in ("zh-CN", "zh-TW", "ja", "ko", "en"):
        book = m.Book(language=language, parts=(m.Part("", (article(language), article("fr"))),))
        page = feed2doc.write(book, feed2doc.Html(css="body { font-family: Own }"))
        found = re.findall(r"^(:root|\[lang\]:lang\(([\w-]+)\)) \{ font-family: (.*); \}", str(page), re.M)
        others = {each for _, each, _ in found} - {""}
        assert "fr" in others and not any(f"{language}-".startswith(f"{each}-") for each in others)
        own = faces(look_of("classic", "html"), (language,))[0][1]["text"]
        assert [families for root, _, families in found if root == ":root"] == [own]
