"""Which values of a parametrized test are tried with each change, and which wait for the whole run (make test-whole)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import pytest


def mostly_long(values: Iterable[Any], kept: Collection[Any]) -> list[Any]:
    """All the values, of which only those kept are tried with each change.

    Raises:  ValueError where one that is to be kept is not among them, so that no typing error leaves everything out.
    """
    every = list(values)
    if missing := [value for value in kept if value not in every]:
        raise ValueError(f"not among the values: {missing}")
    return [value if value in kept else pytest.param(value, marks=pytest.mark.long) for value in every]
