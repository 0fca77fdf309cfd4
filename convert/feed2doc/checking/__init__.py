"""Verifying output: reads its text back, compares it with the model, and runs validators."""
