"""Program text."""
