"""Calls, as command and control has them, and the crime reports made of some, beside the other systems' records."""

from __future__ import annotations

from typing import Final

from duecare.synthetic.clock import DAY_SECONDS, HOUR_SECONDS, london_text
from duecare.synthetic.force import Force, Stage
from duecare.synthetic.household import Household, Human
from duecare.synthetic.mess import Written, written_down
from duecare.synthetic.places import Borough, Place
from duecare.synthetic.reports import crime_report

_CODES: Final = ("domestic incident", "child at risk", "child abuse", "missing person", "information")
_CODES_UPTO: Final = (0.46, 0.7, 0.84, 0.9, 1.0)
_CRIMED: Final = {"domestic incident": 0.45, "child at risk": 0.3, "child abuse": 0.85}


def make_call(force: Force, happened_at: int) -> None:
    """Somebody rings about a child, and what follows."""
    chance = force.chance
    household, minors = force.family(happened_at)
    child = chance.one(minors)
    call_code = chance.weighted(_CODES, _CODES_UPTO)
    record_ref = f"CAD{force.number('call'):07d}"
    values = _opened_values(force, record_ref, household, child, happened_at, call_code)
    attended = happened_at + chance.between(300, HOUR_SECONDS)
    closed = attended + chance.between(1200, 5 * HOUR_SECONDS)
    stages: list[Stage] = [(happened_at + 60, {}), (attended, {"arrived_at": london_text(attended)})]
    if call_code not in {"missing person", "information"} and chance.within(0.85):
        seen_at = attended + chance.between(60, 1200)
        alone = "Y" if chance.within(0.6) else "N"
        stages.append((seen_at + 60, {"child_seen_at": london_text(seen_at), "child_alone": alone}))
    if chance.within(_CRIMED.get(call_code, 0.0)):
        made_at = attended + chance.between(HOUR_SECONDS, 6 * HOUR_SECONDS)
        crime = crime_report(force, household, child, happened_at, made_at)
        stages.append((made_at, {"crime_ref": crime} if made_at <= force.ending else {}))
    if call_code == "missing person":
        closed = _came_back(force, record_ref, household.borough, happened_at)
    stages.append((closed, {"closed_at": london_text(closed), "result_code": "dealt with"}))
    force.grow("cad", "calls", values, [stage for stage in stages if stage[0] <= force.ending])


def _opened_values(
    force: Force, record_ref: str, household: Household, child: Human, happened_at: int, call_code: str
) -> dict[str, str]:
    borough = household.borough
    tied_people = [(child, "child")] + [(adult, "household") for adult in household.adults]
    people = []
    for person_number, (person, person_role) in enumerate(tied_people, 1):
        people.append(f"{person_role}={record_ref}/{person_number}")
        is_known = person.number in force.nominals.arrested
        written = written_down(person, happened_at, force.chance, is_known_to_police=is_known)
        _write_person(force, f"{record_ref}/{person_number}", record_ref, person, written, happened_at)
    place: Place = household.adults[0].place(happened_at)
    officer = force.staff.pick(borough, "Response", happened_at).number
    return {
        "cad_ref": record_ref,
        "called_at": london_text(happened_at),
        "opening_code": call_code,
        "borough": borough.name,
        "rag": force.chance.weighted(("red", "amber", "green"), (0.06, 0.5, 1.0)) if call_code in _CRIMED else "",
        "response_grade": force.chance.weighted(("I", "S", "E"), (0.4, 0.8, 1.0)),
        "operator": officer,
        "people": ";".join(people),
        "address": place.address,
        "postcode": place.postcode,
        "uprn": place.uprn,
        "missing_from": "home" if call_code == "missing person" else "",
        "dispatched_at": london_text(happened_at + 240),
        "attended_by": officer,
    }


def _write_person(
    force: Force, record_ref: str, call_ref: str, person: Human, written: Written, happened_at: int
) -> None:
    if happened_at + 60 > force.ending:
        return
    force.nominals.booked("cad", record_ref, person)
    values = {
        "person_ref": record_ref,
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
    force.grow("cad", "people", values, [(happened_at + 60, {})])


def _came_back(force: Force, record_ref: str, borough: Borough, happened_at: int) -> int:
    """A child reported missing is graded and comes back; when the call is closed."""
    chance = force.chance
    graded = happened_at + chance.wait(0.4 * HOUR_SECONDS)
    returned = happened_at + min(
        HOUR_SECONDS + chance.wait(6 * HOUR_SECONDS),
        2 * DAY_SECONDS,
        max(HOUR_SECONDS, force.ending - happened_at - HOUR_SECONDS),
    )
    grade = chance.weighted(("high", "medium", "low"), (0.2, 0.85, 1.0))
    entries = [
        (graded, "graded", {"risk": grade, "reason": "age and circumstances"}),
        (returned, "returned", {}),
        (returned + chance.between(600, 5 * HOUR_SECONDS), "prevention interview", {}),
        (returned + chance.between(8, 70) * HOUR_SECONDS, "return_interview_held", {}),
    ]
    for entry_time, entry, more_values in entries:
        values = {
            "entry_ref": f"CL{force.number('entry'):07d}",
            "cad_ref": record_ref,
            "entry": entry,
            "entry_at": london_text(entry_time),
            "borough": borough.name,
            "officer": force.staff.pick(borough, "Response", entry_time).number,
            "people": f"child={record_ref}/1",
            **more_values,
        }
        force.grow("cad", "log", values, [(entry_time + 300, {})])
    return returned + HOUR_SECONDS
