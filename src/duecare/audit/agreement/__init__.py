"""Agreement between graders and sides, and what a round says of all files."""
