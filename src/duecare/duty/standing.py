"""Spans in which a state stands that discharges a duty, such as an investigator allocated and not released."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from duecare.duty.facts import Placed, order
from duecare.duty.roster import Roster, Vacancy, plain


@dataclass(frozen=True, slots=True)
class Stands:
    """From when until when does one begun state stand, by which fact, and what ended it?"""

    from_: datetime
    to: datetime | None
    fact: Placed
    lapse: Placed | None


def spans(
    begun: list[Placed], lapsed: list[Placed], roster: Roster, grace: timedelta, as_of: datetime, *, by_officer: bool
) -> list[Stands]:
    """In which spans does the state stand, as seen at as-of?

    Shape:   ordered by their beginning; by officer, each allocation runs to that officer's release, less the officer's
             absences; a release that names nobody is of the only officer then allocated.
    """
    found: list[Stands] = []
    standing: dict[str, Placed] = {}
    for fact in sorted([*begun, *lapsed], key=order):
        who = plain(fact.event.officer) if by_officer and fact.event else ""
        if fact in lapsed:
            if not who and by_officer and who not in standing and len(standing) == 1:
                who = next(iter(standing))
            if who in standing:
                first = standing.pop(who)
                found.extend(_less_absences(first, fact.at, fact, who, roster, grace, as_of))
        else:
            standing.setdefault(who, fact)
    for who, first in standing.items():
        found.extend(_less_absences(first, None, None, who, roster, grace, as_of))
    return sorted(found, key=lambda span: (span.from_, order(span.fact)))


def first_standing(found: Iterable[Stands], start: datetime) -> Stands | None:
    """Which span discharges a duty begun at `start`: the first that stands then or later?"""
    best: Stands | None = None
    for span in found:
        if span.to is not None and span.to <= start:
            continue
        if best is None or max(start, span.from_) < max(start, best.from_):
            best = span
    return best


def next_vacancy(found: list[Stands], at: datetime) -> tuple[datetime, Placed] | None:
    """From a moment at which the state stands, when next does nothing of it stand, and by which fact?"""
    end, lapse = at, None
    moved = True
    while moved:
        moved = False
        for span in found:
            if span.from_ <= end and (span.to is None or span.to > end):
                if span.to is None:
                    return None
                end, lapse, moved = span.to, span.lapse, True
    return None if lapse is None else (end, lapse)


def _less_absences(
    first: Placed,
    to: datetime | None,
    lapse: Placed | None,
    who: str,
    roster: Roster,
    grace: timedelta,
    as_of: datetime,
) -> list[Stands]:
    found: list[Stands] = []
    start = first.at
    for vacancy in roster.vacancies(who, grace) if who else ():
        if vacancy.from_ > as_of or (to is not None and vacancy.from_ >= to):
            break
        if vacancy.to is not None and vacancy.to <= start:
            continue
        if vacancy.from_ > start:
            found.append(Stands(start, vacancy.from_, first, _absence(vacancy)))
        if vacancy.to is None or vacancy.to > as_of:
            return found
        start = max(start, vacancy.to)
    if to is None or to > start:
        found.append(Stands(start, to, first, lapse))
    return found


def _absence(vacancy: Vacancy) -> Placed:
    return Placed(
        vacancy.from_, vacancy.written_at, vacancy.source, vacancy.event_id, "absence", vacancy.absent_from, None
    )
