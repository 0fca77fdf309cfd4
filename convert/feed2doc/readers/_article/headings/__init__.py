"""Headings that are not marked as such, and sections."""
