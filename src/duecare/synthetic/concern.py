"""Children coming to notice, as Merlin has them: reports, who took them on, and what was done."""

from __future__ import annotations

import json
from typing import Final

from duecare.synthetic.clock import DAY, HOUR, london_text
from duecare.synthetic.deliveries import SHEETS
from duecare.synthetic.force import Force, Stage, Ties, Told
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
_SEEN_WITHIN: Final = {"red": HOUR, "amber": DAY, "": DAY, "green": 3 * DAY, "blue": 3 * DAY}
_CRIME: Final = ("yes", "no", "unknown")
_CRIME_UPTO: Final = (0.22, 0.86, 1.0)
_COLUMNS: Final = SHEETS["merlin"]["actions"]
TEAM: Final = "Child Abuse Investigation"


def report(force: Force, at: int) -> None:
    """A child comes to notice, and what follows."""
    chance = force.chance
    household, minors = force.family(at)
    borough = household.borough
    kind = chance.weighted(_TYPES, _TYPES_UPTO)
    grade = chance.weighted(_GRADES, _GRADES_UPTO)
    children = minors if chance.within(0.75) else [chance.one(minors)]
    ref = f"MR{force.number('report'):07d}"
    ties: list[tuple[Human, str]] = [(child, "child") for child in children]
    ties += [(adult, "parent") for adult in household.adults if chance.within(0.85)]
    if chance.within(0.12):
        ties.append((force.loner()[1], "suspect"))
    place = household.adults[0].place(at)
    values = {
        "report_ref": ref,
        "borough": borough.name,
        "report_type": kind,
        "reported_at": force.london(at),
        "concern": chance.one(_CONCERNS[kind]),
        "rag": grade,
        "crime": chance.weighted(_CRIME, _CRIME_UPTO),
        "nominals": force.merlin_ties(ref, ties, at),
        "address": place.address,
        "postcode": place.postcode,
        "uprn": place.uprn if chance.within(0.6) else "",
        "team": f"{TEAM}, {borough.name}",
        "reported_by": force.staff.pick(borough, "Response", at).number,
        "narrative": "Report received.",
    }
    stages, taken_on, closed = _ownership(force, borough, at)
    stages.append((at + 300 + chance.wait(HOUR), {}))
    shared = at + chance.wait(6 * HOUR)
    if chance.within(0.8):
        stages.append((shared + 600, {"shared_at": london_text(shared)}))
    nominals = tuple(
        (record, role, "merlin") for role, _, record in (t.partition("=") for t in values["nominals"].split(";"))
    )
    what = "crime told" if values["crime"] == "yes" else "concern"
    force.told.append(Told(what, ref, borough, at, closed, nominals, kind=values["concern"]))
    if chance.within(0.004):
        stages.append((at + 2 * DAY, {"cancelled": "true"}))
    force.grow("merlin", "reports", values, stages)
    if chance.within(0.07):
        # The control room's log of a call, put on Merlin's case.
        call = at - chance.between(300, HOUR)
        force.event(ref, "information_received", call, borough, ties[:1], place=place, case_source="merlin")
        caller = ((force.nominals.in_case(ties[0][0]), "child", "pole"),)
        force.told.append(Told("information", ref, borough, call, closed, caller))
    _seeing(force, ref, borough, at, children, _SEEN_WITHIN[grade], closed)
    _work(force, ref, borough, ties, children, taken_on, closed)


def _ownership(force: Force, borough: Borough, at: int) -> tuple[list[Stage], int | None, int]:
    """Who took the case on, when it was closed, and what that wrote into the row."""
    chance = force.chance
    stages: list[Stage] = []
    if chance.within(0.03):
        closed = at + chance.between(2 * HOUR, 20 * HOUR)
        return [(closed + 600, {"closed_at": london_text(closed)})], None, closed
    taken_on = at + force.delay(borough, DAY)
    closed = taken_on + 4 * DAY + chance.wait(24 * DAY)
    if chance.within(0.007):
        return [(closed + 600, {"closed_at": london_text(closed)})], None, closed
    officer = force.staff.pick(borough, TEAM, taken_on)
    stages.append((taken_on + chance.wait(HOUR), {"oic": officer.number, "oic_allocated_at": force.london(taken_on)}))
    vacant = officer.vacancy_within(taken_on, min(closed, force.ending))
    if vacant is not None and chance.within(0.8):
        # The case is handed over before its investigator goes away.
        handed = vacant - 40 * HOUR
        if handed > taken_on:
            stages.append((handed, {"oic_released_at": london_text(handed)}))
            closed = min(closed, handed + chance.between(2 * HOUR, 20 * HOUR))
    supervised = taken_on + chance.wait(3 * HOUR)
    leader = force.staff.supervisor(borough, TEAM).number
    stages.append((supervised + 60, {"supervisor": leader, "supervisor_allocated_at": london_text(supervised)}))
    stages.append((closed + 600, {"closed_at": london_text(closed)}))
    return stages, taken_on, closed


def _seeing(force: Force, ref: str, borough: Borough, at: int, children: list[Human], limit: int, closed: int) -> None:
    """When were the children seen, and of how many was it put down which?"""
    chance = force.chance
    if chance.within(0.012):
        return
    seen = at + force.delay(borough, limit)
    if seen > closed:
        return
    if chance.within(0.12):
        action(force, ref, "child_seen_attempted", seen - min(limit // 8, HOUR), borough, [(children[0], "child")])
    kind = "child_seen" if chance.within(0.85) else "child_contacted"
    detail = json.dumps({"alone": chance.within(0.7), "voice": chance.within(0.8)}) if kind == "child_seen" else ""
    if len(children) > 1 and chance.within(0.05):
        action(force, ref, kind, seen, borough, (), detail=detail)
        return
    if len(children) == 1 and chance.within(0.1):
        action(force, ref, kind, seen, borough, (), detail=detail)
        return
    together = chance.within(0.8)
    if together:
        action(force, ref, kind, seen, borough, [(child, "child") for child in children], detail=detail)
        return
    for child in children:
        action(force, ref, kind, seen, borough, [(child, "child")], detail=detail)
        seen += chance.between(600, limit // 5)


def _work(
    force: Force,
    ref: str,
    borough: Borough,
    ties: Ties,
    children: list[Human],
    taken_on: int | None,
    closed: int,
) -> None:
    """What else was done before the case was closed?"""
    chance = force.chance
    if taken_on is None:
        return
    child = [(children[0], "child")]
    leader = force.staff.supervisor(borough, TEAM).number
    if chance.within(0.75):
        received = taken_on + chance.wait(4 * HOUR)
        action(force, ref, "mash_received", received, borough, ())
        action(force, ref, "mash_decided", received + chance.wait(10 * HOUR), borough, ())
    reviewed = taken_on + chance.wait(20 * HOUR)
    while reviewed < closed and reviewed < force.ending:
        action(force, ref, "supervisor_reviewed", reviewed, borough, (), officer=leader)
        reviewed += chance.between(5, 14) * DAY
    for kind, share in (("wishes_recorded", 0.35), ("support_offered", 0.3), ("referral_received", 0.2)):
        done = taken_on + chance.wait(5 * DAY)
        if chance.within(share) and done < closed:
            action(force, ref, kind, done, borough, child)
            if kind == "referral_received":
                who = ((force.nominals.in_case(children[0], "merlin"), "child", "merlin"),)
                force.told.append(Told("referred", ref, borough, done, closed, who))
    if chance.within(0.15):
        done = taken_on + chance.wait(3 * DAY)
        if done < closed:
            action(force, ref, "victim_updated", done, borough, ties[:1], detail='{"about":"progress"}')


def action(
    force: Force,
    ref: str,
    kind: str,
    at: int,
    borough: Borough,
    ties: Ties,
    *,
    officer: str = "",
    result: str = "",
    risk: str = "",
    detail: str = "",
) -> None:
    """Something done on a report."""
    if at > force.ending:
        return
    written_at = min(force.written(at), max(force.ending - 60, at))
    force.grow(
        "merlin",
        "actions",
        {
            "action_ref": f"MA{force.number('action'):08d}",
            "report_ref": ref,
            "action": kind,
            "action_at": force.london(at),
            "nominals": force.merlin_ties(ref, ties, at),
            "officer": officer or force.staff.pick(borough, TEAM, at).number,
            "borough": borough.name,
            "result": result,
            "risk": risk,
            "detail": detail,
        },
        [(written_at, {})],
    )


assert set(_COLUMNS) >= {"action_ref", "report_ref", "action", "action_at", "nominals", "result"}
