"""Players of custom elements and of scripts."""
