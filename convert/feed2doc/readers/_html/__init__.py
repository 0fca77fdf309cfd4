"""The first stage of reading HTML: decoding, parsing and URLs."""
