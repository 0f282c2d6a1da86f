"""In which period a figure is tested: the first whole one that begins after a moment, by the calendar of London."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from duecare.figure.reporting_period import first_period_after, period_named
from duecare.vocabulary.london_clock import start_of_day


@pytest.mark.parametrize(
    ("at", "unit", "period", "first"),
    [
        ("2026-07-01T00:00:00+00:00", "quarter", "2026-Q4", date(2026, 10, 1)),
        ("2026-06-30T22:59:59+00:00", "quarter", "2026-Q3", date(2026, 7, 1)),
        ("2026-06-30T23:00:00+00:00", "quarter", "2026-Q4", date(2026, 10, 1)),  # midnight in London
        ("2026-12-15T09:00:00+00:00", "quarter", "2027-Q1", date(2027, 1, 1)),
        ("2026-12-15T09:00:00+00:00", "month", "2027-01", date(2027, 1, 1)),
        ("2026-02-28T23:59:59+00:00", "month", "2026-03", date(2026, 3, 1)),
    ],
)
def test_the_first_whole_period_after_a_claim(at, unit, period, first):
    found = first_period_after(datetime.fromisoformat(at), unit)

    assert (found, period_named(found).starts) == (period, start_of_day(first))
