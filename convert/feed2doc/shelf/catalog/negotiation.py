"""Choosing the form of the catalog that a client wants."""

from __future__ import annotations

from feed2doc._text.lazy_re import pattern

_QUALITY = pattern(r"q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")
_JSON = "application/opds+json"
_ATOM = ("application/atom+xml", "application/*", "*/*")
_MOST = 100


def wants_json(accept: str) -> bool:
    """Return True if an Accept header names OPDS 2.0 with a quality not below that of Atom."""
    found: dict[str, float] = {}
    for part in accept.split(",")[:_MOST]:
        kind, *parameters = (each.strip() for each in part.split(";"))
        quality = next((match[1] for each in parameters if (match := _QUALITY.fullmatch(each))), "1")
        found[kind.lower()] = max(float(quality), found.get(kind.lower(), 0.0))
    json = found.get(_JSON, 0.0)
    atom = next((found[kind] for kind in _ATOM if kind in found), 0.0)
    return json > 0 and json >= atom
