"""Crimes against children, as a crime-recording system has them: recorded, allocated, investigated, ended."""

from __future__ import annotations

from typing import Final

from duecare.synthetic.clock import DAY_SECONDS, HOUR_SECONDS
from duecare.synthetic.concern import TEAM_NAME
from duecare.synthetic.force import Force, PersonTies, Told
from duecare.synthetic.household import Human
from duecare.synthetic.places import Borough

_KINDS: Final = ("crime", "domestic_abuse", "online", "exploitation")
_KINDS_UPTO: Final = (0.6, 0.76, 0.9, 1.0)


def make_crime(force: Force, happened_at: int) -> None:
    """A crime against a child is recorded, and what follows."""
    chance = force.chance
    household, minors = force.family(happened_at)
    borough = household.borough
    victim = chance.one(minors)
    suspect = force.loner()[1] if chance.within(0.6) else chance.one(household.adults)
    record_ref = f"CR{force.number('crime'):07d}"
    crime_kind = chance.weighted(_KINDS, _KINDS_UPTO)
    person_ties: list[tuple[Human, str]] = [(victim, "victim")]
    if chance.within(0.5):
        person_ties.append((household.adults[0], "parent"))
    if chance.within(0.25) and len(minors) > 1:
        person_ties += [(child, "witness") for child in minors if child is not victim][:1]
    place = household.adults[0].place(happened_at)
    reporter = force.staff.pick(borough, "Response", happened_at).number
    early = happened_at - chance.wait(3 * HOUR_SECONDS) if chance.within(0.25) else happened_at
    if early < happened_at:
        detail = '{"concern":"other","crime":"unknown"}'
        force.event(
            record_ref,
            "concern_reported",
            early,
            borough,
            person_ties,
            officer=reporter,
            risk_grade="amber",
            detail=detail,
        )
    force.event(
        record_ref,
        "crime_recorded",
        happened_at,
        borough,
        person_ties,
        officer=reporter,
        place=place,
        event_text="Report received.",
    )
    if chance.within(0.025):
        closed = early + chance.between(2 * HOUR_SECONDS, 20 * HOUR_SECONDS)
        force.event(record_ref, "case_closed", closed, borough, person_ties[:1])
        force.pole_case(record_ref, crime_kind, borough, early, closed)
        return
    taken_on = early + force.delay(borough, DAY_SECONDS)
    closed = taken_on + 6 * DAY_SECONDS + chance.wait(45 * DAY_SECONDS)
    if chance.within(0.994):
        for entry_time, officer in force.investigators(borough, TEAM_NAME, taken_on, closed):
            team_name = f"{TEAM_NAME}, {borough.name}"
            force.event(
                record_ref,
                "investigator_allocated",
                entry_time,
                borough,
                (),
                officer=officer.number,
                team_name=team_name,
            )
    leader = force.staff.supervisor(borough, TEAM_NAME).number
    force.event(
        record_ref, "supervisor_allocated", taken_on + chance.wait(2 * HOUR_SECONDS), borough, (), officer=leader
    )
    if chance.within(0.985):
        seen_at = early + force.delay(borough, DAY_SECONDS)
        force.event(
            record_ref, "child_seen", seen_at, borough, person_ties[:1] if chance.within(0.9) else (), by_day=0.02
        )
    steps = _make_investigation(force, record_ref, borough, victim, suspect, taken_on, closed)
    told_of = tuple((record, "victim", "pole") for record in [force.nominals.in_case(victim)] if record)
    force.told.append(Told("crime", record_ref, borough, happened_at, closed, told_of, steps))
    reviewed = taken_on + chance.wait(DAY_SECONDS)
    while reviewed < closed and reviewed < force.ending:
        force.event(record_ref, "supervisor_reviewed", reviewed, borough, (), officer=leader)
        reviewed += chance.between(7, 28) * DAY_SECONDS
    force.event(record_ref, "case_closed", closed, borough, ())
    force.pole_case(record_ref, crime_kind, borough, early, closed)


def _make_investigation(
    force: Force, record_ref: str, borough: Borough, victim: Human, suspect: Human, taken_on: int, closed: int
) -> tuple[int, ...]:
    """What becomes of the suspect; when they were arrested, released and the matter ended, as far as they were."""
    chance = force.chance
    both_ties: PersonTies = ((victim, "victim"), (suspect, "suspect"))
    suspect_ties: PersonTies = ((suspect, "suspect"),)
    identified = taken_on + chance.wait(DAY_SECONDS)
    if identified >= closed or not chance.within(0.8):
        return ()
    force.event(record_ref, "suspect_identified", identified, borough, suspect_ties)
    arrested = identified + chance.wait(3 * DAY_SECONDS)
    if chance.within(0.05) and identified + 3 * DAY_SECONDS < min(closed, force.ending - 12 * DAY_SECONDS):
        force.event(
            record_ref,
            "suspect_contact",
            identified + chance.between(HOUR_SECONDS, 2 * DAY_SECONDS),
            borough,
            both_ties,
        )
        arrested = identified + 3 * DAY_SECONDS
    elif not chance.within(0.6):
        return ()
    if arrested >= closed:
        return ()
    force.nominals.arrested.add(suspect.number)
    force.event(record_ref, "arrested", arrested, borough, suspect_ties)
    force.event(record_ref, "interviewed", arrested + chance.between(3, 12) * HOUR_SECONDS, borough, suspect_ties)
    released = arrested + chance.between(12, 22) * HOUR_SECONDS
    event_kind = "bailed" if chance.within(0.7) else "released_under_investigation"
    detail = '{"conditions":["no contact with the child"]}' if event_kind == "bailed" else ""
    force.event(record_ref, event_kind, released, borough, suspect_ties, detail=detail)
    updated = released + force.delay(borough, DAY_SECONDS)
    force.event(record_ref, "victim_updated", updated, borough, ((victim, "victim"),), detail='{"about":"bail"}')
    ended = closed - chance.between(1, 24) * HOUR_SECONDS
    if ended > released:
        outcome = "charged" if chance.within(0.3) else "no_further_action"
        force.event(record_ref, outcome, ended, borough, suspect_ties)
    return (arrested, released, ended) if ended > released else (arrested, released)
