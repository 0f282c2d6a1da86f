"""Limits as small tables that the judge makes: what each fixed allowance comes to on each day that is asked about."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from duecare.duty.allowance import BeforeSchoolDay, Fixed, Hours, LocalHours, OfficeHours
from duecare.duty.due import due_or_unknown
from duecare.duty.engine.handed import Engine
from duecare.duty.engine.units import day_number, day_of, micros, moment_of, utc_day
from duecare.vocabulary.moments import LONDON, end_of_day, start_of_day, whole_second
from duecare.vocabulary.unknown import Unknown

OUTSIDE = "the limit falls outside the years whose calendar is known"
LAST_OF_ALL = micros(datetime.max.replace(tzinfo=UTC))
_MICRO = timedelta(microseconds=1)
Piece = tuple[int, int, int, int, int | None, int | None, int | None]


class Calendar:
    """The days of London, and what every fixed allowance comes to.

    Shape:   keeps `clock_day(utc_day, opens_at, turns_at, ends_at)`, where a London day opens and the next one, and its
             last second; `elapsed(fixed, shift)` for elapsed hours; `piece(fixed, day, from_at, until_at, shift, due_at,
             due_on)` for all others: within [from_at, until_at) of a London day the limit is `due_at`, or the start and
             `shift`; neither: it cannot be told. Pieces are made for the days that are asked for.
    """

    def __init__(self, engine: Engine, first: int, last: int) -> None:
        self.engine = engine
        self._numbers: dict[Fixed, int] = {}
        self._known: set[tuple[int, int]] = set()
        self._pieces: list[Piece] = []
        days = [(day, *_bounds(day_of(day))) for day in range(first // 86_400_000_000 - 2, last // 86_400_000_000 + 3)]
        names = ("utc_day", "opens_at", "turns_at", "ends_at")
        engine.load("clock_day", dict.fromkeys(names, "BIGINT"), days)

    def number(self, fixed: Fixed) -> int:
        """Which number stands for this allowance?"""
        return self._numbers.setdefault(fixed, len(self._numbers))

    def close(self) -> None:
        """Keep `elapsed`, and `piece` without a row."""
        hours = [(n, _shift(one.n)) for one, n in self._numbers.items() if isinstance(one, Hours)]
        hours += [(n, _shift(one.suggested)) for one, n in self._numbers.items() if isinstance(one, LocalHours)]
        self.engine.load("elapsed", {"fixed": "INTEGER", "shift": "BIGINT"}, hours)
        self._keep()

    def reach(self, select: str) -> None:
        """Make the pieces for these pairs of an allowance and a day, unless they are there."""
        fixed_of = {number: fixed for fixed, number in self._numbers.items()}
        asked = (
            f"SELECT DISTINCT a.fixed, a.day FROM ({select}) a LEFT JOIN elapsed e ON e.fixed = a.fixed"
            " LEFT JOIN (SELECT DISTINCT fixed, day FROM piece) p ON p.fixed = a.fixed AND p.day = a.day"
            " WHERE a.fixed IS NOT NULL AND e.fixed IS NULL AND p.fixed IS NULL"
        )
        found = [(int(fixed), int(day)) for fixed, day in self.engine.rows(asked)]
        if found:
            self._pieces.extend(piece for fixed, day in found for piece in _pieces(fixed, fixed_of[fixed], day))
            self._keep()

    def _keep(self) -> None:
        types = {"fixed": "INTEGER", "day": "INTEGER"}
        types |= dict.fromkeys(("from_at", "until_at", "shift", "due_at"), "BIGINT")
        self.engine.load("piece", types | {"due_on": "INTEGER"}, self._pieces)


def london_day_of(at: str, clock: str) -> str:
    """The expression for the London day of an instant, beside the row of its day in UTC."""
    return (
        f"CAST({clock}.utc_day + CASE WHEN {at} < {clock}.opens_at THEN -1 WHEN {at} >= {clock}.turns_at THEN 1"
        " ELSE 0 END AS INTEGER)"
    )


def beside_its_day(at: str, clock: str) -> str:
    """The join that puts the row of its day in UTC beside an instant."""
    return f"LEFT JOIN clock_day {clock} ON {clock}.utc_day = {utc_day(at)}"


def _bounds(day: date) -> tuple[int, int, int]:
    return micros(start_of_day(day)), micros(start_of_day(day + timedelta(days=1))), micros(end_of_day(day))


def _shift(hours: float) -> int:
    return timedelta(seconds=round(hours * 3600)) // _MICRO


def _pieces(number: int, fixed: Fixed, day: int) -> list[Piece]:
    try:
        opens, turns, _ = _bounds(day_of(day))
    except (OverflowError, ValueError):
        return [(number, day, -(1 << 62), 1 << 62, None, None, None)]
    cuts = {opens, turns, *(cut for cut in _cuts(fixed, day_of(day)) if opens < cut < turns)}
    return [_piece(number, fixed, day, first, until) for first, until in pairwise(sorted(cuts))]


def _cuts(fixed: Fixed, day: date) -> set[int]:
    match fixed:
        case BeforeSchoolDay(minute):
            return {_clock(day, minute)}
        case OfficeHours():
            opens, closes = _clock(day, round(fixed.opens * 60)), _clock(day, round(fixed.closes * 60))
            left, length = _shift(fixed.suggested), max(closes - opens, 1)
            turn = closes - left % length
            # What fills whole days from their opening ends as the last one closes; an instant later, on the next.
            return {opens, opens + 1, closes, turn, turn + 1}
        case _:
            return set()


def _piece(number: int, fixed: Fixed, day: int, first: int, until: int) -> Piece:
    reckoned = due_or_unknown(moment_of(first), fixed)
    if isinstance(reckoned, Unknown):
        return number, day, first, until, None, None, None
    due_at, due_on = reckoned
    at = micros(due_at)
    if due_on is not None:
        return number, day, first, until, None, at, day_number(due_on)
    again = due_or_unknown(moment_of(until - 1), fixed)
    if not isinstance(again, Unknown) and again[0] != due_at:
        assert micros(again[0]) - at == until - 1 - first, "a piece of a limit is neither level nor even"
        return number, day, first, until, at - first, None, None
    return number, day, first, until, None, at, None


def _clock(day: date, minute: int) -> int:
    return micros(whole_second(datetime.combine(day, time(*divmod(minute, 60)), LONDON)))
