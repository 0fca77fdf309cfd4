"""Putting articles into the library: what is new comes on top, what has changed moves there, the rest is left alone."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter

import msgspec

from feed2doc.batch.state.sources import KnownEntry
from feed2doc.model import plain_article, without_pictures
from feed2doc.shelf.library import editions
from feed2doc.shelf.processes.preparation import Incoming, content_hash, document_of
from feed2doc.syncing.identity import identified, lasting_facts

_AT_A_TIME = 500


class _Arrival(msgspec.Struct, frozen=True):
    """The place and time of an article that comes in, its feed, and whether its pictures are to be fetched.

    It counts as `changed` no earlier than others, even if the clock was ahead when they came. If it comes again, with
    other settings of its feed, it is news only if its words have changed.
    """

    place: int
    time: int
    changed: int
    feed: int | None
    pictures_due: bool
    comes_again: bool


def put(
    db: sqlite3.Connection,
    articles: Sequence[Incoming],
    feed: int | None = None,
    *,
    fetch_pictures: bool = False,
    come_again: bool = False,
) -> int:
    """Put articles into the library in the order of their publication, and return how many are new or have changed.

    This is done in the transaction of the caller. For the articles of a `feed`, and with `fetch_pictures`, pictures are
    fetched later; else when a book is made. Articles that `come_again` with other settings keep their places.
    """
    keyed = list(_keyed(db, articles))
    now = int(time.time())
    before, changed = db.execute("SELECT place, changed FROM last").fetchone()
    changed = max(now, changed)
    place, touched = int(before), set[int]()
    for article, key in sorted(keyed, key=lambda pair: pair[0].when):
        due = fetch_pictures or feed is not None
        edition = _put(db, article, key, _Arrival(place + 1, now, changed, feed, due, come_again))
        if edition is not None:
            place += 1
            touched.add(edition)
    if touched:
        db.execute("UPDATE last SET place = ?, changed = ?", (place, changed))
        editions.refresh(db, touched)
    return place - int(before)


def remove(db: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Remove articles from the library. They do not come in again, although their feeds may still have them."""
    touched = set[int]()
    for id in ids:
        row = db.execute(
            "DELETE FROM article WHERE id = ? RETURNING place, source, facts, edition, said", (id,)
        ).fetchone()
        if row:
            touched.add(row[3])
            db.execute("INSERT INTO gone VALUES (?)", (row[0],))
            (source,) = db.execute("SELECT name FROM source WHERE id = ?", (row[1],)).fetchone()
            _keep_out(db, [row[2], *_lasting(db, source, msgspec.json.decode(row[4], type=KnownEntry))])
            db.execute("UPDATE source SET articles = articles - 1 WHERE id = ?", (row[1],))
    editions.refresh(db, touched)


def let_in(db: sqlite3.Connection, articles: Iterable[Incoming]) -> None:
    """Let articles come in again that were removed: whoever adds their files wants them."""
    db.executemany(
        "DELETE FROM removed WHERE facts = ?", [(name,) for each in articles for name in _gone(each)]
    )


def _gone(article: Incoming) -> list[str]:
    """Return the names of which `removed` has at least one if an article was removed."""
    return [article.facts, *_names(article.source, article.said), _earlier_name(article)]


def _keep_out(db: sqlite3.Connection, names: Iterable[str]) -> None:
    db.executemany("INSERT OR IGNORE INTO removed VALUES (?)", [(name,) for name in names])


def _is_elsewhere(db: sqlite3.Connection, article: Incoming) -> bool:
    """Return True if the same article has come with another feed."""
    return db.execute("SELECT 1 FROM article WHERE facts = ?", (article.facts,)).fetchone() is not None


def _is_gone(db: sqlite3.Connection, article: Incoming) -> bool:
    """Return True if an article was removed.

    The name that an earlier version gave it is replaced by those of today, because it is also that of the next articles of
    a feed that gives all of them one id and one address.
    """
    names, earlier = _gone(article), _earlier_name(article)
    marks = ", ".join("?" * len(names))
    found = [row[0] for row in db.execute(f"SELECT facts FROM removed WHERE facts IN ({marks})", names)]
    if earlier in found:
        db.execute("DELETE FROM removed WHERE facts = ?", (earlier,))
        _keep_out(db, [article.facts, *_lasting(db, article.source, article.said)])
    return bool(found)


def _lasting(db: sqlite3.Connection, source: str, entry: KnownEntry) -> list[str]:
    """Return the names of an article that is removed, apart from those that others of its source have too."""
    others = {each for other in _known(db, source, [entry.id]) for each in _names(source, other)}
    return [each for each in _names(source, entry) if each not in others]


def _earlier_name(article: Incoming) -> str:
    """Return the name that versions before the fifth of the database gave to an article that was removed."""
    return _digest(article.source, article.said.id, article.said.url)


def _names(source: str, entry: KnownEntry) -> list[str]:
    """Return digests of what an article keeps when it changes."""
    return [_digest(source, *each) for each in lasting_facts(entry)]


def _digest(*facts: str) -> str:
    return hashlib.sha256(msgspec.json.encode(facts)).hexdigest()


def _keyed(db: sqlite3.Connection, articles: Sequence[Incoming]) -> Iterable[tuple[Incoming, str]]:
    """Yield the articles with the keys that identify them in their source."""
    by_source = attrgetter("source")
    for source, group in groupby(sorted(articles, key=by_source), by_source):
        same = list(group)
        known = _known(db, source, [each.said.id for each in same])
        keys = identified("", [each.said for each in same], known, {})
        yield from ((article, found.key) for article, found in zip(same, keys, strict=True))


def _known(db: sqlite3.Connection, source: str, ids: list[str]) -> list[KnownEntry]:
    """Return the entries of a source that have one of these ids. What identifies an entry always includes its id."""
    found: list[KnownEntry] = []
    unique = list(dict.fromkeys(ids))
    for start in range(0, len(unique), _AT_A_TIME):
        some = unique[start : start + _AT_A_TIME]
        marks = ", ".join("?" * len(some))
        rows = db.execute(
            f"SELECT said FROM article JOIN source ON source.id = article.source WHERE name = ? AND said_id IN ({marks})",
            (source, *some),
        )
        found += (msgspec.json.decode(row[0], type=KnownEntry) for row in rows)
    return found


def _put(db: sqlite3.Connection, article: Incoming, key: str, arrival: _Arrival) -> int | None:
    """Put one article into the library, and return the row of its edition, or None if it is there and unchanged."""
    before = db.execute(
        "SELECT article.id, article.hash, article.place, article.edition, changed FROM article"
        " JOIN source ON source.id = article.source WHERE source.name = ? AND key = ?",
        (article.source, key),
    ).fetchone()
    if before is None:
        if _is_elsewhere(db, article) or _is_gone(db, article):
            return None
        edition, is_news = editions.current(db, arrival.time), True
        id = _insert(db, article, key, edition, arrival)
    else:
        id, known, place, edition, changed = before
        if content_hash(known) == article.hash:
            return None
        is_news = not (arrival.comes_again and _has_same_words(db, id, article))
        values = _values(article, key, arrival)
        _update(db, article, id, values if is_news else values | {"place": place, "changed": changed})
        if is_news:
            db.execute("INSERT INTO gone VALUES (?)", (place,))
    db.executemany(
        "INSERT INTO picture VALUES (?, ?, ?)",
        [(id, src.encode("utf-8", "surrogatepass"), name) for src, name in article.pictures.items()],
    )
    if is_news:
        db.execute(
            "INSERT INTO words (rowid, title, authors, text) VALUES (?, ?, ?, ?)",
            (arrival.place, *article.words),
        )
    return int(edition)


def _values(article: Incoming, key: str, arrival: _Arrival) -> dict[str, object]:
    """Return the columns of an article that change when it comes again."""
    return {
        "place": arrival.place,
        "said": msgspec.json.encode(msgspec.structs.replace(article.said, key=key)),
        "facts": article.facts,
        "hash": article.hash,
        "changed": arrival.changed,
        "title": article.title,
        "language": article.language,
        "published": article.published,
        "summary": article.summary,
        "authors": msgspec.json.encode(article.authors).decode(),
        "tags": msgspec.json.encode(article.tags).decode(),
        "url": article.url,
        "picture": article.picture,
        "look": article.look,
        "feed": arrival.feed,
        "pictures_due": arrival.pictures_due,
        "pictures_lost": 0,
        "pictures_error": "",
    }


def _insert(db: sqlite3.Connection, article: Incoming, key: str, edition: int, arrival: _Arrival) -> int:
    """Insert a new article, and return its id."""
    source = db.execute(
        "INSERT INTO source (name, articles) VALUES (?, 1)"
        " ON CONFLICT (name) DO UPDATE SET articles = articles + 1 RETURNING id",
        (article.source,),
    ).fetchone()[0]
    columns = (
        _values(article, key, arrival)
        | {
            "id": arrival.place,  # is never used again, as an id that SQLite chooses would be: addresses of books have it
            "source": source,
            "key": key,
            "said_id": article.said.id,
            "arrived": arrival.time,
            "edition": edition,
        }
    )
    names = ", ".join(columns)
    marks = ", ".join(f":{name}" for name in columns)
    db.execute(f"INSERT INTO article ({names}) VALUES ({marks})", columns)
    db.execute("INSERT INTO document VALUES (?, ?)", (arrival.place, article.document))
    return arrival.place


def _update(db: sqlite3.Connection, article: Incoming, id: int, values: dict[str, object]) -> None:
    """Update an article that has changed; its pictures are added again."""
    sets = ", ".join(f"{name} = :{name}" for name in values)
    db.execute(f"UPDATE article SET {sets} WHERE id = :id", values | {"id": id})
    db.execute("UPDATE document SET data = ? WHERE article = ?", (article.document, id))
    db.execute("DELETE FROM picture WHERE article = ?", (id,))


def _has_same_words(db: sqlite3.Connection, id: int, article: Incoming) -> bool:
    """Return True if an article of the library has the words of another one, apart from those of pictures."""
    old = db.execute("SELECT data FROM document WHERE article = ?", (id,)).fetchone()[0]
    before, now = (plain_article(without_pictures(document_of(data))) for data in (old, article.document))
    return before == now
