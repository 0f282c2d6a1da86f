"""From lines to values: tallies against a plain count, medians at their borders, and periods at their edges."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import inf
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duecare.figure import CountedLine, Dimension, period_named, quarter_before, quarter_of
from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.figure_count import NO_END, NOT_YET, NOTHING, cuts_of, figure_values, median_of, tally_of, value_at
from duecare.figure.figure_definition import FAIRNESS, catalogue_hash
from duecare.figure.figure_value import cut_of
from duecare.figure.reporting_period import month_of
from duecare.stats.interval import Interval

AT = datetime(2026, 7, 2, 12, tzinfo=UTC)
LATE = figure_catalogue()["late-local-see-the-child"].definition
AREA = Dimension.AREA
HOURS = st.one_of(st.integers(0, 50).map(float), st.just(inf))
LINES = st.lists(
    st.builds(
        lambda counts, area, amount: CountedLine("f", "k", AT, counts, "", cuts=cut_of({AREA: area}), amount=amount),
        st.sampled_from([True, False, None]),
        st.sampled_from(["A", "B"]),
        st.sampled_from([None, 1.0, 0.0, 2.0]),
    ),
    max_size=8,
)


@settings(max_examples=60)
@given(LINES)
def test_a_tally_is_a_plain_count_and_what_is_unknown_is_in_neither(lines: list[CountedLine]) -> None:
    tally = tally_of(lines)

    assert tally.part == [line.counts for line in lines].count(True)
    assert tally.unknown == [line.counts for line in lines].count(None)
    assert tally.whole == len(lines) - tally.unknown
    assert list(tally.amounts) == sorted(
        line.amount for line in lines if line.counts is not None and line.amount is not None
    )


@settings(max_examples=40)
@given(LINES)
def test_a_value_of_a_cut_is_that_of_its_own_lines_and_parts_add_up(lines: list[CountedLine]) -> None:
    definition = replace(LATE, by=frozenset({AREA}))
    values = {value.cut: value for value in figure_values(definition, "2026-Q3", lines)}

    assert next(iter(values)) == ()
    assert set(values) == {(), *(line.cuts for line in lines)}
    for cut, value in values.items():
        assert value == value_at(definition, "2026-Q3", cut, lines)
    for name in ("part", "whole", "unknown"):
        assert getattr(values[()], name) == sum(getattr(value, name) for cut, value in values.items() if cut)
    assert values[()].value == (values[()].part / values[()].whole if values[()].whole else NOTHING)


@settings(max_examples=80)
@given(st.lists(HOURS, min_size=1, max_size=30).map(sorted))
def test_a_median_is_the_middle_one_and_lies_within_its_interval(hours: list[float]) -> None:
    value, interval = median_of(hours)
    plain = median(hours)

    assert value == (NOT_YET if plain == inf else plain)
    if isinstance(interval, Interval):
        assert len(hours) >= 8
        assert interval.low in hours
        assert interval.high in hours
        assert isinstance(value, float)
        assert interval.low <= value <= interval.high < inf


@pytest.mark.parametrize(
    ("hours", "low", "high"),
    [(range(1, 9), 1, 8), (range(1, 12), 2, 10), (range(1, 21), 5, 16), (range(1, 101), 40, 61)],
)
def test_between_which_ranks_the_median_may_lie(hours: range, low: int, high: int) -> None:
    _, interval = median_of([float(hour) for hour in hours])

    assert isinstance(interval, Interval)
    assert (interval.low, interval.high) == (low, high)


def test_of_none_or_of_seven_or_where_its_end_has_not_happened_a_median_has_no_interval() -> None:
    assert median_of([]) == (NOTHING, NOTHING)
    assert median_of([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]) == (4.0, NO_END)
    assert median_of([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, inf]) == (4.5, NO_END)
    assert median_of([1.0, inf]) == (NOT_YET, NO_END)


def drawn(counts: bool | None, stratum: str, frame: int, amount: float | None = None) -> CountedLine:
    return CountedLine("f", "k", AT, counts, "", stratum=stratum, frame=frame, amount=amount)


def test_strata_are_scored_by_name_and_size_and_only_where_every_file_was_drawn() -> None:
    lines = [
        drawn(True, "b", 9),
        drawn(False, "b", 9),
        drawn(None, "b", 9),
        drawn(True, "a", 5),
        drawn(False, "a", 5, -1.0),
    ]

    assert tally_of(lines).strata == (("a", 5, (1, 0, 1)), ("b", 9, (1, 1, 0)))
    assert tally_of([*lines, drawn(True, "", 0)]).strata == ()
    assert tally_of([]).strata == ()


@pytest.mark.parametrize("figure", sorted(figure_catalogue())[:20])
def test_cuts_are_none_each_and_each_place_with_what_is_crossed(figure: str) -> None:
    definition = figure_catalogue()[figure].definition
    cuts = cuts_of(definition)

    assert cuts[0] == ()
    assert {cut[0] for cut in cuts if len(cut) == 1} == definition.by
    assert len(set(cuts)) == len(cuts)
    for pair in (cut for cut in cuts if len(cut) == 2):
        assert list(pair) == sorted(pair)
        assert set(pair) <= definition.by
        assert AREA not in pair or not set(pair) & FAIRNESS
        assert set(pair) & {AREA, Dimension.BCU}
        assert Dimension.TEAM not in pair


def test_a_catalogue_s_hash_follows_each_word_and_not_the_order() -> None:
    one, other = LATE, replace(LATE, id="another")

    assert catalogue_hash([one, other]) == catalogue_hash([other, one])
    assert catalogue_hash([one]) != catalogue_hash([replace(one, unknown="other words")])
    assert catalogue_hash([one]) != catalogue_hash([replace(one, by=one.by - {AREA})])


@pytest.mark.parametrize(
    ("name", "starts", "ends", "plain"),
    [
        ("2026-Q1", "2026-01-01T00:00", "2026-03-31T23:00", "2026-Q1"),
        ("2026q2", "2026-03-31T23:00", "2026-06-30T23:00", "2026-Q2"),
        (" 2026-Q4 ", "2026-09-30T23:00", "2027-01-01T00:00", "2026-Q4"),
        ("2026-12", "2026-12-01T00:00", "2027-01-01T00:00", "2026-12"),
        ("2026-03", "2026-03-01T00:00", "2026-03-31T23:00", "2026-03"),
    ],
)
def test_a_period_runs_from_midnight_in_london_up_to_the_next(name: str, starts: str, ends: str, plain: str) -> None:
    period = period_named(name)
    first, last = (datetime.fromisoformat(f"{text}+00:00") for text in (starts, ends))

    assert (period.starts, period.ends, period.name) == (first, last, plain)
    assert period.holds(first)
    assert not period.holds(first - timedelta(seconds=1))
    assert period.holds(last - timedelta(seconds=1))
    assert not period.holds(last)


@pytest.mark.parametrize(
    "name", ["2026", "2026-Q0", "2026-Q5", "2026-13", "2026-00", "1899-01", "2100-Q1", "2026-1", "", "Q1"]
)
def test_what_names_no_period_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="neither a quarter"):
        period_named(name)


@settings(max_examples=80)
@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.integers(0, 86_399))
def test_every_moment_lies_in_one_quarter_and_one_month_and_quarters_follow_each_other(day: date, second: int) -> None:
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(seconds=second)
    quarter, month = quarter_of(moment), period_named(month_of(moment))

    assert quarter.holds(moment)
    assert month.holds(moment)
    assert quarter.starts <= month.starts < month.ends <= quarter.ends
    assert quarter_before(quarter).ends == quarter.starts
    assert quarter_before(month) == quarter_before(quarter)
