"""An example plugin package for feed2doc."""
