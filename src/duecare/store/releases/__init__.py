"""Releases, and what has been disclosed before, as stored."""
