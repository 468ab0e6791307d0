"""Invented names of people and organizations, and how the same name is written twice."""
