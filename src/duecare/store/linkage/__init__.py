"""Linked people and linkage runs as stored."""
