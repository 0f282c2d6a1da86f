"""Which limit a trigger sets: by its risk, by its conditions, by what its detail names, by the latest plan."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from duecare.duty.allowance import (
    ByAgeInCase,
    ByLatestPlan,
    ByLatestRisk,
    ByTrigger,
    ByTriggerRisk,
    CalendarDays,
    FromDetail,
    Hours,
    Months,
    Period,
    UntilDetail,
    parts_of,
)
from duecare.duty.condition import About, DetailIs, OutcomeAmong
from duecare.duty.limit import by_risk, by_trigger, moment_named, said_by
from duecare.record.pole import EventRecord
from duecare.vocabulary.london_clock import when_on_day
from duecare.vocabulary.moments import When
from duecare.vocabulary.unknown import Unknown

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
ABOUT = About(date(2026, 3, 3))


def event(**said: object) -> EventRecord:
    return EventRecord("merlin", "e1", "bailed", When.at(NOON), NOON, **said)


RISKS = ByTriggerRisk((("very_high", Hours(1)), ("high", Hours(2))), Hours(9))


@pytest.mark.parametrize(
    ("risk", "hours"), [("high", 2), (" Very High ", 1), ("HIGH", 2), ("medium", 9), ("", 9), ("very-high", 9)]
)
def test_the_risk_on_a_trigger_sets_its_limit_else_the_other(risk: str, hours: float) -> None:
    assert by_risk(RISKS, event(risk=risk)) == Hours(hours)


def test_an_absence_has_no_risk() -> None:
    assert by_risk(RISKS, None) == Hours(9)


TABLE = ByTrigger(
    (((DetailIs("alone", True), OutcomeAmong(("seen",))), Hours(1)), ((DetailIs("alone", False),), Hours(2))), Hours(9)
)


@pytest.mark.parametrize(
    ("detail", "outcome", "limit"),
    [
        ({"alone": True}, "seen", Hours(1)),
        ({"alone": False}, "seen", Hours(2)),
        ({"alone": True}, "refused", Hours(9)),
        ({"alone": False}, "", Hours(2)),
    ],
)
def test_the_first_row_whose_conditions_all_hold_sets_the_limit(
    detail: dict[str, object], outcome: str, limit: Hours
) -> None:
    assert by_trigger(TABLE, event(detail=detail, outcome=outcome), ABOUT) == limit


def test_where_a_condition_that_decides_is_not_known_the_limit_is_unknown_for_its_reason() -> None:
    unknown = by_trigger(TABLE, event(outcome="seen"), ABOUT)

    assert isinstance(unknown, Unknown)
    assert "alone" in unknown.reason


def test_where_no_row_fits_and_there_is_no_other_the_limit_is_unknown() -> None:
    rows = ByTrigger(TABLE.table)

    assert isinstance(by_trigger(rows, event(detail={"alone": True}, outcome="refused"), ABOUT), Unknown)
    assert isinstance(by_trigger(rows, None, None), Unknown)
    assert by_trigger(TABLE, None, None) == Hours(9)
    assert by_trigger(TABLE, event(), None) == Hours(9)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-03-05T10:00Z", When.at(datetime(2026, 3, 5, 10, tzinfo=UTC))),
        ("2026-03-05", when_on_day(date(2026, 3, 5))),
        (None, None),
        ("", None),
        ("  ", None),
    ],
)
def test_a_field_of_the_detail_names_a_moment_or_a_day_or_is_silent(value: object, moment: When | None) -> None:
    assert moment_named(event(detail={"until": value}), "until") == moment


def test_a_field_that_is_not_there_is_silent_and_one_that_is_no_time_is_unknown() -> None:
    assert moment_named(event(), "until") is None
    assert moment_named(None, "until") is None
    unknown = moment_named(event(detail={"until": "next week"}), "until")
    assert isinstance(unknown, Unknown)
    assert "until" in unknown.reason
    assert "next week" not in unknown.reason


@pytest.mark.parametrize(("risk", "days"), [("high", 30), ("Very High", 7), ("very-high", 7)])
def test_the_latest_risk_sets_the_limit_however_its_grade_is_written(risk: str, days: int) -> None:
    allowance = ByLatestRisk("risk_assessed", (("very_high", CalendarDays(7)), ("high", CalendarDays(30))))

    assert said_by(allowance, event(risk=risk)) == CalendarDays(days)
    assert isinstance(said_by(allowance, event(risk="medium")), Unknown)
    assert isinstance(said_by(allowance, event()), Unknown)


def test_the_latest_plan_sets_the_limit_by_its_period() -> None:
    allowance = ByLatestPlan("visit_plan_set", "every")

    assert said_by(allowance, event(detail={"every": "P6M"})) == Period(6, 0)
    assert isinstance(said_by(allowance, event(detail={"every": "monthly"})), Unknown)
    assert isinstance(said_by(allowance, event()), Unknown)


@pytest.mark.parametrize(
    ("allowance", "parts"),
    [
        (Hours(1), [Hours(1)]),
        (FromDetail("f", Months(1)), [Months(1)]),
        (UntilDetail("f"), []),
        (UntilDetail("f", Hours(2)), [Hours(2)]),
        (TABLE, [Hours(1), Hours(2), Hours(9)]),
        (ByTrigger(((tuple[()](), UntilDetail("f", Hours(3))),)), [Hours(3)]),
        (ByTrigger(((tuple[()](), UntilDetail("f")),), FromDetail("g", Hours(4))), [Hours(4)]),
        (RISKS, [Hours(1), Hours(2), Hours(9)]),
        (ByAgeInCase(("child",), 18, Hours(1), Hours(2)), [Hours(1), Hours(2)]),
        (ByLatestRisk("k", (("high", Hours(5)),)), [Hours(5)]),
        (ByLatestPlan("k", "every"), []),
    ],
)
def test_every_fixed_limit_that_an_allowance_may_come_down_to_is_named(allowance: object, parts: list[object]) -> None:
    assert list(parts_of(allowance)) == parts
