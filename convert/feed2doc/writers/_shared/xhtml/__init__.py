"""Blocks and inlines as XHTML, for EPUB, HTML and PDF."""
