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
    Block,
    Blocks,
    Code,
    CodeBlock,
    Emph,
    Figure,
    Image,
    InlineImage,
    Inlines,
    LineBreak,
    Link,
    Paragraph,
    Rule,
    Span,
    Strike,
    Strong,
    Sub,
    Sup,
    plain_text,
)
from feed2doc.readers._addresses import resolve
from feed2doc.readers._closings import CLOSINGS
from feed2doc.readers._frames import Frame
from feed2doc.readers._inlines import Line, Mark
from feed2doc.readers._media import embed_of, image_of, is_icon, is_tracker, ruby_of
from feed2doc.readers._tree import raw_text_of, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

Leave = Callable[[], None] | None

# Elements that stand as lines of their own: https://html.spec.whatwg.org/#flow-content-3
_BREAKING = frozenset(
    [
        "address",
        "article",
        "body",
        "center",
        "details",
        "dialog",
        "dir",
        "div",
        "fieldset",
        "footer",
        "form",
        "header",
        "hgroup",
        "html",
        "legend",
        "main",
        "nav",
        "p",
        "search",
        "section",
        "summary",
        "option",
        "optgroup",
    ]
)
# Elements with no words for a reader.
_SILENT = frozenset(
    [
        "area",
        "base",
        "canvas",
        "col",
        "colgroup",
        "datalist",
        "frame",
        "frameset",
        "head",
        "input",
        "link",
        "map",
        "meta",
        "meter",
        "noscript",
        "param",
        "progress",
        "rp",
        "script",
        "select",
        "source",
        "style",
        "svg",
        "template",
        "title",
        "track",
    ]
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

# Frames that make no deeper model, and the room that marks inside the innermost block have at least.
_FLAT = frozenset({"figure", "caption", "credit", "heading", "credits"})
_ROOM = 8


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
            self._env.note(
                "notice", f"what is nested deeper than {MAX_NESTING} levels went to the level above"
            )
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
        if len(self._frames) >= MAX_NESTING - _ROOM and kind not in _FLAT:
            self._merged = True
            return self._flush
        self._frames.append(Frame(kind, element))
        return self._pop

    def _pop(self) -> None:
        """Close the innermost frame; what it means goes to the frame around it."""
        self._flush()
        frame = self._frames.pop()
        if frame.kind == "credits":
            self.apart += frame.take()
            return
        CLOSINGS[frame.kind](self._frames[-1], frame)
        self._after_image = frame.kind == "figure" and self._frames[-1].awaits_caption()

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
        value = raw_text_of(element).strip("\n")
        if value.strip():
            self._frames[-1].add(CodeBlock(value))

    def _code(self, element: _Element) -> None:
        value = words_of(element)
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
