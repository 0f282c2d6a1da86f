"""Daily entries on cases: most of what each duty requires, written beside the rest of their story."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from duecare.synthetic.clock import DAY_SECONDS, HOUR_SECONDS, london_text
from duecare.synthetic.concern import TEAM_NAME
from duecare.synthetic.force import Force, Told

_CONTENT: Final = (
    "name", "date_of_birth", "reference", "happened", "place", "present", "others_present", "circumstances", "voice",
)  # fmt: skip
_DAYS_BETWEEN_UPDATES: Final = 28

DailyEntry = tuple[str, int, str]
"""The kind of what was done, when, and its detail as JSON."""


def write_daily(force: Force, told_report: Told) -> None:
    """Write the entries on this case that its duties require."""
    for event_kind, happened_at, detail in _ENTRIES[told_report.what](force, told_report):
        if happened_at <= force.ending:
            _write_entry(force, told_report, event_kind, happened_at, detail)


def _missing_entries(force: Force, told_report: Told) -> Iterator[DailyEntry]:
    chance = force.chance
    reviewed = told_report.at + chance.between(2, 7) * HOUR_SECONDS
    while reviewed < told_report.until and chance.within(0.93):
        yield "missing_reviewed", reviewed, ""
        reviewed += chance.between(4, 8) * HOUR_SECONDS
    if chance.within(0.84):
        yield "prevention_interview_held", told_report.until + force.delay(told_report.borough, DAY_SECONDS), ""


def _concern_entries(force: Force, told_report: Told) -> Iterator[DailyEntry]:
    if told_report.kind == "domestic_abuse" and force.chance.within(0.8):
        told_all = force.chance.within(0.87)
        content = dict.fromkeys(_CONTENT if told_all else _CONTENT[:-1], "told")
        yield "school_notified", told_report.at + force.chance.wait(3 * HOUR_SECONDS), json.dumps({"content": content})


def _crime_told(force: Force, told_report: Told) -> Iterator[DailyEntry]:
    yield from _concern_entries(force, told_report)
    if force.chance.within(0.93):
        recorded = told_report.at + force.delay(told_report.borough, DAY_SECONDS)
        yield ("crime_recorded" if force.chance.within(0.85) else "crime_not_recorded"), recorded, ""


def _crime_entries(force: Force, told_report: Told) -> Iterator[DailyEntry]:
    """The victim hears of each step, and how it goes; their views are sought before bail."""
    chance = force.chance
    if len(told_report.steps) > 1 and chance.within(0.85):
        yield "victim_wishes", told_report.steps[1] - chance.between(1200, 5 * HOUR_SECONDS), ""
    heard = told_report.at
    for told_step in told_report.steps:
        if chance.within(0.88):
            heard = told_step + force.delay(told_report.borough, DAY_SECONDS)
            yield "victim_updated", heard, '{"about":"a step"}'
    heard = told_report.at
    while (heard := heard + chance.between(22, _DAYS_BETWEEN_UPDATES) * DAY_SECONDS) < min(
        told_report.until, force.ending
    ):
        if chance.within(0.9):
            yield "victim_updated", heard, '{"about":"progress"}'


def _protection_entries(force: Force, told_report: Told) -> Iterator[DailyEntry]:
    if force.chance.within(0.86):
        yield "wishes_recorded", told_report.at + force.delay(told_report.borough, HOUR_SECONDS), ""


def _referral_entries(force: Force, told_report: Told) -> Iterator[DailyEntry]:
    if force.chance.within(0.9):
        yield (
            "referral_decided",
            force.working_day_after(told_report.at, 1) + force.chance.between(9, 16) * HOUR_SECONDS,
            "",
        )


def _referred_entries(force: Force, told_report: Told) -> Iterator[DailyEntry]:
    yield from _referral_entries(force, told_report)
    if force.chance.within(0.85):
        assessed = force.working_day_after(told_report.at, force.chance.between(15, 44)) + 14 * HOUR_SECONDS
        yield "assessment_completed", assessed, ""


def _information_entries(force: Force, told_report: Told) -> Iterator[DailyEntry]:
    if force.chance.within(0.88):
        yield "information_read", told_report.at + force.delay(told_report.borough, HOUR_SECONDS), ""


_ENTRIES: Final = {
    "missing": _missing_entries,
    "concern": _concern_entries,
    "crime told": _crime_told,
    "crime": _crime_entries,
    "protection": _protection_entries,
    "referral": _referral_entries,
    "referred": _referred_entries,
    "information": _information_entries,
}


def _write_entry(force: Force, told_report: Told, event_kind: str, happened_at: int, detail: str) -> None:
    if told_report.what in {"crime", "protection", "referral"}:
        # What is owed by case needs nobody tied to it.
        force.event(
            told_report.ref,
            event_kind,
            happened_at,
            told_report.borough,
            detail=detail,
            foreign=() if told_report.what == "crime" else told_report.who,
        )
        return
    if told_report.what == "information":
        tied_people = tuple(tied_person for tied_person in told_report.who if tied_person[0])
        force.event(
            told_report.ref, event_kind, happened_at, told_report.borough, case_source="merlin", foreign=tied_people
        )
        return
    values = {
        "action_ref": f"MB{force.number('action beside'):08d}",
        "report_ref": told_report.ref,
        "action": event_kind,
        "action_at": london_text(happened_at),
        "nominals": ";".join(
            f"{person_role}={record}"
            for record, person_role, _ in told_report.who
            if person_role in {"child", "victim"}
        ),
        "officer": force.staff.pick(told_report.borough, TEAM_NAME, happened_at).number,
        "borough": told_report.borough.name,
        "detail": detail,
    }
    force.grow(
        "merlin", "actions", values, [(min(force.written(happened_at), max(force.ending - 60, happened_at)), {})]
    )
