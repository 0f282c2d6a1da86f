"""Registered sex offenders: visits by risk, by plan, at the end of a month, and due today."""

from __future__ import annotations

from datetime import date, timedelta

from duecare.synthetic.clock import DAY_SECONDS, HOUR_SECONDS, day_number, london_day_text, utc_text, wall_seconds
from duecare.synthetic.mess import Written
from duecare.synthetic.offender import TEAM_NAME
from duecare.synthetic.scenario.telling import Telling
from duecare.vocabulary.calendar import add_months

_MONTHS = {"P1M": 1, "P3M": 3, "P6M": 6, "P1Y": 12}


def register_offender(
    telling: Telling,
    record_ref: str,
    written_person: Written,
    happened_at: int,
    visit_interval: str,
    risk_grade: str,
    until: int,
    ended: int | None = None,
) -> None:
    """An offender with a plan, visited in good time up to `until`, and no longer registered from `ended`."""
    _write_offender(telling, record_ref, written_person, happened_at, ended)
    _write_assessed(telling, record_ref, 1, happened_at + 2 * DAY_SECONDS, risk_grade)
    _write_plan(telling, record_ref, 1, happened_at + 3 * DAY_SECONDS, visit_interval)
    step_seconds = int(_MONTHS[visit_interval] * 28.5 * DAY_SECONDS)
    number, seen_at = 1, happened_at + 3 * DAY_SECONDS + step_seconds
    while seen_at <= until:
        _write_visit(telling, record_ref, number, seen_at)
        number, seen_at = number + 1, seen_at + step_seconds


def end_of_month(telling: Telling) -> None:
    """SC17: seen on 31 January under a monthly plan; live, three visits are due today, one tried twice already."""
    if not telling.is_live:
        written_person = telling.someone("Norman", "Ridley", 47, wall_seconds("2025-01-10 10:00"), "M")
        ended = wall_seconds("2025-04-30 10:00")
        _write_offender(telling, telling.ref, written_person, wall_seconds("2025-01-10 10:00"), ended)
        _write_assessed(telling, telling.ref, 1, wall_seconds("2025-01-12 10:00"), "very_high")
        _write_plan(telling, telling.ref, 1, wall_seconds("2025-01-15 10:00"), "P1M")
        seen_times = [
            wall_seconds("2025-01-31 10:00"),
            wall_seconds("2025-03-10 10:00"),
            wall_seconds("2025-04-08 10:00"),
        ]
        for number, happened_at in enumerate(seen_times, 1):
            _write_visit(telling, telling.ref, number, happened_at)
        due_at = wall_seconds("2025-02-28 23:59") + 59
        telling.expect("NPCC-rso-visit", "RO8", "met_late", seen_times[0], due_at, seen_times[1])
        return
    names = (("Stuart", "Kirkby", "P1M"), ("Gordon", "Maltby", "P3M"), ("Neville", "Sugden", "P6M"))
    for number, (given_name, family, visit_interval) in enumerate(names, 1):
        record_ref = telling.ref if number == 1 else f"{telling.ref}-{number}"
        seen_at = due_today(telling.force.ending, _MONTHS[visit_interval]) + 11 * HOUR_SECONDS
        set_at = seen_at - 20 * DAY_SECONDS
        _write_offender(
            telling,
            record_ref,
            telling.someone(given_name, family, 40 + number, set_at, "M", home_place=10 * number),
            set_at - 2 * DAY_SECONDS,
            None,
        )
        _write_assessed(
            telling,
            record_ref,
            1,
            set_at - DAY_SECONDS,
            {"P1M": "very_high", "P3M": "high"}.get(visit_interval, "medium"),
        )
        _write_plan(telling, record_ref, 1, set_at, visit_interval)
        _write_visit(telling, record_ref, 1, seen_at)
        if number == 2:
            _write_visit(telling, record_ref, 2, telling.force.ending - 4 * DAY_SECONDS, is_seen=False)
            _write_visit(telling, record_ref, 3, telling.force.ending - 2 * DAY_SECONDS, is_seen=False)
        due_at = wall_seconds(f"{london_day_text(telling.force.ending)} 23:59") + 59
        telling.expect("NPCC-rso-visit", "RO8", "open", seen_at, due_at, case_ref=record_ref)


def policy_by_date(telling: Telling) -> None:
    """SC20: visits by risk until 29 June 2017 and by plan since; live, a plan that was changed lately."""
    if telling.is_live:
        happened_at = telling.force.ending - 200 * DAY_SECONDS
        _write_offender(
            telling, telling.ref, telling.someone("Raymond", "Coates", 58, happened_at, "M"), happened_at, None
        )
        _write_assessed(telling, telling.ref, 1, happened_at + DAY_SECONDS, "high")
        _write_plan(telling, telling.ref, 1, happened_at + 2 * DAY_SECONDS, "P3M")
        _write_visit(telling, telling.ref, 1, happened_at + 80 * DAY_SECONDS)
        _write_visit(telling, telling.ref, 2, happened_at + 160 * DAY_SECONDS)
        _write_plan(telling, telling.ref, 2, telling.force.ending - 10 * DAY_SECONDS, "P6M")
        return
    _write_offender(
        telling,
        telling.ref,
        telling.someone("Leonard", "Fairburn", 55, wall_seconds("2016-01-10 10:00"), "M"),
        wall_seconds("2016-01-10 10:00"),
        wall_seconds("2018-03-01 10:00"),
    )
    _write_assessed(telling, telling.ref, 1, wall_seconds("2016-01-10 11:00"), "high")
    policy_days = ("2016-04-05", "2016-07-01", "2016-09-20", "2016-12-15", "2017-03-10", "2017-06-05", "2017-12-01")
    for number, policy_day in enumerate(policy_days, 1):
        _write_visit(telling, telling.ref, number, wall_seconds(f"{policy_day} 14:00"))
    plan_set = wall_seconds("2017-07-20 10:00")
    _write_plan(telling, telling.ref, 1, plan_set, "P6M")
    last_by_risk = wall_seconds("2017-06-05 14:00")
    telling.expect("NPCC-rso-visit", "RO7", "not_applicable", last_by_risk, wall_seconds("2017-09-05 23:59") + 59)
    telling.expect(
        "NPCC-rso-visit",
        "RO8",
        "met",
        plan_set,
        wall_seconds("2017-12-05 23:59") + 59,
        wall_seconds("2017-12-01 14:00"),
    )


def due_today(ending: int, months: int) -> int:
    """Midnight of a day that lies this many months before the last day, so that a visit falls due on it.

    Unknown: where the month before lacks such a day, the day whose visit falls due latest before it.
    """
    today = date.fromisoformat(london_day_text(ending))
    possible_days = (today - timedelta(days=days_back) for days_back in range(27 * months, 32 * months + 1))
    found_day = next(possible_day for possible_day in possible_days if add_months(possible_day, months) <= today)
    return day_number(found_day) * DAY_SECONDS


def _write_offender(
    telling: Telling, record_ref: str, written_person: Written, happened_at: int, ended: int | None
) -> None:
    telling.row(
        "visor",
        "offenders",
        ended if ended is not None else happened_at + HOUR_SECONDS,
        visor_ref=record_ref,
        surname=written_person.family,
        forenames=written_person.given,
        dob=written_person.dob,
        sex=written_person.sex,
        home_address=written_person.address,
        home_postcode=written_person.postcode,
        home_uprn=written_person.uprn,
        area=telling.borough.name,
        registered_at=utc_text(happened_at),
        sentence="community",
        manager=telling.officer(TEAM_NAME),
        manager_from=utc_text(happened_at),
        registration_ended_at=utc_text(ended) if ended is not None else "",
    )
    telling.truth("visor", record_ref, f"R{record_ref[len(telling.ref) :]}")


def _write_assessed(telling: Telling, record_ref: str, number: int, happened_at: int, risk_grade: str) -> None:
    telling.row(
        "visor",
        "assessments",
        happened_at + HOUR_SECONDS,
        assessment_ref=f"{record_ref}-A{number}",
        visor_ref=record_ref,
        assessed_at=utc_text(happened_at),
        tool="ARMS",
        risk=risk_grade,
        risk_to="children",
        area=telling.borough.name,
        officer=telling.officer(TEAM_NAME),
    )


def _write_plan(telling: Telling, record_ref: str, number: int, happened_at: int, visit_interval: str) -> None:
    telling.row(
        "visor",
        "plans",
        happened_at + HOUR_SECONDS,
        plan_ref=f"{record_ref}-P{number}",
        visor_ref=record_ref,
        set_at=utc_text(happened_at),
        every=visit_interval,
        area=telling.borough.name,
        officer=telling.officer(TEAM_NAME),
    )


def _write_visit(telling: Telling, record_ref: str, number: int, happened_at: int, *, is_seen: bool = True) -> None:
    telling.row(
        "visor",
        "visits",
        happened_at + HOUR_SECONDS,
        visit_ref=f"{record_ref}-V{number}",
        visor_ref=record_ref,
        visited_at=utc_text(happened_at),
        outcome="seen" if is_seen else "not_seen",
        announced="false",
        entry="" if is_seen else "no_answer",
        area=telling.borough.name,
        officer=telling.officer(TEAM_NAME),
    )
