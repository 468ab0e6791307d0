"""A case file: bytes, then pages of text with positions, then dated documents and the exhibit list."""
