"""Link evidence, pairs and linkage error as words and drawings."""
