"""Corrections to the tags of a PDF by WeasyPrint 70, applied before it is written, and a report of missing glyphs.

- A header cell states its scope. WeasyPrint links cells to headers only by their first column and row, so that under a
  header that spans two columns the second column has no header (ISO 14289-1 7.5, Matterhorn 15-003).
- In a table without header cells, the first cell of each row is a header of the row, as every cell needs one. It looks as before.
- The content of a list item, except its label, is in one body (ISO 32000-1 table 336). WeasyPrint creates a body only
  around lines of text, not around paragraphs.
- The annotations of what is in a link (emphasis, a picture) are in that link (ISO 14289-1 7.18.5), not in its elements.
- Running heads and page numbers are artifacts (ISO 14289-1 7.8). WeasyPrint tags them with elements that are in no structure.
- A link with a title is described by it (ISO 14289-1 7.18.5).
- An annotation is printed if its flags say so (ISO 32000-1 12.5.3); without it paper has no link borders or labels.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from feed2doc.env import Env
from feed2doc.fonts.families import note_missing

_PRINT = 4


def fix_tags(env: Env) -> Any:
    """Return a function to pass to WeasyPrint as its finisher; it notes missing glyphs in `env`."""

    def finish(document: Any, pdf: Any) -> None:
        for page in document.pages:
            for box in _boxes(page._page_box):
                if box.element_tag == "table":
                    _head_rows(box)
                _state_scope(box)
                _describe_link(box)
        elements = {each.reference: each for each in pdf.objects if hasattr(each, "keys")}
        for each in list(elements.values()):
            if each.get("Subtype") == "/Link":
                each["F"] = _PRINT
            elif each.get("S") == "/LI":
                _give_body(each, elements, pdf)
        root = elements[pdf.catalog["StructTreeRoot"]]
        numbers = elements[root["ParentTree"]]["Nums"]
        owners = dict(zip(numbers[::2], numbers[1::2], strict=True))
        _move_into_links(elements, owners)
        _untag_margins(elements, owners, root, pdf)
        numbers[1::2] = owners.values()
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


def _describe_link(box: Any) -> None:
    """Describe a link by its title, if it has one, instead of by its address."""
    annotation = getattr(box, "link_annotation", None)
    if annotation is not None and box.element is not None and (title := box.element.get("title")):
        import pydyf

        annotation["Contents"] = pydyf.String(title)


def _head_rows(table: Any) -> None:
    """Make the first cells of the rows headers, unless the table has some."""
    cells = [box for box in _boxes(table) if box.element_tag in ("th", "td") and hasattr(box, "mark")]
    if any(cell.element_tag == "th" for cell in cells):
        return
    for cell in cells:
        if cell.grid_x == 0 and "A" in cell.mark:
            cell.mark["S"] = "/TH"
            cell.mark["A"]["Scope"] = "/Row"


def _give_body(item: Any, elements: dict[Any, Any], pdf: Any) -> None:
    """Put everything in this list item except its label into a body, if WeasyPrint has not."""
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


def _move_into_links(elements: dict[Any, Any], owners: dict[int, Any]) -> None:
    """Put the annotations of links into the links of the structure around the elements that have them."""
    for each in list(elements.values()):
        if each.get("Type") != "/StructElem" or each.get("S") == "/Link":
            continue
        for part in list(each["K"]):
            annotation = elements.get(elements.get(part, {}).get("Obj"), {})
            if annotation.get("Subtype") == "/Link" and (link := _link_around(each, elements)) is not None:
                each["K"].remove(part)
                link["K"].append(part)
                owners[annotation["StructParent"]] = link.reference


def _link_around(element: Any, elements: dict[Any, Any]) -> Any:
    """Return the link of the structure that an element is in, or None."""
    while (element := elements.get(element.get("P"))) is not None:
        if element.get("S") == "/Link":
            return element
    return None


def _untag_margins(elements: dict[Any, Any], owners: dict[int, Any], root: Any, pdf: Any) -> None:
    """Make the content of the margins of pages artifacts: that of elements without a place in the structure."""
    import pydyf

    placed, todo = set(), list(root["K"])
    while todo:
        if (part := todo.pop()) in elements:
            placed.add(part)
            todo += elements[part].get("K", ())
    loose: dict[Any, set[int]] = {}
    for each in elements.values():
        if each.get("Type") == "/StructElem" and each.reference not in placed:
            loose.setdefault(each["Pg"], set()).update(part for part in each["K"] if isinstance(part, int))
    streams = {each.reference: each.stream for each in pdf.objects if hasattr(each, "stream")}
    for page, numbers in loose.items():
        for number in numbers:
            owners[elements[page]["StructParents"]][number] = "null"
        content = streams[elements[page]["Contents"]]
        for at, operator in enumerate(content):
            if operator == b"BDC" and content[at - 1].get("MCID") in numbers:
                content[at - 2 : at] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]


def _tell_missing(document: Any, env: Env) -> None:
    """Note the characters that were set as empty boxes because no installed font has them."""
    missing = "".join(sorted({chr(c) for font in document.fonts.values() for c in font.missing if c}))
    if missing:
        note_missing(missing, env)
