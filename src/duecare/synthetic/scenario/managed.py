"""Registered sex offenders: visits by risk, by plan, at the end of a month, and due today."""

from __future__ import annotations

from datetime import date, timedelta

from duecare.synthetic.clock import DAY, HOUR, day_number, london_day_text, utc_text, wall
from duecare.synthetic.mess import Written
from duecare.synthetic.offender import TEAM
from duecare.synthetic.scenario.telling import Telling
from duecare.vocabulary.calendar import add_months

_MONTHS = {"P1M": 1, "P3M": 3, "P6M": 6, "P1Y": 12}


def register(
    t: Telling, ref: str, who: Written, at: int, every: str, risk: str, until: int, ended: int | None = None
) -> None:
    """An offender with a plan, visited in good time up to `until`, and no longer registered from `ended`."""
    _offender(t, ref, who, at, ended)
    _assessed(t, ref, 1, at + 2 * DAY, risk)
    _plan(t, ref, 1, at + 3 * DAY, every)
    step = int(_MONTHS[every] * 28.5 * DAY)
    number, seen = 1, at + 3 * DAY + step
    while seen <= until:
        _visit(t, ref, number, seen)
        number, seen = number + 1, seen + step


def end_of_month(t: Telling) -> None:
    """SC17: seen on 31 January under a monthly plan; live, three visits are due today, one tried twice already."""
    if not t.is_live:
        who = t.someone("Norman", "Ridley", 47, wall("2025-01-10 10:00"), "M")
        ended = wall("2025-04-30 10:00")
        _offender(t, t.ref, who, wall("2025-01-10 10:00"), ended)
        _assessed(t, t.ref, 1, wall("2025-01-12 10:00"), "very_high")
        _plan(t, t.ref, 1, wall("2025-01-15 10:00"), "P1M")
        seen = [wall("2025-01-31 10:00"), wall("2025-03-10 10:00"), wall("2025-04-08 10:00")]
        for number, at in enumerate(seen, 1):
            _visit(t, t.ref, number, at)
        due = wall("2025-02-28 23:59") + 59
        t.expect("NPCC-rso-visit", "RO8", "met_late", seen[0], due, seen[1])
        return
    names = (("Stuart", "Kirkby", "P1M"), ("Gordon", "Maltby", "P3M"), ("Neville", "Sugden", "P6M"))
    for number, (given, family, every) in enumerate(names, 1):
        ref = t.ref if number == 1 else f"{t.ref}-{number}"
        seen_at = due_today(t.force.ending, _MONTHS[every]) + 11 * HOUR
        set_at = seen_at - 20 * DAY
        _offender(t, ref, t.someone(given, family, 40 + number, set_at, "M", home=10 * number), set_at - 2 * DAY, None)
        _assessed(t, ref, 1, set_at - DAY, {"P1M": "very_high", "P3M": "high"}.get(every, "medium"))
        _plan(t, ref, 1, set_at, every)
        _visit(t, ref, 1, seen_at)
        if number == 2:
            _visit(t, ref, 2, t.force.ending - 4 * DAY, is_seen=False)
            _visit(t, ref, 3, t.force.ending - 2 * DAY, is_seen=False)
        due = wall(f"{london_day_text(t.force.ending)} 23:59") + 59
        t.expect("NPCC-rso-visit", "RO8", "open", seen_at, due, case=ref)


def policy_by_date(t: Telling) -> None:
    """SC20: visits by risk until 29 June 2017 and by plan since; live, a plan that was changed lately."""
    if t.is_live:
        at = t.force.ending - 200 * DAY
        _offender(t, t.ref, t.someone("Raymond", "Coates", 58, at, "M"), at, None)
        _assessed(t, t.ref, 1, at + DAY, "high")
        _plan(t, t.ref, 1, at + 2 * DAY, "P3M")
        _visit(t, t.ref, 1, at + 80 * DAY)
        _visit(t, t.ref, 2, at + 160 * DAY)
        _plan(t, t.ref, 2, t.force.ending - 10 * DAY, "P6M")
        return
    _offender(
        t,
        t.ref,
        t.someone("Leonard", "Fairburn", 55, wall("2016-01-10 10:00"), "M"),
        wall("2016-01-10 10:00"),
        wall("2018-03-01 10:00"),
    )
    _assessed(t, t.ref, 1, wall("2016-01-10 11:00"), "high")
    days = ("2016-04-05", "2016-07-01", "2016-09-20", "2016-12-15", "2017-03-10", "2017-06-05", "2017-12-01")
    for number, day in enumerate(days, 1):
        _visit(t, t.ref, number, wall(f"{day} 14:00"))
    plan_set = wall("2017-07-20 10:00")
    _plan(t, t.ref, 1, plan_set, "P6M")
    last_by_risk = wall("2017-06-05 14:00")
    t.expect("NPCC-rso-visit", "RO7", "not_applicable", last_by_risk, wall("2017-09-05 23:59") + 59)
    t.expect("NPCC-rso-visit", "RO8", "met", plan_set, wall("2017-12-05 23:59") + 59, wall("2017-12-01 14:00"))


def due_today(ending: int, months: int) -> int:
    """Midnight of a day that lies this many months before the last day, so that a visit falls due on it.

    Unknown: where the month before lacks such a day, the day whose visit falls due latest before it.
    """
    today = date.fromisoformat(london_day_text(ending))
    days = (today - timedelta(days=back) for back in range(27 * months, 32 * months + 1))
    found = next(day for day in days if add_months(day, months) <= today)
    return day_number(found) * DAY


def _offender(t: Telling, ref: str, who: Written, at: int, ended: int | None) -> None:
    t.row(
        "visor",
        "offenders",
        ended if ended is not None else at + HOUR,
        visor_ref=ref,
        surname=who.family,
        forenames=who.given,
        dob=who.dob,
        sex=who.sex,
        home_address=who.address,
        home_postcode=who.postcode,
        home_uprn=who.uprn,
        area=t.borough.name,
        registered_at=utc_text(at),
        sentence="community",
        manager=t.officer(TEAM),
        manager_from=utc_text(at),
        registration_ended_at=utc_text(ended) if ended is not None else "",
    )
    t.truth("visor", ref, f"R{ref[len(t.ref) :]}")


def _assessed(t: Telling, ref: str, number: int, at: int, risk: str) -> None:
    t.row(
        "visor",
        "assessments",
        at + HOUR,
        assessment_ref=f"{ref}-A{number}",
        visor_ref=ref,
        assessed_at=utc_text(at),
        tool="ARMS",
        risk=risk,
        risk_to="children",
        area=t.borough.name,
        officer=t.officer(TEAM),
    )


def _plan(t: Telling, ref: str, number: int, at: int, every: str) -> None:
    t.row(
        "visor",
        "plans",
        at + HOUR,
        plan_ref=f"{ref}-P{number}",
        visor_ref=ref,
        set_at=utc_text(at),
        every=every,
        area=t.borough.name,
        officer=t.officer(TEAM),
    )


def _visit(t: Telling, ref: str, number: int, at: int, *, is_seen: bool = True) -> None:
    t.row(
        "visor",
        "visits",
        at + HOUR,
        visit_ref=f"{ref}-V{number}",
        visor_ref=ref,
        visited_at=utc_text(at),
        outcome="seen" if is_seen else "not_seen",
        announced="false",
        entry="" if is_seen else "no_answer",
        area=t.borough.name,
        officer=t.officer(TEAM),
    )
