"""Duties: what a duty is, its clock, and the findings when a timeline is checked against it."""
