"""Covers of books, drawn: pictures and type on a page of 1600 x 2560 pixels."""
