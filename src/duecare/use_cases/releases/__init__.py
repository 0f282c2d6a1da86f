"""Public releases: draft, check, publish, view and verify."""
