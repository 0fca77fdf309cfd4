"""Page numbers of the contents and of links, for WeasyPrint 70.

WeasyPrint writes them into the boxes when it lays out the page that they are on, from where their targets are by then, and does
so again only if the number of pages has changed: it looks for links to a target by the name of the target, which it does not
keep where the name comes from an attribute. Here they are written again after each layout in which a target is on another page.
"""

from __future__ import annotations

from typing import Any


class PageNumbers:
    """The page numbers that refer to other pages of a document."""

    def __init__(self, context: Any) -> None:
        self._context, self._written = context, dict[str, Any]()

    def write_again(self) -> None:
        """Write the numbers into the boxes, and have their pages laid out again, if they are not those of the last layout."""
        targets = self.targets()
        if targets == self._written:
            return
        self._written = targets
        maker = self._context.page_maker
        for (_, kind), item in self._context.target_collector.counter_lookup_items.items():
            number = item.page_maker_index
            if kind == "content" and item.missing_target_counters and number is not None:
                item.parse_again(item.cached_page_counter_values)
                if number < len(maker) - 1:
                    maker[number][-1]["content_changed"] = True

    def targets(self) -> dict[str, Any]:
        """Return the counters of the pages on which the targets are."""
        items = self._context.target_collector.target_lookup_items.items()
        return {name: item.cached_page_counter_values for name, item in items}

    def put_back(self, targets: dict[str, Any]) -> None:
        """Forget a layout after which the targets were on other pages."""
        items = self._context.target_collector.target_lookup_items
        for name, counters in targets.items():
            items[name].cached_page_counter_values = counters
