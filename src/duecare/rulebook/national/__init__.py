"""Duties that national law and guidance set, one file for each Act or guidance."""
