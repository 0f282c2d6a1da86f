"""Registered sex offenders, as ViSOR has them: visited by risk until June 2017 and by plan since."""

from __future__ import annotations

from datetime import date
from typing import Final

from duecare.synthetic.clock import DAY, HOUR, day_number, utc_text, wall
from duecare.synthetic.deliveries import SHEETS
from duecare.synthetic.force import Force, Managed
from duecare.synthetic.household import Household, Human
from duecare.synthetic.mess import Written, written_down
from duecare.synthetic.places import NOWHERE, Borough, Place

RISKS: Final = ("very_high", "high", "medium", "low")
_RISKS_UPTO: Final = (0.03, 0.22, 0.56, 1.0)
EVERY: Final = {"very_high": "P1M", "high": "P3M", "medium": "P6M", "low": "P1Y"}
MONTHS: Final = {"very_high": 1, "high": 3, "medium": 6, "low": 12}
PLANS_SINCE: Final = wall("2017-06-29 00:00")
_MONTH: Final = int(30.4 * DAY)
_SENTENCES: Final = ("caution", "community", "suspended", "custody_under_30_months", "custody_30_months_or_more")
_SENTENCES_UPTO: Final = (0.08, 0.42, 0.62, 0.9, 1.0)
_LONG_AGO: Final = day_number(date(2013, 2, 1)) * DAY
_BEFORE_PLANS: Final = day_number(date(2017, 3, 1)) * DAY
TEAM: Final = "Public Protection"


def offender(force: Force) -> None:
    """An offender is registered, assessed and visited, up to the last day."""
    chance = force.chance
    household, person = _who(force)
    borough = household.borough
    ref = f"V{force.number('visor'):06d}"
    force.nominals.arrested.add(person.number)
    force.nominals.booked("visor", ref, person)
    is_old = chance.within(0.32)
    if is_old:
        registered = _LONG_AGO + int(chance.draw() * (_BEFORE_PLANS - _LONG_AGO))
        risk = chance.weighted(RISKS[1:], (0.15, 0.5, 1.0))
    else:
        registered = force.ending - chance.between(20, 900) * DAY - chance.between(0, DAY)
        risk = chance.weighted(RISKS, _RISKS_UPTO)
    _registration(force, ref, person, borough, registered)
    force.managed.append(Managed(ref, borough, registered))
    assessed = registered + chance.between(2, 20) * DAY
    assessment(force, ref, assessed, borough, risk)
    since = registered
    if is_old:
        since = _visits(force, ref, person, borough, registered, PLANS_SINCE, MONTHS[risk])
        set_at = PLANS_SINCE + chance.between(1, 120) * DAY
        plan(force, ref, set_at, borough, EVERY[risk])
    elif chance.within(0.92):
        set_at = registered + chance.between(3, 30) * DAY
        plan(force, ref, set_at, borough, EVERY[risk])
    else:
        set_at = registered
    ending = force.ending
    if chance.within(0.05):
        imprisoned = ending - chance.between(60, 400) * DAY
        if imprisoned > set_at:
            released = imprisoned + chance.between(30, 200) * DAY
            spell(force, ref, imprisoned, released, borough)
            _visits(force, ref, person, borough, max(since, set_at), imprisoned, MONTHS[risk])
            since = set_at = released
    _visits(force, ref, person, borough, max(since, set_at - 200 * DAY) if is_old else set_at, ending, MONTHS[risk])
    again = assessed + chance.between(330, 390) * DAY
    while again < ending:
        assessment(force, ref, again, borough, risk)
        again += chance.between(330, 390) * DAY


def _who(force: Force) -> tuple[Household, Human]:
    if force.chance.within(0.25):
        while True:
            household, _ = force.family(force.ending)
            men = [adult for adult in household.adults if adult.sex == "M"]
            if men:
                return household, men[0]
    return force.loner()


def _registration(force: Force, ref: str, person: Human, borough: Borough, at: int) -> None:
    chance = force.chance
    written = written_down(person, max(at, force.ending - 500 * DAY), chance, is_known_to_police=True)
    sentence = chance.weighted(_SENTENCES, _SENTENCES_UPTO)
    managed = at + chance.between(0, 4) * DAY
    values = registered(ref, written, borough, at, sentence, force.staff.pick(borough, TEAM, managed).number, managed)
    force.grow("visor", "offenders", values, [(at + chance.between(1, 30) * HOUR, {})])
    if chance.within(0.3):
        # The record is brought up to date later: a move, another spelling.
        later = at + chance.between(100, 3000) * DAY
        if later < force.ending:
            newer = written_down(person, later, chance, is_known_to_police=True)
            values = registered(ref, newer, borough, at, sentence, values["manager"], managed)
            force.grow("visor", "offenders", values, [(later, {})])


def registered(
    ref: str, written: Written, borough: Borough, at: int, sentence: str, manager: str, managed: int
) -> dict[str, str]:
    """An offender's record as it stands on registration."""
    months = {"custody_under_30_months": "14", "custody_30_months_or_more": "48"}.get(sentence, "")
    return {
        "visor_ref": ref,
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
        "registered_at": utc_text(at),
        "sentence": sentence,
        "sentence_months": months,
        "custodial_months": months,
        "manager": manager,
        "manager_from": utc_text(managed),
    }


def _visits(force: Force, ref: str, person: Human, borough: Borough, since: int, until: int, months: int) -> int:
    """Visits every so many months from `since`, most in time; the last at which the offender was seen."""
    chance = force.chance
    lost = until - chance.between(100, 700) * DAY if chance.within(0.04) else until
    last = since
    while True:
        late = chance.within(borough.late)
        share = 1.05 + 0.6 * chance.draw() if late else 0.98 - 0.25 * chance.draw() ** 2
        due = last + int(months * _MONTH * share)
        due = due // DAY * DAY + chance.between(9, 18) * HOUR
        if due > min(until, force.ending):
            return last
        for back in range(chance.between(1, 3) if chance.within(0.18) else 0, 0, -1):
            visit(force, ref, due - back * 2 * DAY, borough, person.place(due), is_seen=False)
        if due > lost:
            visit(force, ref, due, borough, person.place(due), is_seen=False)
            if due + months * _MONTH > until:
                return last
            last = due
            continue
        visit(force, ref, due, borough, person.place(due))
        last = due


def visit(force: Force, ref: str, at: int, borough: Borough, place: Place = NOWHERE, *, is_seen: bool = True) -> None:
    """A visit to an offender's home, at which they were or were not seen."""
    chance = force.chance
    _send(
        force,
        "visits",
        {
            "visit_ref": f"VV{force.number('visit'):07d}",
            "visor_ref": ref,
            "visited_at": utc_text(at),
            "outcome": "seen" if is_seen else "not_seen",
            "announced": "true" if chance.within(0.12) else "false",
            "entry": "" if is_seen else chance.one(("no_answer", "no_answer", "refused", "moved")),
            "area": borough.name,
            "officer": force.staff.pick(borough, TEAM, at).number,
            "address": place.address,
            "postcode": place.postcode,
            "uprn": place.uprn,
        },
        at,
    )


def assessment(force: Force, ref: str, at: int, borough: Borough, risk: str, tool: str = "ARMS") -> None:
    """A named person assesses the risk."""
    values = {
        "assessment_ref": f"VA{force.number('assessment'):07d}",
        "visor_ref": ref,
        "assessed_at": utc_text(at),
        "tool": tool,
        "risk": risk,
        "risk_to": "children",
        "area": borough.name,
        "officer": force.staff.pick(borough, TEAM, at).number,
    }
    _send(force, "assessments", values, at)


def plan(force: Force, ref: str, at: int, borough: Borough, every: str) -> None:
    """How often the offender is to be visited is set in a plan."""
    values = {
        "plan_ref": f"VP{force.number('plan'):07d}",
        "visor_ref": ref,
        "set_at": utc_text(at),
        "every": every,
        "area": borough.name,
        "officer": force.staff.pick(borough, TEAM, at).number,
    }
    _send(force, "plans", values, at)


def spell(force: Force, ref: str, imprisoned: int, released: int, borough: Borough) -> None:
    """A time in prison."""
    values = {
        "spell_ref": f"VS{force.number('spell'):07d}",
        "visor_ref": ref,
        "imprisoned_at": utc_text(imprisoned),
        "area": borough.name,
    }
    stages = [(imprisoned + DAY, {}), (released + DAY, {"released_at": utc_text(released)})]
    force.grow("visor", "spells", values, [stage for stage in stages if stage[0] <= force.ending])


def _send(force: Force, sheet: str, values: dict[str, str], at: int) -> None:
    if at <= force.ending:
        force.grow("visor", sheet, values, [(min(at + force.chance.wait(8 * HOUR), force.ending), {})])


assert {"visits", "assessments", "plans", "spells"} <= set(SHEETS["visor"])
