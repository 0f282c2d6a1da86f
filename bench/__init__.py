"""How fast and how good Duecare is, measured beside what a user would pick instead."""
