"""The demo store, for every test that holds it against the truth."""

from tests.made.demo import demo

__all__ = ["demo"]
