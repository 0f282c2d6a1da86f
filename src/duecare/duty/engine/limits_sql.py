"""In SQL: limits as small tables made by the judge, what each fixed allowance comes to on each day that is needed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from duecare.duty.allowance import BeforeSchoolDay, Fixed, Hours, LocalHours, OfficeHours
from duecare.duty.due_moment import due_or_unknown
from duecare.duty.engine.engine_protocol import Engine
from duecare.duty.engine.units import day_number, day_of, moment_of, to_micros, utc_day
from duecare.vocabulary.london_clock import LONDON, end_of_day, start_of_day
from duecare.vocabulary.moments import whole_second
from duecare.vocabulary.unknown import Unknown

OUTSIDE = "the limit falls outside the years whose calendar is known"
LAST_OF_ALL = to_micros(datetime.max.replace(tzinfo=UTC))
_MICRO = timedelta(microseconds=1)
Piece = tuple[int, int, int, int, int | None, int | None, int | None]


class Calendar:
    """The days of London, and what every fixed allowance comes to.

    Shape:   keeps `clock_day(utc_day, opens_at, turns_at, ends_at)`, where a London day opens and the next one, and its
             last second; `elapsed(fixed, shift)` for elapsed hours; `piece(fixed, day, from_at, until_at, shift, due_at,
             due_on)` for all others: within [from_at, until_at) of a London day the limit is `due_at`, or the start and
             `shift`; neither: it is not known. Pieces are made for the days that are asked for.
    """

    def __init__(self, engine: Engine, first_moment: int, last_moment: int) -> None:
        self.engine = engine
        self._numbers: dict[Fixed, int] = {}
        self._known: set[tuple[int, int]] = set()
        self._pieces: list[Piece] = []
        day_rows = [
            (calendar_day, *_day_bounds(day_of(calendar_day)))
            for calendar_day in range(first_moment // 86_400_000_000 - 2, last_moment // 86_400_000_000 + 3)
        ]
        names = ("utc_day", "opens_at", "turns_at", "ends_at")
        engine.load("clock_day", dict.fromkeys(names, "BIGINT"), day_rows)

    def number(self, fixed: Fixed) -> int:
        """The number of this allowance."""
        return self._numbers.setdefault(fixed, len(self._numbers))

    def close(self) -> None:
        """Keep `elapsed`, and `piece` without a row."""
        hours = [
            (fixed_number, _shift_micros(fixed_hours.n))
            for fixed_hours, fixed_number in self._numbers.items()
            if isinstance(fixed_hours, Hours)
        ]
        hours += [
            (fixed_number, _shift_micros(fixed_hours.suggested))
            for fixed_hours, fixed_number in self._numbers.items()
            if isinstance(fixed_hours, LocalHours)
        ]
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
        days_found = [(int(fixed), int(calendar_day)) for fixed, calendar_day in self.engine.rows(asked)]
        if days_found:
            self._pieces.extend(
                piece
                for fixed, calendar_day in days_found
                for piece in _day_pieces(fixed, fixed_of[fixed], calendar_day)
            )
            self._keep()

    def _keep(self) -> None:
        types = {"fixed": "INTEGER", "day": "INTEGER"}
        types |= dict.fromkeys(("from_at", "until_at", "shift", "due_at"), "BIGINT")
        self.engine.load("piece", types | {"due_on": "INTEGER"}, self._pieces)


def london_day_of(moment_at: str, clock: str) -> str:
    """The expression for the London day of an instant, beside the row of its day in UTC."""
    return (
        f"CAST({clock}.utc_day + CASE WHEN {moment_at} < {clock}.opens_at THEN -1 WHEN {moment_at} >= {clock}.turns_at THEN 1"
        " ELSE 0 END AS INTEGER)"
    )


def beside_its_day(moment_at: str, clock: str) -> str:
    """The join that puts the row of its day in UTC beside an instant."""
    return f"LEFT JOIN clock_day {clock} ON {clock}.utc_day = {utc_day(moment_at)}"


def _day_bounds(calendar_day: date) -> tuple[int, int, int]:
    return (
        to_micros(start_of_day(calendar_day)),
        to_micros(start_of_day(calendar_day + timedelta(days=1))),
        to_micros(end_of_day(calendar_day)),
    )


def _shift_micros(hours: float) -> int:
    return timedelta(seconds=round(hours * 3600)) // _MICRO


def _day_pieces(number: int, fixed: Fixed, calendar_day: int) -> list[Piece]:
    try:
        opens, turns, _ = _day_bounds(day_of(calendar_day))
    except (OverflowError, ValueError):
        return [(number, calendar_day, -(1 << 62), 1 << 62, None, None, None)]
    cut_moments = {
        opens,
        turns,
        *(cut_moment for cut_moment in _day_cuts(fixed, day_of(calendar_day)) if opens < cut_moment < turns),
    }
    return [
        _make_piece(number, fixed, calendar_day, piece_first, until)
        for piece_first, until in pairwise(sorted(cut_moments))
    ]


def _day_cuts(fixed: Fixed, calendar_day: date) -> set[int]:
    match fixed:
        case BeforeSchoolDay(minute):
            return {_clock_micros(calendar_day, minute)}
        case OfficeHours():
            opens, closes = (
                _clock_micros(calendar_day, round(fixed.opens * 60)),
                _clock_micros(calendar_day, round(fixed.closes * 60)),
            )
            time_left, length = _shift_micros(fixed.suggested), max(closes - opens, 1)
            turn_moment = closes - time_left % length
            # What fills whole days from their opening ends as the last one closes; an instant later, on the next.
            return {opens, opens + 1, closes, turn_moment, turn_moment + 1}
        case _:
            return set()


def _make_piece(number: int, fixed: Fixed, calendar_day: int, piece_first: int, until: int) -> Piece:
    assessed = due_or_unknown(moment_of(piece_first), fixed)
    if isinstance(assessed, Unknown):
        return number, calendar_day, piece_first, until, None, None, None
    due_at, due_on = assessed
    due_micros = to_micros(due_at)
    if due_on is not None:
        return number, calendar_day, piece_first, until, None, due_micros, day_number(due_on)
    again = due_or_unknown(moment_of(until - 1), fixed)
    if not isinstance(again, Unknown) and again[0] != due_at:
        assert to_micros(again[0]) - due_micros == until - 1 - piece_first, (
            "a piece of a limit is neither level nor even"
        )
        return number, calendar_day, piece_first, until, due_micros - piece_first, None, None
    return number, calendar_day, piece_first, until, None, due_micros, None


def _clock_micros(calendar_day: date, minute: int) -> int:
    return to_micros(whole_second(datetime.combine(calendar_day, time(*divmod(minute, 60)), LONDON)))
