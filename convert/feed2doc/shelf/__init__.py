"""The article shelf: a server that keeps articles, shows them as pages, and offers them as books to e-readers."""
