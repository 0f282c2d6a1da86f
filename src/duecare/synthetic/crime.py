"""Crimes against children, as a crime-recording system has them: recorded, allocated, investigated, ended."""

from __future__ import annotations

from typing import Final

from duecare.synthetic.clock import DAY, HOUR
from duecare.synthetic.concern import TEAM
from duecare.synthetic.force import Force, Ties, Told
from duecare.synthetic.household import Human
from duecare.synthetic.places import Borough

_KINDS: Final = ("crime", "domestic_abuse", "online", "exploitation")
_KINDS_UPTO: Final = (0.6, 0.76, 0.9, 1.0)


def crime(force: Force, at: int) -> None:
    """A crime against a child is recorded, and what follows."""
    chance = force.chance
    household, minors = force.family(at)
    borough = household.borough
    victim = chance.one(minors)
    suspect = force.loner()[1] if chance.within(0.6) else chance.one(household.adults)
    ref = f"CR{force.number('crime'):07d}"
    kind = chance.weighted(_KINDS, _KINDS_UPTO)
    ties: list[tuple[Human, str]] = [(victim, "victim")]
    if chance.within(0.5):
        ties.append((household.adults[0], "parent"))
    if chance.within(0.25) and len(minors) > 1:
        ties += [(child, "witness") for child in minors if child is not victim][:1]
    place = household.adults[0].place(at)
    reporter = force.staff.pick(borough, "Response", at).number
    early = at - chance.wait(3 * HOUR) if chance.within(0.25) else at
    if early < at:
        detail = '{"concern":"other","crime":"unknown"}'
        force.event(ref, "concern_reported", early, borough, ties, officer=reporter, risk="amber", detail=detail)
    force.event(ref, "crime_recorded", at, borough, ties, officer=reporter, place=place, text="Report received.")
    if chance.within(0.025):
        closed = early + chance.between(2 * HOUR, 20 * HOUR)
        force.event(ref, "case_closed", closed, borough, ties[:1])
        force.pole_case(ref, kind, borough, early, closed)
        return
    taken_on = early + force.delay(borough, DAY)
    closed = taken_on + 6 * DAY + chance.wait(45 * DAY)
    if chance.within(0.994):
        for when, officer in force.investigators(borough, TEAM, taken_on, closed):
            team = f"{TEAM}, {borough.name}"
            force.event(ref, "investigator_allocated", when, borough, (), officer=officer.number, team=team)
    leader = force.staff.supervisor(borough, TEAM).number
    force.event(ref, "supervisor_allocated", taken_on + chance.wait(2 * HOUR), borough, (), officer=leader)
    if chance.within(0.985):
        seen = early + force.delay(borough, DAY)
        force.event(ref, "child_seen", seen, borough, ties[:1] if chance.within(0.9) else (), by_day=0.02)
    steps = _investigation(force, ref, borough, victim, suspect, taken_on, closed)
    told_of = tuple((record, "victim", "pole") for record in [force.nominals.in_case(victim)] if record)
    force.told.append(Told("crime", ref, borough, at, closed, told_of, steps))
    reviewed = taken_on + chance.wait(DAY)
    while reviewed < closed and reviewed < force.ending:
        force.event(ref, "supervisor_reviewed", reviewed, borough, (), officer=leader)
        reviewed += chance.between(7, 28) * DAY
    force.event(ref, "case_closed", closed, borough, ())
    force.pole_case(ref, kind, borough, early, closed)


def _investigation(
    force: Force, ref: str, borough: Borough, victim: Human, suspect: Human, taken_on: int, closed: int
) -> tuple[int, ...]:
    """What becomes of the suspect; when they were arrested, released and the matter ended, as far as they were."""
    chance = force.chance
    both: Ties = ((victim, "victim"), (suspect, "suspect"))
    named: Ties = ((suspect, "suspect"),)
    identified = taken_on + chance.wait(DAY)
    if identified >= closed or not chance.within(0.8):
        return ()
    force.event(ref, "suspect_identified", identified, borough, named)
    arrested = identified + chance.wait(3 * DAY)
    if chance.within(0.05) and identified + 3 * DAY < min(closed, force.ending - 12 * DAY):
        force.event(ref, "suspect_contact", identified + chance.between(HOUR, 2 * DAY), borough, both)
        arrested = identified + 3 * DAY
    elif not chance.within(0.6):
        return ()
    if arrested >= closed:
        return ()
    force.nominals.arrested.add(suspect.number)
    force.event(ref, "arrested", arrested, borough, named)
    force.event(ref, "interviewed", arrested + chance.between(3, 12) * HOUR, borough, named)
    released = arrested + chance.between(12, 22) * HOUR
    kind = "bailed" if chance.within(0.7) else "released_under_investigation"
    detail = '{"conditions":["no contact with the child"]}' if kind == "bailed" else ""
    force.event(ref, kind, released, borough, named, detail=detail)
    updated = released + force.delay(borough, DAY)
    force.event(ref, "victim_updated", updated, borough, ((victim, "victim"),), detail='{"about":"bail"}')
    ended = closed - chance.between(1, 24) * HOUR
    if ended > released:
        outcome = "charged" if chance.within(0.3) else "no_further_action"
        force.event(ref, outcome, ended, borough, named)
    return (arrested, released, ended) if ended > released else (arrested, released)
