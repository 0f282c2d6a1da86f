"""Search results stand best first, somebody restricted last, and nobody far below one who fits for sure."""

from __future__ import annotations

from dataclasses import dataclass

from duecare.person.search_order import best_first, without_far_below


@dataclass(frozen=True)
class _Found:
    person: str | None
    score: float | None


BEST, ALIKE, ALSO, FAR, HIDDEN = (
    _Found("Z", 30.0), _Found("A", 12.0), _Found("B", 12.0), _Found("C", 9.5), _Found(None, None),
)  # fmt: skip


def test_who_fits_best_is_first_and_whoever_may_not_be_opened_is_last() -> None:
    assert best_first([HIDDEN, FAR, ALSO, BEST, ALIKE]) == [BEST, ALIKE, ALSO, FAR, HIDDEN]


def test_beside_one_who_fits_for_sure_nobody_is_listed_who_fits_a_million_times_less() -> None:
    assert without_far_below([BEST, ALIKE, FAR], 20.0) == [BEST, ALIKE]
    assert without_far_below([BEST, ALIKE, FAR], 31.0) == [BEST, ALIKE, FAR]
    assert without_far_below([], 20.0) == []
