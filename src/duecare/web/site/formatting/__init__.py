"""Values as words, tags and drawings: what the pages of every subject share."""
