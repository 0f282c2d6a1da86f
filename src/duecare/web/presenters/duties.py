"""A duty in a few words, for lists; its full wording stands on the case and person pages."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from duecare.rulebook.catalogue import duties

_SHORT: Final[dict[str, str]] = {
    "LOCAL-allocate-investigator": "Allocate an investigator",
    "LOCAL-see-the-child": "See the child",
    "CA1989-s46-72-hours": "End police protection within 72 hours",
    "WT-icpc-15-working-days": "Hold the child protection conference",
    "DFE2014-return-interview": "Offer an independent return interview",
    "PACE-s40-review": "Review the detention",
    "PACE-s38-accommodation": "Move the child to local authority accommodation",
    "NPCC-rso-visit": "Visit, and see the person",
}


def duty_words(duty: str) -> str:
    """What is owed, in a few words; a duty that has none is told in its own full wording."""
    return _SHORT.get(duty) or _says().get(duty, duty)


@lru_cache(maxsize=1)
def refs_of() -> tuple[str, ...]:
    """Under which references do the limits of all duties stand, in order?"""
    return tuple(sorted({ref for duty in duties() for rule in duty.rules for ref, _ in rule.turns}))


@lru_cache(maxsize=1)
def _says() -> dict[str, str]:
    return {duty.id: duty.says for duty in duties()}
