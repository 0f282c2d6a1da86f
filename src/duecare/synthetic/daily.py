"""What is done on cases every day: most of what each duty asks, written beside what else is told of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from duecare.synthetic.clock import DAY, HOUR, london_text
from duecare.synthetic.concern import TEAM
from duecare.synthetic.force import Force, Told

_CONTENT: Final = (
    "name", "date_of_birth", "reference", "happened", "place", "present", "others_present", "circumstances", "voice",
)  # fmt: skip
_DAYS_BETWEEN_UPDATES: Final = 28

Done = tuple[str, int, str]
"""The kind of what was done, when, and its detail as JSON."""


def daily(force: Force, told: Told) -> None:
    """What was done on this case that its duties ask for?"""
    for kind, at, detail in _DONE[told.what](force, told):
        if at <= force.ending:
            _write(force, told, kind, at, detail)


def _missing(force: Force, told: Told) -> Iterator[Done]:
    chance = force.chance
    reviewed = told.at + chance.between(2, 7) * HOUR
    while reviewed < told.until and chance.within(0.93):
        yield "missing_reviewed", reviewed, ""
        reviewed += chance.between(4, 8) * HOUR
    if chance.within(0.84):
        yield "prevention_interview_held", told.until + force.delay(told.borough, DAY), ""


def _concern(force: Force, told: Told) -> Iterator[Done]:
    if told.kind == "domestic_abuse" and force.chance.within(0.8):
        told_all = force.chance.within(0.87)
        content = dict.fromkeys(_CONTENT if told_all else _CONTENT[:-1], "told")
        yield "school_notified", told.at + force.chance.wait(3 * HOUR), json.dumps({"content": content})


def _crime_told(force: Force, told: Told) -> Iterator[Done]:
    yield from _concern(force, told)
    if force.chance.within(0.93):
        recorded = told.at + force.delay(told.borough, DAY)
        yield ("crime_recorded" if force.chance.within(0.85) else "crime_not_recorded"), recorded, ""


def _crime(force: Force, told: Told) -> Iterator[Done]:
    """The victim hears of each step, and how it goes; their views are sought before bail."""
    chance = force.chance
    if len(told.steps) > 1 and chance.within(0.85):
        yield "victim_wishes", told.steps[1] - chance.between(1200, 5 * HOUR), ""
    heard = told.at
    for step in told.steps:
        if chance.within(0.88):
            heard = step + force.delay(told.borough, DAY)
            yield "victim_updated", heard, '{"about":"a step"}'
    heard = told.at
    while (heard := heard + chance.between(22, _DAYS_BETWEEN_UPDATES) * DAY) < min(told.until, force.ending):
        if chance.within(0.9):
            yield "victim_updated", heard, '{"about":"progress"}'


def _protection(force: Force, told: Told) -> Iterator[Done]:
    if force.chance.within(0.86):
        yield "wishes_recorded", told.at + force.delay(told.borough, HOUR), ""


def _referral(force: Force, told: Told) -> Iterator[Done]:
    if force.chance.within(0.9):
        yield "referral_decided", force.working_day_after(told.at, 1) + force.chance.between(9, 16) * HOUR, ""


def _referred(force: Force, told: Told) -> Iterator[Done]:
    yield from _referral(force, told)
    if force.chance.within(0.85):
        assessed = force.working_day_after(told.at, force.chance.between(15, 44)) + 14 * HOUR
        yield "assessment_completed", assessed, ""


def _information(force: Force, told: Told) -> Iterator[Done]:
    if force.chance.within(0.88):
        yield "information_read", told.at + force.delay(told.borough, HOUR), ""


_DONE: Final = {
    "missing": _missing,
    "concern": _concern,
    "crime told": _crime_told,
    "crime": _crime,
    "protection": _protection,
    "referral": _referral,
    "referred": _referred,
    "information": _information,
}


def _write(force: Force, told: Told, kind: str, at: int, detail: str) -> None:
    if told.what in {"crime", "protection", "referral"}:
        # What is owed by case needs nobody tied to it.
        force.event(told.ref, kind, at, told.borough, detail=detail, foreign=() if told.what == "crime" else told.who)
        return
    if told.what == "information":
        who = tuple(one for one in told.who if one[0])
        force.event(told.ref, kind, at, told.borough, case_source="merlin", foreign=who)
        return
    values = {
        "action_ref": f"MB{force.number('action beside'):08d}",
        "report_ref": told.ref,
        "action": kind,
        "action_at": london_text(at),
        "nominals": ";".join(f"{role}={record}" for record, role, _ in told.who if role in {"child", "victim"}),
        "officer": force.staff.pick(told.borough, TEAM, at).number,
        "borough": told.borough.name,
        "detail": detail,
    }
    force.grow("merlin", "actions", values, [(min(force.written(at), max(force.ending - 60, at)), {})])
