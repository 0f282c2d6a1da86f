"""Figures: count, view, list, compare, keep as a snapshot and verify."""
