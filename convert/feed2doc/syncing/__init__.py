"""Keeping a folder, such as one of an e-reader, in step with feeds and folders of items."""
