"""Crime reports, as the crime-recording system has them in its own layout: statuses, allocations and actions."""

from __future__ import annotations

from duecare.synthetic.clock import DAY_SECONDS, HOUR_SECONDS, london_text
from duecare.synthetic.concern import TEAM_NAME
from duecare.synthetic.force import Force
from duecare.synthetic.household import Household, Human
from duecare.synthetic.mess import written_down
from duecare.synthetic.places import Borough


def crime_report(force: Force, household: Household, victim: Human, reported: int, recorded: int) -> str:
    """A crime against a child is recorded of a call, and what follows; its reference."""
    chance, borough = force.chance, household.borough
    record_ref = f"CRI{force.number('crime report'):07d}"
    suspect = household.adults[-1] if chance.within(0.5) else force.loner()[1]
    victim_ref, suspect_ref = (_make_nominal(force, person, recorded) for person in (victim, suspect))
    place = household.adults[0].place(reported)
    taken_on = reported + force.delay(borough, DAY_SECONDS)
    closed = taken_on + 6 * DAY_SECONDS + chance.wait(30 * DAY_SECONDS)
    values = {
        "crime_ref": record_ref,
        "borough": borough.name,
        "crime_type": chance.one(("crime", "domestic_abuse", "child abuse")),
        "reported_at": london_text(reported),
        "recorded_at": london_text(recorded),
        "nominals": f"victim={victim_ref};suspect={suspect_ref}",
        "address": place.address,
        "postcode": place.postcode,
        "uprn": place.uprn,
        "team": f"{TEAM_NAME}, {borough.name}",
        "reported_by": force.staff.pick(borough, "Response", recorded).number,
        "summary": "Report received.",
    }
    stages = [(recorded + 300, {}), (closed, {"closed_at": london_text(closed)})]
    force.grow("cris", "crimes", values, [stage for stage in stages if stage[0] <= force.ending])
    _make_ownership(force, record_ref, borough, taken_on, closed)
    _make_actions(force, record_ref, borough, victim_ref, suspect_ref, taken_on, closed)
    status_row = {"status_ref": f"CS{force.number('status'):07d}", "status": "closed", "status_at": london_text(closed)}
    _send_sheet(force, "statuses", record_ref, borough, closed, {**status_row, "result": "no further action"})
    return record_ref


def _make_nominal(force: Force, person: Human, happened_at: int) -> str:
    record_ref = f"CN{force.number('crime nominal'):07d}"
    is_known = person.number in force.nominals.arrested
    written = written_down(person, happened_at, force.chance, is_known_to_police=is_known)
    if happened_at + 120 > force.ending:
        return record_ref
    force.nominals.booked("cris", record_ref, person)
    values = {
        "nominal_ref": record_ref,
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
    force.grow("cris", "nominals", values, [(happened_at + 120, {})])
    return record_ref


def _make_ownership(force: Force, record_ref: str, borough: Borough, since: int, until: int) -> None:
    leader = force.staff.supervisor(borough, TEAM_NAME).number
    for entry_time, officer in force.investigators(borough, TEAM_NAME, since, until):
        _make_allocation(force, record_ref, borough, entry_time, "OIC", officer.number)
    _make_allocation(force, record_ref, borough, since + force.chance.wait(2 * HOUR_SECONDS), "SUP", leader)


def _make_allocation(
    force: Force, record_ref: str, borough: Borough, happened_at: int, person_role: str, officer: str
) -> None:
    sheet_row = {
        "allocation_ref": f"CA{force.number('allocation'):07d}",
        "role": person_role,
        "allocated_at": london_text(happened_at),
    }
    _send_sheet(
        force,
        "allocations",
        record_ref,
        borough,
        happened_at,
        {**sheet_row, "officer": officer, "team": f"{TEAM_NAME}, {borough.name}"},
    )


def _make_actions(
    force: Force, record_ref: str, borough: Borough, victim: str, suspect: str, taken_on: int, closed: int
) -> None:
    chance = force.chance
    seen_at = taken_on + chance.between(HOUR_SECONDS, 20 * HOUR_SECONDS)
    done_actions = [
        (seen_at, "child seen", {"nominals": f"victim={victim}", "child_alone": "Y" if chance.within(0.7) else "N"})
    ]
    reviewed = taken_on + chance.wait(DAY_SECONDS)
    while reviewed < closed:
        done_actions.append((reviewed, "supervisor review", {"actions_set": "take accounts;tell the family"}))
        reviewed += chance.between(7, 28) * DAY_SECONDS
    arrested = taken_on + chance.wait(2 * DAY_SECONDS)
    if arrested + 2 * DAY_SECONDS < closed and chance.within(0.5):
        of_suspect = {"nominals": f"suspect={suspect}"}
        released = arrested + chance.between(10, 20) * HOUR_SECONDS
        until = london_text(released + 28 * DAY_SECONDS)
        done_actions += [
            (taken_on + 1800, "suspect named", of_suspect),
            (max(arrested, taken_on + 3600), "arrest", of_suspect),
            (released - HOUR_SECONDS, "interview", of_suspect),
            (released, "bail", {**of_suspect, "until": until, "conditions": "no contact with the child"}),
            (
                released + force.delay(borough, DAY_SECONDS),
                "victim update",
                {"nominals": f"victim={victim}", "about": "bail"},
            ),
        ]
    for happened_at, action, more_values in done_actions:
        if happened_at < closed:
            sheet_row = {
                "action_ref": f"CX{force.number('crime action'):07d}",
                "action": action,
                "action_at": london_text(happened_at),
            }
            _send_sheet(force, "actions", record_ref, borough, happened_at, {**sheet_row, **more_values})


def _send_sheet(
    force: Force, sheet: str, record_ref: str, borough: Borough, happened_at: int, values: dict[str, str]
) -> None:
    """A row beside the crime report, written within hours of what it records."""
    if happened_at > force.ending:
        return
    officer = values.get("officer") or force.staff.pick(borough, TEAM_NAME, happened_at).number
    written = min(happened_at + 60 + force.chance.wait(HOUR_SECONDS), force.ending)
    sheet_row = {
        "crime_ref": record_ref,
        "borough": borough.name,
        "team": f"{TEAM_NAME}, {borough.name}",
        **values,
        "officer": officer,
    }
    force.grow("cris", sheet, sheet_row, [(written, {})])
