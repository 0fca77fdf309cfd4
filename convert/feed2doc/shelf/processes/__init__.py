"""What worker processes do: fetching, reading, preparing and making books."""
