"""Parsing of XML and JSON feeds, and their entries."""
