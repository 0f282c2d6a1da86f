"""Who counts as having worked, supervised or commanded a case, so that `file_allocation` gives them no file of it to grade."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final

from duecare.audit.rounds.file_allocation import GraderConflict
from duecare.record.pole import CaseKey, CaseRecord, EventRecord, OfficerRecord, PostRecord
from duecare.vocabulary.areas import plain_area

COMMANDS: Final = frozenset(
    {
        "duty_inspector",
        "detective_inspector",
        "custody_inspector",
        "mash_lead",
        "bcu_lead",
        "detective_superintendent",
        "chief_officer_lead",
    }
)
_ALL_TIME: Final = (datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))


def ties_of(
    case_key: CaseKey,
    case_record: CaseRecord | None,
    events: Iterable[EventRecord],
    officers: Iterable[OfficerRecord],
    posts: Iterable[PostRecord],
    until: datetime,
) -> frozenset[GraderConflict]:
    """The officers involved in this case, and how, by its facts and the list of officers and posts.

    Shape:   worked: whoever an event of the case names, allocated or not; supervised: whoever was named its supervisor,
             or supervised someone who worked it while it ran; commanded: whoever then held a post of command for one of
             its areas, or for the whole force. Numbers are stripped and case-folded.
    Unknown: an open end of a span counts as for ever: a doubt is a tie.
    """
    known_events = tuple(events)
    named_officers = {_plain_text(event.officer) for event in known_events if event.kind != "supervisor_allocated"} - {
        ""
    }
    supervisors = {_plain_text(event.officer) for event in known_events if event.kind == "supervisor_allocated"} - {""}
    case_period = _case_period(case_record, known_events, until)
    supervisors |= {
        _plain_text(officer_row.supervisor)
        for officer_row in officers
        if officer_row.supervisor
        and _plain_text(officer_row.officer) in named_officers
        and _periods_meet(case_period, officer_row.from_, officer_row.to)
    }
    areas = {
        plain_area(area_name)
        for area_name in (case_record.area if case_record else "", *(event.area for event in known_events))
    }
    commanders = {
        _plain_text(officer_post.holder)
        for officer_post in posts
        if officer_post.kind in COMMANDS
        and officer_post.holder
        and plain_area(officer_post.area) in areas | {""}
        and _periods_meet(case_period, officer_post.from_, officer_post.to)
    }
    return frozenset(
        _ties_of_kind(case_key, worked=named_officers, supervised=supervisors - {""}, commanded=commanders - {""})
    )


def _ties_of_kind(case_key: CaseKey, **officers_by_tie: set[str]) -> Iterator[GraderConflict]:
    for tie_word, officer_numbers in officers_by_tie.items():
        yield from (
            GraderConflict((case_key.source, case_key.case_ref), officer, tie_word) for officer in officer_numbers
        )


def _case_period(
    case_record: CaseRecord | None, events: tuple[EventRecord, ...], until: datetime
) -> tuple[datetime, datetime]:
    begin_times = [event.happened_at.earliest for event in events]
    if case_record and case_record.opened_at:
        begin_times.append(case_record.opened_at.earliest)
    end_time = case_record.closed_at.latest if case_record and case_record.closed_at else until
    return min(begin_times, default=_ALL_TIME[0]), end_time


def _periods_meet(
    case_period: tuple[datetime, datetime], first_time: datetime | None, last_time: datetime | None
) -> bool:
    return (first_time or _ALL_TIME[0]) <= case_period[1] and case_period[0] < (last_time or _ALL_TIME[1])


def _plain_text(cell_text: str) -> str:
    return cell_text.strip().casefold()
