"""Writers: one module an output format, each with a `WRITER`."""
