"""Deliveries in: landing whole or not at all, readers in a process of their own, mapping by sources/*.toml."""
