"""The headline of a page, by its headings and its `title` element."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Container, Iterator
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc._text.urls import host_of
from feed2doc.env import Env
from feed2doc.readers._article.times.parsing import parse_time
from feed2doc.readers._facts.facts import Facts
from feed2doc.readers._html.parse import words_of
from feed2doc.readers._html.title_words import title_words
from feed2doc.readers._rules.selectors import describe

if TYPE_CHECKING:
    from lxml.etree import _Element

# A heading inside one of these elements is not the headline of the page.
_NOT_THE_PAGES = ("blockquote", "li", "td", "th", "dd", "aside", "figure", "nav", "footer")
# Signs between a headline and the name of the site, in the title of a page.
# Letters of scripts without spaces between words: a class with the range of Han characters takes 2 ms to compile.
_SPACED = r"\W\d_A-Za-z\u00c0-\u06ff"
_BETWEEN = pattern(
    r"(?<!\s)\s+(?:[-–—·•:/\\]|::|//)\s+|(?:(?<!\s)\s+)?[|｜_«»‹›]\s*"
    rf"|(?<=[^{_SPACED}])[-–—](?=[^{_SPACED}]|[A-Z])"
)
# Signs before the name of a site that have no spaces around them, what closes one, and the length of a name.
_SIGNS_BEFORE, _CLOSING, _SHORTEST_NAME = " 　：∣―－—〜～【［（「[(", " 　】］）」])", 2
# Signs between a headline and a section that no headline has, and the last sign of scripts with spaces between words.
_BARS, _LAST_LATIN = "|｜_«»‹›", "\u2fff"
# Rows of links above the headline: their length, and that of what is between and after the links.
_LONGEST_NAVIGATION, _LONGEST_REST, _FEWEST_LINKS = 400, 24, 3
_PATH = ">»›→"
# Parts of an address that are not the name of a site.
_SHORTEST_HOST = 3
_COMMON_HOSTS = frozenset(
    {"www", "com", "net", "org", "gov", "edu", "news", "blog", "blogs", "feeds", "rss", "mobile"}
)
_FEWEST_PARTS, _LONGEST_NAME = 2, 40
_SHOWN = ("img", "picture", "video", "audio", "iframe")
_ENDS = (".", "!", "?", "。", "！", "？", "…")
_LETTERS = pattern(r"[\W_]+")


def read_title(page: _Element, article: _Element, facts: Facts) -> None:
    """Add the headlines that the headings of the article and the title of the page state.

    The first heading may be the name of the site, so a heading that the title or another fact repeats goes first.
    """
    title, parts = title_of_page(page)
    sites = {squeezed(name) for name in (*_names_of_site(page, facts), *_name_above(article, parts))}
    named = [h for h in headings_in(article) if squeezed(words_of(h)) not in sites]
    repeated = headlines_of(page, facts)
    candidates = [h for h in named if squeezed(words_of(h)) in repeated] or [
        h for h in named if h.tag == "h1"
    ]
    if candidates:
        heading = min(candidates, key=lambda h: h.tag)
        words = without_kicker(heading, title_words(heading), repeated)
        facts.add("headline", words, "markup", "the heading of the page", describe(heading))
    is_named = len(parts) > 1 and squeezed(parts[-1]) in sites | set(
        map(squeezed, host_names(facts.value("url")))
    )
    # The heading is the first of two parts: `The ferry - Quay Notes`.
    if is_named or (
        len(parts) == _FEWEST_PARTS
        and parts[0] == facts.value("headline")
        and len(parts[-1]) <= _LONGEST_NAME
    ):
        facts.add("publication", parts[-1], "guess", "the title element")
        title = title[: title.rindex(parts[-1])].rstrip(" -–—·•:/\\|｜_«»‹›")
    facts.add("headline", title, "guess", "the title element", "title")


def without_kicker(heading: _Element, words: str, stated: Container[str]) -> str:
    """Return the words of a heading without those of its first element, if only the rest is a headline that the page states."""
    if not len(heading) or (heading.text or "").strip() or squeezed(words) in stated:
        return words
    kicker = words_of(heading[0])
    rest = words.removeprefix(kicker).lstrip(" :：|·–—-")
    return rest if kicker and squeezed(rest) in stated else words


def _name_above(article: _Element, parts: list[str]) -> Iterator[str]:
    """Yield the name of the site, if it is a heading above that of the article: both are parts of the title of the page.

    A name is shorter than a headline.
    """
    if len(parts) < _FEWEST_PARTS or len(parts[-1]) >= len(parts[0]):
        return
    headings = [squeezed(words_of(each)) for each in headings_in(article)]
    headline, name = squeezed(parts[0]), squeezed(parts[-1])
    if headline and headline in headings and name in headings[: headings.index(headline)]:
        yield parts[-1]


def title_of_page(page: _Element) -> tuple[str, list[str]]:
    """Return the title of a page, and its parts between signs."""
    titles = (each for each in page.iter("title") if next(each.iterancestors("svg"), None) is None)
    title = next(map(words_of, titles), "")
    return title, [part for part in _BETWEEN.split(title) if part]


def headlines_of(page: _Element, facts: Facts) -> set[str]:
    """Return the headlines that the facts and the title of a page state, and the parts of that title, for comparison."""
    title, parts = title_of_page(page)
    short = (_without_name_at_end(title, fact.value) for fact in facts.all("publication") if fact.value)
    stated = (fact.value for fact in facts.all("headline"))
    return {squeezed(text) for text in (title, *parts, *short, *stated)} - {""}


def is_name_of_site(heading: _Element) -> bool:
    """Return True if a heading is only a link to the home page of the site."""
    link = next(heading.iter("a"), None)
    return link is not None and words_of(link) == words_of(heading) and _is_home(link)


def leave_headings(article: _Element, facts: Facts, env: Env) -> None:
    """Leave out the headings that are in the Document already: the headline, and the name of the site above it."""
    headline, publication = facts.value("headline"), squeezed(facts.value("publication"))
    found = False
    for heading in article.iter("h1", "h2", "h3"):
        words = words_of(heading)
        same = not found and heading.tag != "h3" and squeezed(words) == squeezed(headline)
        # The title in the metadata is often a longer or shorter wording of the first heading.
        close = not found and heading.tag == "h1" and repeats(words, headline)
        is_name = not found and squeezed(words) == publication
        if not (same or close or is_name or is_name_of_site(heading)):
            continue
        found = found or same or close
        if not same:
            what = "another wording of the headline" if close else "name of the site"
            env.note("dropped", what, rule="headline", text=words, characters=len("".join(words.split())))
        if same or close:
            _leave_links_above(heading, article, env)
        heading.tag = "template"  # the text after the element is kept


def _leave_links_above(heading: _Element, article: _Element, env: Env) -> None:
    """Leave out the elements above the headline that have nothing but links to the sections of the site.

    If there is text above it, it is a heading of that text.
    """
    above: list[tuple[_Element, str]] = []
    element: _Element | None = heading
    while element is not None and element is not article:
        for each in element.itersiblings(preceding=True):
            words = words_of(each)
            if _is_navigation(each, words):
                above.append((each, words))
            elif len(words) > _LONGEST_NAVIGATION or (each.tag == "p" and words.endswith(_ENDS)):
                return
        element = element.getparent()
    for each, words in above:
        count = len("".join(words.split()))
        env.note("dropped", "links above the headline", rule="headline", text=words, characters=count)
        each.tag = "template"


def _is_navigation(element: _Element, words: str) -> bool:
    """Return True if the element has links and little else."""
    if len(words) > _LONGEST_NAVIGATION or next(element.iter(*_SHOWN), None) is not None:
        return False
    if any("author" in (link.get("rel") or "").lower().split() for link in element.iter("a")):
        return False  # a byline
    links = [text for link in element.iter("a") if (text := words_of(link))]
    if next(element.iter("time"), None) is not None or any(map(parse_time, links)):
        return False  # a time
    if words.endswith(_ENDS) and not any(words.endswith(text) for text in links[-1:]):
        return False  # a sentence
    rest = len("".join(words.split())) - sum(len("".join(text.split())) for text in links)
    is_path = len(links) > 1 and any(sign in words for sign in _PATH)
    return (len(links) >= _FEWEST_LINKS or is_path) and rest <= _LONGEST_REST


def host_names(url: str) -> list[str]:
    """Return the names in the address of a site that may be its own: `quay` of `https://news.quay.co.uk`."""
    return [
        part
        for part in host_of(url).split(".")[:-1]
        if len(part) >= _SHORTEST_HOST and part not in _COMMON_HOSTS
    ]


def without_site(headline: str, publication: str, *, is_guess: bool = False) -> str:
    """Return a headline without the name of the publication after a separator at its end, or before one at its start.

    A guess may be the topic, too (`Paris : la Seine en crue`), so it counts only at the end, in capitals if there are any.
    """
    found = list(_BETWEEN.finditer(headline)) if publication else []
    if not found:
        return headline if is_guess else _without_name_at_end(headline, publication)
    last = headline[found[-1].end() :]
    if squeezed(last) == squeezed(publication) and not (is_guess and last.islower()):
        return headline[: found[-1].start()]
    if not is_guess and squeezed(headline[: found[0].start()]) == squeezed(publication):
        return headline[found[0].end() :]
    return headline


def without_sections(headline: str, headings: Collection[str], *, is_shortened: bool) -> str:
    """Return a headline of a page without the shorter names of its sections at the end.

    One of the headings of the article ends there (`The ferry | Sport`), or an underscore follows a Chinese sign, as
    in `渡轮恢复通航_港湾频道`. Signs that headlines have, too, count next to a name that was left out (`is_shortened`).
    """
    for found in _BETWEEN.finditer(headline):
        before, sign = headline[: found.start()], found[0].strip()
        if len(before) <= max(map(len, _BETWEEN.split(headline[found.end() :]))) or sign == ":":
            continue
        words = squeezed(before)
        is_heading = (is_shortened or sign in _BARS) and bool(words) and words in headings
        if is_heading or (sign == "_" and before[-1:] > _LAST_LATIN):
            return before
    return headline


def _without_name_at_end(headline: str, name: str) -> str:
    """Return a headline without the name of the site after a colon, a wide dash or in brackets, as papers in East Asia write it."""
    bare = headline.rstrip(_CLOSING)
    if len(name) < _SHORTEST_NAME or not bare.casefold().endswith(name.casefold()):
        return headline
    before = bare[: len(bare) - len(name)]
    return before.rstrip(_SIGNS_BEFORE) if before.rstrip()[-1:] in _SIGNS_BEFORE else headline


def repeats(text: str, headline: str) -> bool:
    """Return True if a heading is the headline, or a longer or shorter wording of it."""
    one, other = squeezed(text), squeezed(headline)
    return bool(one and other) and (one in other or other in one)


def headings_in(article: _Element) -> Iterator[_Element]:
    """Yield the headings that may be the headline of an article."""
    for each in article.iter("h1", "h2", "h3"):
        if next(each.iterancestors(*_NOT_THE_PAGES), None) is None:
            yield each


def _names_of_site(page: _Element, facts: Facts) -> Iterator[str]:
    """Yield the names of the site: the publication, and headings that are links to the home page."""
    yield from (fact.value for fact in facts.all("publication"))
    headings = list(page.iter("h1", "h2", "h3"))
    for heading in headings:
        if is_name_of_site(heading):
            yield words_of(heading)
    for heading in headings[
        : len(headings) - 1
    ]:  # the only heading is the headline, even in the header of the page
        top = next(heading.iterancestors("header", "nav"), None)
        if top is not None and next(top.iterancestors("article", "main"), None) is None:
            yield words_of(heading)
    yield from (words_of(link) for link in page.iter("a") if "home" in (link.get("rel") or "").split())


def _is_home(link: _Element) -> bool:
    if "home" in (link.get("rel") or "").split():
        return True
    address = (link.get("href") or "").strip()
    return address in ("/", "./", "#") or (
        address.count("/") <= 3 and address.startswith("http") and address.endswith("/")
    )


def squeezed(text: str) -> str:
    """Return a text for comparison, without signs and spaces."""
    return _LETTERS.sub("", unicodedata.normalize("NFKC", text)).casefold()
