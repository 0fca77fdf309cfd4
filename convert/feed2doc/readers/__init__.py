"""Readers: one module an input format, each with a `READER`."""
