"""What WeasyPrint 70 leaves out of a tagged PDF, put in before it is written, and the characters it had no glyph for.

- A header cell says by its scope what it is the header of. WeasyPrint links cells to headers by their first column and row
  alone, so that under a header that spans two columns the second has none (ISO 14289-1 7.5, Matterhorn 15-003).
- What stands in a list item beside its label is in one body (ISO 32000-1 table 336). WeasyPrint makes one of lines of text
  only, not of paragraphs.
- An annotation is printed if its flags say so (ISO 32000-1 12.5.3); without it paper has no link borders or labels.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from feed2doc.env import Env
from feed2doc.fonts.families import note_missing

_PRINT = 4


def fix_tags(env: Env) -> Any:
    """A function to hand to WeasyPrint as its finisher; what it finds missing is noted in `env`."""

    def finish(document: Any, pdf: Any) -> None:
        for page in document.pages:
            for box in _boxes(page._page_box):
                _state_scope(box)
        elements = {each.reference: each for each in pdf.objects if hasattr(each, "keys")}
        for each in list(elements.values()):
            if each.get("Subtype") == "/Link":
                each["F"] = _PRINT
            elif each.get("S") == "/LI":
                _give_body(each, elements, pdf)
        _tell_missing(document, env)

    return finish


def _boxes(box: Any) -> Iterator[Any]:
    todo = [box]
    while todo:
        each = todo.pop()
        yield each
        todo += getattr(each, "children", ())


def _state_scope(box: Any) -> None:
    mark = getattr(box, "mark", None)
    if mark is None or box.element is None or "A" not in mark:
        return
    cell = mark["A"]
    if box.element_tag == "th":
        cell["Scope"] = "/Row" if box.element.get("scope") == "row" else "/Column"
    elif "Headers" in cell and not cell["Headers"]:
        del cell["Headers"]


def _give_body(item: Any, elements: dict[Any, Any], pdf: Any) -> None:
    """Put all of this list item but its label into a body, if WeasyPrint has not."""
    import pydyf

    parts = {part: elements.get(part, {}).get("S") for part in item["K"]}
    loose = [part for part, kind in parts.items() if kind not in ("/Lbl", "/LBody")]
    if not loose:
        return
    place = {"Pg": item["Pg"]} if "Pg" in item else {}
    body = pydyf.Dictionary({"Type": "/StructElem", "S": "/LBody", **place, "P": item.reference})
    body["K"] = pydyf.Array(loose)
    pdf.add_object(body)
    for part in loose:
        if part in elements:
            elements[part]["P"] = body.reference
    item["K"] = pydyf.Array([*(part for part in parts if part not in loose), body.reference])


def _tell_missing(document: Any, env: Env) -> None:
    """Note the characters that came out as empty boxes: no font here has them."""
    missing = "".join(sorted({chr(c) for font in document.fonts.values() for c in font.missing if c}))
    if missing:
        note_missing(missing, env)
