"""Stores of a test's own, for every test here."""

from tests.made.stores import read_in_process, store, stores

__all__ = ["read_in_process", "store", "stores"]
