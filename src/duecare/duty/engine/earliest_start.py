"""How long ago a duty may have begun and still fall due from a moment on: what began earlier is not worked out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from duecare.duty.allowance import ByLatestPlan, ByLatestRisk, ByTrigger, FromDetail, UntilDetail, parts_of
from duecare.duty.declaration import Duty, Recurs
from duecare.duty.due_moment import due_or_unknown
from duecare.duty.engine.units import to_micros
from duecare.vocabulary.unknown import Unknown

FAR_AWAY = timedelta(days=1_000)
"""So far back it is looked; a duty that can take longer is not bounded."""
SPARE = timedelta(days=3)
"""What is known only to the day began within one; the rest is to spare."""


def earliest_starts(duties: Sequence[Duty], due_from: datetime) -> list[tuple[int, int]]:
    """For each duty that is bounded: its place in the list, and from when on a start can lead to a due time so late.

    Shape:   a duty whose clock may stand still, begin again, or end when a fact says so, is not bounded, and not listed.
    Units:   microseconds.
    """
    begins_list = []
    for place, duty in enumerate(duties):
        if is_bounded(duty) and (first_start := _first_start(duty, due_from)) is not None:
            begins_list.append((place, to_micros(first_start)))
    return begins_list


def is_bounded(duty: Duty) -> bool:
    """Whether the declaration alone limits how long after its start it can fall due."""
    allowances = [allowance for duty_rule in duty.rules for _, allowance in duty_rule.turns]
    return not (
        (duty.standing is not None and duty.standing.restarts)
        or duty.recurs is Recurs.FROM_DISCHARGE
        or duty.away is not None
        or duty.pause is not None
        or any(duty_rule.superseded is not None for duty_rule in duty.rules)
        or any(
            isinstance(allowance, FromDetail | UntilDetail | ByLatestRisk | ByLatestPlan) for allowance in allowances
        )
        or any(
            isinstance(plain, FromDetail | UntilDetail)
            for allowance in allowances
            if isinstance(allowance, ByTrigger)
            for plain in (allowance.otherwise, *(allows for _, allows in allowance.table))
        )
    )


def _first_start(duty: Duty, due_from: datetime) -> datetime | None:
    """The last whole day back from which nothing falls due from then on; a later start never falls due earlier."""
    least_days, most_days = FAR_AWAY.days, 0
    if _last_due(duty, due_from - FAR_AWAY, due_from) >= due_from:
        return None
    while least_days - most_days > 1:
        middle = (least_days + most_days) // 2
        if _last_due(duty, due_from - timedelta(days=middle), due_from) >= due_from:
            most_days = middle
        else:
            least_days = middle
    return due_from - timedelta(days=least_days) - SPARE


def _last_due(duty: Duty, start: datetime, enough: datetime) -> datetime:
    """The latest moment at which the last turn is due of what began then, not searched beyond what is `enough`."""
    start_at = start
    for number in range(duty.at_most if duty.recurs is not None else 1):
        turn_ends = [
            due_or_unknown(start_at, fixed) for duty_rule in duty.rules for fixed in parts_of(duty_rule.turn(number)[1])
        ]
        if any(isinstance(turn_end, Unknown) for turn_end in turn_ends):
            return enough
        start_at = max([start_at, *(turn_end[0] for turn_end in turn_ends if not isinstance(turn_end, Unknown))])
        if start_at >= enough:
            return start_at
    return start_at
