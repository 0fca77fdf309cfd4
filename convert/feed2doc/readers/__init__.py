"""Readers: one module per input format, each with a `READER`. Packages with an underscore are shared by them."""


def reset_site_rules() -> None:
    """Read the site rules again when they are needed next: a long-lived worker may be given others."""
    from feed2doc.readers._rules.lookup import forget

    forget()
