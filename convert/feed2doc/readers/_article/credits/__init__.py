"""Credit lines above and below the text, and signatures."""
