"""People: search, view, and record somebody new."""
