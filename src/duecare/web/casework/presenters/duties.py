"""What lists of duties need besides their words: the references under which limits stand."""

from __future__ import annotations

from functools import lru_cache

from duecare.rulebook.all_duties import duties


@lru_cache(maxsize=1)
def refs_of() -> tuple[str, ...]:
    """Under which references do the limits of all duties stand, in order?"""
    return tuple(sorted({ref for duty in duties() for rule in duty.rules for ref, _ in rule.turns}))
