"""Duecare: no child at risk lost between systems, left without an owner, or marked "good" by those who failed them."""

__version__ = "0.1.0"
