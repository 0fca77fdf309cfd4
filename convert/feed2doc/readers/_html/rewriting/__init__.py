"""Markup that means something else, rewritten as the elements of HTML for it."""
