"""Who worked, supervised or commanded a case: every way of being tied to it, and ways of not being."""

from datetime import UTC, datetime, timedelta

import pytest

from duecare.audit.rounds.case_ties import ties_of
from duecare.record.pole import CaseKey, CaseRecord, EventRecord, OfficerRecord, PostRecord
from duecare.vocabulary.moments import When

KEY = CaseKey("merlin", "M1")
DAY = timedelta(days=1)


def at(day: int) -> datetime:
    return datetime(2026, 3, day, 9, tzinfo=UTC)


def event(kind: str, day: int, officer: str = "", area: str = "") -> EventRecord:
    return EventRecord("merlin", f"{kind}-{day}", kind, When.at(at(day)), at(day), KEY, area=area, officer=officer)


CASE = CaseRecord(KEY, "child_concern", "Eastmoor", When.at(at(5)), When.at(at(20)))
EVENTS = [
    event("concern_reported", 5, "R1"),
    event("investigator_allocated", 6, " W1 "),
    event("supervisor_allocated", 6, "S1"),
]
OFFICERS = [
    OfficerRecord("hr", "w1", supervisor="S2", from_=at(1)),
    OfficerRecord("hr", "W1", supervisor="S-before", from_=at(1) - 99 * DAY, to=at(4)),
    OfficerRecord("hr", "W1", supervisor="S-after", from_=at(21)),
    OfficerRecord("hr", "OTHER", supervisor="S-other", from_=at(1)),
]
POSTS = [
    PostRecord("hr", "P1", "detective_inspector", "EASTMOOR", "DI1", at(1)),
    PostRecord("hr", "P1", "detective_inspector", "Eastmoor", "DI-before", at(1) - 99 * DAY, at(5)),
    PostRecord("hr", "P1", "detective_inspector", "Eastmoor", "DI-half", at(10), at(12)),
    PostRecord("hr", "P2", "detective_inspector", "Northmoor", "DI-elsewhere", at(1)),
    PostRecord("hr", "P3", "chief_officer_lead", "", "CO1", None),
    PostRecord("hr", "P4", "designated_officer", "Eastmoor", "DO1", at(1)),
]


def tied(**more):
    found = ties_of(KEY, more.pop("case", CASE), more.pop("events", EVENTS), OFFICERS, POSTS, at(30))
    assert {tie.case for tie in found} <= {tuple(KEY)}
    return {(tie.officer, tie.how) for tie in found}


def test_everyone_who_worked_supervised_or_commanded_it_then_is_tied_and_nobody_else():
    assert tied() == {
        ("r1", "worked"), ("w1", "worked"), ("s1", "supervised"), ("s2", "supervised"),
        ("di1", "commanded"), ("di-half", "commanded"), ("co1", "commanded"),
    }  # fmt: skip


def test_a_case_that_is_not_closed_runs_until_now():
    still_open = CaseRecord(KEY, "child_concern", "Eastmoor", When.at(at(5)))

    assert ("s-after", "supervised") in tied(case=still_open)


def test_an_event_in_another_area_ties_who_commands_there():
    assert ("di-elsewhere", "commanded") in tied(events=[*EVENTS, event("child_seen", 8, area="northmoor")])


@pytest.mark.parametrize("case", [None, CaseRecord(KEY, "child_concern")])
def test_a_case_of_which_little_is_known_still_ties_those_in_its_events(case):
    assert {("w1", "worked"), ("s1", "supervised"), ("co1", "commanded")} <= tied(case=case)
    assert ("di1", "commanded") not in tied(case=case)
