"""Pages of cases that a grader sent back because a child was still at risk."""
