"""Children coming to notice, as Merlin has them: reports, who took them on, and what was done."""

from __future__ import annotations

import json
from typing import Final

from duecare.synthetic.clock import DAY_SECONDS, HOUR_SECONDS, london_text
from duecare.synthetic.deliveries import SHEETS
from duecare.synthetic.force import Force, PersonTies, Stage, Told
from duecare.synthetic.household import Human
from duecare.synthetic.places import Borough

_TYPES: Final = ("child_concern", "domestic_abuse", "exploitation", "online", "other")
_TYPES_UPTO: Final = (0.52, 0.78, 0.88, 0.96, 1.0)
_CONCERNS: Final = {
    "child_concern": ("neglect", "physical_abuse", "emotional_abuse", "sexual_abuse", "other"),
    "domestic_abuse": ("domestic_abuse",),
    "exploitation": ("sexual_exploitation", "criminal_exploitation"),
    "online": ("online",),
    "other": ("other", "missing"),
}
_GRADES: Final = ("red", "amber", "green", "blue", "")
_GRADES_UPTO: Final = (0.05, 0.38, 0.78, 0.94, 1.0)
_SEEN_WITHIN: Final = {
    "red": HOUR_SECONDS,
    "amber": DAY_SECONDS,
    "": DAY_SECONDS,
    "green": 3 * DAY_SECONDS,
    "blue": 3 * DAY_SECONDS,
}
_CRIME: Final = ("yes", "no", "unknown")
_CRIME_UPTO: Final = (0.22, 0.86, 1.0)
_COLUMNS: Final = SHEETS["merlin"]["actions"]
TEAM_NAME: Final = "Child Abuse Investigation"


def make_report(force: Force, happened_at: int) -> None:
    """A child comes to notice, and what follows."""
    chance = force.chance
    household, minors = force.family(happened_at)
    borough = household.borough
    report_type = chance.weighted(_TYPES, _TYPES_UPTO)
    grade = chance.weighted(_GRADES, _GRADES_UPTO)
    children = minors if chance.within(0.75) else [chance.one(minors)]
    record_ref = f"MR{force.number('report'):07d}"
    person_ties: list[tuple[Human, str]] = [(child, "child") for child in children]
    person_ties += [(adult, "parent") for adult in household.adults if chance.within(0.85)]
    if chance.within(0.12):
        person_ties.append((force.loner()[1], "suspect"))
    place = household.adults[0].place(happened_at)
    values = {
        "report_ref": record_ref,
        "borough": borough.name,
        "report_type": report_type,
        "reported_at": force.london(happened_at),
        "concern": chance.one(_CONCERNS[report_type]),
        "rag": grade,
        "crime": chance.weighted(_CRIME, _CRIME_UPTO),
        "nominals": force.merlin_ties(record_ref, person_ties, happened_at),
        "address": place.address,
        "postcode": place.postcode,
        "uprn": place.uprn if chance.within(0.6) else "",
        "team": f"{TEAM_NAME}, {borough.name}",
        "reported_by": force.staff.pick(borough, "Response", happened_at).number,
        "narrative": "Report received.",
    }
    stages, taken_on, closed = _make_ownership(force, borough, happened_at)
    stages.append((happened_at + 300 + chance.wait(HOUR_SECONDS), {}))
    shared = happened_at + chance.wait(6 * HOUR_SECONDS)
    if chance.within(0.8):
        stages.append((shared + 600, {"shared_at": london_text(shared)}))
    nominals = tuple(
        (record, person_role, "merlin")
        for person_role, _, record in (nominal.partition("=") for nominal in values["nominals"].split(";"))
    )
    told_what = "crime told" if values["crime"] == "yes" else "concern"
    force.told.append(Told(told_what, record_ref, borough, happened_at, closed, nominals, kind=values["concern"]))
    if chance.within(0.004):
        stages.append((happened_at + 2 * DAY_SECONDS, {"cancelled": "true"}))
    force.grow("merlin", "reports", values, stages)
    if chance.within(0.07):
        # The control room's log of a call, put on Merlin's case.
        call_at = happened_at - chance.between(300, HOUR_SECONDS)
        force.event(
            record_ref, "information_received", call_at, borough, person_ties[:1], place=place, case_source="merlin"
        )
        caller = ((force.nominals.in_case(person_ties[0][0]), "child", "pole"),)
        force.told.append(Told("information", record_ref, borough, call_at, closed, caller))
    _make_seeing(force, record_ref, borough, happened_at, children, _SEEN_WITHIN[grade], closed)
    _make_work(force, record_ref, borough, person_ties, children, taken_on, closed)


def _make_ownership(force: Force, borough: Borough, happened_at: int) -> tuple[list[Stage], int | None, int]:
    """Who took the case on, when it was closed, and what that wrote into the row."""
    chance = force.chance
    stages: list[Stage] = []
    if chance.within(0.03):
        closed = happened_at + chance.between(2 * HOUR_SECONDS, 20 * HOUR_SECONDS)
        return [(closed + 600, {"closed_at": london_text(closed)})], None, closed
    taken_on = happened_at + force.delay(borough, DAY_SECONDS)
    closed = taken_on + 4 * DAY_SECONDS + chance.wait(24 * DAY_SECONDS)
    if chance.within(0.007):
        return [(closed + 600, {"closed_at": london_text(closed)})], None, closed
    officer = force.staff.pick(borough, TEAM_NAME, taken_on)
    stages.append(
        (taken_on + chance.wait(HOUR_SECONDS), {"oic": officer.number, "oic_allocated_at": force.london(taken_on)})
    )
    vacant = officer.vacancy_within(taken_on, min(closed, force.ending))
    if vacant is not None and chance.within(0.8):
        # The case is handed over before its investigator goes away.
        handed = vacant - 40 * HOUR_SECONDS
        if handed > taken_on:
            stages.append((handed, {"oic_released_at": london_text(handed)}))
            closed = min(closed, handed + chance.between(2 * HOUR_SECONDS, 20 * HOUR_SECONDS))
    supervised = taken_on + chance.wait(3 * HOUR_SECONDS)
    leader = force.staff.supervisor(borough, TEAM_NAME).number
    stages.append((supervised + 60, {"supervisor": leader, "supervisor_allocated_at": london_text(supervised)}))
    stages.append((closed + 600, {"closed_at": london_text(closed)}))
    return stages, taken_on, closed


def _make_seeing(
    force: Force, record_ref: str, borough: Borough, happened_at: int, children: list[Human], limit: int, closed: int
) -> None:
    """When the children were seen, and which event was recorded for how many of them."""
    chance = force.chance
    if chance.within(0.012):
        return
    seen_at = happened_at + force.delay(borough, limit)
    if seen_at > closed:
        return
    if chance.within(0.12):
        make_action(
            force,
            record_ref,
            "child_seen_attempted",
            seen_at - min(limit // 8, HOUR_SECONDS),
            borough,
            [(children[0], "child")],
        )
    event_kind = "child_seen" if chance.within(0.85) else "child_contacted"
    detail = (
        json.dumps({"alone": chance.within(0.7), "voice": chance.within(0.8)}) if event_kind == "child_seen" else ""
    )
    if len(children) > 1 and chance.within(0.05):
        make_action(force, record_ref, event_kind, seen_at, borough, (), detail=detail)
        return
    if len(children) == 1 and chance.within(0.1):
        make_action(force, record_ref, event_kind, seen_at, borough, (), detail=detail)
        return
    together = chance.within(0.8)
    if together:
        make_action(
            force, record_ref, event_kind, seen_at, borough, [(child, "child") for child in children], detail=detail
        )
        return
    for child in children:
        make_action(force, record_ref, event_kind, seen_at, borough, [(child, "child")], detail=detail)
        seen_at += chance.between(600, limit // 5)


def _make_work(
    force: Force,
    record_ref: str,
    borough: Borough,
    person_ties: PersonTies,
    children: list[Human],
    taken_on: int | None,
    closed: int,
) -> None:
    """The other work done before the case was closed."""
    chance = force.chance
    if taken_on is None:
        return
    child = [(children[0], "child")]
    leader = force.staff.supervisor(borough, TEAM_NAME).number
    if chance.within(0.75):
        received = taken_on + chance.wait(4 * HOUR_SECONDS)
        make_action(force, record_ref, "mash_received", received, borough, ())
        make_action(force, record_ref, "mash_decided", received + chance.wait(10 * HOUR_SECONDS), borough, ())
    reviewed = taken_on + chance.wait(20 * HOUR_SECONDS)
    while reviewed < closed and reviewed < force.ending:
        make_action(force, record_ref, "supervisor_reviewed", reviewed, borough, (), officer=leader)
        reviewed += chance.between(5, 14) * DAY_SECONDS
    for event_kind, share in (("wishes_recorded", 0.35), ("support_offered", 0.3), ("referral_received", 0.2)):
        done_at = taken_on + chance.wait(5 * DAY_SECONDS)
        if chance.within(share) and done_at < closed:
            make_action(force, record_ref, event_kind, done_at, borough, child)
            if event_kind == "referral_received":
                nominal_ties = ((force.nominals.in_case(children[0], "merlin"), "child", "merlin"),)
                force.told.append(Told("referred", record_ref, borough, done_at, closed, nominal_ties))
    if chance.within(0.15):
        done_at = taken_on + chance.wait(3 * DAY_SECONDS)
        if done_at < closed:
            make_action(
                force, record_ref, "victim_updated", done_at, borough, person_ties[:1], detail='{"about":"progress"}'
            )


def make_action(
    force: Force,
    record_ref: str,
    event_kind: str,
    happened_at: int,
    borough: Borough,
    person_ties: PersonTies,
    *,
    officer: str = "",
    result: str = "",
    risk_grade: str = "",
    detail: str = "",
) -> None:
    """Something done on a report."""
    if happened_at > force.ending:
        return
    written_at = min(force.written(happened_at), max(force.ending - 60, happened_at))
    force.grow(
        "merlin",
        "actions",
        {
            "action_ref": f"MA{force.number('action'):08d}",
            "report_ref": record_ref,
            "action": event_kind,
            "action_at": force.london(happened_at),
            "nominals": force.merlin_ties(record_ref, person_ties, happened_at),
            "officer": officer or force.staff.pick(borough, TEAM_NAME, happened_at).number,
            "borough": borough.name,
            "result": result,
            "risk": risk_grade,
            "detail": detail,
        },
        [(written_at, {})],
    )


assert set(_COLUMNS) >= {"action_ref", "report_ref", "action", "action_at", "nominals", "result"}
