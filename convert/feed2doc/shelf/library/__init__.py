"""The library: articles, sources, editions and pictures as rows of a database, and books as files."""
