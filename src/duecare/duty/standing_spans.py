"""From when to when a state stands that discharges a duty, such as an investigator allocated and not released."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from duecare.duty.facts import PlacedFact, fact_order
from duecare.duty.roster import Roster, Vacancy, plain_number


@dataclass(frozen=True, slots=True)
class Stands:
    """The moments between which one begun state stands, by which fact, and what ended it."""

    from_: datetime
    to: datetime | None
    fact: PlacedFact
    lapse: PlacedFact | None


def standing_spans(
    began_facts: list[PlacedFact],
    lapsed: list[PlacedFact],
    roster: Roster,
    grace: timedelta,
    as_of: datetime,
    *,
    by_officer: bool,
) -> list[Stands]:
    """The spans in which the state stands, as seen at as-of.

    Shape:   ordered by their beginning; by officer, each allocation runs to that officer's release, less the officer's
             absences; a release that names nobody is of the only officer then allocated.
    """
    spans_found: list[Stands] = []
    standing: dict[str, PlacedFact] = {}
    for placed_fact in sorted([*began_facts, *lapsed], key=fact_order):
        officer_key = plain_number(placed_fact.event.officer) if by_officer and placed_fact.event else ""
        if placed_fact in lapsed:
            if not officer_key and by_officer and officer_key not in standing and len(standing) == 1:
                officer_key = next(iter(standing))
            if officer_key in standing:
                first_fact = standing.pop(officer_key)
                spans_found.extend(
                    _less_absences(first_fact, placed_fact.at, placed_fact, officer_key, roster, grace, as_of)
                )
        else:
            standing.setdefault(officer_key, placed_fact)
    for officer_key, first_fact in standing.items():
        spans_found.extend(_less_absences(first_fact, None, None, officer_key, roster, grace, as_of))
    return sorted(spans_found, key=lambda standing_span: (standing_span.from_, fact_order(standing_span.fact)))


def first_standing(spans_found: Iterable[Stands], start: datetime) -> Stands | None:
    """The span that discharges a duty begun at `start`: the first that stands then or later."""
    first_span: Stands | None = None
    for standing_span in spans_found:
        if standing_span.to is not None and standing_span.to <= start:
            continue
        if first_span is None or max(start, standing_span.from_) < max(start, first_span.from_):
            first_span = standing_span
    return first_span


def next_vacancy(spans_found: list[Stands], at_moment: datetime) -> tuple[datetime, PlacedFact] | None:
    """The next moment, from one at which the state stands, when nothing of it stands, and by which fact."""
    end_moment, lapse = at_moment, None
    moved = True
    while moved:
        moved = False
        for standing_span in spans_found:
            if standing_span.from_ <= end_moment and (standing_span.to is None or standing_span.to > end_moment):
                if standing_span.to is None:
                    return None
                end_moment, lapse, moved = standing_span.to, standing_span.lapse, True
    return None if lapse is None else (end_moment, lapse)


def _less_absences(
    first_fact: PlacedFact,
    to_moment: datetime | None,
    lapse: PlacedFact | None,
    officer_key: str,
    roster: Roster,
    grace: timedelta,
    as_of: datetime,
) -> list[Stands]:
    spans_found: list[Stands] = []
    start = first_fact.at
    for vacancy in roster.vacancies(officer_key, grace) if officer_key else ():
        if vacancy.from_ > as_of or (to_moment is not None and vacancy.from_ >= to_moment):
            break
        if vacancy.to is not None and vacancy.to <= start:
            continue
        if vacancy.from_ > start:
            spans_found.append(Stands(start, vacancy.from_, first_fact, _absence_fact(vacancy)))
        if vacancy.to is None or vacancy.to > as_of:
            return spans_found
        start = max(start, vacancy.to)
    if to_moment is None or to_moment > start:
        spans_found.append(Stands(start, to_moment, first_fact, lapse))
    return spans_found


def _absence_fact(vacancy: Vacancy) -> PlacedFact:
    return PlacedFact(
        vacancy.from_, vacancy.written_at, vacancy.source, vacancy.event_id, "absence", vacancy.absent_from, None
    )
