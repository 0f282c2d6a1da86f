"""The lines that each figure counts, by subject."""
