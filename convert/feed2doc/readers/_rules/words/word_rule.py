"""A pattern that is built from the words of the trade, and parts that several of them have."""

from __future__ import annotations

from msgspec import Struct

# An account in Han characters is a name: `文/@林海`.
SEPARATOR = r"\s*[：:/／｜|丨︱＝=・]\s*(?:@(?![A-Za-z0-9_]))?"
PERSON = "(?P<person>.{1,100}?)"
# Characters that begin no name after a title, but what the person does: `记者在现场`.
NO_NAME = "(?![在来來们們的了是有与與说說也都不就又到从從把被将將会會能可这這那他她它])"


class WordRule(Struct, frozen=True, omit_defaults=True, array_like=True, gc=False):
    """A pattern built from words.

    It is only tried on texts that begin with one of `starts` (lower case) and contain one of `needs` and, in lower case, one of
    `also` and all of `parts`, if there are any, because compiling a pattern takes longer than reading a paragraph. `named`
    means that the group `person` must be a list of names, `weak` that the person must be an author of the article, or that a
    line of junk may be a sentence, and `exact` that letters must have the same case. `most` is the length of the longest text
    to try.
    """

    kind: str
    pattern: str
    role: str = ""
    starts: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    named: bool = False
    weak: bool = False
    exact: bool = False
    most: int = 600
    also: tuple[str, ...] = ()
