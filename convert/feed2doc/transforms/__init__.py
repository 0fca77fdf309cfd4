"""What happens between reading and writing: small steps from documents to documents, or to a book.

What can be asked of them stands here, for the command line to offer before any of them is loaded.
"""

from typing import Literal, get_args

GroupBy = Literal["source", "date", "none"]
Order = Literal["newest", "oldest", "given"]
Links = Literal["inline", "footnote", "strip"]

GROUPS: tuple[GroupBy, ...] = get_args(GroupBy)
ORDERS: tuple[Order, ...] = get_args(Order)
LINKS: tuple[Links, ...] = get_args(Links)
