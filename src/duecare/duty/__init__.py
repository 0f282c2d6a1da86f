"""What a duty is, its clock, and what is found when a timeline is held against it."""
