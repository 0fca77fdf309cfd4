"""The pages for browsers: what they show, and their forms."""
