"""Keyed facts, and how what is read compares with them."""
