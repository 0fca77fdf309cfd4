"""Code shared by the writers."""
