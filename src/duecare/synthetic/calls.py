"""Calls, as command and control has them, and the crime reports made of some: beside what the other systems hold."""

from __future__ import annotations

from typing import Final

from duecare.synthetic.clock import DAY, HOUR, london_text
from duecare.synthetic.force import Force, Stage
from duecare.synthetic.household import Household, Human
from duecare.synthetic.mess import Written, written_down
from duecare.synthetic.places import Borough, Place
from duecare.synthetic.reports import crime_report

_CODES: Final = ("domestic incident", "child at risk", "child abuse", "missing person", "information")
_CODES_UPTO: Final = (0.46, 0.7, 0.84, 0.9, 1.0)
_CRIMED: Final = {"domestic incident": 0.45, "child at risk": 0.3, "child abuse": 0.85}


def call(force: Force, at: int) -> None:
    """Somebody rings about a child, and what follows."""
    chance = force.chance
    household, minors = force.family(at)
    child = chance.one(minors)
    code = chance.weighted(_CODES, _CODES_UPTO)
    ref = f"CAD{force.number('call'):07d}"
    values = _opened(force, ref, household, child, at, code)
    attended = at + chance.between(300, HOUR)
    closed = attended + chance.between(1200, 5 * HOUR)
    stages: list[Stage] = [(at + 60, {}), (attended, {"arrived_at": london_text(attended)})]
    if code not in {"missing person", "information"} and chance.within(0.85):
        seen = attended + chance.between(60, 1200)
        alone = "Y" if chance.within(0.6) else "N"
        stages.append((seen + 60, {"child_seen_at": london_text(seen), "child_alone": alone}))
    if chance.within(_CRIMED.get(code, 0.0)):
        made = attended + chance.between(HOUR, 6 * HOUR)
        crime = crime_report(force, household, child, at, made)
        stages.append((made, {"crime_ref": crime} if made <= force.ending else {}))
    if code == "missing person":
        closed = _came_back(force, ref, household.borough, at)
    stages.append((closed, {"closed_at": london_text(closed), "result_code": "dealt with"}))
    force.grow("cad", "calls", values, [stage for stage in stages if stage[0] <= force.ending])


def _opened(force: Force, ref: str, household: Household, child: Human, at: int, code: str) -> dict[str, str]:
    borough = household.borough
    tied = [(child, "child")] + [(adult, "household") for adult in household.adults]
    people = []
    for n, (person, role) in enumerate(tied, 1):
        people.append(f"{role}={ref}/{n}")
        known = person.number in force.nominals.arrested
        written = written_down(person, at, force.chance, is_known_to_police=known)
        _person(force, f"{ref}/{n}", ref, person, written, at)
    place: Place = household.adults[0].place(at)
    officer = force.staff.pick(borough, "Response", at).number
    return {
        "cad_ref": ref,
        "called_at": london_text(at),
        "opening_code": code,
        "borough": borough.name,
        "rag": force.chance.weighted(("red", "amber", "green"), (0.06, 0.5, 1.0)) if code in _CRIMED else "",
        "response_grade": force.chance.weighted(("I", "S", "E"), (0.4, 0.8, 1.0)),
        "operator": officer,
        "people": ";".join(people),
        "address": place.address,
        "postcode": place.postcode,
        "uprn": place.uprn,
        "missing_from": "home" if code == "missing person" else "",
        "dispatched_at": london_text(at + 240),
        "attended_by": officer,
    }


def _person(force: Force, ref: str, call_ref: str, person: Human, written: Written, at: int) -> None:
    if at + 60 > force.ending:
        return
    force.nominals.booked("cad", ref, person)
    values = {
        "person_ref": ref,
        "cad_ref": call_ref,
        "surname": written.family,
        "forenames": written.given,
        "dob": written.dob,
        "sex": written.sex,
        "address": written.address,
        "postcode": written.postcode,
        "uprn": written.uprn,
        "telephone": written.phone,
    }
    force.grow("cad", "people", values, [(at + 60, {})])


def _came_back(force: Force, ref: str, borough: Borough, at: int) -> int:
    """A child reported missing is graded and comes back; when the call is closed."""
    chance = force.chance
    graded = at + chance.wait(0.4 * HOUR)
    returned = at + min(HOUR + chance.wait(6 * HOUR), 2 * DAY, max(HOUR, force.ending - at - HOUR))
    grade = chance.weighted(("high", "medium", "low"), (0.2, 0.85, 1.0))
    entries = [
        (graded, "graded", {"risk": grade, "reason": "age and circumstances"}),
        (returned, "returned", {}),
        (returned + chance.between(600, 5 * HOUR), "prevention interview", {}),
        (returned + chance.between(8, 70) * HOUR, "return_interview_held", {}),
    ]
    for when, entry, more in entries:
        values = {
            "entry_ref": f"CL{force.number('entry'):07d}",
            "cad_ref": ref,
            "entry": entry,
            "entry_at": london_text(when),
            "borough": borough.name,
            "officer": force.staff.pick(borough, "Response", when).number,
            "people": f"child={ref}/1",
            **more,
        }
        force.grow("cad", "log", values, [(when + 300, {})])
    return returned + HOUR
