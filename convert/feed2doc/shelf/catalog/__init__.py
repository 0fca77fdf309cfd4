"""The catalog for e-readers (OPDS 1.2 and 2.0)."""
