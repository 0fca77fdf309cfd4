"""Readers: one module per input format, each with a `READER`. The packages with an underscore are shared code.

`inputs` loads an input and chooses its reader. `inspection` is what `learning` uses of them.
"""


def reset_site_rules() -> None:
    """Clear the cache of site rules, because a long-lived worker may receive different ones."""
    from feed2doc.readers._rules.sites import forget

    forget()
