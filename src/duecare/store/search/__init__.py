"""The search index, and the search that reads it."""
