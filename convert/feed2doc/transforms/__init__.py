"""Transforms between reading and writing: small steps from documents to documents, or to a book.

The choices they offer are listed here, so that the command line can show them without loading any transform.
"""

from typing import Literal, get_args

GroupBy = Literal["source", "date", "none"]
Order = Literal["newest", "oldest", "given"]
Links = Literal["inline", "footnote", "strip"]

GROUPS: tuple[GroupBy, ...] = get_args(GroupBy)
ORDERS: tuple[Order, ...] = get_args(Order)
LINKS: tuple[Links, ...] = get_args(Links)
