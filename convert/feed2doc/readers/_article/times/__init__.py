"""Dates and times as they are written, and which of them is the time of publication."""
