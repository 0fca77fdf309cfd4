"""Whether an output has all that its items say: its text read back, compared with the model, and shown to validators."""
