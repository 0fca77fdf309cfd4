"""Paragraph alignment of an article and its translation, by all that a translation keeps; no model is needed.

The forms of a pair are listed here, so that the command line can show them without loading the rest.
"""

from typing import Literal, get_args

Form = Literal["below", "beside", "notes"]
FORMS: tuple[Form, ...] = get_args(Form)
