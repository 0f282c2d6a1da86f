"""Pages about people: search, one person, and recording somebody new."""
