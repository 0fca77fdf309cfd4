"""The identity of a feed's entries: which entry is one that the feed had before.

Feeds repeat ids, leave them out, and give all entries one link. What is unique in a feed, now and before, identifies an
entry; what is not does so only together with other facts. In doubt an entry is new, because an entry that is taken for
another replaces its file.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import chain, count, takewhile
from urllib.parse import urlsplit

import msgspec

from feed2doc.batch.state.sources import KnownEntry
from feed2doc.model import Document, plain_article, walk

# Bytes; a shorter text, such as an invitation to read on, may be that of several entries.
_LONG_ENOUGH = 400

Fact = Callable[[KnownEntry], tuple[str, ...]]


def facts_of(document: Document) -> KnownEntry:
    """Return what identifies an entry. The digest is of its words, links and pictures, however they are laid out, after their length."""
    words = plain_article(msgspec.structs.replace(document, headline="")).split()
    places = [
        str(getattr(node, "url", "") or getattr(node, "src", ""))
        for node in walk((document.lead, document.sections))
    ]
    content = "\n".join(["".join(words), *filter(None, places)]).encode("utf-8", "surrogatepass")
    published = document.published.isoformat() if document.published else ""
    if published and not document.published_has_time:
        published = published[:10]
    digest = f"{len(content)} {hashlib.sha256(content).hexdigest()}"
    return KnownEntry(document.id, document.url, document.headline, published, digest)


def article_of(entry: KnownEntry) -> str:
    """Return a digest of all facts, which are the same in each feed that has the article."""
    return hashlib.sha256(msgspec.json.encode(msgspec.structs.replace(entry, key=""))).hexdigest()


def lasting_facts(entry: KnownEntry) -> list[tuple[str, ...]]:
    """Return facts of which a later version of an entry has at least one: its id and address with its headline, and with its time.

    A headline or time that it lacks counts only if its address is its own: a feed may have a single entry at a time, and give
    all of them one id and one address.
    """
    facts = (("title", entry.title), ("published", entry.published))
    return [(entry.id, entry.url, name, fact) for name, fact in facts if fact or _has_page(entry)]


def identified(
    source: str, entries: Sequence[KnownEntry], known: Sequence[KnownEntry], earlier: Mapping[KnownEntry, str]
) -> list[KnownEntry]:
    """Return the entries of a feed with their keys: those of `known` entries that they are, else new ones.

    `earlier` are the keys of entries that an earlier version recorded (`earlier_keys`). Equal entries have equal keys.
    """
    keys: dict[KnownEntry, str] = {}
    all_now = list(dict.fromkeys(entries))
    free = {each.key: each for each in known}
    alike = _alike(all_now) | _alike(known)
    for fact, is_same in _CRITERIA:
        now, before = Counter(map(fact, all_now)), Counter(map(fact, known))
        by_fact = {fact(each): each for each in free.values()}
        for each in all_now:
            value = fact(each)
            same = by_fact.get(value)
            is_unique = now[value] == 1 and (before[value] == 1 or fact is _all_facts)
            if fact is _all_but_content and value[:2] in alike:
                continue  # only by chance no other entry has these facts
            if each not in keys and is_unique and same and same.key in free and is_same(same, each):
                keys[each] = same.key
                del free[same.key]
    used = {*(each.key for each in known), *earlier.values()}
    for each in all_now:
        if each not in keys:
            keys[each] = earlier.get(each) or _new_key(f"{source}#{each.id}", each, used)
            used.add(keys[each])
    return [msgspec.structs.replace(each, key=keys[each]) for each in entries]


def earlier_keys(
    source: str, entries: Sequence[KnownEntry], digests: Sequence[str], inputs: Mapping[str, Collection[str]]
) -> dict[KnownEntry, str]:
    """Return the keys that entries have in a state whose version knew no facts.

    `inputs` are its keys with the digests of their content, and `digests` are those of the content of `entries` now. The
    entries of one id were counted in the order of the feed, which says nothing unless the feed is the same.
    """
    found: dict[KnownEntry, str] = {}
    by_id: dict[str, list[tuple[KnownEntry, str]]] = {}
    for each, digest in zip(entries, digests, strict=True):
        by_id.setdefault(each.id, []).append((each, digest))
    for id, same_id in by_id.items():
        counted = [f"{source}#{id}", *(f"{source}#{id} ({n})" for n in range(2, len(inputs) + 1))]
        keys = list(takewhile(inputs.__contains__, counted))
        by_digest = {digest: key for key in keys for digest in inputs[key]}
        matched = {each: by_digest[digest] for each, digest in same_id if digest in by_digest}
        if not matched and len(keys) == len(same_id):
            matched = {each: key for (each, _), key in zip(same_id, keys, strict=True)}
        found |= matched
    return found


def _new_key(key: str, entry: KnownEntry, used: Collection[str]) -> str:
    if key not in used:
        return key
    digest = article_of(entry)[:16]
    numbered = (f"{key} {digest}-{number}" for number in count(2))
    return next(each for each in chain([f"{key} {digest}"], numbered) if each not in used)


def _always(before: KnownEntry, now: KnownEntry) -> bool:
    return True


def _all_facts(entry: KnownEntry) -> tuple[str, ...]:
    return (entry.id, entry.url, entry.title, entry.published, entry.digest)


def _all_but_content(entry: KnownEntry) -> tuple[str, ...]:
    return (entry.id, entry.url, entry.title, entry.published)


def _alike(entries: Collection[KnownEntry]) -> set[tuple[str, ...]]:
    """Return the ids and addresses with entries that only their content tells apart: their headlines and times do not."""
    times = Counter(map(_all_but_content, entries))
    return {(id, url) for (id, url, *_), number in times.items() if number > 1}


def _says_something(before: KnownEntry, now: KnownEntry) -> bool:
    return bool(now.title or now.published)


def _is_renamed(before: KnownEntry, now: KnownEntry) -> bool:
    """Return True if an entry with the same content has the same headline or time, or much content."""
    is_long = int(now.digest.partition(" ")[0]) >= _LONG_ENOUGH
    return before.title == now.title or before.published == now.published != "" or is_long


def _has_own_url(before: KnownEntry, now: KnownEntry) -> bool:
    """Return True if an entry with the same address, which is not its id, has the same headline or time."""
    return now.url != now.id and (before.title == now.title or before.published == now.published != "")


def _is_likely(before: KnownEntry, now: KnownEntry) -> bool:
    """Return True if an entry with the same id, which is unique, has no fewer facts in common than not.

    A feed of one entry may give each new one the id of the one before.
    """
    votes = _vote(before.title, now.title) + _vote(before.published, now.published)
    if before.url != now.url or _has_page(now):
        votes += _vote(before.url, now.url)
    return votes >= 0


def _has_page(entry: KnownEntry) -> bool:
    """Return True if the address of an entry is that of a page: neither its id nor the address of the site."""
    return entry.url != entry.id and bool(urlsplit(entry.url).path.strip("/"))


def _vote(before: str, now: str) -> int:
    if not before or not now:
        return 0
    return 1 if before == now else -1


# What identifies an entry if it is unique, from the strongest to the weakest, and what has to be true as well.
_CRITERIA: tuple[tuple[Fact, Callable[[KnownEntry, KnownEntry], bool]], ...] = (
    (_all_facts, _always),
    (_all_but_content, _says_something),
    (lambda e: (e.id, e.digest), _is_renamed),
    (lambda e: (e.id,), _is_likely),
    (lambda e: (e.id, e.url), _has_own_url),
)
