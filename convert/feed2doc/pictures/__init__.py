"""Pictures: fetched from public addresses, resized for the device, and passed to the asset store."""
