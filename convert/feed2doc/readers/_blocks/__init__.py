"""The conversion of HTML elements to the blocks and inlines of the model."""
