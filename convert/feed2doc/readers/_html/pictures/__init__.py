"""Pictures: their real URLs, and what stands for them or around them."""
