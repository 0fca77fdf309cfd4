"""HTML before it is understood: encoding, parsing, addresses."""
