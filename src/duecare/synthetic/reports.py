"""Crime reports, as the crime-recording system has them in its own layout: statuses, allocations and actions."""

from __future__ import annotations

from duecare.synthetic.clock import DAY, HOUR, london_text
from duecare.synthetic.concern import TEAM
from duecare.synthetic.force import Force
from duecare.synthetic.household import Household, Human
from duecare.synthetic.mess import written_down
from duecare.synthetic.places import Borough


def crime_report(force: Force, household: Household, victim: Human, reported: int, recorded: int) -> str:
    """A crime against a child is recorded of a call, and what follows; its reference."""
    chance, borough = force.chance, household.borough
    ref = f"CRI{force.number('crime report'):07d}"
    suspect = household.adults[-1] if chance.within(0.5) else force.loner()[1]
    victim_ref, suspect_ref = (_nominal(force, person, recorded) for person in (victim, suspect))
    place = household.adults[0].place(reported)
    taken_on = reported + force.delay(borough, DAY)
    closed = taken_on + 6 * DAY + chance.wait(30 * DAY)
    values = {
        "crime_ref": ref,
        "borough": borough.name,
        "crime_type": chance.one(("crime", "domestic_abuse", "child abuse")),
        "reported_at": london_text(reported),
        "recorded_at": london_text(recorded),
        "nominals": f"victim={victim_ref};suspect={suspect_ref}",
        "address": place.address,
        "postcode": place.postcode,
        "uprn": place.uprn,
        "team": f"{TEAM}, {borough.name}",
        "reported_by": force.staff.pick(borough, "Response", recorded).number,
        "summary": "Report received.",
    }
    stages = [(recorded + 300, {}), (closed, {"closed_at": london_text(closed)})]
    force.grow("cris", "crimes", values, [stage for stage in stages if stage[0] <= force.ending])
    _ownership(force, ref, borough, taken_on, closed)
    _actions(force, ref, borough, victim_ref, suspect_ref, taken_on, closed)
    row = {"status_ref": f"CS{force.number('status'):07d}", "status": "closed", "status_at": london_text(closed)}
    _send(force, "statuses", ref, borough, closed, {**row, "result": "no further action"})
    return ref


def _nominal(force: Force, person: Human, at: int) -> str:
    ref = f"CN{force.number('crime nominal'):07d}"
    known = person.number in force.nominals.arrested
    written = written_down(person, at, force.chance, is_known_to_police=known)
    if at + 120 > force.ending:
        return ref
    force.nominals.booked("cris", ref, person)
    values = {
        "nominal_ref": ref,
        "surname": written.family,
        "forenames": written.given,
        "aliases": written.aliases,
        "dob": written.dob,
        "sex": written.sex,
        "ethnicity_officer": written.ethnicity,
        "address": written.address,
        "postcode": written.postcode,
        "uprn": written.uprn,
        "telephone": written.phone,
        "email": written.email,
        "school": written.school,
        "pnc_id": written.pnc_id,
        "cro": written.cro,
    }
    force.grow("cris", "nominals", values, [(at + 120, {})])
    return ref


def _ownership(force: Force, ref: str, borough: Borough, since: int, until: int) -> None:
    leader = force.staff.supervisor(borough, TEAM).number
    for when, officer in force.investigators(borough, TEAM, since, until):
        _allocation(force, ref, borough, when, "OIC", officer.number)
    _allocation(force, ref, borough, since + force.chance.wait(2 * HOUR), "SUP", leader)


def _allocation(force: Force, ref: str, borough: Borough, at: int, role: str, officer: str) -> None:
    row = {"allocation_ref": f"CA{force.number('allocation'):07d}", "role": role, "allocated_at": london_text(at)}
    _send(force, "allocations", ref, borough, at, {**row, "officer": officer, "team": f"{TEAM}, {borough.name}"})


def _actions(force: Force, ref: str, borough: Borough, victim: str, suspect: str, taken_on: int, closed: int) -> None:
    chance = force.chance
    seen = taken_on + chance.between(HOUR, 20 * HOUR)
    done = [(seen, "child seen", {"nominals": f"victim={victim}", "child_alone": "Y" if chance.within(0.7) else "N"})]
    reviewed = taken_on + chance.wait(DAY)
    while reviewed < closed:
        done.append((reviewed, "supervisor review", {"actions_set": "take accounts;tell the family"}))
        reviewed += chance.between(7, 28) * DAY
    arrested = taken_on + chance.wait(2 * DAY)
    if arrested + 2 * DAY < closed and chance.within(0.5):
        of = {"nominals": f"suspect={suspect}"}
        released = arrested + chance.between(10, 20) * HOUR
        until = london_text(released + 28 * DAY)
        done += [
            (taken_on + 1800, "suspect named", of),
            (max(arrested, taken_on + 3600), "arrest", of),
            (released - HOUR, "interview", of),
            (released, "bail", {**of, "until": until, "conditions": "no contact with the child"}),
            (released + force.delay(borough, DAY), "victim update", {"nominals": f"victim={victim}", "about": "bail"}),
        ]
    for at, action, more in done:
        if at < closed:
            row = {
                "action_ref": f"CX{force.number('crime action'):07d}",
                "action": action,
                "action_at": london_text(at),
            }
            _send(force, "actions", ref, borough, at, {**row, **more})


def _send(force: Force, sheet: str, ref: str, borough: Borough, at: int, values: dict[str, str]) -> None:
    """A row beside the crime report, written within hours of what it tells."""
    if at > force.ending:
        return
    officer = values.get("officer") or force.staff.pick(borough, TEAM, at).number
    written = min(at + 60 + force.chance.wait(HOUR), force.ending)
    row = {"crime_ref": ref, "borough": borough.name, "team": f"{TEAM}, {borough.name}", **values, "officer": officer}
    force.grow("cris", sheet, row, [(written, {})])
