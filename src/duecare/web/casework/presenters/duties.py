"""The references of the time limits of all_duties, for lists to choose from."""

from __future__ import annotations

from functools import lru_cache

from duecare.rulebook.all_duties import all_duties


@lru_cache(maxsize=1)
def refs_of() -> tuple[str, ...]:
    """The references of the limits of all all_duties, in order."""
    return tuple(sorted({ref for duty in all_duties() for rule in duty.rules for ref, _ in rule.turns}))
