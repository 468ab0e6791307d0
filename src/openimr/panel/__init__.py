"""Physician reviewers: credentials, conflicts, fit, and a selection that explains itself."""
