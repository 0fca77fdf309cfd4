"""The server: what requests may ask for, and how it answers."""
