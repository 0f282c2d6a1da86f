"""Pages about record linkage: possible duplicates, one pair, and how sure linkage is."""
