"""Findings: list, compare between two moments, and try a different standard."""
