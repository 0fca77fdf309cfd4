"""Gathers the pictures of articles: reads or fetches them, and resizes them for the device and the book's size budget."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed

from feed2doc._files.threads import submitted
from feed2doc._text.urls import shown_url
from feed2doc.env import Env
from feed2doc.model import Book, Document, Image, documents_of, images_of
from feed2doc.pictures.fetcher import MAX_AT_A_TIME, MAX_BOOK_BYTES, ByteBudget, Fetched, Fetcher
from feed2doc.pictures.profiles import Profile, profile
from feed2doc.pictures.resize import fit
from feed2doc.pictures.resize import reason as reason_against

_SMALLEST_BYTES = 20_000
_STEP = 0.75


def gather(
    articles: Document | Book | Iterable[Document],
    env: Env,
    fetcher: Fetcher | None = None,
    device: Profile | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Put every picture of these articles into the asset store of `env`, resized for the device.

    Pictures next to the item are read; the others are fetched if there is a `fetcher`. A picture that is not available
    is recorded as a loss in the diagnostics; its caption, credit and link stay. `progress` is called with the number of
    pictures that are done and the total number.
    """
    device = device or profile()
    wanted: dict[str, tuple[Image, str]] = {}
    for document in documents_of(articles):
        for image in images_of(document):
            wanted.setdefault(image.src, (image, document.url))
    todo = [pair for src, pair in wanted.items() if not env.assets.is_fitted(src)]
    room = ByteBudget(MAX_BOOK_BYTES)

    def prepare(image: Image, referer: str) -> str:
        """Put one picture into the store and return "", or the reason if that fails. Few pictures are in memory at any time."""
        fetched = _load(image, referer, env, fetcher)
        if fetched.data is None:
            return fetched.reason or (
                "not a picture that can be shown" if image.src.startswith("data:") else ""
            )
        if not room.take(len(fetched.data)):
            return f"the book's pictures exceed {MAX_BOOK_BYTES // 2**20} MiB"
        picture = fit(fetched.data, device)
        if picture is None:
            return reason_against(fetched.data)
        env.assets.put(image.src, picture)
        return ""

    with ThreadPoolExecutor(MAX_AT_A_TIME, "pictures") as pool:
        tasks = [submitted(pool, prepare, *pair) for pair in todo]
        try:
            for done, _ in enumerate(as_completed(tasks), 1):
                progress(done, len(tasks))
        finally:
            for task in tasks:
                task.cancel()
    for (image, _), task in zip(
        todo, tasks, strict=True
    ):  # in the document's order, not in the order in which they arrive
        if reason := task.result():
            src = shown_url(image.src)
            env.note("loss", f"picture {src}: {reason}", rule="pictures", text=src)
    _keep_budget(list(wanted), env, device)


def _load(image: Image, referer: str, env: Env, fetcher: Fetcher | None) -> Fetched:
    """Return the original bytes of a picture: a local file, else fetched. There is no reason if nothing may be fetched."""
    data = env.assets.raw(image.src)
    if data is not None or fetcher is None:
        return Fetched(image, data)
    if not image.src.startswith("http"):
        return Fetched(image, None, "its address is relative to one that is not known: set --base-url")
    return fetcher.fetch(image, referer)


def _keep_budget(urls: list[str], env: Env, device: Profile) -> None:
    """Shrink the pictures, the largest first, until all together fit the profile's budget."""
    addresses: dict[str, list[str]] = {}
    sizes: dict[str, int] = {}
    for url in urls:
        if picture := env.assets.get(url):
            addresses.setdefault(picture.digest, []).append(url)
            sizes[picture.digest] = picture.size
    no_smaller = 0
    while no_smaller + sum(sizes.values()) > device.book_mib * 2**20:
        digest = max(sizes, key=lambda key: sizes[key], default="")
        if sizes.get(digest, 0) <= _SMALLEST_BYTES:
            message = f"the pictures exceed the {device.book_mib} MiB of the profile"
            env.note("notice", message, rule="budget")
            return
        same, before = addresses.pop(digest), sizes.pop(digest)
        picture = env.assets.get(same[0])
        smaller = fit(picture.data, device, _STEP) if picture else None
        if smaller is None or smaller.size >= before:
            no_smaller += before
            continue
        for url in same:
            env.assets.put(url, smaller)
        addresses.setdefault(smaller.digest, []).extend(same)
        sizes[smaller.digest] = smaller.size
