"""Pictures: fetched from addresses that are safe, made fit for the device, handed to the asset store."""
