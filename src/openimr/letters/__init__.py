"""Determination letters, both directions of one grammar: parse and render."""
