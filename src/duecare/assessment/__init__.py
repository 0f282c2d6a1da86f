"""Findings worked out from stored facts: in full, for what changed, and for what is due; and why a finding changed."""
