"""What a sealed case or person leaves of findings and facts: nothing that they alone tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from duecare.duty.finding import NOT_SHOWN, Authority, Evidence, Finding, State, Told
from duecare.record.pole import CaseKey, CaseRecord, EventRecord, InvolvementRow, PersonRecord, RecordKey
from duecare.store.facts.fact_lookup import Facts
from duecare.visibility.sealed_filter import SealedFilter, without_evidence
from duecare.vocabulary.moments import When

AT = datetime(2026, 7, 1, 9, tzinfo=UTC)
OPEN, SEALED = CaseKey("merlin", "M1"), CaseKey("merlin", "M2")
CHILD, OTHER = RecordKey("merlin", "R1"), RecordKey("merlin", "R2")


def fact(role: str, event_id: str, hours: float = 0) -> Evidence:
    at = AT + timedelta(hours=hours)
    return Evidence(role, "merlin", event_id, "child_seen", at, at)


STARTED, MET, ENDED, TRIED = (
    fact("started", "E1"),
    fact("met", "E2", 5),
    fact("ended", "E3", 6),
    fact("attempted", "E4", 2),
)
FINDING = Finding(
    finding="f1", duty="LOCAL-see-the-child", ref="AL2", authority=Authority.LOCAL, case_ref="M1", source="merlin",
    person="P1", subject=None, area="Eastmoor", owed_by="investigator", adopted=True, started_at=AT,
    due_at=AT + timedelta(hours=4), due_on=date(2026, 7, 1), met_at=MET.happened_at, ended_at=ENDED.happened_at,
    recorded_at=MET.written_at, recorded_late=True, state=State.MET_LATE, reason="an earlier reason", late_by_hours=1.0,
    rule_version="v", evidence=(STARTED, TRIED, MET, ENDED), told=(Told("supervisor", "S1", AT),),
)  # fmt: skip
LATENESS = ("recorded_at", "recorded_late", "late_by_hours", "told", "reason")


def differs(one: Finding, other: Finding) -> set[str]:
    return {name for name in Finding.__slots__ if getattr(one, name) != getattr(other, name)}


def test_a_finding_of_which_nothing_is_hidden_is_the_same() -> None:
    assert without_evidence(FINDING, []) is FINDING


def test_without_an_attempt_only_the_attempt_is_gone() -> None:
    shown = without_evidence(FINDING, [TRIED])

    assert differs(FINDING, shown) == {"evidence"}
    assert shown.evidence == (STARTED, MET, ENDED)


def test_a_start_at_the_very_moment_it_began_tells_nothing_more() -> None:
    assert differs(FINDING, without_evidence(FINDING, [STARTED])) == {"evidence"}


@pytest.mark.parametrize(
    ("hidden", "also"),
    [
        ([MET], {"met_at"}),
        ([ENDED], {"ended_at"}),
        ([MET, ENDED], {"met_at", "ended_at"}),
        ([MET, TRIED], {"met_at"}),
        ([STARTED, MET], {"met_at"}),
    ],
)
def test_without_what_met_or_ended_it_nobody_learns_when(hidden: list[Evidence], also: set[str]) -> None:
    shown = without_evidence(FINDING, hidden)

    assert differs(FINDING, shown) == {"evidence", *LATENESS, *also}
    assert (shown.state, shown.reason, shown.told, shown.recorded_late) == (State.MET_LATE, NOT_SHOWN, (), False)
    assert (shown.due_at, shown.due_on) == (FINDING.due_at, FINDING.due_on)


def test_without_what_excused_it_the_reason_goes_and_its_times_stay() -> None:
    excused = fact("excused", "E5")
    finding = replace(FINDING, evidence=(STARTED, excused))

    shown = without_evidence(finding, [excused])

    assert differs(finding, shown) == {"evidence", *LATENESS}


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_start_of_another_moment_gives_away_the_limit_so_that_goes_too(hours: float) -> None:
    other_start = fact("started", "E1", hours)
    finding = replace(FINDING, evidence=(other_start, MET))

    shown = without_evidence(finding, [other_start])

    assert differs(finding, shown) == {"evidence", "due_at", "due_on", *LATENESS}
    assert shown.evidence == (MET,)


@pytest.mark.parametrize(
    ("hides", "is_shown"),
    [
        (SealedFilter(), True),
        (SealedFilter(cases=frozenset({SEALED})), True),
        (SealedFilter(cases=frozenset({OPEN})), False),
        (SealedFilter(people=frozenset({"P1"})), False),
        (SealedFilter(people=frozenset({"P2"})), True),
        (SealedFilter(records=frozenset({CHILD})), True),
    ],
)
def test_a_finding_of_what_is_hidden_is_not_there(hides: SealedFilter, is_shown: bool) -> None:
    assert (hides.finding_shown(FINDING) is not None) is is_shown
    assert len(hides.findings_shown([FINDING, FINDING])) == 2 * is_shown


def test_evidence_is_hidden_by_source_and_event_together() -> None:
    hides = SealedFilter(events=frozenset({("merlin", "E2"), ("cad", "E1")}))

    (shown,) = hides.findings_shown([FINDING])

    assert shown.evidence == (STARTED, TRIED, ENDED)
    assert shown.met_at is None


def event(event_id: str, case: CaseKey | None, *records: RecordKey) -> EventRecord:
    return EventRecord(
        "merlin",
        event_id,
        "child_seen",
        When.at(AT),
        AT,
        case,
        ties=tuple(InvolvementRow(key, "child") for key in records),
    )


FACTS = Facts(
    {OPEN: CaseRecord(OPEN, "missing"), SEALED: CaseRecord(SEALED, "missing", sealed=True)},
    (event("E1", OPEN, CHILD, OTHER), event("E2", SEALED, CHILD), event("E3", None, OTHER)),
    {CHILD: PersonRecord(CHILD), OTHER: PersonRecord(OTHER)},
    {CHILD: "P1", OTHER: "P2"},
    {},
)


def test_facts_of_which_nothing_is_hidden_are_the_same() -> None:
    assert SealedFilter(events=frozenset({("merlin", "E1")})).facts_shown(FACTS) is FACTS


def test_a_hidden_case_takes_its_events_along_and_no_person() -> None:
    shown = SealedFilter(cases=frozenset({SEALED})).facts_shown(FACTS)

    assert list(shown.cases) == [OPEN]
    assert [one.event_id for one in shown.events] == ["E1", "E3"]
    assert shown.events[0] is FACTS.events[0]
    assert shown.persons == FACTS.persons


def test_a_hidden_person_is_tied_into_nothing_and_the_events_stay() -> None:
    shown = SealedFilter(people=frozenset({"P2"})).facts_shown(FACTS)

    assert [[tie.record for tie in one.ties] for one in shown.events] == [[CHILD], [CHILD], []]
    assert shown.cases == FACTS.cases


def test_a_hidden_record_is_gone_from_ties_and_records_whoever_it_is_of() -> None:
    shown = SealedFilter(records=frozenset({OTHER})).facts_shown(FACTS)

    assert list(shown.persons) == [CHILD]
    assert [[tie.record for tie in one.ties] for one in shown.events] == [[CHILD], [CHILD], []]


@pytest.mark.parametrize(
    ("record", "person", "is_hidden"),
    [(CHILD, "P9", True), (OTHER, "P1", True), (OTHER, "P2", False), (OTHER, "", False)],
)
def test_a_record_is_hidden_by_itself_or_by_its_person(record: RecordKey, person: str, is_hidden: bool) -> None:
    hides = SealedFilter(people=frozenset({"P1"}), records=frozenset({CHILD}))

    assert hides.hides_record(record, person) is is_hidden


def test_where_nothing_is_hidden_no_line_stands_beside_it() -> None:
    assert SealedFilter(records=frozenset({CHILD})).lines_beside() == (frozenset(), frozenset())
