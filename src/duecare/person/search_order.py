"""The order of search results: who fits best first, somebody restricted last, and nobody who fits a million times less."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Protocol, TypeVar

FAR_BELOW_BITS: Final = 20.0


class Fitting(Protocol):
    """Somebody found, and how well they fit.

    Units:   score in bits, as linkage weighs a pair of records.
    Unknown: both None for somebody whom the viewer may not open.
    """

    @property
    def person(self) -> str | None:
        """Who it is."""

    @property
    def score(self) -> float | None:
        """How well they fit."""


FittingPerson = TypeVar("FittingPerson", bound=Fitting)


def best_first(people_found: Iterable[FittingPerson]) -> list[FittingPerson]:
    """These people, who fits best first; of those who fit alike by person; whoever may not be opened last."""
    return sorted(people_found, key=lambda found: (found.person is None, -(found.score or 0.0), found.person or ""))


def without_far_below(ordered_people: list[FittingPerson], sure_score: float) -> list[FittingPerson]:
    """These people, best first; but where the first fits for sure, none that fits a million times less."""
    best_score = ordered_people[0].score if ordered_people else None
    if best_score is None or best_score < sure_score:
        return ordered_people
    return [found for found in ordered_people if found.score is not None and found.score >= best_score - FAR_BELOW_BITS]
