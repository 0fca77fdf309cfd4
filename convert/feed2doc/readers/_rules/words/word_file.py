"""The schema of word files, `words/<language>.toml`.

A word file lists what the trade writes around articles in one language: labels of credits, photo credits and agencies, legal
lines, invitations.
"""

from __future__ import annotations

from msgspec import Struct


class Photo(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of photo credits, and those of brackets in captions that are not credits.

    `kinds` are labels that may also begin a caption: `Photo: the quay`. `verbs` are below the name of a photographer, before
    which there may be only a space and one of the `reporters`: `The quay 本报记者林海摄`. So are `nouns`, after a space: `海港图库 图`. `by` are words between a kind and a name
    (`Photo by Ann Ba`), `papers` those between a name and a paper (`Ann Ba for Quay Post`).
    `enlarge` are the texts of links to the picture itself.
    """

    labels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    reporters: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    enlarge: tuple[str, ...] = ()


class Junk(Struct, frozen=True, forbid_unknown_fields=True):
    """Whole lines that are not part of an article (`last`: at its end), texts of links to the rest of one, and headings above lists of links.

    In `last` lines, `{network}` stands for one of the `networks`: `Follow … on {network}`.
    `closing` lines of feeds name the article, in a link before one to its site, or at the end of the text.

    `tags` are labels of lists of tags. `certain` are words of lines that no sentence of an article begins with. A line at the end of an article with one of the
    `verbs`, at the start of a sentence if the language has spaces, and one of the `objects` is an invitation. `linked_verbs` and
    `linked_objects`, which sentences of articles also have, count only if the line has a link or is set apart.
    `gifts` are texts of links by which a site or its author asks for a donation, and `gift_words` words in them or before them.
    `programme_verbs` ask to listen or watch, and count only with one of the `programmes` or where they are heard and seen.
    `links` are short lines around an article that only count if all of them is a link, or, of one with `…`, if a link in it leads to
    a page about its author, to a category or a tag. `counts` are lines above and below the text: `5 min read`.
    `windows` are words in links about where they open, for screen readers. Below a last line with one of the `codes`, pictures
    are those of codes: `QR code`. `scans` are words of requests to scan one. `about` begins the heading of a section about an account or a site: `About The Quay`,
    and a heading with an `advertised` word says that its section is advertising. `pointing` signs are before the links of a paper.
    A line with one of the words that `tell` what a person said or did is a sentence of the article, whatever else it has,
    unless the word is next to one of those that are `not_telling`: `었다면`.
    """

    lines: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    certain: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    linked_verbs: tuple[str, ...] = ()
    linked_objects: tuple[str, ...] = ()
    programme_verbs: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    gifts: tuple[str, ...] = ()
    gift_words: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    tell: tuple[str, ...] = ()
    not_telling: tuple[str, ...] = ()
    windows: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    scans: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    advertised: tuple[str, ...] = ()
    pointing: tuple[str, ...] = ()


class Datelines(Struct, frozen=True, forbid_unknown_fields=True):
    """Lines and brackets that name the reporter, and the parts that occur in them.

    `openings` are at the beginning of the text. `others` are what is there, or in a bracket at the end, instead of a name.
    `colleagues` are titles of others who worked on a report: `记者林海 通讯员梅林`.
    """

    lines: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    colleagues: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


class Bylines(Struct, frozen=True, forbid_unknown_fields=True):
    """Words next to a name in a byline.

    `organisations` are bylines that name no person: `…日报`. `nobody` are accounts of programs and what is in place of a name: `admin`. A biography has one of the `professions`, or, of an author
    whom the byline names, one of the words of `lives`; `copulas` and `states` are verbs between the name and what someone is:
    `Ann Ba is a reporter`. `desks` are words of a title before one of the `titles`, next to a name:
    `Ann Ba Health editor`. `writes` are verbs before the name of the author at the end of a
    standfirst: `The ferry is back, writes Ann Ba`. `biographies` are words after a name in the label of a biography: `林海生简历`.
    """

    titles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    nobody: tuple[str, ...] = ()
    professions: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    lives: tuple[str, ...] = ()
    biographies: tuple[str, ...] = ()
    copulas: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    desks: tuple[str, ...] = ()


class Letters(Struct, frozen=True, forbid_unknown_fields=True):
    """Lines above and below a newsletter: a short line with a link that begins with one of the `openings`.

    It has one of the `nouns` and one of the words that say what the link is for: `asks` at the beginning of words in languages
    with spaces, `asks_in_han` anywhere in others.
    """

    openings: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    asks_in_han: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


class Cues(Struct, frozen=True, forbid_unknown_fields=True):
    """Words whose sum shows that a block below a text asks its readers for something. None of them says so by itself.

    `asks` are words of such requests, `hints` verbs that sentences of articles have as often. `things` are what is asked for,
    or where it is, `selves` who asks, `readers` who is asked, and `gains` what these get, or thanks. `tells` are words of
    articles, which count against the others. A word next to one of `beside` is another one: `其他`, `现在看`.
    """

    asks: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    selves: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    gains: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


class Speakers(Struct, frozen=True, forbid_unknown_fields=True):
    """Labels before the questions and answers of an interview."""

    names: tuple[str, ...] = ()


class WordFile(Struct, frozen=True, forbid_unknown_fields=True):
    """One word file.

    `labels` are words before a name and a colon or the like, by role, `before` words before a name alone, and `after` those that
    follow a name in brackets or after a slash, as labels may (`林海/摄`), and `after_space` those that a space may separate from it,
    too (`林海 著`).
    `untitled` are headlines that say that there is none, and `no_tags` tags that say so: `Uncategorized`. `contents` are titles of
    the contents of the page. `summaries` are labels of a summary above the text.
    `announcements` are words in a sentence before links that make them a part of the text, but not next to one of
    `not_announcing`: `no dia seguinte`. One of these that begins with `…` counts only after them, one that ends with it before.
    """

    languages: tuple[str, ...]
    labels: dict[str, tuple[str, ...]] = {}
    before: dict[str, tuple[str, ...]] = {}
    after: dict[str, tuple[str, ...]] = {}
    after_space: dict[str, tuple[str, ...]] = {}
    lines: dict[str, tuple[str, ...]] = {}
    junk: Junk = Junk()
    cues: Cues = Cues()
    photo: Photo = Photo()
    datelines: Datelines = Datelines()
    speakers: Speakers = Speakers()
    letters: Letters = Letters()
    bylines: Bylines = Bylines()
    note_marks: tuple[str, ...] = ()
    note_backs: tuple[str, ...] = ()
    note_titles: tuple[str, ...] = ()
    summaries: tuple[str, ...] = ()
    announcements: tuple[str, ...] = ()
    not_announcing: tuple[str, ...] = ()
    untitled: tuple[str, ...] = ()
    no_tags: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()
