"""An HTML tree to blocks: one walk, no recursion, nothing lost.

Every element is entered, its text and children are read, and it is left; what is open meanwhile lies on a
stack of frames. Elements with no meaning of their own (div, span, font) are walked through. What a site rule
takes out is in `skipped`, and what it collects apart (credits) in `apart`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING, Literal, cast

from feed2doc.env import Env
from feed2doc.model import (
    MAX_NESTING,
    Aside,
    Block,
    Blocks,
    BulletList,
    Cell,
    Code,
    CodeBlock,
    Definition,
    DefinitionList,
    Emph,
    Figure,
    Heading,
    Image,
    InlineImage,
    Inlines,
    LineBreak,
    Link,
    OrderedList,
    Paragraph,
    Quote,
    Rule,
    Span,
    Strike,
    Strong,
    Sub,
    Sup,
    Table,
    plain_text,
)
from feed2doc.readers._addresses import resolve
from feed2doc.readers._frames import Frame, align_of, caption_of, figures_of, number, rows_of
from feed2doc.readers._inlines import Line, Mark
from feed2doc.readers._media import embed_of, image_of, is_icon, is_tracker, ruby_of

if TYPE_CHECKING:
    from lxml.etree import _Element

Leave = Callable[[], None] | None

# Elements that stand as lines of their own: https://html.spec.whatwg.org/#flow-content-3
_BREAKING = frozenset(
    "address article body center details dialog dir div fieldset footer form header hgroup html legend main"
    " nav p search section summary option optgroup".split()
)
# Elements with no words for a reader.
_SILENT = frozenset(
    "area base canvas col colgroup datalist frame frameset head input link map meta meter noscript param"
    " progress rp script select source style svg template title track".split()
)
_MARKS: dict[str, Mark] = {
    "b": Strong,
    "strong": Strong,
    "i": Emph,
    "em": Emph,
    "cite": Emph,
    "dfn": Emph,
    "var": Emph,
    "s": Strike,
    "del": Strike,
    "strike": Strike,
    "sub": Sub,
    "sup": Sup,
}


class Builder:
    """Reads one tree. `build` gives the blocks; `apart` afterwards holds what was collected apart."""

    def __init__(
        self,
        env: Env,
        base: str,
        *,
        skipped: Collection[_Element] = (),
        captions: Collection[_Element] = (),
        credits_: Collection[_Element] = (),
        drop_text: Callable[[Inlines], str] = lambda _: "",
    ) -> None:
        self._env = env
        self._base = base
        self._skipped = skipped
        self._captions = captions
        self._credits = credits_
        self._drop_text = drop_text
        self._frames = [Frame("root")]
        self._line = Line()
        self._after_image = False
        self._merged = False
        self.apart: list[Block] = []

    def build(self, root: _Element) -> Blocks:
        """The blocks of this element; headings stand among them as `Heading`."""
        stack: list[tuple[_Element | None, Leave, str | None]] = [(root, None, None)]
        while stack:
            element, leave, tail = stack.pop()
            if element is None:
                if leave is not None:
                    leave()
            elif element not in self._skipped:
                descend, leave = self._enter(element)
                stack.append((None, leave, element.tail if element is not root else None))
                if descend:
                    self._text(element.text)
                    stack.extend((child, None, None) for child in reversed(element))
                continue
            else:
                tail = element.tail
            self._text(tail)
        self._flush()
        if self._merged:
            self._env.note("notice", f"what is nested deeper than {MAX_NESTING} levels went to the level above")
        return self._frames[0].take()

    # ---- entering ------------------------------------------------------------------------------

    def _enter(self, element: _Element) -> tuple[bool, Leave]:
        """Begin an element: whether to read what is in it, and what to do at its end."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _SILENT:
            return False, None
        if element in self._credits:
            return True, self._push("credits")
        if tag in ("figcaption", "caption") or element in self._captions or self._is_small_caption(tag):
            return True, self._push("caption")
        if self._frames[-1].kind == "caption" and (tag == "cite" or "credit" in (element.get("class") or "")):
            return True, self._push("credit")
        whole = _WHOLE.get(tag)
        if whole is not None:
            whole(self, element)
            return False, None
        opener = _OPENERS.get(tag)
        if opener is not None:
            return True, opener(self, element)
        mark = self._mark(element, tag)
        if tag in _BREAKING:
            return True, self._break(mark, closes_image=tag != "div")
        if mark is not None and self._depth() < MAX_NESTING:
            self._line.open(mark)
            return True, partial(self._line.close, mark)
        return True, None

    def _break(self, mark: Mark | None, *, closes_image: bool) -> Leave:
        self._flush()
        if closes_image:
            self._after_image = False
        if mark is None or self._depth() >= MAX_NESTING:
            return self._flush
        self._line.open(mark)
        return partial(self._close_block_mark, mark)

    def _close_block_mark(self, mark: Mark) -> None:
        self._flush()
        self._line.close(mark)

    def _mark(self, element: _Element, tag: str) -> Mark | None:
        """The inline mark that this element means, a new object each time, so that ends find their starts."""
        if tag == "a":
            return self._link(element)
        known = _MARKS.get(tag)
        if known is not None:
            return partial(known)
        lang, direction = element.get("lang") or "", (element.get("dir") or "").lower()
        if (lang or direction in ("ltr", "rtl", "auto")) and tag not in ("html", "body"):
            ways = cast('Literal["", "ltr", "rtl", "auto"]', direction if direction in _DIRECTIONS else "")
            return lambda content: Span(content, lang, ways)
        return None

    def _link(self, element: _Element) -> Mark | None:
        href = element.get("href")
        if not href or href.startswith("#"):
            return None
        url = resolve(href, self._base)
        if url is None:
            self._env.note("dropped", "a link to an address that is not for readers", rule="links", text=href)
            return None
        title = element.get("title") or ""
        title = "" if title.startswith("Link: ") else " ".join(title.split())
        return lambda content: Link(content, url, title)

    def _is_small_caption(self, tag: str) -> bool:
        """Whether this is the `small` right after a picture, which is how many feeds write captions."""
        return tag == "small" and self._after_image and self._line.blank and self._frames[-1].awaits_caption()

    def _depth(self) -> int:
        return len(self._frames) + self._line.depth

    # ---- text and blocks -----------------------------------------------------------------------

    def _text(self, value: str | None) -> None:
        if not value:
            return
        if self._after_image and value.strip():
            self._after_image = False
        self._line.text(value)

    def _flush(self) -> None:
        """End the line; what it holds becomes a paragraph of the innermost frame."""
        content = self._line.take()
        if content:
            if rule := self._drop_text(content):
                self._env.note("dropped", "junk", rule=rule, text=plain_text(content))
            else:
                self._frames[-1].add(Paragraph(content))

    def _push(self, kind: str, element: _Element | None = None) -> Leave:
        """Open a frame; too deep, what is in it goes to the frame around."""
        self._flush()
        if len(self._frames) >= MAX_NESTING - 8 and kind in ("ul", "ol", "dl", "quote", "aside", "table"):
            self._merged = True
            return self._flush
        self._frames.append(Frame(kind, element))
        return self._pop

    def _pop(self) -> None:
        """Close the innermost frame; what it means goes to the frame around it."""
        self._flush()
        frame = self._frames.pop()
        _LEAVE[frame.kind](self, frame)

    # ---- leaving, by kind of frame -------------------------------------------------------------

    def _leave_caption(self, frame: Frame) -> None:
        self._after_image = False
        self._frames[-1].set_caption(caption_of(frame.take()), frame.credit)

    def _leave_credit(self, frame: Frame) -> None:
        self._frames[-1].credit += caption_of(frame.take())

    def _leave_figure(self, frame: Frame) -> None:
        for block in figures_of(frame):
            self._frames[-1].add(block)
        self._after_image = self._frames[-1].awaits_caption()

    def _leave_credits(self, frame: Frame) -> None:
        self.apart += frame.take()

    def _leave_heading(self, frame: Frame) -> None:
        element = frame.element
        assert element is not None
        for block in frame.take():
            if isinstance(block, Paragraph):
                block = Heading(int(element.tag[1]), block.content)
            self._frames[-1].add(block)

    def _leave_list(self, frame: Frame) -> None:
        element = frame.element
        items = tuple(frame.items)
        if not items or element is None:
            return
        if frame.kind == "ol":
            self._frames[-1].add(OrderedList(items, number(element.get("start"), 1, low=-(2**31))))
        else:
            self._frames[-1].add(BulletList(items))

    def _leave_item(self, frame: Frame) -> None:
        self._frames[-1].add_item(frame.take())

    def _leave_quote(self, frame: Frame) -> None:
        blocks = frame.take()
        if blocks or frame.credit:
            self._frames[-1].add(Quote(blocks, frame.credit))

    def _leave_aside(self, frame: Frame) -> None:
        if blocks := frame.take():
            self._frames[-1].add(Aside(blocks))

    def _leave_term(self, frame: Frame) -> None:
        self._frames[-1].definitions.append(Definition(caption_of(frame.take())))

    def _leave_meaning(self, frame: Frame) -> None:
        terms = self._frames[-1].definitions
        if not terms:
            terms.append(Definition(()))
        terms[-1] = Definition(terms[-1].term, (*terms[-1].meanings, frame.take()))

    def _leave_definitions(self, frame: Frame) -> None:
        if frame.definitions:
            self._frames[-1].add(DefinitionList(tuple(frame.definitions)))
        for block in frame.take():
            self._frames[-1].add(block)

    def _leave_cell(self, frame: Frame) -> None:
        element = frame.element
        assert element is not None
        self._frames[-1].cells.append(
            Cell(
                frame.take(),
                element.tag == "th",
                align_of(element),
                number(element.get("colspan"), 1, high=1000),
                number(element.get("rowspan"), 1, high=65534),
            )
        )

    def _leave_row(self, frame: Frame) -> None:
        if frame.cells:
            self._frames[-1].rows.append(tuple(frame.cells))
        for block in frame.take():
            self._frames[-1].add(block)

    def _leave_table(self, frame: Frame) -> None:
        rest = frame.take()
        rows = rows_of(frame)
        if len(rows) == 1 and len(rows[0]) == 1:  # a frame drawn with a table, not data
            rest = (*rows[0][0].blocks, *rest)
        elif rows:
            self._frames[-1].add(Table(rows, frame.caption))
            frame.caption = ()
        if frame.caption:
            rest = (*rest, Paragraph(frame.caption))
        for block in rest:
            self._frames[-1].add(block)

    # ---- elements read whole -------------------------------------------------------------------

    def _image(self, element: _Element) -> None:
        image = image_of(element, self._base)
        if image is None or is_tracker(element):
            return
        if is_icon(element) and not self._line.blank:
            self._line.add(InlineImage(image))
            return
        self._add_figure(image)

    def _add_figure(self, image: Image) -> None:
        self._flush()
        if self._frames[-1].kind == "figure":
            self._frames[-1].images.append(image)
        else:
            self._frames[-1].add(Figure(image))
            self._after_image = True

    def _line_break(self, _: _Element) -> None:
        if self._line.ends_with_break():
            self._flush()
        else:
            self._line.add(LineBreak())

    def _rule(self, _: _Element) -> None:
        self._flush()
        self._frames[-1].add(Rule())

    def _preformatted(self, element: _Element) -> None:
        self._flush()
        for line_break in element.iter("br"):
            line_break.tail = "\n" + (line_break.tail or "")
        value = "".join(element.itertext()).strip("\n")
        if value.strip():
            self._frames[-1].add(CodeBlock(value))

    def _code(self, element: _Element) -> None:
        value = " ".join("".join(element.itertext()).split())
        if value:
            self._line.add(Code(value))

    def _ruby(self, element: _Element) -> None:
        for node in ruby_of(element):
            if isinstance(node, str):
                self._line.text(node)
            else:
                self._line.add(node)

    def _embed(self, element: _Element) -> None:
        self._flush()
        embed = embed_of(element, self._base)
        if embed is None:
            self._env.note("dropped", "a film, sound or page with no address for readers", rule="embeds")
        else:
            self._frames[-1].add(embed)
            self._after_image = True


_DIRECTIONS = ("ltr", "rtl", "auto")

_WHOLE: Mapping[str, Callable[[Builder, _Element], None]] = {
    "img": Builder._image,
    "br": Builder._line_break,
    "hr": Builder._rule,
    "pre": Builder._preformatted,
    "code": Builder._code,
    "kbd": Builder._code,
    "samp": Builder._code,
    "tt": Builder._code,
    "ruby": Builder._ruby,
    "video": Builder._embed,
    "audio": Builder._embed,
    "iframe": Builder._embed,
    "embed": Builder._embed,
}


def _opener(kind: str) -> Callable[[Builder, _Element], Leave]:
    return lambda builder, element: builder._push(kind, element)


_OPENERS: Mapping[str, Callable[[Builder, _Element], Leave]] = {
    **{f"h{level}": _opener("heading") for level in range(1, 7)},
    "figure": _opener("figure"),
    "ul": _opener("ul"),
    "menu": _opener("ul"),
    "ol": _opener("ol"),
    "li": _opener("item"),
    "blockquote": _opener("quote"),
    "aside": _opener("aside"),
    "dl": _opener("dl"),
    "dt": _opener("term"),
    "dd": _opener("meaning"),
    "table": _opener("table"),
    "tr": _opener("row"),
    "td": _opener("cell"),
    "th": _opener("cell"),
}

_LEAVE: Mapping[str, Callable[[Builder, Frame], None]] = {
    "caption": Builder._leave_caption,
    "credit": Builder._leave_credit,
    "credits": Builder._leave_credits,
    "figure": Builder._leave_figure,
    "heading": Builder._leave_heading,
    "ul": Builder._leave_list,
    "ol": Builder._leave_list,
    "item": Builder._leave_item,
    "quote": Builder._leave_quote,
    "aside": Builder._leave_aside,
    "dl": Builder._leave_definitions,
    "term": Builder._leave_term,
    "meaning": Builder._leave_meaning,
    "table": Builder._leave_table,
    "row": Builder._leave_row,
    "cell": Builder._leave_cell,
}
