"""The duties themselves, one file for each Act or guidance, and a force's own standards."""
