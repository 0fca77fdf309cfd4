"""From the pictures that a document names to pictures at hand, fit for the device and within the book's budget."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from feed2doc._assets import Picture
from feed2doc.env import Env
from feed2doc.model import Document, Image
from feed2doc.pictures._model import images_of
from feed2doc.pictures._profiles import Profile
from feed2doc.pictures._transform import fit
from feed2doc.pictures.fetcher import Fetched, Fetcher

_SMALLEST_BYTES = 20_000
_STEP = 0.75


def gather(
    documents: Iterable[Document],
    env: Env,
    fetcher: Fetcher | None,
    profile: Profile,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Put every picture of these documents into the asset store, made fit for the profile.

    What lies beside the item is read, the rest is fetched if there is a `fetcher`. A picture that cannot be had
    is a loss that is told, and no more: its caption, credit and link stay.
    """
    wanted: dict[str, tuple[Image, str]] = {}
    for document in documents:
        for image in images_of(document):
            wanted.setdefault(image.src, (image, document.url))
    todo = {src: pair for src, pair in wanted.items() if not env.assets.is_fitted(src)}
    done = 0
    with ThreadPoolExecutor(2, "fitting") as pool:
        at_hand = {src: data for src in todo if (data := env.assets.raw(src)) is not None}
        tasks = [(todo[src][0], pool.submit(fit, data, profile)) for src, data in at_hand.items()]
        missing = [pair for src, pair in todo.items() if src not in at_hand]
        for fetched in _fetched(missing, fetcher):
            if fetched.data is None:
                _tell(fetched, env, fetcher)
            else:
                tasks.append((fetched.image, pool.submit(fit, fetched.data, profile)))
            done += 1
            progress(done, len(todo))
        for image, task in tasks:
            picture = task.result()
            if picture is None:
                _tell(Fetched(image, None, "is no picture that can be shown"), env, fetcher)
            else:
                env.assets.put(image.src, picture)
            done += 1
            progress(min(done, len(todo)), len(todo))
    _keep_budget(list(wanted), env, profile)


def _fetched(missing: list[tuple[Image, str]], fetcher: Fetcher | None) -> Iterable[Fetched]:
    missing = [(image, referer) for image, referer in missing if image.src.startswith("http")]
    return fetcher.fetch_all(missing) if fetcher is not None and missing else ()


def _tell(fetched: Fetched, env: Env, fetcher: Fetcher | None) -> None:
    address = fetched.image.src[:200]
    env.note("loss", f"picture {address}: {fetched.reason}", rule="pictures", text=address)


def _keep_budget(urls: list[str], env: Env, profile: Profile) -> None:
    """Make the largest pictures smaller, largest first, until all are within the profile's budget."""
    pictures: dict[str, Picture] = {url: p for url in urls if (p := env.assets.get(url)) is not None}
    sizes = {picture.digest: len(picture.data) for picture in pictures.values()}
    budget = profile.book_mib * 2**20
    scales: dict[str, float] = {}
    while sum(sizes.values()) > budget:
        digest = max(sizes, key=lambda key: sizes[key])
        if sizes[digest] <= _SMALLEST_BYTES:
            env.note(
                "notice",
                f"the pictures are more than the {profile.book_mib} MiB of the profile",
                rule="pictures",
            )
            return
        same = [url for url, picture in pictures.items() if picture.digest == digest]
        scales[digest] = scales.get(digest, 1.0) * _STEP
        smaller = fit(pictures[same[0]].data, profile, scales[digest])
        before = sizes.pop(digest)
        if smaller is None or len(smaller.data) >= before:
            sizes[digest] = 0  # it gets no smaller; it counts as done
            continue
        scales[smaller.digest] = scales.pop(digest)
        sizes[smaller.digest] = len(smaller.data)
        for url in same:
            pictures[url] = smaller
            env.assets.put(url, smaller)
