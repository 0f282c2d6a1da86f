"""Agreement between graders and sides, and what a round estimates for all files."""
