"""One of everything that a package can add to feed2doc."""
