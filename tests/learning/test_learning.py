"""`feed2doc learn`: rules from a folder of articles, tested on articles that they were not learned from."""

import subprocess
import tomllib
from pathlib import Path

import feed2doc
import pytest
from feed2doc import model as m
from feed2doc.learning import FEWEST_ARTICLES

from tests.command import run
from tests.learning_sources import RIVER, SHORE, plain, river, shore, write

SOME = 24
UNSEEN = range(SOME, 2 * SOME)
P = "<p>{0} and then {1}, as the {2} would have it.</p><p>That {1} was all that {0} ever said of the {2}.</p>"
_A = ("salt", "rope", "tar", "oak", "brass", "glass", "wool")
_B = ("the tide turned", "a bell rang", "the rain began", "the boats left", "nobody came")
_C = ("keeper", "baker", "pilot", "mayor", "weaver", "ferryman", "smith", "cook", "diver")


def stdout(done: subprocess.CompletedProcess[bytes]) -> str:
    return done.stdout.decode()


def learned(folder: Path) -> feed2doc.learning.Learned:
    (found,) = feed2doc.learn(folder)
    return found


def values(text: str) -> dict[str, object]:
    """Return the keys of a rule file without its hosts."""
    found = tomllib.loads(text)
    del found["hosts"]
    return found


def read(item: str, rules: Path | None = None) -> tuple[feed2doc.Document, list[feed2doc.Diagnostic]]:
    env = feed2doc.Env(site_dirs=(rules,) if rules else (), audit=True)
    return feed2doc.read(item.encode(), env=env), env.diagnostics


def saved(tmp_path: Path, found: feed2doc.learning.Learned) -> Path:
    folder = tmp_path / "rules"
    folder.mkdir(exist_ok=True)
    (folder / f"{found.host}.toml").write_text(found.toml, "utf-8")
    return folder


def test_classes_of_a_source_get_their_meaning(tmp_path: Path) -> None:
    found = learned(write(tmp_path / "items", [shore(n) for n in range(SOME)]))
    assert (found.host, found.articles) == (SHORE, SOME)
    rules = values(found.toml)
    assert rules["byline"] == [".told-by"] and rules["standfirst"] == [".brief"]
    assert rules["caption"] == [".below"] and rules["aside"] == [".ledger"]
    assert sorted(rules["drop"]) == [".next", ".offer"]  # type: ignore[call-overload]
    assert all(rule.count == SOME and len(rule.examples) > 0 for rule in found.rules)
    document, _ = read(shore(SOME + 7), saved(tmp_path, found))
    assert [person.name for person in document.byline] == ["Lena Fisk"]
    assert document.headline == "The mole is measured"
    assert document.published is not None and document.published.isoformat() == "2025-04-04T15:48:00+02:00"
    assert m.plain_text(document.standfirst).startswith("Those who pass the ")
    (figure,) = feed2doc.figures(document)
    assert m.plain_text(figure.caption) == "The mole in week 31." and m.plain_text(figure.credit) == "Ann Ba"
    (box,) = [node for node in m.walk(document.sections) if isinstance(node, m.Aside)]
    assert m.plain_text(box.title) == "In figures"
    text = feed2doc.write(document, "text")
    assert "friend of the paper" not in text and "Lantern rounds" not in text


def test_texts_of_a_source_without_classes_get_their_meaning(tmp_path: Path) -> None:
    found = learned(write(tmp_path / "items", [river(n) for n in range(SOME)]))
    assert {rule.key for rule in found.rules} == {"timezone", "caption_text", "credit", "drop_text"}
    document, _ = read(river(SOME + 5), saved(tmp_path, found))
    assert [(credit.role, credit.person) for credit in document.credits] == [("note", "梅林")]
    (figure,) = feed2doc.figures(document)
    assert m.plain_text(figure.caption).startswith("河岗图景：")
    assert "门牌号" not in feed2doc.write(document, "text")


@pytest.mark.parametrize("source", [shore, river, plain])
def test_no_words_of_unseen_articles_are_dropped(tmp_path: Path, source: object) -> None:
    assert callable(source)
    rules = saved(tmp_path, learned(write(tmp_path / "items", [source(n) for n in range(SOME)])))
    dropped: dict[str, set[int]] = {}
    for n in UNSEEN:
        _, diagnostics = read(source(n), rules)
        assert not [each for each in diagnostics if each.kind == "loss"]
        for each in diagnostics:
            if each.kind == "dropped" and ": drop" in each.rule:
                dropped.setdefault(each.text[:14], set()).add(n)
    assert all(len(articles) == len(UNSEEN) for articles in dropped.values())


@pytest.mark.parametrize("source", [shore, river])
def test_the_same_articles_give_the_same_rules(tmp_path: Path, source: object) -> None:
    assert callable(source)
    one = write(tmp_path / "one", [source(n) for n in range(SOME)])
    two = write(tmp_path / "two", [source(n) for n in range(SOME)])
    first = learned(one).toml
    assert first == learned(two).toml
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "own.toml").write_text(first, "utf-8")
    (again,) = feed2doc.learn(one, env=feed2doc.Env(site_dirs=(rules,)))
    assert again.rules == () and values(again.toml) == values(
        first
    )  # nothing is left to learn, nothing is forgotten


def articles(*parts: str, count: int = SOME, first: int = 0) -> list[str]:
    """Return articles that have these parts below their text; `{0}` to `{2}` are words that vary."""
    items = []
    for n in range(first, first + count):
        words = _A[n % 7], _B[n % 5], _C[n % 9]
        part = parts[n % len(parts)]
        html = P.format(*words) + part.format(*words) + P.format(*reversed(words))
        items.append(
            f"<!--{1741101400000 + n * 90_000_000}-->\n[{words[0]} {words[2]}](https://w.example/{n})\n---\n{html}"
        )
    return items


KEPT = {
    "headings of a series": "<h2>What we know</h2><p>{0} for {1}.</p>",
    "bold headings of a series": "<p><b>What we know</b></p><p>{0} for {1}, says the {2}.</p>",
    "a refrain without a link": "<p>And the lamp was lit again.</p><p>{0} for {1}.</p>",
    "a link in a sentence": '<p>The <a class="place" href="https://w.example/quay">quay</a> had {0} when {1}.</p>',
    "a class of paragraphs": '<p class="text">{0} is what {1} means to a {2}.</p>',
    "a list of things": '<ul class="list"><li>{0}</li><li>{1}</li><li>{2}</li></ul>',
    "a table": '<table class="data"><tr><td>{0}</td><td>4</td></tr><tr><td>{2}</td><td>5</td></tr></table>',
    "links to sources": '<p class="refs">See <a href="https://a.example/">{0}</a> and the letters of the {2}.</p>',
    "a picture with a caption": '<figure><img src="https://w.example/x.jpg"><figcaption>The {2}.</figcaption></figure>',
    "a quotation": '<blockquote class="q"><p>Give me {0}, said the {2}.</p></blockquote>',
}


@pytest.mark.parametrize("part", KEPT.values(), ids=KEPT)
def test_parts_of_articles_are_not_dropped(tmp_path: Path, part: str) -> None:
    found = learned(write(tmp_path / "items", articles(part)))
    assert not [rule for rule in found.rules if rule.key.startswith("drop")], found.toml


DROPPED = {
    "a line with a link": '<p>We are on paper too: <a href="https://w.example/shop">order it</a>.</p>',
    "a number in it": '<p>One of our {{n}}00 friends? <a href="https://w.example/post">Tell us so</a>.</p>',
    "a box with a form": '<div class="ask"><p>Your street?</p><input name="street"></div>',
    "links below a title": '<div class="rest"><p>From the drawer</p><a href="https://w.example/a{0}">{1}</a> <a href="https://w.example/b{2}">{2}</a></div>',
    "in another language": '<p>Schreib uns: <a href="https://w.example/post">an den Leuchtturm</a></p>',
}


@pytest.mark.parametrize("part", DROPPED.values(), ids=DROPPED)
def test_promotion_is_dropped(tmp_path: Path, part: str) -> None:
    rows = [item.replace("{n}", str(n % 3 + 2)) for n, item in enumerate(articles(part))]
    found = learned(write(tmp_path / "items", rows))
    assert [rule.count for rule in found.rules if rule.key.startswith("drop")] == [SOME], found.toml


def test_repetitions_of_an_article_are_not_evidence(tmp_path: Path) -> None:
    part = '<p>Only here {0} when {1} for a {2}: <a href="https://w.example/shop">a single link</a>.</p>'
    items = articles(part)
    again = [items[0].replace("w.example/0", f"w.example/copy-{n}") for n in range(8)]
    found = learned(write(tmp_path / "items", [*items, *again]))
    assert found.articles == SOME and not found.rules


@pytest.mark.parametrize("output", ["rules.toml", "rules/", "-"])
def test_a_source_that_is_understood_gives_no_file(tmp_path: Path, output: str) -> None:
    folder = write(tmp_path / "items", [plain(n) for n in range(SOME)])
    done = run("learn", folder, "-o", output, cwd=tmp_path)
    assert done.returncode == 0 and not done.stdout
    assert done.stderr.decode().startswith("feed2doc: plain.example: no rules to write, as nothing recurs: ")
    assert list(tmp_path.iterdir()) == [folder]


def test_few_articles_give_nothing(tmp_path: Path) -> None:
    folder = write(tmp_path / "items", [shore(n) for n in range(FEWEST_ARTICLES - 1)], "shore")
    for hosts in (SHORE, "2 sites"):
        done = run("learn", "items", "-o", "rules.toml", cwd=tmp_path)
        assert done.returncode == 3 and not done.stdout and list(tmp_path.iterdir()) == [folder]
        needed = f"too few articles of {hosts} (at least 6 are needed)"
        assert done.stderr.decode() == f"feed2doc: items: {needed}: add more\n"
        write(folder, [river(0)], "river")


def test_several_sites_need_a_folder(tmp_path: Path) -> None:
    folder = write(tmp_path / "items", [shore(n) for n in range(SOME)], "shore")
    write(folder, [river(n) for n in range(SOME)], "river")
    (folder / "notes.md").write_text("# Not an item\n", "utf-8")
    done = run("learn", str(folder), "-o", str(tmp_path / "rules.toml"))
    assert (
        done.returncode == 2
        and f"several sites ({RIVER}, {SHORE})" in done.stderr.decode()
        and "-o DIR/" in done.stderr.decode()
    )
    assert "notes.md" in done.stderr.decode() and not (tmp_path / "rules.toml").exists()
    done = run("learn", str(folder), "-o", f"{tmp_path / 'rules'}/")
    assert stdout(done).splitlines() == [str(tmp_path / "rules" / f"{host}.toml") for host in (RIVER, SHORE)]
    item = write(tmp_path / "new", [shore(99)]) / "item-000.txt"
    text = stdout(run(item, "--to", "text", "-o", "-", "--site-rules", tmp_path / "rules"))
    assert "friend of the paper" not in text and "the last word" in text


def test_a_folder_without_articles_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("nothing", "utf-8")
    done = run("learn", str(tmp_path))
    assert done.returncode == 3 and "no feed items found" in done.stderr.decode()
    assert run("learn", tmp_path / "a.txt").returncode == 2


def test_articles_of_feeds_are_evidence_too(tmp_path: Path) -> None:
    entries = "".join(
        f"<item><title>{n} {_C[n % 9]}</title><link>https://f.example/{n}</link><description><![CDATA["
        f"{P.format(_A[n % 7], _B[n % 5], _C[n % 9])}"
        '<p>We are on paper too: <a href="https://f.example/shop">order it</a>.</p>]]></description></item>'
        for n in range(SOME)
    )
    (tmp_path / "feed.xml").write_text(
        f"<rss version='2.0'><channel><title>F</title>{entries}</channel></rss>"
    )
    assert [rule.key for rule in learned(tmp_path).rules] == ["drop_text"]


FIGURES = {
    "labels for screen readers": '<div class="shot"><span><img src="https://w.example/{0}{2}.jpg"><span class="hid">Picture from</span>'
    '<span class="by">{0} agency</span></span><div class="cap"><span class="hid">Picture text</span>'
    '<span class="words">The {2} when {1}.</span></div></div>',
    "two paragraphs": '<div class="shot"><img src="https://w.example/{0}{2}.jpg"><p class="words">The {2} when {1}.</p>'
    '<p class="by">{0} agency</p></div>',
    "brackets": '<figure><img src="https://w.example/{0}{2}.jpg"><figcaption>The {2} when {1} ({0} agency)</figcaption></figure>',
}


@pytest.mark.parametrize("part", FIGURES.values(), ids=FIGURES)
def test_captions_and_photo_credits_are_found(tmp_path: Path, part: str) -> None:
    rules = saved(tmp_path, learned(write(tmp_path / "items", articles(part))))
    document, _ = read(articles(part, first=2, count=1)[0], rules)
    (figure,) = feed2doc.figures(document)
    assert m.plain_text(figure.caption).rstrip(".") == "The pilot when the rain began"
    assert m.plain_text(figure.credit) == "tar agency"
