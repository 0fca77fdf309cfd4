"""Items of lists as XHTML."""

from __future__ import annotations

from feed2doc.writers._shared.list_markers import BALLOT_BOXES


def list_item(value: str, done: bool | None, content: str) -> str:
    """Return a list item. Its checkbox is in its first paragraph."""
    if done is None:
        return f"<li{value}>{content}</li>\n"
    box = f'<span class="checkbox">{BALLOT_BOXES[done]}</span> '
    first = "\n<p>" if content.startswith("\n<p>") else ""
    return f'<li{value} class="task">{first}{box}{content.removeprefix(first)}</li>\n'
