"""Feeds: XML and JSON, and their entries."""
