"""From which moment on must a duty have begun, for any finding of it to fall due from another moment on?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from duecare.duty.allowance import ByLatestPlan, ByLatestRisk, ByTrigger, FromDetail, UntilDetail, parts_of
from duecare.duty.declaration import Duty, Recurs
from duecare.duty.due import due_or_unknown
from duecare.duty.engine.units import micros
from duecare.vocabulary.unknown import Unknown

FAR = timedelta(days=1_000)
"""So far back it is looked; a duty that can take longer is not bounded."""
SPARE = timedelta(days=3)
"""What is known only to the day began within one; the rest is to spare."""


def begins_from(duties: Sequence[Duty], due_from: datetime) -> list[tuple[int, int]]:
    """For each duty that is bounded: its place in the list, and from when on a start can lead to a due time so late.

    Shape:   a duty whose clock may stand still, begin anew, or end when a fact says so, is not bounded, and not listed.
    Units:   microseconds.
    """
    found = []
    for place, duty in enumerate(duties):
        if is_bounded(duty) and (first := _first(duty, due_from)) is not None:
            found.append((place, micros(first)))
    return found


def is_bounded(duty: Duty) -> bool:
    """Does the declaration alone say how long after its start it can fall due?"""
    allowances = [allowance for rule in duty.rules for _, allowance in rule.turns]
    return not (
        (duty.standing is not None and duty.standing.restarts)
        or duty.recurs is Recurs.FROM_DISCHARGE
        or duty.away is not None
        or duty.pause is not None
        or any(rule.superseded is not None for rule in duty.rules)
        or any(isinstance(one, FromDetail | UntilDetail | ByLatestRisk | ByLatestPlan) for one in allowances)
        or any(
            isinstance(plain, FromDetail | UntilDetail)
            for one in allowances
            if isinstance(one, ByTrigger)
            for plain in (one.otherwise, *(allows for _, allows in one.table))
        )
    )


def _first(duty: Duty, due_from: datetime) -> datetime | None:
    """The last whole day back from which nothing falls due from then on; a later start never falls due earlier."""
    none, some = FAR.days, 0
    if _last_due(duty, due_from - FAR, due_from) >= due_from:
        return None
    while none - some > 1:
        middle = (none + some) // 2
        if _last_due(duty, due_from - timedelta(days=middle), due_from) >= due_from:
            some = middle
        else:
            none = middle
    return due_from - timedelta(days=none) - SPARE


def _last_due(duty: Duty, start: datetime, enough: datetime) -> datetime:
    """When, at the latest, is the last turn due of what began then? Not looked beyond what is `enough`."""
    at = start
    for number in range(duty.at_most if duty.recurs is not None else 1):
        ends = [due_or_unknown(at, fixed) for rule in duty.rules for fixed in parts_of(rule.turn(number)[1])]
        if any(isinstance(end, Unknown) for end in ends):
            return enough
        at = max([at, *(end[0] for end in ends if not isinstance(end, Unknown))])
        if at >= enough:
            return at
    return at
