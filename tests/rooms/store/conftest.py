"""Stores of a test's own, for every test here."""

from tests.made.stores import store, stores

__all__ = ["store", "stores"]
