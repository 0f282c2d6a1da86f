"""Within a piece of a day a limit is what the judge says, at both of its ends and at every hour."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.made.declarations import fixed as any_limit

from duecare.duty.allowance import Hours, LocalHours, OfficeHours
from duecare.duty.due_moment import due_or_unknown
from duecare.duty.engine.limits_sql import _day_pieces
from duecare.duty.engine.units import day_number, moment_of, to_micros
from duecare.vocabulary.unknown import Unknown

AN_HOUR = 3_600_000_000
DAYS = st.dates(date(2017, 3, 20), date(2017, 4, 20))


def hold(limit, day):
    pieces = _day_pieces(1, limit, day_number(day))
    opens, turns = pieces[0][2], pieces[-1][3]

    marks = {first for _, _, first, *_ in pieces} | {until - 1 for _, _, _, until, *_ in pieces}
    for at in sorted(marks | set(range(opens, turns, AN_HOUR))):
        ((_, _, _, _, shift, due_at, due_on),) = [p for p in pieces if p[2] <= at < p[3]]
        said = due_or_unknown(moment_of(at), limit)
        if isinstance(said, Unknown):
            assert (shift, due_at, due_on) == (None, None, None)
        else:
            assert (due_at if shift is None else at + shift) == to_micros(said[0])
            assert due_on == (None if said[1] is None else day_number(said[1]))


@given(any_limit.filter(lambda one: not isinstance(one, Hours | LocalHours)), DAYS)
def test_a_piece_holds_from_end_to_end(limit, day):
    hold(limit, day)


@pytest.mark.parametrize("hours", [8, 16, 24])
def test_office_hours_that_fill_whole_days_end_as_the_last_one_closes(hours):
    hold(OfficeHours("own", hours), date(2017, 3, 23))
