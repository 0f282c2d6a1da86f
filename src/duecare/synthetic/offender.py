"""Registered sex offenders, as ViSOR has them: visited by risk until June 2017 and by plan since."""

from __future__ import annotations

from datetime import date
from typing import Final

from duecare.synthetic.clock import DAY_SECONDS, HOUR_SECONDS, day_number, utc_text, wall_seconds
from duecare.synthetic.deliveries import SHEETS
from duecare.synthetic.force import Force, Managed
from duecare.synthetic.household import Household, Human
from duecare.synthetic.mess import Written, written_down
from duecare.synthetic.places import NOWHERE, Borough, Place

RISKS: Final = ("very_high", "high", "medium", "low")
_RISKS_UPTO: Final = (0.03, 0.22, 0.56, 1.0)
EVERY: Final = {"very_high": "P1M", "high": "P3M", "medium": "P6M", "low": "P1Y"}
MONTHS: Final = {"very_high": 1, "high": 3, "medium": 6, "low": 12}
PLANS_SINCE: Final = wall_seconds("2017-06-29 00:00")
_MONTH: Final = int(30.4 * DAY_SECONDS)
_SENTENCES: Final = ("caution", "community", "suspended", "custody_under_30_months", "custody_30_months_or_more")
_SENTENCES_UPTO: Final = (0.08, 0.42, 0.62, 0.9, 1.0)
_LONG_AGO: Final = day_number(date(2013, 2, 1)) * DAY_SECONDS
_BEFORE_PLANS: Final = day_number(date(2017, 3, 1)) * DAY_SECONDS
TEAM_NAME: Final = "Public Protection"


def make_offender(force: Force) -> None:
    """An offender is registered, assessed and visited, up to the last day."""
    chance = force.chance
    household, person = _choose_offender(force)
    borough = household.borough
    record_ref = f"V{force.number('visor'):06d}"
    force.nominals.arrested.add(person.number)
    force.nominals.booked("visor", record_ref, person)
    is_old = chance.within(0.32)
    if is_old:
        registered = _LONG_AGO + int(chance.draw() * (_BEFORE_PLANS - _LONG_AGO))
        risk_grade = chance.weighted(RISKS[1:], (0.15, 0.5, 1.0))
    else:
        registered = force.ending - chance.between(20, 900) * DAY_SECONDS - chance.between(0, DAY_SECONDS)
        risk_grade = chance.weighted(RISKS, _RISKS_UPTO)
    _make_registration(force, record_ref, person, borough, registered)
    force.managed.append(Managed(record_ref, borough, registered))
    assessed = registered + chance.between(2, 20) * DAY_SECONDS
    make_assessment(force, record_ref, assessed, borough, risk_grade)
    since = registered
    if is_old:
        since = _make_visits(force, record_ref, person, borough, registered, PLANS_SINCE, MONTHS[risk_grade])
        set_at = PLANS_SINCE + chance.between(1, 120) * DAY_SECONDS
        make_plan(force, record_ref, set_at, borough, EVERY[risk_grade])
    elif chance.within(0.92):
        set_at = registered + chance.between(3, 30) * DAY_SECONDS
        make_plan(force, record_ref, set_at, borough, EVERY[risk_grade])
    else:
        set_at = registered
    ending = force.ending
    if chance.within(0.05):
        imprisoned = ending - chance.between(60, 400) * DAY_SECONDS
        if imprisoned > set_at:
            released = imprisoned + chance.between(30, 200) * DAY_SECONDS
            make_spell(force, record_ref, imprisoned, released, borough)
            _make_visits(force, record_ref, person, borough, max(since, set_at), imprisoned, MONTHS[risk_grade])
            since = set_at = released
    _make_visits(
        force,
        record_ref,
        person,
        borough,
        max(since, set_at - 200 * DAY_SECONDS) if is_old else set_at,
        ending,
        MONTHS[risk_grade],
    )
    again = assessed + chance.between(330, 390) * DAY_SECONDS
    while again < ending:
        make_assessment(force, record_ref, again, borough, risk_grade)
        again += chance.between(330, 390) * DAY_SECONDS


def _choose_offender(force: Force) -> tuple[Household, Human]:
    if force.chance.within(0.25):
        while True:
            household, _ = force.family(force.ending)
            men_adults = [adult for adult in household.adults if adult.sex == "M"]
            if men_adults:
                return household, men_adults[0]
    return force.loner()


def _make_registration(force: Force, record_ref: str, person: Human, borough: Borough, happened_at: int) -> None:
    chance = force.chance
    written = written_down(person, max(happened_at, force.ending - 500 * DAY_SECONDS), chance, is_known_to_police=True)
    sentence = chance.weighted(_SENTENCES, _SENTENCES_UPTO)
    managed = happened_at + chance.between(0, 4) * DAY_SECONDS
    values = registered_values(
        record_ref,
        written,
        borough,
        happened_at,
        sentence,
        force.staff.pick(borough, TEAM_NAME, managed).number,
        managed,
    )
    force.grow("visor", "offenders", values, [(happened_at + chance.between(1, 30) * HOUR_SECONDS, {})])
    if chance.within(0.3):
        # The record is refreshed later: a move, another spelling.
        later = happened_at + chance.between(100, 3000) * DAY_SECONDS
        if later < force.ending:
            newer = written_down(person, later, chance, is_known_to_police=True)
            values = registered_values(record_ref, newer, borough, happened_at, sentence, values["manager"], managed)
            force.grow("visor", "offenders", values, [(later, {})])


def registered_values(
    record_ref: str, written: Written, borough: Borough, happened_at: int, sentence: str, manager: str, managed: int
) -> dict[str, str]:
    """An offender's record as it stands on registration."""
    months = {"custody_under_30_months": "14", "custody_30_months_or_more": "48"}.get(sentence, "")
    return {
        "visor_ref": record_ref,
        "surname": written.family,
        "forenames": written.given,
        "aliases": written.aliases,
        "dob": written.dob,
        "sex": written.sex,
        "ethnicity": written.ethnicity,
        "home_address": written.address,
        "home_postcode": written.postcode,
        "home_uprn": written.uprn,
        "telephone": written.phone,
        "pnc_id": written.pnc_id,
        "cro": written.cro,
        "area": borough.name,
        "registered_at": utc_text(happened_at),
        "sentence": sentence,
        "sentence_months": months,
        "custodial_months": months,
        "manager": manager,
        "manager_from": utc_text(managed),
    }


def _make_visits(
    force: Force, record_ref: str, person: Human, borough: Borough, since: int, until: int, months: int
) -> int:
    """Make visits every so many months from `since`, most in time; returns the last at which the offender was seen."""
    chance = force.chance
    lost_at = until - chance.between(100, 700) * DAY_SECONDS if chance.within(0.04) else until
    last_visit = since
    while True:
        is_late = chance.within(borough.late)
        share = 1.05 + 0.6 * chance.draw() if is_late else 0.98 - 0.25 * chance.draw() ** 2
        due_at = last_visit + int(months * _MONTH * share)
        due_at = due_at // DAY_SECONDS * DAY_SECONDS + chance.between(9, 18) * HOUR_SECONDS
        if due_at > min(until, force.ending):
            return last_visit
        for tries_back in range(chance.between(1, 3) if chance.within(0.18) else 0, 0, -1):
            make_visit(
                force, record_ref, due_at - tries_back * 2 * DAY_SECONDS, borough, person.place(due_at), is_seen=False
            )
        if due_at > lost_at:
            make_visit(force, record_ref, due_at, borough, person.place(due_at), is_seen=False)
            if due_at + months * _MONTH > until:
                return last_visit
            last_visit = due_at
            continue
        make_visit(force, record_ref, due_at, borough, person.place(due_at))
        last_visit = due_at


def make_visit(
    force: Force, record_ref: str, happened_at: int, borough: Borough, place: Place = NOWHERE, *, is_seen: bool = True
) -> None:
    """A visit to an offender's home, at which they were or were not seen."""
    chance = force.chance
    _send_row(
        force,
        "visits",
        {
            "visit_ref": f"VV{force.number('visit'):07d}",
            "visor_ref": record_ref,
            "visited_at": utc_text(happened_at),
            "outcome": "seen" if is_seen else "not_seen",
            "announced": "true" if chance.within(0.12) else "false",
            "entry": "" if is_seen else chance.one(("no_answer", "no_answer", "refused", "moved")),
            "area": borough.name,
            "officer": force.staff.pick(borough, TEAM_NAME, happened_at).number,
            "address": place.address,
            "postcode": place.postcode,
            "uprn": place.uprn,
        },
        happened_at,
    )


def make_assessment(
    force: Force, record_ref: str, happened_at: int, borough: Borough, risk_grade: str, risk_tool: str = "ARMS"
) -> None:
    """A named person assesses the risk."""
    values = {
        "assessment_ref": f"VA{force.number('assessment'):07d}",
        "visor_ref": record_ref,
        "assessed_at": utc_text(happened_at),
        "tool": risk_tool,
        "risk": risk_grade,
        "risk_to": "children",
        "area": borough.name,
        "officer": force.staff.pick(borough, TEAM_NAME, happened_at).number,
    }
    _send_row(force, "assessments", values, happened_at)


def make_plan(force: Force, record_ref: str, happened_at: int, borough: Borough, visit_interval: str) -> None:
    """How often the offender is to be visited is set in a plan."""
    values = {
        "plan_ref": f"VP{force.number('plan'):07d}",
        "visor_ref": record_ref,
        "set_at": utc_text(happened_at),
        "every": visit_interval,
        "area": borough.name,
        "officer": force.staff.pick(borough, TEAM_NAME, happened_at).number,
    }
    _send_row(force, "plans", values, happened_at)


def make_spell(force: Force, record_ref: str, imprisoned: int, released: int, borough: Borough) -> None:
    """A time in prison."""
    values = {
        "spell_ref": f"VS{force.number('spell'):07d}",
        "visor_ref": record_ref,
        "imprisoned_at": utc_text(imprisoned),
        "area": borough.name,
    }
    stages = [(imprisoned + DAY_SECONDS, {}), (released + DAY_SECONDS, {"released_at": utc_text(released)})]
    force.grow("visor", "spells", values, [stage for stage in stages if stage[0] <= force.ending])


def _send_row(force: Force, sheet: str, values: dict[str, str], happened_at: int) -> None:
    if happened_at <= force.ending:
        force.grow("visor", sheet, values, [(min(happened_at + force.chance.wait(8 * HOUR_SECONDS), force.ending), {})])


assert {"visits", "assessments", "plans", "spells"} <= set(SHEETS["visor"])
